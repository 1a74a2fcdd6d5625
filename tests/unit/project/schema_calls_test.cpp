// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/project/project_tree.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

class SchemaCallsTest : public QObject
{
    Q_OBJECT

    static std::string found(const std::vector<std::pair<std::string, std::string>>& texts)
    {
        const ProjectScan scan = ProjectTree(texts).scan();
        return ProjectTree::text(scan, "create-all-beside-chain") +
               ProjectTree::text(scan, "drop-all-in-code") +
               ProjectTree::text(scan, "create-all-in-tests");
    }

private Q_SLOTS:

    void findsWhoMakesTablesBesideTheChain_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row =
            [](const char* name, const char* file, const char* text, const char* expected) {
                QTest::newRow(name) << QString::fromUtf8(file) << QString::fromUtf8(text)
                                    << QString::fromUtf8(expected);
            };
        row("module", "app.py", "Base.metadata.create_all(engine)\n", "high app.py:1\n");
        row("function nobody calls",
            "app.py",
            "def make():\n    Base.metadata.create_all(engine)\n",
            "medium app.py:2\n");
        row("start",
            "app.py",
            "@app.on_event('startup')\ndef start():\n    Base.metadata.create_all(engine)\n",
            "high app.py:3\n");
        row("handed on",
            "app.py",
            "async def lifespan(app):\n    async with e.begin() as c:\n        await "
            "c.run_sync(SQLModel.metadata.create_all)\n",
            "high app.py:3\n");
        row("under a condition",
            "app.py",
            "if DEBUG:\n    Base.metadata.create_all(engine)\n",
            "medium app.py:2\n");
        row("program",
            "tool.py",
            "if __name__ == '__main__':\n    Base.metadata.create_all(engine)\n",
            "medium tool.py:2\n");
        row("flask",
            "app.py",
            "def create_app():\n    with app.app_context():\n        db.create_all()\n",
            "high app.py:3\n");
        row("stamps",
            "app.py",
            "from alembic import command\ndef init():\n    Base.metadata.create_all(engine)\n"
            "    command.stamp(config, 'head')\n",
            "low app.py:3\n");
        row("sqlite",
            "app.py",
            "def init(url):\n    if url.startswith('sqlite'):\n        "
            "Base.metadata.create_all(engine)\n",
            "low app.py:3\n");
        row("comment and text",
            "app.py",
            "# Base.metadata.create_all(engine)\nx = 'Base.metadata.create_all(engine)'\n",
            "");
        row("another's method",
            "app.py",
            "class F:\n    def create_all(self):\n        pass\nF().create_all()\n",
            "");
        row("test",
            "tests/conftest.py",
            "Base.metadata.create_all(engine)\nBase.metadata.drop_all(engine)\n",
            "info tests/conftest.py:1\n");
        row("example", "docs/app.py", "Base.metadata.create_all(engine)\n", "info docs/app.py:1\n");
        row("drops",
            "tool.py",
            "def wipe():\n    Base.metadata.drop_all(engine)\n",
            "medium tool.py:2\n");
        row("drops and asks",
            "tool.py",
            "def wipe():\n    if input('Sure?') == 'y':\n        Base.metadata.drop_all(engine)\n",
            "");
        row("no Python", "app.py", "x = = 1\nBase.metadata.create_all(e)\n", "high app.py:2\n");
    }

    void findsWhoMakesTablesBesideTheChain()
    {
        QFETCH(QString, file);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(found({{file.toStdString(), text.toStdString()}})),
                 expected);
    }

    void followsTheCallsFromTheStart()
    {
        const ProjectTree tree{
            {"src/db/base.py",
             "async def init_db():\n    await c.run_sync(Base.metadata.create_all)\n"},
            {"src/setup.py",
             "from src.db.base import init_db as make\nasync def prepare():\n    await make()\n"},
            {"src/main.py",
             "from .setup import prepare\n@asynccontextmanager\nasync def lifespan(app):\n    "
             "await prepare()\n    yield\n"}};
        const ProjectScan scan = tree.scan();
        QCOMPARE(ProjectTree::text(scan, "create-all-beside-chain"),
                 std::string("high src/db/base.py:2\n"));
        const SchemaCall& call = scan.schemaCalls.front();
        QCOMPARE(call.reached, ReachedFrom::Startup);
        QVERIFY(call.way.size() >= 2);
        QCOMPARE(call.way.front().file, std::string("/p/src/main.py"));
        QCOMPARE(call.way.front().line, 4);
    }

    void aFunctionOfTheSameNameElsewhereIsAnother()
    {
        const ProjectScan scan =
            ProjectTree{
                {"a/db.py", "def init_db():\n    Base.metadata.create_all(e)\n"},
                {"main.py", "from b.store import init_db\ndef lifespan(app):\n    init_db()\n"}}
                .scan();
        QCOMPARE(scan.schemaCalls.front().reached, ReachedFrom::NotKnown);
    }

    void deepNestingIsRead()
    {
        const std::string deep = "x = " + std::string(20'000, '(') + "1" + std::string(20'000, ')');
        QCOMPARE(
            found({{"a.py", deep + "\n# create_all\n"}, {"b.py", "Base.metadata.create_all(e)\n"}}),
            std::string("high b.py:1\n"));
    }
};

int schema_calls_test(int argc, char** argv)
{
    SchemaCallsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "schema_calls_test.moc"
