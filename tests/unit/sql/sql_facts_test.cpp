// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/data_facts.h"
#include "core/sql/expression_facts.h"

#include <QTest>

using namespace sightglass;

namespace {

std::string joined(const std::vector<std::string>& names)
{
    std::string line;
    for (const std::string& name : names)
        line += (line.empty() ? "" : " ") + name;
    return line;
}

} // namespace

class SqlFactsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void knowsVolatility_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("volatility");
        const auto add = [](const char* sql, Volatility volatility) {
            QTest::newRow(sql) << QString::fromUtf8(sql) << static_cast<int>(volatility);
        };
        add("1", Volatility::Immutable);
        add("'{}'::jsonb", Volatility::Immutable);
        add("lower('A')", Volatility::Immutable);
        add("now()", Volatility::Stable);
        add("CURRENT_TIMESTAMP", Volatility::Stable);
        add("current_date + 1", Volatility::Stable);
        add("timezone('utc', now())", Volatility::Stable);
        add("pg_catalog.now()", Volatility::Stable);
        add("jsonb_build_object('a', 1)", Volatility::Stable);
        add("current_setting('a.b')", Volatility::Stable);
        add("random()", Volatility::Volatile);
        add("floor(random() * 10)::int", Volatility::Volatile);
        add("ARRAY[random()]", Volatility::Volatile);
        add("gen_random_uuid()", Volatility::Volatile);
        add("public.uuid_generate_v4()", Volatility::Volatile);
        add("clock_timestamp()", Volatility::Volatile);
        add("nextval('s')", Volatility::Volatile);
        add("nextval('s'::regclass)", Volatility::Volatile);
        add("coalesce(timeofday(), 'a')", Volatility::Volatile);
        add("uuidv7()", Volatility::Volatile);
        add("next_number()", Volatility::NotKnown);
        add("app.now()", Volatility::NotKnown);
        add("(mine() + random())", Volatility::Volatile);
        add("own_steady(1)", Volatility::Immutable);
        add("app.own_wild()", Volatility::Volatile);
        add("a +", Volatility::NotKnown);
    }

    void knowsVolatility()
    {
        QFETCH(QString, sql);
        QFETCH(int, volatility);
        const ExpressionFacts facts =
            expressionFacts(sql.toStdString(), {{"own_steady", 'i'}, {"own_wild", 'v'}});
        QCOMPARE(static_cast<int>(facts.volatility), volatility);
    }

    void knowsForm()
    {
        QVERIFY(expressionFacts("NULL").isNull);
        QVERIFY(expressionFacts("NULL::text").isNull);
        QVERIFY(expressionFacts("NULL").isConstant);
        QVERIFY(expressionFacts("-1").isConstant);
        QVERIFY(expressionFacts("'a'::character varying").isConstant);
        QVERIFY(!expressionFacts("now()").isConstant);
        QVERIFY(!expressionFacts("1").literal);
        QCOMPARE(expressionFacts("'now()'").literal.value_or(""), std::string("now()"));
        QCOMPARE(expressionFacts("('it''s'::text)").literal.value_or(""), std::string("it's"));
        QCOMPARE(expressionFacts("timestamp 'today'").literal.value_or(""), std::string("today"));
        QVERIFY(expressionFacts("c").onlyRelabels);
        QVERIFY(expressionFacts("c::text").onlyRelabels);
        QVERIFY(!expressionFacts("upper(c)").onlyRelabels);
        QCOMPARE(joined(expressionFacts("Lower(a) || b.c || now()").functions),
                 std::string("lower now"));
        QCOMPARE(joined(expressionFacts("lower(a) || b.c").columns), std::string("a c"));
        QVERIFY(!expressionFacts("a, b").parsed);
        QVERIFY(!expressionFacts("").parsed);
    }

    void knowsChecks_data()
    {
        QTest::addColumn<QString>("check");
        QTest::addColumn<bool>("proves");
        QTest::addColumn<bool>("demands");
        const auto add = [](const char* check, bool proves, bool demands) {
            QTest::newRow(check) << QString::fromUtf8(check) << proves << demands;
        };
        add("c IS NOT NULL", true, true);
        add("(c IS NOT NULL)", true, true);
        add("CHECK ((c IS NOT NULL))", true, true);
        add("\"c\" IS NOT NULL AND d > 0", true, true);
        add("d > 0 AND (e < 1 AND c IS NOT NULL)", true, true);
        add("NOT (c IS NULL)", true, true);
        add("NOT (c IS NULL OR d)", true, true);
        add("c IS NOT NULL OR d IS NOT NULL", false, false);
        add("c > 0", false, false);
        add("d IS NOT NULL", false, false);
        add("c IS NULL", false, false);
        add("(c > 0) IS TRUE", false, true);
        add("c IN (1, 2) IS TRUE", false, true);
        add("(c > 0) IS NOT FALSE", false, false);
        add("c IS DISTINCT FROM NULL", false, true);
        add("coalesce(c, 0) > 0", false, false);
        add("coalesce(c > 0, false)", false, true);
        add("length(c) > 0", false, false);
        add("(length(c) > 0) IS TRUE", false, true);
        add("num_nonnulls(c, d) = 1", false, false);
        add("CASE WHEN c THEN true ELSE false END", false, false);
        add("c IS NOT", false, false);
    }

    void knowsChecks()
    {
        QFETCH(QString, check);
        QFETCH(bool, proves);
        QFETCH(bool, demands);
        QCOMPARE(provesNotNull(check.toStdString(), "c"), proves);
        QCOMPARE(demandsValue(check.toStdString(), "c"), demands);
    }

    void knowsWhere_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("bounded");
        QTest::addColumn<bool>("alwaysTrue");
        QTest::addColumn<bool>("limited");
        const auto add = [](const char* where,
                            const char* bounded,
                            bool alwaysTrue = false,
                            bool limited = false) {
            QTest::newRow(where) << QString::fromUtf8(where) << QString::fromUtf8(bounded)
                                 << alwaysTrue << limited;
        };
        add("true", "", true);
        add("1 = 1", "", true);
        add("1 = 2", "");
        add("1 < 2", "", true);
        add("2 <= 1", "");
        add("1 IS NOT NULL", "", true);
        add("NOT false", "", true);
        add("1 = 1 AND a > 2", "");
        add("1 = 1 OR a > 2", "", true);
        add("'t'::bool", "", true);
        add("id = 5", "id");
        add("5 = id", "id");
        add("t.id = $1", "id");
        add("o.id = 1", "");
        add("id = other", "");
        add("id::text = '5'", "id");
        add("id IN (1, 2)", "id");
        add("id NOT IN (1, 2)", "");
        add("id = ANY ('{1,2}')", "id");
        add("id BETWEEN 1 AND 9", "id");
        add("id NOT BETWEEN 1 AND 9", "");
        add("id >= 1 AND id < 9", "id");
        add("1 <= id AND 9 > id", "id");
        add("id >= 1", "");
        add("id = 1 OR id = 2", "id");
        add("id = 1 OR a = 2", "");
        add("id = 1 AND (a = 2 OR b = 3)", "id");
        add("id = (SELECT max(id) FROM x)", "");
        add("id IN (SELECT id FROM t LIMIT 10)", "", false, true);
        add("id = ANY (ARRAY(SELECT id FROM t LIMIT 10))", "", false, true);
        add("id IN (SELECT id FROM t)", "");
        add("a IS NULL", "");
    }

    void knowsWhere()
    {
        QFETCH(QString, where);
        QFETCH(QString, bounded);
        QFETCH(bool, alwaysTrue);
        QFETCH(bool, limited);
        for (const char* const begin : {"UPDATE t SET a = 1 WHERE ", "DELETE FROM s.t WHERE "}) {
            const auto facts = dataFacts(begin + where.toStdString());
            QCOMPARE(facts.size(), std::size_t{1});
            QCOMPARE(QString::fromStdString(joined(facts[0].boundedColumns)), bounded);
            QCOMPARE(facts[0].whereIsAlwaysTrue, alwaysTrue);
            QCOMPARE(facts[0].limited, limited);
            QVERIFY(facts[0].hasWhere);
        }
    }

    void knowsWhatIsWritten()
    {
        const auto update = dataFacts("UPDATE app.t AS x SET a = 1, (b, a) = (2, 3), c[1] = 4");
        QCOMPARE(update.size(), std::size_t{1});
        QCOMPARE(toText(update[0].table), std::string("app.t"));
        QCOMPARE(joined(update[0].assigned), std::string("a b a"));
        QVERIFY(!update[0].hasWhere);

        const auto insert = dataFacts("INSERT INTO t (id, a, b) VALUES (1, 'x', DEFAULT), (-2, "
                                      "now(), NULL)");
        QCOMPARE(insert.size(), std::size_t{1});
        QCOMPARE(joined(insert[0].targets), std::string("id a b"));
        QCOMPARE(insert[0].rows.size(), std::size_t{2});
        QCOMPARE(insert[0].rows[0][0].column, "id");
        QVERIFY(insert[0].rows[0][0].isNumber);
        QCOMPARE(insert[0].rows[0][1].literal.value_or(""), std::string("x"));
        QVERIFY(insert[0].rows[0][2].isDefault);
        QCOMPARE(insert[0].rows[1][0].literal.value_or(""), std::string("-2"));
        QVERIFY(!insert[0].rows[1][1].literal);
        QVERIFY(!insert[0].rows[1][2].literal);

        const auto system = dataFacts("INSERT INTO t OVERRIDING SYSTEM VALUE SELECT * FROM u");
        QVERIFY(system[0].overridingSystemValue);
        QVERIFY(system[0].fromQuery);

        const auto both = dataFacts("WITH d AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * "
                                    "FROM d");
        QCOMPARE(both.size(), std::size_t{2});
        QCOMPARE(both[0].command, std::string("DELETE"));
        QCOMPARE(both[1].command, std::string("INSERT"));

        const auto merge = dataFacts("MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN "
                                     "UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)");
        QCOMPARE(joined(merge[0].assigned), std::string("a"));
        QVERIFY(dataFacts("SELECT 1").empty());
        QVERIFY(dataFacts("UPDATE t SET").empty());
        QCOMPARE(dataFacts("TRUNCATE a, b").size(), std::size_t{2});
    }

    void knowsBatches_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("limited");
        const auto add = [](const char* sql, bool limited) {
            QTest::newRow(sql) << QString::fromUtf8(sql) << limited;
        };
        add("WITH b AS (SELECT id FROM t LIMIT 9) UPDATE t SET a = 1 FROM b WHERE t.id = b.id",
            true);
        add("WITH b AS (SELECT id FROM t LIMIT 9) DELETE FROM t WHERE id IN (SELECT id FROM b)",
            true);
        add("DELETE FROM t USING (SELECT id FROM t LIMIT 9) b WHERE b.id = t.id", true);
        add("WITH b AS (SELECT id FROM t) DELETE FROM t WHERE id IN (SELECT id FROM b)", false);
    }

    void knowsBatches()
    {
        QFETCH(QString, sql);
        QFETCH(bool, limited);
        const auto facts = dataFacts(sql.toStdString());
        QCOMPARE(facts.size(), std::size_t{1});
        QCOMPARE(facts[0].limited, limited);
    }

    void takesLiteralSelectsAsRows()
    {
        const auto facts =
            dataFacts("INSERT INTO t (id, a) SELECT 1, 'x' WHERE NOT EXISTS (SELECT 1 FROM t)");
        QVERIFY(!facts[0].fromQuery);
        QCOMPARE(facts[0].rows.size(), std::size_t{1});
        QCOMPARE(facts[0].rows[0][0].column, std::string("id"));
        QVERIFY(facts[0].rows[0][0].isNumber);
        QVERIFY(dataFacts("INSERT INTO t SELECT 1 UNION ALL SELECT a FROM u")[0].fromQuery);
    }

    void readsInsideBlocks()
    {
        const auto facts =
            dataFacts("DO $$ DECLARE i int := 0; BEGIN LOOP UPDATE t SET a = 1 WHERE "
                      "id BETWEEN i AND i + 999; EXECUTE 'DELETE FROM u'; END LOOP; "
                      "END $$");
        QCOMPARE(facts.size(), std::size_t{2});
        QCOMPARE(joined(facts[0].boundedColumns), std::string("id"));
        QCOMPARE(facts[1].command, std::string("DELETE"));
        QVERIFY(!facts[1].hasWhere);
    }

    void knowsLiterals()
    {
        QCOMPARE(joined(literalsOf("SELECT 'a', 'it''s', E'b\\'c' -- 'no'")),
                 std::string("a it's b'c"));
        QCOMPARE(literalsOf("DO $x$ BEGIN UPDATE t SET s = 'new'; END $x$").back(), "new");
        QVERIFY(literalsOf("SELECT 1").empty());
    }
};

int sql_facts_test(int argc, char** argv)
{
    SqlFactsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sql_facts_test.moc"
