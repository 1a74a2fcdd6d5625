// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "reading_support.h"

using namespace sightglass;
using namespace sightglass::tests;

class ExecuteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void readsSqlOfEveryForm_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("lines");
        const auto row = [](const char* name, const char* body, const char* lines) {
            QTest::newRow(name) << QString::fromUtf8(body) << QString::fromUtf8(lines);
        };
        row("op.execute", "op.execute('DROP TABLE jobs')", "resolved drop_table jobs");
        row("text", "op.execute(sa.text('DROP TABLE jobs'))", "resolved drop_table jobs");
        row("bind",
            "op.get_bind().execute(sa.text('DROP TABLE jobs'))",
            "resolved drop_table jobs");
        row("driver",
            "op.get_bind().exec_driver_sql('DROP TABLE jobs')",
            "resolved drop_table jobs");
        row("several",
            "op.execute('DROP TABLE a; DROP TABLE b')",
            "resolved drop_table a\nresolved drop_table b");
        row("f-string with known parts",
            "t = 'jobs'\nop.execute(f'DROP TABLE {t}')",
            "resolved drop_table jobs");
        row("in a loop",
            "for t in ('a', 'b'):\n    op.execute('DROP TABLE %s' % t)",
            "resolved drop_table a\nresolved drop_table b");
        row("through a session",
            "from sqlalchemy.orm import Session\nSession(bind=op.get_bind()).execute('DROP TABLE "
            "jobs')",
            "resolved drop_table jobs");
        row("through the context",
            "context.execute('DROP TABLE jobs')",
            "resolved drop_table jobs");
        row("through a cursor",
            "op.get_bind().connection.cursor().execute('DROP TABLE jobs')",
            "resolved drop_table jobs");
        row("with parameters",
            "op.get_bind().execute(sa.text('UPDATE jobs SET a = :a WHERE b = 1'), {'a': 'x'})",
            "resolved change_data jobs");
        row("in an autocommit block",
            "with op.get_context().autocommit_block():\n    op.execute('DROP TABLE a')\n"
            "op.execute('DROP TABLE b')",
            "resolved drop_table a | autocommit\nresolved drop_table b");
        row("on an autocommit connection",
            "op.get_bind().execution_options(isolation_level='AUTOCOMMIT')"
            ".execute(sa.text('DROP TABLE a'))",
            "resolved drop_table a | autocommit");
        row("in a savepoint",
            "with op.get_bind().begin_nested():\n    op.execute('DROP TABLE a')",
            "resolved transaction\nresolved drop_table a\nresolved transaction");
    }

    void readsSqlOfEveryForm()
    {
        QFETCH(QString, body);
        QFETCH(QString, lines);
        const RevisionReading reading = read(upgradeOf(body.toStdString()));
        QCOMPARE(QString::fromStdString(reading.raised), QString());
        QCOMPARE(linesOf(reading), lines);
    }

    void putsValuesIn()
    {
        const RevisionReading reading = read(upgradeOf(
            "op.get_bind().execute(sa.text('UPDATE jobs SET a = :a, b = :b, c = :a'), "
            "{'a': \"it's\", 'b': None})\n"
            "op.get_bind().exec_driver_sql('UPDATE jobs SET a = %s, b = \\'5%%\\'', (3,))"));
        QCOMPARE(sqlOf(reading),
                 QStringLiteral("UPDATE jobs SET a = 'it''s', b = NULL, c = 'it''s'\n"
                                "UPDATE jobs SET a = 3, b = '5%'"));
    }

    void anErrorInATransactionTakesBackAll()
    {
        const RevisionReading reading =
            read(upgradeOf("try:\n    with op.get_bind().begin():\n        raise ValueError('no')\n"
                           "except ValueError:\n    pass"));
        QCOMPARE(linesOf(reading), QStringLiteral("resolved transaction"));
    }

    void showsEveryRowOfAnExecutemany()
    {
        const RevisionReading reading = read(upgradeOf(
            "op.get_bind().execute(sa.text('INSERT INTO jobs VALUES (:a)'), [{'a': 1}, {'a': 2}])\n"
            "op.get_bind().exec_driver_sql('DELETE FROM jobs WHERE a = %s', [(3,), (4,)])"));
        QCOMPARE(sqlOf(reading),
                 QStringLiteral("INSERT INTO jobs VALUES (1);\nINSERT INTO jobs VALUES (2)\n"
                                "DELETE FROM jobs WHERE a = 3;\nDELETE FROM jobs WHERE a = 4"));
        const auto& first = std::get<change::ChangeData>(reading.operations[0].change);
        QCOMPARE(first.rows.value_or(0), std::int64_t(2));
    }

    void raisesForAParameterWithoutValue()
    {
        const RevisionReading reading = read(upgradeOf("op.execute(\"SELECT ' :foo'\")"));
        QCOMPARE(reading.end, RevisionReading::End::Raises);
        QVERIFY(QString::fromStdString(reading.raised)
                    .contains(QStringLiteral("A value is required for bind parameter 'foo'")));
    }

    void leavesCastsAndTimesAlone()
    {
        const RevisionReading reading =
            read(upgradeOf("op.execute(\"UPDATE jobs SET at = '12:30', n = x::int\")"));
        QCOMPARE(reading.end, RevisionReading::End::Done);
        QCOMPARE(linesOf(reading), QStringLiteral("resolved change_data jobs"));
    }

    void keepsTheBeginningOfSqlThatIsNotKnown_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* statement, const char* kind) {
            QTest::newRow(statement) << QString::fromUtf8(statement) << QString::fromUtf8(kind);
        };
        row("f'UPDATE jobs SET a = {x}'", "resolved change_data jobs");
        row("\"UPDATE jobs SET a = '%s'\" % x", "resolved change_data jobs");
        row("'DELETE FROM jobs WHERE id IN ({})'.format(x)", "resolved change_data jobs");
        row("sa.text(f'UPDATE jobs SET a = {x}')", "resolved change_data jobs");
        row("f'SELECT {x}'", "resolved query");
        row("f'ALTER TABLE jobs DROP CONSTRAINT {x}'", "opaque opaque jobs");
        row("f'ALTER TABLE {x} DROP CONSTRAINT y'", "opaque opaque");
        row("x", "opaque opaque");
        row("sa.text(x)", "opaque opaque");
        row("sa.text('UPDATE jobs SET a = :a').params(a=x)", "resolved change_data jobs");
        row("sa.text('DROP TABLE jobs; SELECT :a').bindparams(a=x)",
            "resolved drop_table jobs\nresolved query");
        row("f'{x} TABLE jobs'", "opaque opaque");
        row("f'UPDATE jobs SET a = {x}' if x else 'UPDATE jobs'", "opaque opaque");
        row("f'UPDATE jobs SET a = {x}' if x else f'DROP TABLE {x}'", "opaque opaque");
    }

    void keepsTheBeginningOfSqlThatIsNotKnown()
    {
        QFETCH(QString, statement);
        QFETCH(QString, kind);
        const RevisionReading reading = read(
            upgradeOf("x = context.get_x_argument()\nop.execute(" + statement.toStdString() + ")"));
        const QString lines = linesOf(reading);
        QVERIFY2(lines.section(QStringLiteral(" |"), 0, 0) == kind, qPrintable(lines));
    }

    void readsAllTextsThatANameMayHave_data()
    {
        QTest::addColumn<QString>("lines");
        QTest::addColumn<bool>("structural");
        const auto row = [](const char* lines, bool structural) {
            QTest::newRow(lines) << QString::fromUtf8(lines) << structural;
        };
        row("q = f'UPDATE a SET b = {x}'", false);
        row("q = 'UPDATE a SET b = 1'\nif x:\n    q += f' WHERE c = {x}'", false);
        row("q = 'UPDATE a SET b = 1'\nif x:\n    q += f'; DROP TABLE {x}'", true);
        row("q = 'UPDATE a SET b = 1'\nfor y in x:\n    q = q + f' OR c = {y}'", false);
        row("q = sa.text('DELETE FROM a')\nif x:\n    q = sa.text(f'UPDATE a SET b = {x}')", false);
        row("q = 'DELETE FROM a'\nif x:\n    q = f'ALTER TABLE {x} DROP COLUMN y'", true);
        row("q = x\nif x:\n    q = 'DELETE FROM a'", true);
        row("q = f'DELETE FROM {x}'\nq *= x", true);
        row("q = 'DELETE FROM a'\nwith x as q:\n    pass", true);
    }

    void readsAllTextsThatANameMayHave()
    {
        QFETCH(QString, lines);
        QFETCH(bool, structural);
        const RevisionReading reading = read(
            upgradeOf("x = context.get_x_argument()\n" + lines.toStdString() + "\nop.execute(q)"));
        QVERIFY(!reading.operations.empty());
        QCOMPARE(isStructural(reading.operations.back().change), structural);
    }

    void keepsTheBeginningOfSqlInModulesToo()
    {
        const std::string helper = "import sqlalchemy as sa\n"
                                   "def clean(bind, rows):\n"
                                   "    q = sa.text(f'DELETE FROM jobs WHERE id IN ({rows})')\n"
                                   "    bind.execute(q)\n"
                                   "    t = sa.table('jobs', sa.column('id'))\n"
                                   "    bind.execute(sa.select(t.c.id).where(t.c.id == rows))\n"
                                   "    bind.execute('DROP TABLE a')\n";
        const std::string text =
            "from alembic import context, op\nfrom app.clean import clean\n"
            "def upgrade():\n    clean(op.get_bind(), context.get_x_argument())\n";
        FixedTarget target;
        const RevisionReading reading =
            read({.text = text, .modules = {{"app/clean.py", helper}}, .surroundings = {}}, target);
        QCOMPARE(reading.operations.size(), std::size_t{3});
        QVERIFY(std::holds_alternative<change::ChangeData>(reading.operations[0].change));
        QVERIFY(!isStructural(reading.operations[1].change));
        QCOMPARE(covered(helper, reading.operations[2]), std::string("DROP TABLE a"));
    }

    void aStatementObjectThatIsNotKnownChangesDataAtMost_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<bool>("structural");
        const auto row = [](const char* lines, bool structural) {
            QTest::newRow(lines) << QString::fromUtf8(lines) << structural;
        };
        row("q = select([T.a])", false);
        row("q = select([T.a])\nq = q.where(T.b)", false);
        row("q = select([T.a])\nif T.c:\n    q = T.update()", false);
        row("q = select([T.a])\nif T.c:\n    q = T.something", true);
        row("q = T.something\nfor q in T.all:\n    pass", true);
    }

    void aStatementObjectThatIsNotKnownChangesDataAtMost()
    {
        QFETCH(QString, statement);
        QFETCH(bool, structural);
        const RevisionReading reading =
            read(upgradeOf("from elsewhere import T, select\n" + statement.toStdString() +
                           "\nop.get_bind().execute(q)"));
        QVERIFY(!reading.operations.empty());
        QCOMPARE(isStructural(reading.operations.back().change), structural);
    }

    void pointsAtTheStatementInsideItsLiteral()
    {
        const std::string text = upgradeOf("op.execute('''\nDROP TABLE a;\n"
                                           "  DROP TABLE b\\\n;''')");
        const RevisionReading reading = read(text);
        QCOMPARE(reading.operations.size(), std::size_t{2});
        QCOMPARE(covered(text, reading.operations[0]), std::string("DROP TABLE a"));
        QCOMPARE(reading.operations[0].span.line, 6);
        QVERIFY(covered(text, reading.operations[1]).starts_with("DROP TABLE b"));
        QCOMPARE(reading.operations[1].span.line, 7);
        QCOMPARE(reading.operations[0].call, reading.operations[1].call);
        QCOMPARE(reading.operations[1].statement, 1);
    }

    void saysWhatOnlyTheDatabaseKnows()
    {
        const RevisionReading reading = read(
            upgradeOf("rows = op.get_bind().execute(sa.text('SELECT id FROM jobs')).fetchall()\n"
                      "for row in rows:\n"
                      "    op.drop_column('jobs', row[0])\n"
                      "if op.get_bind().execute(sa.text('SELECT 1')).scalar() == 1:\n"
                      "    op.drop_table('a')\n"
                      "else:\n"
                      "    op.drop_table('b')"));
        const QString lines = linesOf(reading);
        QVERIFY2(lines.contains(QStringLiteral("the result of SELECT id FROM jobs at run time")),
                 qPrintable(lines));
        QVERIFY2(lines.endsWith(QStringLiteral("\nresolved query\nresolved drop_table a")),
                 qPrintable(lines));
    }

    void writesDataThroughClassesOfTheFile()
    {
        const RevisionReading reading =
            read("from alembic import op\nimport sqlalchemy as sa\n"
                 "from sqlalchemy.orm import Session, declarative_base\n"
                 "Base = declarative_base()\n"
                 "class Job(Base):\n"
                 "    __tablename__ = 'jobs'\n"
                 "    id = sa.Column(sa.Integer, primary_key=True)\n"
                 "    name = sa.Column(sa.String(20))\n"
                 "def upgrade():\n"
                 "    session = Session(bind=op.get_bind())\n"
                 "    session.add(Job(name='x'))\n"
                 "    for job in session.query(Job).filter(Job.id == 1):\n"
                 "        job.name = 'y'\n"
                 "    session.query(Job).filter(Job.id == 2).delete()\n"
                 "    session.commit()\n"
                 "    Base.metadata.create_all(op.get_bind(), checkfirst=False)\n");
        QCOMPARE(QString::fromStdString(reading.raised), QString());
        QCOMPARE(linesOf(reading),
                 QStringLiteral("resolved change_data jobs\nresolved change_data jobs\n"
                                "opaque opaque jobs | writes back objects that a query loaded\n"
                                "resolved create_table jobs"));
        const auto* created = std::get_if<change::CreateTable>(&reading.operations.back().change);
        QVERIFY(created != nullptr);
        QCOMPARE(created->columns.size(), std::size_t{2});
    }
};

int execute_test(int argc, char** argv)
{
    ExecuteTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "execute_test.moc"
