// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "reading_support.h"

using namespace sightglass;
using namespace sightglass::tests;

namespace {

void fill(FixedTarget& target)
{
    Table& jobs = target.addTable("jobs");
    jobs.columns = {Column{.name = "id", .type = "integer", .nullable = false},
                    Column{.name = "name", .type = "character varying(20)"},
                    Column{.name = "tags", .type = "text[]"},
                    Column{.name = "state", .type = "state"}};
    jobs.primaryKey = KeyConstraint{.name = "jobs_pkey", .columns = {"id"}};
    jobs.uniques = {KeyConstraint{.name = "jobs_name_key", .columns = {"name"}}};
    jobs.indexes = {Index{.name = "ix_jobs_tags", .columns = {"tags"}}};
    jobs.foreignKeys = {ForeignKey{.name = "jobs_owner_fkey",
                                   .columns = {"id"},
                                   .target = {"public", "users"},
                                   .targetColumns = {"id"}}};
    target.held.enums.insert_or_assign(
        QualifiedName{"public", "state"},
        std::make_shared<EnumType>(EnumType{.name = {"public", "state"}, .labels = {"a", "b"}}));
}

} // namespace

class InspectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void answersFromTheSchema_data()
    {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<bool>("holds");
        const auto row = [](const char* condition, bool holds) {
            QTest::newRow(condition) << QString::fromUtf8(condition) << holds;
        };
        row("'jobs' in insp.get_table_names()", true);
        row("'gone' in insp.get_table_names()", false);
        row("'alembic_version' in insp.get_table_names()", true);
        row("'jobs' in set(insp.get_table_names())", true);
        row("insp.has_table('jobs')", true);
        row("insp.has_table('jobs', schema='other')", false);
        row("'name' in [c['name'] for c in insp.get_columns('jobs')]", true);
        row("'x' in {c['name'] for c in insp.get_columns('jobs')}", false);
        row("[c for c in insp.get_columns('jobs') if c['name'] == 'id'][0]['nullable']", false);
        row("isinstance(insp.get_columns('jobs')[1]['type'], sa.String)", true);
        row("isinstance(insp.get_columns('jobs')[1]['type'], sa.Integer)", false);
        row("insp.get_columns('jobs')[1]['type'].length == 20", true);
        row("isinstance(insp.get_columns('jobs')[2]['type'], sa.ARRAY)", true);
        row("insp.get_pk_constraint('jobs')['constrained_columns'] == ['id']", true);
        row("any(i['name'] == 'ix_jobs_tags' for i in insp.get_indexes('jobs'))", true);
        row("insp.get_foreign_keys('jobs')[0]['referred_table'] == 'users'", true);
        row("len(insp.get_unique_constraints('jobs')) == 1", true);
        row("insp.get_enums()[0]['labels'] == ['a', 'b']", true);
        row("bind.dialect.has_table(bind, 'jobs')", true);
        row("bind.dialect.has_index(bind, 'jobs', 'ix_jobs_tags')", true);
        row("bind.dialect.has_index(bind, 'jobs', 'gone')", false);
        row("bind.engine.dialect.has_table(bind, 'gone')", false);
        row("bind.dialect.name == 'postgresql'", true);
        row("bind.engine.name in ('mysql', 'sqlite')", false);
        row("op.get_context().dialect.name == 'postgresql'", true);
        row("context.get_context().bind.dialect.server_version_info >= (11,)", true);
        row("context.is_offline_mode()", false);
        row("op.get_context().as_sql", false);
        row("bind.execute(sa.text(\"SELECT to_regclass('jobs')\")).scalar() is None", false);
        row("bind.execute(sa.text(\"SELECT EXISTS (SELECT 1 FROM information_schema.tables WHERE "
            "table_name = 'jobs')\")).scalar()",
            true);
        row("bind.execute(sa.text(\"SELECT 1 FROM pg_indexes WHERE indexname = 'gone'\"))"
            ".fetchone()",
            false);
    }

    void answersFromTheSchema()
    {
        QFETCH(QString, condition);
        QFETCH(bool, holds);
        FixedTarget target;
        fill(target);
        const RevisionReading reading =
            read(upgradeOf("bind = op.get_bind()\ninsp = sa.inspect(bind)\nif " +
                           condition.toStdString() +
                           ":\n    op.drop_table('yes')\nelse:\n    op.drop_table('no')"),
                 target);
        const QString last = linesOf(reading).section(QLatin1Char('\n'), -1);
        QCOMPARE(QString::fromStdString(reading.raised), QString());
        QCOMPARE(last,
                 holds ? QStringLiteral("resolved drop_table yes")
                       : QStringLiteral("resolved drop_table no"));
    }

    void asksForASchemaThatIsNotThere()
    {
        const RevisionReading reading =
            read(upgradeOf("op.drop_table('a')\nif sa.inspect(op.get_bind()).has_table('jobs'):\n"
                           "    op.drop_table('jobs')"));
        QCOMPARE(reading.end, RevisionReading::End::NeedsSchema);
        QVERIFY(reading.asksSchema);
    }

    void doesNotAnswerWhatIsInDoubt()
    {
        FixedTarget target;
        fill(target);
        target.doubts["jobs"] = "created under a condition";
        const RevisionReading reading =
            read(upgradeOf("insp = sa.inspect(op.get_bind())\n"
                           "if 'jobs' in insp.get_table_names():\n    op.drop_table('jobs')\n"
                           "if 'other' not in insp.get_table_names():\n    op.drop_table('x')"),
                 target);
        const QString lines = linesOf(reading);
        QVERIFY2(lines.startsWith(QStringLiteral("conditional drop_table jobs")),
                 qPrintable(lines));
        QVERIFY2(lines.endsWith(QStringLiteral("\nresolved drop_table x")), qPrintable(lines));
    }

    void raisesForATableThatIsNotThere()
    {
        FixedTarget target;
        fill(target);
        const RevisionReading reading =
            read(upgradeOf("insp = sa.inspect(op.get_bind())\ntry:\n    insp.get_columns('gone')\n"
                           "except sa.exc.NoSuchTableError:\n    op.drop_table('x')\n"
                           "insp.get_columns('gone')"),
                 target);
        QCOMPARE(linesOf(reading), QStringLiteral("resolved drop_table x"));
        QCOMPARE(reading.raised, std::string("NoSuchTableError: gone"));
    }

    void remembersItsAnswersAsTheRealOneDoes()
    {
        FixedTarget target;
        fill(target);
        const RevisionReading reading =
            read(upgradeOf("insp = sa.inspect(op.get_bind())\n"
                           "one = insp.get_columns('jobs')\n"
                           "if insp.get_columns('jobs') is one:\n    op.drop_table('x')"),
                 target);
        QCOMPARE(linesOf(reading), QStringLiteral("resolved drop_table x"));
    }

    void reflectsTables()
    {
        FixedTarget target;
        fill(target);
        const RevisionReading reading =
            read(upgradeOf("jobs = sa.Table('jobs', sa.MetaData(), autoload_with=op.get_bind())\n"
                           "op.execute(jobs.update().values(name='x'))\n"
                           "if 'tags' in jobs.c:\n    op.drop_table('x')"),
                 target);
        QCOMPARE(linesOf(reading),
                 QStringLiteral("resolved change_data jobs\nresolved drop_table x"));
    }

    void findsTheTablesOfReflectedMetadata()
    {
        FixedTarget target;
        fill(target);
        const RevisionReading reading =
            read(upgradeOf("meta = sa.MetaData()\n"
                           "meta.reflect(op.get_bind(), only=('jobs',))\n"
                           "jobs = sa.Table('jobs', meta)\n"
                           "op.execute(jobs.update().where(jobs.c.name == 'a').values(name='x'))"),
                 target);
        QCOMPARE(QString::fromStdString(reading.raised), QString());
        QCOMPARE(linesOf(reading), QStringLiteral("resolved change_data jobs"));
    }
};

int inspector_test(int argc, char** argv)
{
    InspectorTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "inspector_test.moc"
