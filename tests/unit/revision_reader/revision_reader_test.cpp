// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "reading_support.h"

using namespace sightglass;
using namespace sightglass::tests;

class RevisionReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void numbersStatementsAndCalls()
    {
        const RevisionReading reading =
            read(upgradeOf("op.create_table('a', sa.Column('id', sa.Integer, primary_key=True),\n"
                           "    sa.Column('x', sa.Integer, index=True))\nop.drop_table('b')"));
        QCOMPARE(reading.operations.size(), std::size_t{3});
        QCOMPARE(reading.operations[0].call, reading.operations[1].call);
        QCOMPARE(reading.operations[1].statement, 1);
        QCOMPARE(reading.operations[2].call, reading.operations[0].call + 1);
        QCOMPARE(reading.operations[2].statement, 2);
        QCOMPARE(reading.operations[2].span.line, 7);
        QCOMPARE(reading.operations[2].directive, std::string("drop_table"));
    }

    void knowsEmptyFunctions_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("empty");
        QTest::newRow("pass") << QStringLiteral("def upgrade():\n    pass\n") << true;
        QTest::newRow("docstring") << QStringLiteral("def upgrade():\n    '''merge'''\n") << true;
        QTest::newRow("ellipsis") << QStringLiteral("def upgrade():\n    ...\n") << true;
        QTest::newRow("comment") << QStringLiteral("def upgrade():\n    # no\n    pass\n") << true;
        QTest::newRow("call") << QStringLiteral("def upgrade():\n    print('x')\n") << false;
    }

    void knowsEmptyFunctions()
    {
        QFETCH(QString, text);
        QFETCH(bool, empty);
        const RevisionReading reading = read(text.toStdString());
        QCOMPARE(reading.empty, empty);
        QCOMPARE(reading.end, RevisionReading::End::Done);
        QVERIFY(reading.operations.empty());
    }

    void saysWhereItMayStop()
    {
        const RevisionReading reading =
            read(upgradeOf("if op.get_bind().execute(sa.text('SELECT a FROM b')).rowcount > 0:\n"
                           "    raise ValueError('rows')\nop.drop_table('b')"));
        QCOMPARE(reading.end, RevisionReading::End::Done);
        QCOMPARE(reading.operations.back().resolution, Resolution::Resolved);
        QCOMPARE(reading.possibleStops.size(), std::size_t{1});
        QCOMPARE(reading.possibleStops[0].raised, std::string("ValueError: rows"));
        QCOMPARE(reading.possibleStops[0].guards.size(), std::size_t{1});
    }

    void takesAnExceptionOfTheApplicationForUnknown()
    {
        const std::string text = upgradeOf("from app.fields import secret\n"
                                           "op.add_column('t', sa.Column('s', secret()))\n"
                                           "op.drop_table('b')");
        RecordingTarget target;
        const RevisionReading reading =
            read(Source{.text = text,
                        .modules = {{"app/fields.py",
                                     "ready = None\ndef secret():\n    if ready is None:\n"
                                     "        raise RuntimeError('not ready')\n"}},
                        .surroundings = {},
                        .direction = Direction::Upgrade,
                        .path = "/project/migrations/versions/a1.py"},
                 target);
        QCOMPARE(reading.end, RevisionReading::End::Done);
        QCOMPARE(reading.operations.size(), std::size_t{2});
        QCOMPARE(reading.operations[0].resolution, Resolution::Opaque);
        QCOMPARE(reading.operations[1].resolution, Resolution::Resolved);
    }

    void readsOptionsThatTheEnvironmentScriptConfigures()
    {
        const std::string environment =
            "import os\nfrom alembic import context\nfrom app.settings import settings\n"
            "def run(connection):\n    context.configure(connection=connection, prefix='p_',\n"
            "        name=settings.name, label=os.environ.get('LABEL', 'l'))\n"
            "    with context.begin_transaction():\n        context.run_migrations()\n"
            "run(context.config.attributes['connection'])\n";
        const std::string settings =
            "import importlib\nfrom pydantic_settings import BaseSettings\n"
            "class Own(BaseSettings):\n    name: str = 'n'\n"
            "def find():\n    try:\n        return importlib.import_module('other.settings').Own\n"
            "    except ImportError:\n        return Own\nsettings = find()()\n";
        const std::string text =
            upgradeOf("o = op.get_context().opts\nop.drop_table(o['prefix'] + 'a')\n"
                      "op.drop_table(o['name'] + o.get('label'))\nop.drop_table(o['else'])");
        RecordingTarget target;
        const RevisionReading reading =
            read(Source{.text = text,
                        .modules = {{"env.py", environment}, {"app/settings.py", settings}},
                        .surroundings = {},
                        .direction = Direction::Upgrade},
                 target);
        QCOMPARE(linesOf(reading).left(46),
                 QStringLiteral("resolved drop_table p_a\n"
                                "resolved drop_table nl"));
        QCOMPARE(reading.operations.back().resolution, Resolution::Opaque);
        QCOMPARE(reading.assumptions.size(), std::size_t{2});
        QCOMPARE(reading.assumptions[0],
                 std::string("the option name of the context is 'n', the project's default, unless "
                             "the environment sets another"));
    }

    void saysHowItEnds()
    {
        QCOMPARE(read("x = 1\n").end, RevisionReading::End::NoFunction);
        const RevisionReading raising =
            read("def upgrade():\n    raise NotImplementedError('no way')\n");
        QCOMPARE(raising.end, RevisionReading::End::Raises);
        QCOMPARE(raising.raised, std::string("NotImplementedError: no way"));
        QCOMPARE(raising.endSpan.line, 2);
        const RevisionReading endless = read("def upgrade():\n    while True:\n        x = 1\n");
        QCOMPARE(endless.end, RevisionReading::End::Limit);
        QCOMPARE(read("raise ValueError('top')\ndef upgrade():\n    pass\n").raised,
                 std::string("ValueError: top"));
    }

    void passesArgumentsByName()
    {
        RecordingTarget target;
        Source source;
        source.text = "def upgrade(op, tables, engine_name='x'):\n"
                      "    op.drop_table('a')\n"
                      "    if tables:\n        op.drop_table('b')\n";
        const RevisionReading reading = read(source, target);
        QCOMPARE(QString::fromStdString(reading.raised), QString());
        QVERIFY2(linesOf(reading).startsWith(
                     QStringLiteral("resolved drop_table a\nconditional drop_table b")),
                 qPrintable(linesOf(reading)));
    }

    void leavesAnArgumentToItsDefault()
    {
        RecordingTarget target;
        Source source;
        source.text = "def upgrade(op=None):\n    if op is None:\n        return\n"
                      "    op.drop_table('a')\n";
        QCOMPARE(linesOf(read(source, target)), QString());
    }

    void knowsWhatTheParserRefuses()
    {
        RecordingTarget target;
        const RevisionReading reading =
            read(upgradeOf("op.execute('PRAGMA foreign_keys=OFF')\nop.drop_table('a')"), target);
        QVERIFY2(linesOf(reading).startsWith(QStringLiteral("resolved opaque")),
                 qPrintable(linesOf(reading)));
        QCOMPARE(reading.operations.at(0).reason,
                 std::string("syntax error at or near \"PRAGMA\""));
    }

    void callsThatOnlyTouchFilesAreNoOperations()
    {
        RecordingTarget target;
        const RevisionReading reading =
            read("from alembic import op\nfrom settings import ROOT\n\ndef upgrade():\n"
                 "    for each in ROOT.iterdir():\n        each.rename(ROOT)\n"
                 "    ROOT.mkdir()\n    op.drop_table('a')\n",
                 target);
        QCOMPARE(linesOf(reading), QStringLiteral("resolved drop_table a"));
    }

    void followsTheEnginesOfAMultidbProject()
    {
        RecordingTarget target;
        Source source;
        source.text = "from alembic import op\n"
                      "def upgrade(engine_name):\n"
                      "    globals()['upgrade_%s' % engine_name]()\n"
                      "def upgrade_one():\n    op.drop_table('a')\n"
                      "def upgrade_two():\n    op.drop_table('b')\n";
        source.surroundings.engineName = "two";
        QCOMPARE(linesOf(read(source, target)), QStringLiteral("resolved drop_table b"));
        source.surroundings.engineName.clear();
        const RevisionReading unknown = read(source, target);
        QCOMPARE(unknown.operations.size(), std::size_t{1});
        QCOMPARE(unknown.operations[0].resolution, Resolution::Opaque);
    }

    void readsHelpersOfTheProject()
    {
        RecordingTarget target;
        Source source;
        source.text = "from app.helpers import drop\ndef upgrade():\n    drop('jobs')\n";
        source.modules = {
            {"app/__init__.py", ""},
            {"app/helpers.py", "from alembic import op\ndef drop(t):\n    op.drop_table(t)\n"}};
        const RevisionReading reading = read(source, target);
        QCOMPARE(linesOf(reading), QStringLiteral("resolved drop_table jobs"));
        QVERIFY(!reading.files.empty());
    }

    void doesNotOverlookCallsThatItDoesNotKnow_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<bool>("opaque");
        const auto row = [](const char* body, bool opaque) {
            QTest::newRow(QByteArray(body).replace('\n', ' ').constData())
                << QString::fromUtf8(body) << opaque;
        };
        row("import helpers\nhelpers.create_partitions('jobs')", true);
        row("import helpers\nx = helpers.change(op.get_bind())", true);
        row("import helpers\nx = helpers.change([op])", true);
        row("import helpers\nif helpers.has_table(op.get_bind(), 'x'):\n    pass", false);
        row("import helpers\nx = helpers.settings()", false);
        row("import logging\nlogging.getLogger(__name__).info('x')", false);
        row("import time\ntime.sleep(1)", false);
        row("print('x')", false);
        row("import click\nclick.echo('x')", false);
        row("import uuid\nuuid.uuid4()", false);
        row("rows = op.get_bind().execute(sa.text('SELECT a FROM b'))\nfor r in rows:\n"
            "    r.touch()",
            false);
        row("op.some_plugin_operation('x')", true);
        row("from app import db\nsession = db.Session(bind=op.get_bind())\nx = 1", false);
    }

    void doesNotOverlookCallsThatItDoesNotKnow()
    {
        QFETCH(QString, body);
        QFETCH(bool, opaque);
        const RevisionReading reading = read(upgradeOf(body.toStdString()));
        QCOMPARE(QString::fromStdString(reading.raised), QString());
        const QString lines = linesOf(reading);
        QVERIFY2(lines.contains(QStringLiteral("opaque")) == opaque, qPrintable(lines));
    }

    void knowsWhereTheVersionTableIs()
    {
        Source source;
        source.text = upgradeOf("op.drop_table('a', schema=op.get_context().version_table_schema)");
        RecordingTarget target;
        QVERIFY(read(source, target).operations.at(0).resolution == Resolution::Opaque);
        source.surroundings.versionTableSchema = std::string("own");
        QCOMPARE(linesOf(read(source, target)), QStringLiteral("resolved drop_table own.a"));
        source.surroundings.versionTableSchema = std::string();
        QCOMPARE(linesOf(read(source, target)), QStringLiteral("resolved drop_table a"));
    }

    void knowsDataStatementsWhoseTableItDoesNotKnow()
    {
        const RevisionReading reading =
            read(upgradeOf("from app import models, db\n"
                           "op.execute(models.job.update().where(models.x).values(a=1))\n"
                           "db.session.execute(sa.update(models.Job).values(a=1))"));
        QCOMPARE(reading.operations.size(), std::size_t{2});
        for (const Operation& operation : reading.operations)
            QVERIFY(!isStructural(operation.change));
    }

    void decidesOfflineBranches()
    {
        Source source;
        source.text = upgradeOf("if context.is_offline_mode():\n    op.drop_table('offline')\n"
                                "else:\n    op.drop_table('online')");
        RecordingTarget target;
        QCOMPARE(linesOf(read(source, target)), QStringLiteral("resolved drop_table online"));
        source.surroundings.offline = true;
        QCOMPARE(linesOf(read(source, target)), QStringLiteral("resolved drop_table offline"));
    }

    void survivesAnything_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* text) { QTest::newRow(text) << QString::fromUtf8(text); };
        row("def upgrade(:\n");
        row("def upgrade(*args, **kwargs):\n    op.execute(*args, **kwargs)\n");
        row("from alembic import op\ndef upgrade():\n    op.execute()\n");
        row("from alembic import op\ndef upgrade():\n    op.execute(None)\n");
        row("from alembic import op\ndef upgrade():\n    op.execute(op)\n");
        row("from alembic import op\ndef upgrade():\n    op.execute('')\n");
        row("from alembic import op\ndef upgrade():\n    op.execute(['a'])\n");
        row("from alembic import op\nop.execute('DROP TABLE a')\ndef upgrade():\n    pass\n");
        row("from alembic import op\ndef upgrade():\n    op.get_bind().execute(x)\n");
        row("from sqlalchemy.orm import Session\ndef upgrade():\n    "
            "Session().query().all()[0].x\n");
        row("import sqlalchemy as sa\ndef upgrade():\n    sa.inspect()\n    "
            "sa.inspect(None).x()\n");
        row("upgrade = 3\n");
        row("upgrade = undefined\n");
    }

    void survivesAnything()
    {
        QFETCH(QString, text);
        FixedTarget target;
        const RevisionReading reading = read(text.toStdString(), target);
        QVERIFY(reading.end != RevisionReading::End::NeedsSchema);
    }
};

int revision_reader_test(int argc, char** argv)
{
    RevisionReaderTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "revision_reader_test.moc"
