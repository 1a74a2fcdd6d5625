// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <memory>

#include "directive_reading.h"

namespace sightglass::tests {

class EntitiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void viewsAreCreatedReplacedAndDropped();
    void functionsAreDroppedWithoutTheirDefaults();
    void aTriggerStandsInItsEntitysSchema();
    void anEntityWithAnUnknownPartIsOpaque();
    void enumValuesAreSetThroughANewType();
    void anOlderCallAsksTheSchemaForDefaults();
};

void EntitiesTest::viewsAreCreatedReplacedAndDropped()
{
    const auto reading = readText(
        revisionOf("from alembic_utils.pg_view import PGView\n"
                   "v = PGView(schema='public', signature='v', definition='SELECT 1 AS a;')\n"
                   "op.create_entity(v)\nop.replace_entity(v)\nop.drop_entity(v)"));
    const QStringList expected{QStringLiteral("CREATE VIEW public.v AS SELECT 1 AS a"),
                               QStringLiteral("CREATE OR REPLACE VIEW public.v AS SELECT 1 AS a"),
                               QStringLiteral("DROP VIEW public.v")};
    QCOMPARE(statementsOf(reading), expected);
}

void EntitiesTest::functionsAreDroppedWithoutTheirDefaults()
{
    const auto reading = readText(
        revisionOf("from alembic_utils.pg_function import PGFunction\n"
                   "f = PGFunction(schema='public', signature=\"f(a integer default 3, b text)\",\n"
                   "               definition='RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$')\n"
                   "op.drop_entity(f)"));
    QCOMPARE(statementsOf(reading),
             QStringList{QStringLiteral("DROP FUNCTION public.f(a integer,b text)")});
}

void EntitiesTest::aTriggerStandsInItsEntitysSchema()
{
    const auto reading = readText(revisionOf(
        "from alembic_utils.pg_trigger import PGTrigger\n"
        "t = PGTrigger(schema='app', signature='touch', on_entity='app.t',\n"
        "    definition='BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION app.touch()')\n"
        "op.create_entity(t)"));
    QCOMPARE(reading.operations.size(), 1U);
    const auto* made = std::get_if<change::CreateTrigger>(&reading.operations[0].change);
    QVERIFY(made != nullptr);
    QCOMPARE(QString::fromStdString(toText(made->table)), QStringLiteral("app.t"));
}

void EntitiesTest::anEntityWithAnUnknownPartIsOpaque()
{
    const auto reading = readText(revisionOf(
        "from alembic_utils.pg_view import PGView\nimport ours\n"
        "op.create_entity(PGView(schema='public', signature='v', definition=ours.SQL))"));
    QCOMPARE(reading.operations.size(), 1U);
    QVERIFY(reading.operations[0].resolution == Resolution::Opaque);
}

void EntitiesTest::enumValuesAreSetThroughANewType()
{
    const auto reading = readText(revisionOf(
        "from alembic_postgresql_enum import TableReference\n"
        "op.sync_enum_values(enum_schema='public', enum_name='state', new_values=['a', 'c'],\n"
        "    affected_columns=[TableReference(table_schema='public', table_name='t',\n"
        "        column_name='s', existing_server_default=\"'a'::state\")],\n"
        "    enum_values_to_rename=[('b', 'c')])"));
    const QStringList expected{
        QStringLiteral("ALTER TYPE public.state RENAME TO state_old"),
        QStringLiteral("CREATE TYPE public.state AS ENUM('a','c')"),
        QStringLiteral("ALTER TABLE public.t ALTER COLUMN s DROP DEFAULT"),
        QStringLiteral("ALTER TABLE public.t ALTER COLUMN s TYPE public.state USING CASE WHEN "
                       "s::text = 'b' THEN 'c'::public.state ELSE s::text::public.state END"),
        QStringLiteral("ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 'a'::public.state"),
        QStringLiteral("DROP TYPE public.state_old")};
    QCOMPARE(statementsOf(reading), expected);
}

void EntitiesTest::anOlderCallAsksTheSchemaForDefaults()
{
    Schema schema;
    auto table = std::make_shared<Table>();
    table->name = {"public", "t"};
    table->columns.push_back(
        Column{.name = "s", .type = "state", .defaultExpression = "'b'::state"});
    schema.tables.insert_or_assign(table->name, table);
    SchemaTarget target(std::move(schema));
    const auto reading =
        readText(revisionOf("op.sync_enum_values('public', 'state', ['c'], [('t', 's')],\n"
                            "                    enum_values_to_rename=[('b', 'c')])"),
                 {},
                 target);
    QVERIFY(statementsOf(reading).contains(
        QStringLiteral("ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 'c'::public.state")));
    QVERIFY(reading.asksSchema);
}

} // namespace sightglass::tests

int entities_test(int argc, char** argv)
{
    sightglass::tests::EntitiesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "entities_test.moc"
