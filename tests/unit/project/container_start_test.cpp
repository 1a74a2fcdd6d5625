// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/project/project_tree.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

class ContainerStartTest : public QObject
{
    Q_OBJECT

    /// "service: verdict" of every container, and the rules that were found, sorted.
    static std::string shown(const ProjectTree& tree)
    {
        const ProjectScan scan = tree.scan();
        std::string made;
        for (const ContainerStart& start : scan.starts)
            made += (made.empty() ? "" : ", ") + (start.service.empty() ? "image" : start.service) +
                    ": " + std::string(toText(start.verdict));
        for (const Finding& finding : scan.findings) {
            if (finding.rule.starts_with("start-") || finding.rule.starts_with("upgrade-"))
                made += "; " + finding.rule + " " + std::string(toText(finding.severity));
        }
        return made;
    }

private Q_SLOTS:

    void readsTheStartOfAnImage_data()
    {
        QTest::addColumn<QString>("dockerfile");
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("expected");
        const auto row =
            [](const char* name, const char* dockerfile, const char* script, const char* expected) {
                QTest::newRow(name) << QString::fromUtf8(dockerfile) << QString::fromUtf8(script)
                                    << QString::fromUtf8(expected);
            };
        row("shell form",
            "FROM python\nCMD alembic upgrade head && uvicorn app:app\n",
            "",
            "image: upgrades-first");
        row("exec form with a shell",
            "FROM python\nCMD [\"sh\", \"-c\", \"alembic upgrade head && exec uvicorn app:app\"]\n",
            "",
            "image: upgrades-first");
        row("no upgrade",
            "FROM python\nCMD [\"uvicorn\", \"app:app\"]\n",
            "",
            "image: no-upgrade; start-without-upgrade medium");
        row("continued",
            "FROM python\nCMD alembic upgrade head && \\\n  # a comment\n  uvicorn app:app\n",
            "",
            "image: upgrades-first");
        row("failure ignored",
            "FROM python\nCMD alembic upgrade head; uvicorn app:app\n",
            "",
            "image: upgrades-first; upgrade-failure-ignored medium");
        row("failure ignored by or",
            "FROM python\nCMD alembic upgrade head || true; uvicorn app:app\n",
            "",
            "image: upgrades-first; upgrade-failure-ignored medium");
        row("beside",
            "FROM python\nCMD uvicorn app:app & alembic upgrade head; wait\n",
            "",
            "image: upgrades-after; upgrade-after-start medium");
        row("python -m",
            "FROM python\nCMD python -m alembic upgrade head && python -m app\n",
            "",
            "image: upgrades-first");
        row("flask",
            "FROM python\nCMD flask db upgrade && gunicorn app\n",
            "",
            "image: upgrades-first");
        row("printed sql",
            "FROM python\nCMD alembic upgrade head --sql && uvicorn a\n",
            "",
            "image: no-upgrade; start-without-upgrade medium");
        row("entry script",
            "FROM python\nCOPY . /app\nENTRYPOINT [\"/app/run.sh\"]\nCMD [\"uvicorn\", "
            "\"app:app\"]\n",
            "#!/bin/sh\nset -e\nalembic upgrade head\nexec \"$@\"\n",
            "image: upgrades-first");
        row("entry script without set -e",
            "FROM python\nENTRYPOINT [\"./run.sh\"]\nCMD [\"uvicorn\", \"app:app\"]\n",
            "alembic upgrade head\nexec \"$@\"\n",
            "image: upgrades-first; upgrade-failure-ignored medium");
        row("set -euo pipefail",
            "FROM python\nCMD bash run.sh\n",
            "set -euo pipefail\nalembic upgrade head\nuvicorn app\n",
            "image: upgrades-first");
        row("branches",
            "FROM python\nENTRYPOINT [\"./run.sh\"]\n",
            "set -e\ncase $1 in\n web)\n  alembic upgrade head\n  exec gunicorn app\n  ;;\n "
            "worker)\n  exec celery -A app worker\n  ;;\nesac\n",
            "image: upgrades-first");
        const char* const entrypoint =
            "MODE=${MODE:=$1}\nMODE=${MODE:=web}\ncase \"$MODE\" in\n  \"migrate\")\n    alembic "
            "upgrade \"$2\"\n    ;;\n  \"web\" | \"all\")\n    exec gunicorn app\n    ;;\n  "
            "*)\n    exec \"$@\"\n    ;;\nesac\n";
        row("another branch upgrades",
            "FROM python\nENTRYPOINT [\"./run.sh\"]\nCMD [\"all\"]\n",
            entrypoint,
            "image: no-upgrade; start-without-upgrade info");
        row("this branch upgrades",
            "FROM python\nENTRYPOINT [\"./run.sh\"]\nCMD [\"migrate\", \"head\"]\n",
            entrypoint,
            "image: upgrades-only");
        row("no branch but the last",
            "FROM python\nENTRYPOINT [\"./run.sh\"]\nCMD [\"uvicorn\", \"app:app\"]\n",
            entrypoint,
            "image: no-upgrade; start-without-upgrade info");
        row("script that is not there",
            "FROM python\nENTRYPOINT [\"/gone.sh\"]\nCMD [\"uvicorn\", \"a\"]\n",
            "",
            "image: not-known");
        row("later stage",
            "FROM python AS base\nCMD alembic upgrade head\nFROM base\nCMD uvicorn app\n",
            "",
            "image: no-upgrade; start-without-upgrade medium");
        row("inherited",
            "FROM python AS base\nCMD alembic upgrade head && uvicorn app\nFROM base AS final\nRUN "
            "ls\n",
            "",
            "image: upgrades-first");
        row("web server", "FROM nginx\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n", "", "");
    }

    void readsTheStartOfAnImage()
    {
        QFETCH(QString, dockerfile);
        QFETCH(QString, script);
        QFETCH(QString, expected);
        ProjectTree tree{{"Dockerfile", dockerfile.toStdString()}};
        if (!script.isEmpty())
            tree.put("run.sh", script.toStdString());
        QCOMPARE(QString::fromStdString(shown(tree)), expected);
    }

    void composeOverridesTheImage()
    {
        const std::string image = "FROM python\nCMD [\"uvicorn\", \"app:app\"]\n";
        QCOMPARE(shown(ProjectTree{{"Dockerfile", image},
                                   {"compose.yml",
                                    "services:\n  app:\n    build: .\n    command: sh -c "
                                    "\"alembic upgrade head && uvicorn app:app\"\n"}}),
                 std::string("app: upgrades-first"));
        QCOMPARE(shown(ProjectTree{{"docker/api/Dockerfile", image},
                                   {"compose/dev.yml",
                                    "services:\n  app:\n    build:\n      context: ..\n      "
                                    "dockerfile: docker/api/Dockerfile\n"}}),
                 std::string("app: no-upgrade; start-without-upgrade medium"));
    }

    void aServiceThatUpgradesAndEndsIsWaitedFor()
    {
        const std::string image = "FROM python\nCMD [\"uvicorn\", \"app:app\"]\n";
        const auto services = [](const std::string& condition) {
            return "services:\n  migrate:\n    build: .\n    command: alembic upgrade head\n  "
                   "app:\n    build: .\n    depends_on:\n" +
                   condition;
        };
        QCOMPARE(
            shown(ProjectTree{
                {"Dockerfile", image},
                {"compose.yml",
                 services("      migrate:\n        condition: service_completed_successfully\n")}}),
            std::string("migrate: upgrades-only, app: by-another"));
        QCOMPARE(shown(ProjectTree{{"Dockerfile", image},
                                   {"compose.yml", services("      - migrate\n")}}),
                 std::string("migrate: upgrades-only, app: no-upgrade; upgrade-not-awaited low"));
    }

    void severalContainersThatUpgradeAreNamed()
    {
        const std::string text =
            "services:\n  app:\n    build: .\n    deploy:\n      replicas: 3\n";
        QCOMPARE(shown(ProjectTree{
                     {"Dockerfile", "FROM python\nCMD alembic upgrade head && uvicorn a\n"},
                     {"compose.yml", text}}),
                 std::string("app: upgrades-first; upgrade-by-several-replicas medium"));
    }

    void theApplicationsOwnCodeCounts()
    {
        ProjectTree tree{{"Dockerfile", "FROM python\nCMD [\"uvicorn\", \"src.main:app\"]\n"},
                         {"src/main.py",
                          "from src.db import init_db\nasync def lifespan(app):\n    await "
                          "init_db()\n    yield\n"},
                         {"src/db.py",
                          "from alembic import command\ndef init_db():\n    "
                          "command.upgrade(config, 'head')\n"}};
        QCOMPARE(shown(tree), std::string("image: upgrades-itself"));
        tree.put("src/db.py",
                 "async def init_db():\n    async with engine.begin() as c:\n        await "
                 "c.run_sync(Base.metadata.create_all)\n");
        QCOMPARE(shown(tree), std::string("image: no-upgrade; start-without-upgrade high"));
        QVERIFY(tree.scan().starts.front().createsTables);
    }

    void aProgramThatUpgradesIsFollowed()
    {
        const ProjectTree tree{
            {"Dockerfile",
             "FROM python\nCMD [\"sh\", \"-c\", \"python scripts/migrate.py && exec python -m "
             "src.main\"]\n"},
            {"src/main.py", "print('x')\n"},
            {"scripts/migrate.py",
             "import subprocess\nsubprocess.run(['alembic', 'upgrade', 'head'], check=True)\n"}};
        QCOMPARE(shown(tree), std::string("image: upgrades-first"));
    }

    void whoUpgradesElsewhereIsNamed()
    {
        const ProjectTree tree{{"Dockerfile", "FROM python\nCMD uvicorn a\n"},
                               {"Makefile", "migrate:\n\tuv run alembic upgrade head\n"}};
        const ProjectScan scan = tree.scan();
        QCOMPARE(scan.upgradingScripts, std::vector<std::string>{"target migrate of Makefile"});
        QCOMPARE(ProjectTree::text(scan, "start-without-upgrade"),
                 std::string("info Dockerfile:2\n"));
    }
};

int container_start_test(int argc, char** argv)
{
    ContainerStartTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "container_start_test.moc"
