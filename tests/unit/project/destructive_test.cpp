// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/project/project_tree.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const std::string compose =
    "name: shop\n"
    "services:\n"
    "  db:\n    image: postgres:16\n    volumes: [data:/var/lib/postgresql/data]\n"
    "  cache:\n    image: redis\n    volumes: [cache:/data]\n"
    "volumes:\n  data:\n  cache:\n";

} // namespace

class DestructiveTest : public QObject
{
    Q_OBJECT

    static std::string found(const std::vector<std::pair<std::string, std::string>>& texts)
    {
        return ProjectTree::text(ProjectTree(texts).scan(), "destructive-without-prompt");
    }

private Q_SLOTS:

    void saysWhatDeletesWithoutAsking_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row =
            [](const char* name, const char* file, const char* text, const char* expected) {
                QTest::newRow(name) << QString::fromUtf8(file) << QString::fromUtf8(text)
                                    << QString::fromUtf8(expected);
            };
        row("down -v", "reset.sh", "docker compose down -v\n", "high reset.sh:1\n");
        row("down --volumes",
            "reset.sh",
            "docker-compose down --remove-orphans --volumes\n",
            "high reset.sh:1\n");
        row("down", "stop.sh", "docker compose down --remove-orphans\n", "");
        row("up -V is not down", "up.sh", "docker compose up -V\n", "");
        row("make",
            "Makefile",
            "DC = docker compose\nclean:\n\t@$(DC) down -v\n",
            "high Makefile:3\n");
        row("printed", "Makefile", "help:\n\t@echo \"docker compose down -v deletes all\"\n", "");
        row("comment", "a.sh", "# docker compose down -v\nls # dropdb x\n", "");
        row("heredoc text", "a.sh", "cat <<EOF\ndocker compose down -v\nEOF\n", "");
        row("sql in a here document",
            "a.sh",
            "psql db <<EOF\nDROP DATABASE shop;\nEOF\n",
            "high a.sh:1\n");
        row("sql", "a.sh", "psql -U app -c \"drop schema public cascade\" db\n", "high a.sh:1\n");
        row("sql of a variable",
            "a.sh",
            "psql -c \"DROP DATABASE IF EXISTS $DB\"\n",
            "high a.sh:1\n");
        row("sql piped", "a.sh", "echo 'DROP DATABASE shop;' | psql\n", "high a.sh:1\n");
        row("sql printed", "a.sh", "echo 'DROP DATABASE shop;'\n", "");
        row("sql that selects", "a.sh", "psql -c \"SELECT 'DROP DATABASE x'\"\n", "");
        row("dropdb", "a.sh", "sudo -u postgres dropdb --if-exists shop\n", "high a.sh:1\n");
        row("dropdb of tests", "a.sh", "dropdb shop_test\n", "info a.sh:1\n");
        row("dropdb that asks", "a.sh", "dropdb -i shop\n", "");
        row("volume rm", "a.sh", "docker volume rm shop_data\n", "high a.sh:1\n");
        row("volume rm of another", "a.sh", "docker volume rm shop_cache\n", "low a.sh:1\n");
        row("prune asks", "a.sh", "docker volume prune\n", "");
        row("prune forced", "a.sh", "docker volume prune -af\n", "medium a.sh:1\n");
        row("system prune", "a.sh", "docker system prune -f --volumes\n", "medium a.sh:1\n");
        row("system prune without volumes", "a.sh", "docker system prune -af\n", "");
        row("data folder", "a.sh", "rm -rf ./docker/pgdata\n", "high a.sh:1\n");
        row("other folder", "a.sh", "rm -rf build dist data.json\n", "");
        row("temporary folder", "a.sh", "rm -rf /tmp/pgdata \"$TMPDIR/pgdata\"\n", "");
        row("downgrade", "a.sh", "alembic downgrade base\n", "medium a.sh:1\n");
        row("downgrade by one", "a.sh", "alembic downgrade -1\n", "");
        row("in a text for a shell", "a.sh", "bash -c 'docker compose down -v'\n", "high a.sh:1\n");
        row("for tests", "a.sh", "docker compose -p shop-test down -v\n", "info a.sh:1\n");
        row("ci",
            ".github/workflows/x.yml",
            "jobs:\n  a:\n    steps:\n      - run: docker compose down -v\n",
            "info .github/workflows/x.yml:4\n");
        row("package.json",
            "package.json",
            "{\"scripts\": {\"clean\": \"docker compose down -v\"}}",
            "high package.json:1\n");
        row("unknown compose file",
            "a.sh",
            "docker compose -f other.yml down -v\n",
            "medium a.sh:1\n");
    }

    void saysWhatDeletesWithoutAsking()
    {
        QFETCH(QString, file);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const std::string made =
            found({{"docker-compose.yml", compose}, {file.toStdString(), text.toStdString()}});
        QCOMPARE(QString::fromStdString(made), expected);
    }

    void aQuestionBeforeItCounts_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* file, const char* text) {
            QTest::newRow(name) << QString::fromUtf8(file) << QString::fromUtf8(text);
        };
        row("read -p",
            "a.sh",
            "read -p 'Sure? [y/N] ' ok\n[ \"$ok\" = y ] || exit 1\ndocker compose down -v\n");
        row("echo and read",
            "a.sh",
            "echo 'Sure?'\nread answer\nif [ \"$answer\" != yes ]; then exit 1; fi\ndropdb shop\n");
        row("make",
            "Makefile",
            "clean:\n\t@read -p \"Type DELETE: \" c; \\\n\tif [ \"$$c\" != DELETE ]; then exit 1; "
            "fi\n\t@docker compose down -v\n");
        row("needed target",
            "Makefile",
            "clean: confirm\n\tdocker compose down -v\nconfirm:\n\t@echo -n 'Sure? ' && read ans "
            "&& [ $${ans:-N} = y ]\n");
        row("make confirm", "Makefile", "clean:\n\t@$(MAKE) confirm\n\tdocker compose down -v\n");
        row("variable demanded",
            "Makefile",
            "clean:\n\t@[ \"$(CONFIRM)\" = yes ] || exit 1\n\tdocker compose down -v\n");
        row("error without variable",
            "Makefile",
            "clean:\n\t$(if $(CONFIRM),,$(error say CONFIRM=1))\n\tdocker compose down -v\n");
        row("function asks",
            "a.sh",
            "confirm() {\n  read -p 'Sure?' x\n  [ \"$x\" = y ] || exit\n}\nconfirm\ndropdb "
            "shop\n");
        row("caller asks",
            "a.sh",
            "wipe() { docker compose down -v; }\nread -p 'Sure?' x\n[ $x = y ] && wipe\n");
        row("gum", "a.sh", "gum confirm 'Sure?' || exit 1\ndropdb shop\n");
        row("just", "justfile", "[confirm]\nclean:\n  docker compose down -v\n");
        row("task",
            "Taskfile.yml",
            "tasks:\n  clean:\n    prompt: Sure?\n    cmds:\n      - docker compose down -v\n");
    }

    void aQuestionBeforeItCounts()
    {
        QFETCH(QString, file);
        QFETCH(QString, text);
        const ProjectTree tree{{"docker-compose.yml", compose},
                               {file.toStdString(), text.toStdString()}};
        const ProjectScan scan = tree.scan();
        QCOMPARE(ProjectTree::text(scan, "destructive-without-prompt"), std::string());
        QCOMPARE(scan.destructive.size(), std::size_t(1));
        QVERIFY(scan.destructive.front().asks);
    }

    void aQuestionElsewhereDoesNotCount_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("below") << QStringLiteral("dropdb shop\nread -p 'Again?' x\n");
        QTest::newRow("a loop over lines")
            << QStringLiteral("cat f | while read line; do echo $line; done\ndropdb shop\n");
        QTest::newRow("in a function nobody calls")
            << QStringLiteral("other() { read -p 'Sure?' x; }\ndropdb shop\n");
        QTest::newRow("a file") << QStringLiteral("read version < VERSION\ndropdb shop\n");
    }

    void aQuestionElsewhereDoesNotCount()
    {
        QFETCH(QString, text);
        QVERIFY(found({{"a.sh", text.toStdString()}}).starts_with("high a.sh:"));
    }

    void whatComposeDeletesIsLookedUp()
    {
        const std::string without = "services:\n  web:\n    image: nginx\n";
        QCOMPARE(found({{"docker-compose.yml", without}, {"a.sh", "docker compose down -v\n"}}),
                 std::string("info a.sh:1\n"));
        const std::string cacheOnly =
            "services:\n  c:\n    image: redis\n    volumes: [c:/data]\nvolumes:\n  c:\n";
        QCOMPARE(found({{"docker-compose.yml", cacheOnly}, {"a.sh", "docker compose down -v\n"}}),
                 std::string("low a.sh:1\n"));
        const ProjectScan scan =
            ProjectTree{{"docker-compose.yml", compose}, {"a.sh", "docker compose down -v\n"}}
                .scan();
        QCOMPARE(scan.destructive.front().volumes,
                 (std::vector<std::string>{"shop_data", "shop_cache"}));
        QVERIFY(scan.destructive.front().databaseVolume);
    }

    void foldersOfToolsAndOtherProjectsAreLeftOut()
    {
        QCOMPARE(found({{"node_modules/x/a.sh", "dropdb shop\n"},
                        {".venv/a.sh", "dropdb shop\n"},
                        {"env/pyvenv.cfg", ""},
                        {"env/a.sh", "dropdb shop\n"},
                        {"other/alembic.ini", "[alembic]\nscript_location = x\n"},
                        {"other/a.sh", "dropdb shop\n"}}),
                 std::string());
    }
};

int destructive_test(int argc, char** argv)
{
    DestructiveTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "destructive_test.moc"
