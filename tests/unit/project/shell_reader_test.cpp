// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/command_scripts.h"
#include "core/project/shell_reader.h"

#include <QTest>

using namespace sightglass;

class ShellReaderTest : public QObject
{
    Q_OBJECT

    /// "line:word|word" of each command; words of `innermost` commands where asked.
    static std::string shown(const std::vector<ShellCommand>& commands, bool innermost)
    {
        std::string made;
        for (const ShellCommand& command : commands) {
            for (const ShellCommand& each :
                 innermost ? innermostCommands(command) : std::vector{command}) {
                made += (made.empty() ? "" : "; ") + std::to_string(each.line) + ":";
                for (std::size_t i = 0; i < each.words.size(); ++i)
                    made += (i == 0 ? "" : "|") + each.words[i];
            }
        }
        return made;
    }

private Q_SLOTS:

    void readsCommands_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("words", "docker compose down -v", "1:docker|compose|down|-v");
        row("comment", "# docker compose down -v\necho hi # rm -rf /", "2:echo|hi");
        row("a sign inside a word is no comment", "echo a#b", "1:echo|a#b");
        row("continued line",
            "docker compose \\\n  down \\\n  -v\necho x",
            "1:docker|compose|down|-v; 4:echo|x");
        row("quotes",
            "echo \"docker compose down -v\" 'a b' c\\ d",
            "1:echo|docker compose down -v|a b|c d");
        row("lists", "a && b || c; d & e | f", "1:a; 1:b; 1:c; 1:d; 1:e; 1:f");
        row("list that goes on", "a &&\n  b", "1:a; 2:b");
        row("assignment", "A=1 B=2 cmd x=3", "1:cmd|x=3");
        row("if",
            "if [ -n \"$X\" ]; then\n  rm -r a\nelse\n  echo b\nfi",
            "1:[|-n|$X|]; 2:rm|-r|a; 4:echo|b");
        row("while read",
            "while read -r line; do echo $line; done < f",
            "1:read|-r|line; 1:echo|$line");
        row("for", "for x in down -v; do echo $x; done", "1:echo|$x");
        row("case",
            "case \"$1\" in\n  up|start) docker up ;;\n  clean)\n    docker down -v\n    ;;\n  *) "
            "usage ;;\nesac\nend",
            "2:docker|up; 4:docker|down|-v; 6:usage; 8:end");
        row("function", "clean() {\n  rm -r data\n}\nclean", "2:rm|-r|data; 4:clean");
        row("function word", "function clean {\n  rm -r data\n}\nclean", "2:rm|-r|data; 4:clean");
        row("substitution",
            "docker rm $(docker ps -q)",
            "1:docker|ps|-q; 1:docker|rm|$(docker ps -q)");
        row("here document", "cat <<EOF\nrm -rf /\nEOF\necho x", "1:cat; 4:echo|x");
        row("here document in a pipe",
            "cat <<'SQL' | psql db\nDROP DATABASE x;\nSQL\necho x",
            "1:cat; 1:psql|db; 4:echo|x");
        row("redirection", "cmd > out 2>&1 < in; next", "1:cmd; 1:next");
        row("test", "[[ $a == down && $b == -v ]] && c", "1:[[| $a == down && $b == -v ; 1:c");
        row("arithmetic", "((a > 1)) && b", "1:b");
        row("expansion", "rm -r \"${DATA:-/tmp/a b}\"", "1:rm|-r|${DATA:-/tmp/a b}");
        row("subshell", "(cd a && make clean)", "1:cd|a; 1:make|clean");
        row("not closed", "echo \"a", "1:echo|a");
        row("nothing", "", "");
    }

    void readsCommands()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(shown(readShell(text.toStdString()), false)), expected);
    }

    void findsTheCommandInside_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("sudo -u postgres dropdb x", "1:dropdb|x");
        row("env A=1 alembic upgrade head", "1:alembic|upgrade|head");
        row("exec uv run --frozen alembic upgrade head", "1:alembic|upgrade|head");
        row("docker compose -f a.yml exec -T app alembic upgrade head", "1:alembic|upgrade|head");
        row("docker-compose run --rm -e A=b app alembic upgrade head", "1:alembic|upgrade|head");
        row("docker exec -it db psql -c 'DROP DATABASE x'", "1:psql|-c|DROP DATABASE x");
        row("sh -c 'alembic upgrade head && exec uvicorn app'",
            "1:alembic|upgrade|head; 1:uvicorn|app");
        row("bash -euxc \"rm -r a\"", "1:rm|-r|a");
        row("bash script.sh -c", "1:bash|script.sh|-c");
        row("timeout 10 poetry run python -m app", "1:python|-m|app");
        row("trap 'docker compose down -v' EXIT", "1:docker|compose|down|-v");
        row("kubectl exec pod -- alembic upgrade head", "1:alembic|upgrade|head");
        row("docker compose down -v", "1:docker|compose|down|-v");
    }

    void findsTheCommandInside()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(shown(readShell(text.toStdString()), true)), expected);
    }

    void readsTargetsOfMakefiles()
    {
        const std::string text = "DEV := docker compose -f dev.yml\n"
                                 "# clean: docker compose down -v\n"
                                 ".PHONY: clean\n"
                                 "clean: confirm stop ## Delete\n"
                                 "\t@echo \"docker compose down -v\"\n"
                                 "\t-$(DEV) down \\\n"
                                 "\t  -v\n"
                                 "stop: ; $(DEV) stop $$HOME $(UNKNOWN)\n";
        CommandScript file;
        file.file = "Makefile";
        const auto targets = command_files::ofMakefile(text, file);
        QCOMPARE(targets.size(), std::size_t(2));
        QCOMPARE(targets[0].shownName(), std::string("target clean of Makefile"));
        QCOMPARE(targets[0].needs, (std::vector<std::string>{"confirm", "stop"}));
        QCOMPARE(shown(targets[0].commands, false),
                 std::string("5:echo|docker compose down -v; 6:docker|compose|-f|dev.yml|down|-v"));
        QCOMPARE(shown(targets[1].commands, false),
                 std::string("8:docker|compose|-f|dev.yml|stop|$HOME|${UNKNOWN}"));
    }

    void readsRecipesOfJustfiles()
    {
        const std::string text =
            "compose := \"docker compose -f dev.yml\"\n\n"
            "[confirm]\nreset: stop\n    @{{compose}} down -v\n\n    echo $HOME\n\n"
            "stop:\n  {{ compose }} stop\n";
        CommandScript file;
        file.file = "justfile";
        const auto recipes = command_files::ofJustfile(text, file);
        QCOMPARE(recipes.size(), std::size_t(2));
        QVERIFY(recipes[0].asks);
        QVERIFY(!recipes[1].asks);
        QCOMPARE(shown(recipes[0].commands, false),
                 std::string("5:docker|compose|-f|dev.yml|down|-v; 7:echo|$HOME"));
    }

    void readsScriptsOfTaskFiles()
    {
        CommandScript file;
        file.file = "package.json";
        const auto scripts =
            command_files::ofPackageJson("{\n \"scripts\": {\n  \"up\": \"docker compose up\",\n  "
                                         "\"clean\": \"docker compose down -v\"\n }\n}",
                                         file);
        QCOMPARE(scripts.size(), std::size_t(2));
        QCOMPARE(scripts[0].name, std::string("clean"));
        QCOMPARE(scripts[0].commands.front().line, 4);
        file.file = "pyproject.toml";
        const auto tasks = command_files::ofPyproject(
            "[tool.poe.tasks]\nreset = { shell = \"docker compose down -v\" }\n"
            "all = [{cmd = \"a\"}, {cmd = \"b\"}]\n",
            file);
        QCOMPARE(tasks.size(), std::size_t(3));
        file.file = ".github/workflows/ci.yml";
        file.place = ProjectPlace::Ci;
        const auto steps = command_files::ofYaml(
            "jobs:\n  test:\n    steps:\n      - name: Clean\n        run: |\n          docker "
            "compose up\n          docker compose down -v\n",
            file);
        QCOMPARE(steps.size(), std::size_t(1));
        QCOMPARE(shown(steps[0].commands, false),
                 std::string("6:docker|compose|up; 7:docker|compose|down|-v"));
    }

    void anyBytesAreRead()
    {
        const std::string bytes = "a $( b ' \" ${ ` << ( { case x in if \0 \xff ;; ) } esac";
        for (std::size_t from = 0; from < bytes.size(); ++from) {
            for (std::size_t to = from; to <= bytes.size(); ++to) {
                for (const ShellCommand& command :
                     readShell(std::string_view(bytes).substr(from, to - from)))
                    static_cast<void>(innermostCommands(command));
            }
        }
    }
};

int shell_reader_test(int argc, char** argv)
{
    ShellReaderTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "shell_reader_test.moc"
