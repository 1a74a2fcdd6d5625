// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/autogenerate_facts.h"
#include "core/scripts/automatic_upgrades.h"

#include <QTest>

using namespace sightglass;

namespace {

/// "/p/compose.yml:3" for each place, in order.
std::vector<std::string> places(const MemoryFileSystem& files)
{
    Project project;
    project.root = "/p/backend";
    std::vector<std::string> found;
    for (const AutomaticUpgrade& each : automaticUpgrades(files, project).found)
        found.push_back(each.span.file + ":" + std::to_string(each.span.line));
    return found;
}

using Places = std::vector<std::string>;

AutogenerateFacts factsOf(const std::string& python)
{
    MemoryFileSystem files;
    files.put("/p/env.py", python);
    return readAutogenerateFacts(files, "/p/env.py");
}

} // namespace

class AutomaticUpgradesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void findsThemWhereSomethingStarts()
    {
        MemoryFileSystem files;
        files.put("/p/.git/HEAD", "ref: x\n");
        files.put("/p/backend/alembic.ini", "");
        files.put("/p/Dockerfile", "FROM x\nCMD [\"alembic\", \"upgrade\", \"head\"]\n");
        files.put("/p/backend/compose.yml", "a:\n  command: sh -c 'alembic upgrade head && run'\n");
        files.put("/p/.github/workflows/ci.yml", "steps:\n- run: alembic -c x.ini upgrade heads\n");
        QCOMPARE(places(files),
                 (Places{"/p/.github/workflows/ci.yml:2",
                         "/p/Dockerfile:2",
                         "/p/backend/compose.yml:2"}));
    }

    void aScriptCountsWhereItIsStarted()
    {
        MemoryFileSystem files;
        files.put("/p/.git/HEAD", "ref: x\n");
        files.put("/p/backend/start.sh", "#!/bin/sh\nalembic upgrade head\n");
        files.put("/p/backend/by_hand.sh", "alembic upgrade head\n");
        QCOMPARE(places(files), Places());
        files.put("/p/Dockerfile", "CMD [\"./start.sh\"]\n");
        QCOMPARE(places(files), Places{"/p/backend/start.sh:2"});
    }

    void otherWordsAreNone()
    {
        MemoryFileSystem files;
        files.put("/p/backend/Dockerfile",
                  "# alembic upgrade head\nRUN pip install --upgrade alembic\nRUN alembic "
                  "current\n");
        files.put("/p/backend/README.md", "alembic upgrade head\n");
        files.put("/p/backend/node_modules/x/Dockerfile", "CMD alembic upgrade head\n");
        // No .git: the search stays in the project.
        files.put("/p/Dockerfile", "CMD alembic upgrade head\n");
        QCOMPARE(places(files), Places());
    }

    void readsWhatAutogenerateLooksAt()
    {
        QVERIFY(factsOf("context.configure(connection=c)").includeSchemas == Known<bool>(false));
        QVERIFY(factsOf("context.configure(include_schemas=True)").includeSchemas ==
                Known<bool>(true));
        QVERIFY(!factsOf("context.configure(include_schemas=flag())").includeSchemas.isKnown());
        QVERIFY(!factsOf("context.configure(include_schemas=True)\n"
                         "context.configure(include_schemas=False)\n")
                     .includeSchemas.isKnown());
        QCOMPARE(factsOf("context.configure(include_object=mine)").filter,
                 std::string("include_object"));
        QVERIFY(factsOf("context.configure(include_name=None)").filter.empty());
    }
};

int automatic_upgrades_test(int argc, char** argv)
{
    AutomaticUpgradesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "automatic_upgrades_test.moc"
