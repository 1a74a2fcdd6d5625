// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/catalog_questions.h"

#include <QTest>

using namespace sightglass;

namespace {

Schema exampleSchema()
{
    Schema schema;
    schema.namespaces = {"public", "app"};
    Table jobs;
    jobs.name = {.schema = "public", .name = "jobs"};
    jobs.columns = {{.name = "id", .type = "integer", .nullable = false},
                    {.name = "state", .type = "character varying(20)"}};
    jobs.primaryKey = KeyConstraint{.name = "jobs_pkey", .columns = {"id"}};
    jobs.checks = {{.name = "positive", .expression = "(id > 0)"}};
    jobs.indexes = {{.name = "ix_jobs_state", .columns = {"state"}}};
    schema.tables[jobs.name] = std::make_shared<const Table>(jobs);
    EnumType status{.name = {.schema = "public", .name = "status"}, .labels = {"new", "done"}};
    schema.enums[status.name] = std::make_shared<const EnumType>(status);
    return schema;
}

QString answer(std::string_view select)
{
    const std::vector<std::string> path{"public"};
    const auto result = answerFromSchema(select, exampleSchema(), path);
    if (!result.isKnown())
        return QStringLiteral("unknown: ") + QString::fromStdString(result.reason());
    std::string text;
    for (const auto& row : result.value().rows) {
        text += "(";
        for (const auto& value : row)
            text += (text.ends_with('(') ? "" : ", ") + value.value_or("NULL");
        text += ")";
    }
    return QString::fromStdString(text);
}

} // namespace

class CatalogQuestionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void answersAsTheCatalogWould_data()
    {
        QTest::addColumn<QString>("select");
        QTest::addColumn<QString>("rows");
        const auto add = [](const char* select, const char* rows) {
            QTest::newRow(select) << QString::fromUtf8(select) << QString::fromUtf8(rows);
        };
        add("SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' AND table_name "
            "= "
            "'jobs'",
            "(1)");
        add("SELECT EXISTS (SELECT FROM pg_tables WHERE tablename = 'nothing')", "(f)");
        add("SELECT count(*) FROM information_schema.columns WHERE table_name = 'jobs' AND "
            "column_name IN ('id', 'state', 'x')",
            "(2)");
        add("SELECT column_name, data_type, is_nullable, character_maximum_length FROM "
            "information_schema.columns WHERE table_name = 'jobs' ORDER BY ordinal_position DESC",
            "(state, character varying, YES, 20)(id, integer, NO, NULL)");
        add("SELECT e.enumlabel FROM pg_enum e JOIN pg_type t ON e.enumtypid = t.oid WHERE "
            "t.typname "
            "= 'status' ORDER BY e.enumsortorder",
            "(new)(done)");
        add("SELECT unnest(enum_range(NULL::status))", "(new)(done)");
        add("SELECT to_regclass('public.jobs') IS NOT NULL", "(t)");
        add("SELECT to_regclass('nothing')", "(NULL)");
        add("SELECT conname FROM pg_constraint WHERE conrelid = 'jobs'::regclass AND contype = 'p'",
            "(jobs_pkey)");
        add("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
            "n.nspname = 'public' AND c.relkind = 'r'",
            "(jobs)");
        add("SELECT tc.constraint_name FROM information_schema.table_constraints tc JOIN "
            "information_schema.key_column_usage k USING (constraint_name, table_schema) WHERE "
            "tc.table_name = 'jobs' AND tc.constraint_type = 'PRIMARY KEY'",
            "(jobs_pkey)");
        add("SELECT indexname FROM pg_indexes WHERE tablename = 'jobs' AND indexname NOT LIKE "
            "'%pkey'",
            "(ix_jobs_state)");
        add("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'", "");
        add("SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'c'",
            "");
        add("SELECT 1 FROM pg_class WHERE relname = 't'", "");
        add("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'positive'",
            "(CHECK ((id > 0)))");
        add("SELECT table_name FROM information_schema.tables WHERE table_schema NOT IN "
            "('pg_catalog', 'information_schema', 'pg_toast')",
            "(jobs)");
        add("SELECT n.nspname FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid "
            "AND "
            "c.relname = 'jobs' WHERE c.oid IS NULL AND n.nspname = 'app'",
            "(app)");
        add("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') AND (SELECT "
            "count(*) FROM pg_enum) = 2",
            "(1)");
    }

    void answersAsTheCatalogWould()
    {
        QFETCH(QString, select);
        QFETCH(QString, rows);
        QCOMPARE(answer(select.toStdString()), rows);
    }

    void doesNotGuess_data()
    {
        QTest::addColumn<QString>("select");
        for (const char* select :
             {"SELECT count(*) FROM pg_class",
              "SELECT 1 FROM pg_type WHERE typname = 'int4'",
              "SELECT * FROM users",
              "SELECT oid FROM pg_class WHERE relname = 'jobs' AND my_check(oid)",
              "SELECT constraint_name FROM information_schema.table_constraints "
              "WHERE table_name = 'jobs'",
              "SELECT relpages FROM pg_class WHERE relname = 'jobs'",
              "SELECT 'nothing'::regclass",
              "SELECT now()",
              "SELECT 1 FROM pg_tables GROUP BY tablename",
              "DROP TABLE jobs",
              "SELECT 1; SELECT 2",
              "nonsense"})
            QTest::newRow(select) << QString::fromUtf8(select);
    }

    void doesNotGuess()
    {
        QFETCH(QString, select);
        QVERIFY2(answer(select.toStdString()).startsWith(QLatin1String("unknown: ")),
                 qPrintable(answer(select.toStdString())));
    }

    void knowsWhichConditionsTheCatalogDecides()
    {
        QVERIFY(asksCatalogOnly("NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'x')"));
        QVERIFY(asksCatalogOnly("to_regclass('x') IS NULL"));
        QVERIFY(!asksCatalogOnly("EXISTS (SELECT 1 FROM users)"));
        QVERIFY(!asksCatalogOnly("is_ready()"));
        QVERIFY(!asksCatalogOnly("found"));
    }
};

int catalog_questions_test(int argc, char** argv)
{
    CatalogQuestionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "catalog_questions_test.moc"
