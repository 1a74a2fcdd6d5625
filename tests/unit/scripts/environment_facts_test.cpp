// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/environment_facts.h"

#include <QTest>

using namespace sightglass;

class EnvironmentFactsTest : public QObject
{
    Q_OBJECT

    static std::string fact(const ReadFact& read)
    {
        return read.value.isKnown() ? "'" + read.value.value() + "'"
                                    : "unknown: " + read.value.reason();
    }

    /// "table, schema" of an env.py.
    static std::string read(const std::string& text, const std::string& ini = {})
    {
        MemoryFileSystem files;
        files.put("/p/env.py", "from alembic import context\n" + text);
        files.put("/p/app/settings.py", "TABLE = 'app_versions'\nclass S:\n    SCHEMA = 'app'\n");
        files.put("/p/alembic.ini", ini);
        const auto settings = Settings::read(files, "/p/alembic.ini", {}, "alembic");
        const auto facts = readEnvironment(files, "/p/env.py", &settings.value(), {"/p"});
        return fact(facts.versionTable) + ", " + fact(facts.versionTableSchema);
    }

private Q_SLOTS:

    void readsTheVersionTable_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("default", "context.configure(connection=c)\n", "'alembic_version', ''");
        row("literals",
            "context.configure(version_table='v', version_table_schema='s')\n",
            "'v', 's'");
        row("schema None",
            "context.configure(version_table_schema=None)\n",
            "'alembic_version', ''");
        row("inside a function",
            "def run():\n    with engine.connect() as c:\n        context.configure(connection=c, "
            "version_table='v')\n",
            "'v', ''");
        row("module constant",
            "T = 'v'\ndef run():\n    context.configure(version_table=T)\n",
            "'v', ''");
        row("constant bound after the function",
            "def run():\n    context.configure(version_table=T)\nT = 'v'\n",
            "'v', ''");
        row("f-string", "P = 'x'\ncontext.configure(version_table=f'{P}_v')\n", "'x_v', ''");
        row("imported",
            "from app.settings import TABLE, S\ncontext.configure(version_table=TABLE, "
            "version_table_schema=S.SCHEMA)\n",
            "'app_versions', 'app'");
        row("dictionary",
            "O = dict(version_table='v')\ncontext.configure(url=u, **O)\n",
            "'v', ''");
        row("dictionary filled step by step",
            "o = {}\nif x:\n    o['url'] = 1\no['version_table'] = 'v'\ncontext.configure(**o)\n",
            "'v', ''");
        row("dictionary without the key",
            "o = {'url': f()}\ncontext.configure(**o)\n",
            "'alembic_version', ''");
        row("dictionary with the key on one side",
            "o = {}\nif x:\n    o['version_table'] = 'v'\ncontext.configure(**o)\n",
            "unknown: bound in different ways under the statement in line 3, ''");
        row("dictionary that is passed around",
            "o = {}\nfill(o)\ncontext.configure(**o)\n",
            "unknown: version_table may be among keywords that are not known: passed to a call "
            "that may change it, line 3, "
            "unknown: version_table_schema may be among keywords that are not known: passed to a "
            "call that may change it, "
            "line 3");
        row("keywords from elsewhere",
            "context.configure(**app.args)\n",
            "unknown: version_table may be among keywords that are not known: computed from "
            "app.args, line 2, unknown: "
            "version_table_schema may be among keywords that are not known: computed from "
            "app.args, line 2");
        row("environment variable",
            "import os\ncontext.configure(version_table=os.environ.get('T', 'v'))\n",
            "unknown: depends on the environment variable T, ''");
        row("from the ini",
            "config = "
            "context.config\ncontext.configure(version_table=config.get_main_option('vt'))\n",
            "'from_ini', ''");
        row("calls that agree",
            "context.configure(version_table='v')\ncontext.configure(version_table='v')\n",
            "'v', ''");
        row("calls that differ",
            "context.configure(version_table='v')\ncontext.configure()\n",
            "unknown: the calls of context.configure pass different values, \"v\" and "
            "\"alembic_version\", ''");
        row("another name for context",
            "from alembic import context as z\nz.configure(version_table='v')\n",
            "'v', ''");
        row("configure alone",
            "from alembic.context import configure\nconfigure(version_table='v')\n",
            "'v', ''");
        row("logging.configure is another thing",
            "logging.configure(version_table='v')\n",
            "unknown: no call of context.configure was found in /p/env.py, unknown: no call of "
            "context.configure was found in "
            "/p/env.py");
        row("parameter",
            "def run(t):\n    context.configure(version_table=t)\n",
            "unknown: a parameter of run, ''");
        row("parameter with a default",
            "def run(t='v'):\n    context.configure(version_table=t)\n",
            "unknown: a parameter of run, ''");
    }

    void readsTheVersionTable()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(read(text.toStdString(), "[alembic]\nvt = from_ini\n")),
                 expected);
    }

    void notesAUrlThatIsSetInCode()
    {
        MemoryFileSystem files;
        files.put("/p/env.py",
                  "config.set_main_option('sqlalchemy.url', os.environ.get('DB', 'x'))\n");
        const auto facts = readEnvironment(files, "/p/env.py", nullptr, {});
        QCOMPARE(facts.notes.size(), std::size_t{1});
        QCOMPARE(facts.notes[0],
                 std::string("env.py sets sqlalchemy.url itself in line 1 (depends on the "
                             "environment variable DB), so the one in "
                             "the ini may not be used."));
    }

    void givesAReasonWhenEnvCantBeRead()
    {
        const auto facts = readEnvironment(MemoryFileSystem(), "/p/env.py", nullptr, {});
        QCOMPARE(fact(facts.versionTable),
                 std::string("unknown: Can't read /p/env.py: it does not exist."));
    }
};

int environment_facts_test(int argc, char** argv)
{
    EnvironmentFactsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "environment_facts_test.moc"
