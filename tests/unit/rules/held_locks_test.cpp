// SPDX-License-Identifier: GPL-3.0-or-later
// Rules about how long locks are held and waited for, and what a change of type costs.
#include "core/review/sql_review.h"
#include "core/rules/partition_proof.h"
#include "core/rules/severity.h"
#include "core/rules/table_locks.h"
#include "core/rules/type_step.h"

#include <QTest>

#include <algorithm>

using namespace sightglass;

namespace {

SqlReviewInput inputOf(const std::string& sql)
{
    SqlReviewInput input;
    input.text = sql;
    input.file = "r.sql";
    return input;
}

std::vector<Finding> findingsOf(const std::string& rule, SqlReviewInput input)
{
    const ReviewResult result = reviewSql(std::move(input), {});
    std::vector<Finding> found;
    const auto take = [&](const std::vector<Finding>& findings) {
        std::ranges::copy_if(findings, std::back_inserter(found), [&](const Finding& finding) {
            return finding.rule == rule;
        });
    };
    for (const ReviewedRevision& revision : result.revisions)
        take(revision.findings);
    take(result.findings);
    return found;
}

std::size_t countOf(const std::string& rule, const std::string& sql)
{
    return findingsOf(rule, inputOf(sql)).size();
}

StepWork work(const char* from, const char* to)
{
    return typeStepWork(SpelledType(from), SpelledType(to), {});
}

StepFit fit(const char* from, const char* to)
{
    return typeStepFit(SpelledType(from), SpelledType(to));
}

constexpr const char* partitioned =
    "CREATE TABLE m (id bigint, at date) PARTITION BY RANGE (at);"
    "CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
    "CREATE TABLE m2 PARTITION OF m FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');"
    "CREATE TABLE m3 PARTITION OF m FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');";
constexpr const char* oneMore =
    "CREATE TABLE m4 PARTITION OF m FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');";

} // namespace

class HeldLocksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void twoTablesInOneTransaction()
    {
        const std::string rule = "multiple-tables-locked";
        QCOMPARE(countOf(rule, "ALTER TABLE a ADD x int; ALTER TABLE b ADD x int"), 1U);
        QCOMPARE(countOf(rule, "TRUNCATE a; ALTER TABLE b ADD x int; ALTER TABLE b ADD y int"), 1U);
        QCOMPARE(countOf(rule, "ALTER TABLE a RENAME TO c; ALTER TABLE c ADD x int"), 0U);
        QCOMPARE(countOf(rule, "ALTER TABLE a RENAME TO c; ALTER TABLE d ADD x int"), 1U);
        QCOMPARE(
            countOf(rule,
                    "CREATE TABLE a (x int); ALTER TABLE a ADD y int; ALTER TABLE b ADD x int"),
            0U);
        QCOMPARE(countOf(rule, "DROP TABLE a; ALTER TABLE b ADD x int"), 0U);
        QCOMPARE(countOf(rule, "ALTER TABLE a ADD x int; COMMENT ON TABLE b IS 'x'"), 0U);
        QCOMPARE(countOf(rule, "ALTER TABLE a ADD x int; ALTER TABLE public.a ADD y int"), 0U);
        SqlReviewInput outside = inputOf("ALTER TABLE a ADD x int; ALTER TABLE b ADD x int");
        outside.mode = RunMode::Raw;
        QVERIFY(findingsOf(rule, outside).empty());
    }

    void slowWorkBehindAStrongLock()
    {
        const std::string rule = "slow-statement-under-exclusive-lock";
        QCOMPARE(countOf(rule, "ALTER TABLE a ADD x int; CREATE INDEX i ON a (x)"), 1U);
        QCOMPARE(countOf(rule, "ALTER TABLE a ADD x int; CREATE INDEX i ON b (x)"), 1U);
        QCOMPARE(countOf(rule, "ALTER TABLE a ADD x int; CREATE TABLE c AS SELECT * FROM b"), 1U);
        QCOMPARE(countOf(rule, "ALTER TABLE a ADD x int; REFRESH MATERIALIZED VIEW v"), 1U);
        QCOMPARE(countOf(rule, "CREATE INDEX i ON a (x); ALTER TABLE a ADD x int"), 0U);
        QCOMPARE(countOf(rule, "ALTER TABLE a ADD x int; ALTER TABLE a ALTER y SET NOT NULL"), 0U);
        QCOMPARE(
            countOf(rule,
                    "ALTER TABLE a ADD x int; CREATE TABLE n (i int); CREATE INDEX i ON n (i)"),
            0U);
        QCOMPARE(countOf(rule, "ALTER TABLE a ADD x int; UPDATE a SET x = 1 WHERE y > 2"), 0U);
        QCOMPARE(countOf(rule, "ALTER TABLE a ADD x int; COMMIT; CREATE INDEX i ON a (x)"), 0U);
        SqlReviewInput empty = inputOf("ALTER TABLE a ADD x int; CREATE INDEX i ON a (x)");
        empty.facts.tables[{"public", "a"}].rows = 0;
        QVERIFY(findingsOf(rule, empty).empty());
    }

    void theTimeoutThatIsSet()
    {
        const std::string rule = "lock-timeout-ineffective";
        QCOMPARE(countOf(rule, "SET lock_timeout = '11s'; ALTER TABLE a ADD x int"), 1U);
        QCOMPARE(countOf(rule, "SET LOCAL lock_timeout TO '10s'; ALTER TABLE a ADD x int"), 0U);
        QCOMPARE(countOf(rule, "SET lock_timeout = 2000; ALTER TABLE a ADD x int"), 0U);
        QCOMPARE(
            countOf(rule, "SET lock_timeout = '3s'; ALTER TABLE a ADD x int; SET lock_timeout = 0"),
            0U);
        QCOMPARE(countOf(rule, "SET lock_timeout = 0; CREATE TABLE n (id int)"), 0U);
        SqlReviewInput raw = inputOf("SET LOCAL lock_timeout = '3s'; ALTER TABLE a ADD x int");
        raw.mode = RunMode::Raw;
        QCOMPARE(findingsOf(rule, raw).size(), 1U);
    }

    void theTimeoutThatIsMissing()
    {
        SqlReviewInput input = inputOf("ALTER TABLE a ADD x int; ALTER TABLE b ADD x int");
        QVERIFY(findingsOf("missing-lock-timeout", input).empty()); // off by default
        input.rules.enabled.insert("missing-lock-timeout");
        QCOMPARE(findingsOf("missing-lock-timeout", input).size(), 1U);
        SqlReviewInput role = input;
        role.facts.lockTimeout = std::chrono::seconds(3);
        QVERIFY(findingsOf("missing-lock-timeout", role).empty());
        SqlReviewInput earlier = input;
        earlier.pendingBefore.push_back("SET lock_timeout = '3s'");
        QVERIFY(findingsOf("missing-lock-timeout", earlier).empty());
        input.text = "CREATE TABLE n (id int); CREATE INDEX i ON n (id)";
        QVERIFY(findingsOf("missing-lock-timeout", input).empty());
    }

    void aLongStatementWithoutALimit()
    {
        const std::string rule = "missing-statement-timeout";
        const auto count = [&](const char* sql) {
            SqlReviewInput input = inputOf(sql);
            input.rules.enabled.insert(rule);
            return findingsOf(rule, std::move(input)).size();
        };
        QCOMPARE(count("UPDATE a SET x = 1 WHERE y = 2"), 1U);
        QCOMPARE(count("UPDATE a SET x = 1 WHERE id = 2"), 0U);
        QCOMPARE(count("ALTER TABLE a VALIDATE CONSTRAINT c"), 0U);
        QCOMPARE(count("ALTER TABLE a ADD x int"), 0U);
        QCOMPARE(count("SET statement_timeout = '1min'; CREATE INDEX i ON a (x)"), 0U);
        QCOMPARE(count("CREATE INDEX i ON a (x)"), 1U);
    }

    void anOpenTransaction()
    {
        const std::string rule = "blocked-by-long-transaction";
        const auto count = [&](const char* sql, int age) {
            SqlReviewInput input = inputOf(sql);
            input.facts.tables[{"public", "a"}].longestTransaction = std::chrono::seconds(age);
            return findingsOf(rule, std::move(input)).size();
        };
        QCOMPARE(count("ALTER TABLE a ADD x int; ALTER TABLE a ADD y int", 60), 1U);
        QCOMPARE(count("ALTER TABLE a ADD x int", 59), 0U);
        QCOMPARE(count("COMMENT ON TABLE a IS 'x'", 600), 0U);
        QCOMPARE(count("CREATE INDEX CONCURRENTLY i ON b (x)", 600), 0U);
        QCOMPARE(count("CREATE TABLE b (a_id bigint REFERENCES a (id))", 600), 1U);
    }

    void allPendingRevisionsTogether()
    {
        const std::string rule = "one-transaction-for-all-revisions";
        SqlReviewInput input = inputOf("ALTER TABLE a ADD x int");
        QVERIFY(findingsOf(rule, input).empty());
        input.pendingBefore.push_back("ALTER TABLE b ADD x int");
        QCOMPARE(findingsOf(rule, input).size(), 1U);
        SqlReviewInput apart = input;
        apart.transactionPerMigration = true;
        QVERIFY(findingsOf(rule, apart).empty());
        input.pendingBefore.back() = "CREATE TABLE n (id int)";
        QVERIFY(findingsOf(rule, input).empty());
    }

    void partitionsOfAParent()
    {
        const std::string rule = "partitioned-parent-fanout";
        SqlReviewInput input = inputOf("ALTER TABLE m ADD x int");
        QVERIFY(findingsOf(rule, input).empty()); // nothing is known of the table
        input.prior = partitioned;
        QVERIFY(findingsOf(rule, input).empty()); // three
        *input.prior += oneMore;
        QCOMPARE(findingsOf(rule, input).size(), 1U);
        input.text = "CREATE INDEX i ON ONLY m (id)";
        QVERIFY(findingsOf(rule, input).empty());
        input.text = "ALTER TABLE m RENAME TO mm"; // the parent alone
        QVERIFY(findingsOf(rule, input).empty());
    }

    void aTableLockedByHand()
    {
        QCOMPARE(countOf("lock-table", "LOCK TABLE a, b IN SHARE MODE"), 2U);
        QCOMPARE(countOf("lock-table", "LOCK TABLE a IN ROW EXCLUSIVE MODE"), 0U);
        QCOMPARE(countOf("lock-table", "CREATE TABLE a (x int); LOCK TABLE a"), 0U);
        const auto nowait = findingsOf("lock-table", inputOf("LOCK TABLE a NOWAIT"));
        QCOMPARE(nowait.size(), 1U);
        QVERIFY(nowait.front().severity == Severity::Low);
    }

    void whatAChangeOfTypeCosts()
    {
        QVERIFY(work("character varying(50)", "character varying(51)") == StepWork::None);
        QVERIFY(work("character varying(50)", "character varying(49)") == StepWork::Rewrite);
        QVERIFY(work("character varying", "character varying(49)") == StepWork::Rewrite);
        QVERIFY(work("numeric(10,2)", "numeric(11,2)") == StepWork::None);
        QVERIFY(work("numeric(10,2)", "numeric(11,3)") == StepWork::Rewrite);
        QVERIFY(work("timestamp without time zone", "timestamp with time zone") ==
                StepWork::FreeUnderUtc);
        QVERIFY(work("integer", "bigint") == StepWork::Rewrite);
        QVERIFY(work("text[]", "character varying[]") == StepWork::Rewrite);
    }

    void whatAChangeOfTypeLoses()
    {
        QVERIFY(fit("character varying(50)", "character varying(49)") == StepFit::Refused);
        QVERIFY(fit("character varying(50)", "text") == StepFit::Fits);
        QVERIFY(fit("bigint", "integer") == StepFit::Refused);
        QVERIFY(fit("integer", "bigint") == StepFit::Fits);
        QVERIFY(fit("numeric(10,2)", "numeric(10,0)") == StepFit::Cut);
        QVERIFY(fit("numeric(10,2)", "numeric(10,4)") == StepFit::Refused);
        QVERIFY(fit("numeric(10,2)", "numeric(12,4)") == StepFit::Fits);
        QVERIFY(fit("numeric", "integer") == StepFit::Cut);
        QVERIFY(fit("integer", "numeric(5,0)") == StepFit::Refused);
        QVERIFY(fit("timestamp with time zone", "date") == StepFit::Cut);
        QVERIFY(fit("double precision", "real") == StepFit::Cut);
        QVERIFY(fit("json", "jsonb") == StepFit::Fits);
    }

    void durationsOfSettings()
    {
        using std::chrono::milliseconds;
        QVERIFY(settingDuration("3s") == milliseconds(3'000));
        QVERIFY(settingDuration("500") == milliseconds(500));
        QVERIFY(settingDuration("5 min") == milliseconds(300'000));
        QVERIFY(settingDuration("1.5s") == milliseconds(1'500));
        QVERIFY(!settingDuration("soon"));
    }
};

int held_locks_test(int argc, char** argv)
{
    HeldLocksTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "held_locks_test.moc"
