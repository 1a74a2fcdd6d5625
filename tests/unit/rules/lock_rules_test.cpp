// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/sql_review.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using namespace sightglass;

namespace {

/// What is known around a statement.
struct Around
{
    const char* prior = nullptr; ///< of all earlier revisions; null: nothing is known
    int server = 150000;
    bool whole = false;
    const char* pendingBefore = nullptr;
    RunMode mode = RunMode::Alembic;
};

ReviewResult reviewed(const char* sql, const Around& around)
{
    SqlReviewInput input{.text = sql, .file = "r.sql", .mode = around.mode};
    if (around.prior != nullptr)
        input.prior = around.prior;
    input.priorIsComplete = around.whole;
    if (around.pendingBefore != nullptr)
        input.pendingBefore.emplace_back(around.pendingBefore);
    input.facts.serverVersion = around.server;
    input.facts.serverKnown = true;
    return reviewSql(std::move(input), {});
}

std::vector<Finding> findingsOf(const char* rule, const char* sql, const Around& around = {})
{
    std::vector<Finding> found;
    for (const ReviewedRevision& revision : reviewed(sql, around).revisions)
        std::ranges::copy_if(revision.findings,
                             std::back_inserter(found),
                             [&](const Finding& finding) { return finding.rule == rule; });
    return found;
}

struct Expectation
{
    const char* rule;
    const char* sql;
    std::size_t findings;
    Around around = {};
};

void expect(const std::vector<Expectation>& expectations)
{
    for (const Expectation& each : expectations) {
        const std::size_t count = findingsOf(each.rule, each.sql, each.around).size();
        const std::string words =
            std::string(each.rule) + " on: " + each.sql + " is " + std::to_string(count);
        QVERIFY2(count == each.findings, words.c_str());
    }
}

constexpr const char* users = "CREATE TABLE users (id bigint PRIMARY KEY, email text, phone text)";
constexpr const char* measurements =
    "CREATE TABLE measurements (id bigint, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE "
    "m_2024 (id bigint, at date NOT NULL, CHECK (at >= '2024-03-01' AND at < '2024-06-01')); "
    "CREATE "
    "TABLE m_def PARTITION OF measurements DEFAULT; ALTER TABLE m_def ADD CHECK (at < "
    "'2024-01-01')";

} // namespace

class LockRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void newTablesAreNobodys()
    {
        const char* const made = "CREATE TABLE t (id bigint PRIMARY KEY, a text); ";
        for (const auto& [rule, action] : std::vector<std::pair<const char*, std::string>>{
                 {"create-index-not-concurrently", "CREATE INDEX ix ON t (a)"},
                 {"add-unique-constraint", "ALTER TABLE t ADD UNIQUE (a)"},
                 {"check-without-not-valid", "ALTER TABLE t ADD CHECK (a <> '')"},
                 {"add-column-check-scan", "ALTER TABLE t ADD COLUMN b int CHECK (b > 0)"},
                 {"set-not-null-scan", "ALTER TABLE t ALTER COLUMN a SET NOT NULL"},
                 {"create-trigger",
                  "CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()"},
                 {"add-column-serial", "ALTER TABLE t ADD COLUMN n serial"},
                 {"add-column-volatile-default",
                  "ALTER TABLE t ADD COLUMN n float DEFAULT random()"},
                 {"alter-type-rewrite", "ALTER TABLE t ALTER COLUMN a TYPE integer USING 1"},
                 {"set-tablespace", "ALTER TABLE t SET TABLESPACE fast"}}) {
            QCOMPARE(findingsOf(rule, (made + action).c_str()).size(), 0U);
            QCOMPARE(findingsOf(rule, action.c_str()).size(), 1U);
        }
    }

    void aProvenColumnNeedsNoScan()
    {
        const Around known{.prior = users};
        const char* const helper =
            "CREATE TABLE users (id bigint, email text, CONSTRAINT nn CHECK (email IS NOT NULL))";
        expect({{"set-not-null-scan", "ALTER TABLE users ALTER email SET NOT NULL", 1, known},
                {"set-not-null-scan",
                 "ALTER TABLE users ADD CONSTRAINT nn CHECK (email IS NOT NULL); ALTER TABLE users "
                 "ALTER email SET NOT NULL",
                 0,
                 known},
                {"set-not-null-scan",
                 "ALTER TABLE users ALTER email SET NOT NULL",
                 1,
                 {.prior = helper, .server = 110000}},
                {"set-not-null-helper-dropped",
                 "ALTER TABLE users DROP CONSTRAINT nn, ALTER email SET NOT NULL",
                 1,
                 {.prior = helper}},
                {"set-not-null-helper-dropped",
                 "ALTER TABLE users ALTER email SET NOT NULL; ALTER TABLE users DROP CONSTRAINT nn",
                 0,
                 {.prior = helper}},
                {"set-not-null-scan",
                 "ALTER TABLE users DROP CONSTRAINT nn, ALTER email SET NOT NULL",
                 0,
                 {.prior = helper}}});
        const auto unknown = findingsOf("set-not-null-scan", "ALTER TABLE x ALTER y SET NOT NULL");
        QCOMPARE(unknown.size(), 1U);
        QVERIFY(unknown.front().confidence != Confidence::Certain);
        QVERIFY(!unknown.front().unsettled.empty());
    }

    void validationIsJudgedByItsTransaction()
    {
        const char* const unnamed = "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users "
                                    "(id) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT "
                                    "orders_user_id_fkey";
        const char* const add = "ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0) NOT VALID";
        const char* const validate = "ALTER TABLE orders VALIDATE CONSTRAINT c";
        expect({{"validate-in-same-transaction", unnamed, 1},
                {"validate-in-same-transaction", unnamed, 0, {.mode = RunMode::Raw}},
                {"validate-in-same-run", validate, 1, {.pendingBefore = add}},
                {"validate-in-same-transaction", validate, 0, {.pendingBefore = add}},
                {"validate-in-same-run",
                 "ALTER TABLE orders VALIDATE CONSTRAINT other",
                 0,
                 {.pendingBefore = add}}});
    }

    void checksProveBounds()
    {
        const Around known{.prior = measurements};
        expect(
            {{"attach-partition-scan",
              "ALTER TABLE measurements ATTACH PARTITION m_2024 FOR VALUES FROM ('2024-01-01') TO "
              "('2025-01-01')",
              0,
              known},
             {"attach-partition-scan",
              "ALTER TABLE measurements ATTACH PARTITION m_2024 FOR VALUES FROM ('2024-04-01') TO "
              "('2025-01-01')",
              1,
              known},
             {"attach-partition-default-scan",
              "CREATE TABLE m PARTITION OF measurements FOR VALUES FROM ('2024-01-01') TO "
              "('2025-01-01')",
              0,
              known},
             {"attach-partition-default-scan",
              "CREATE TABLE m PARTITION OF measurements FOR VALUES FROM ('2023-01-01') TO "
              "('2024-01-01')",
              1,
              known}});
    }

    void statementsKnownByTheirWords()
    {
        expect(
            {{"vacuum-full", "VACUUM (VERBOSE, FULL) a", 1, {.mode = RunMode::Raw}},
             {"vacuum-full", "VACUUM (FULL off) a", 0, {.mode = RunMode::Raw}},
             {"vacuum-full", "VACUUM FULL a, b", 2, {.mode = RunMode::Raw}},
             {"set-tablespace", "ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE fast", 1},
             {"set-tablespace", "ALTER MATERIALIZED VIEW mv SET TABLESPACE fast", 1},
             {"set-tablespace", "ALTER INDEX ix SET (fillfactor = 50)", 0},
             {"alter-domain-constraint", "ALTER DOMAIN d SET NOT NULL", 1},
             {"alter-domain-constraint", "ALTER DOMAIN d DROP NOT NULL", 0},
             {"alter-domain-constraint", "ALTER DOMAIN d VALIDATE CONSTRAINT c", 0},
             {"alter-domain-constraint",
              "DO $$ BEGIN ALTER DOMAIN d ADD CHECK (VALUE > 0); END $$",
              1},
             {"alter-domain-constraint",
              "ALTER DOMAIN d ADD CHECK (VALUE > 0)",
              0,
              {.prior = "CREATE DOMAIN d AS integer; CREATE TABLE t (id integer)"}},
             {"set-access-method", "ALTER TABLE users SET ACCESS METHOD heap", 0, {.prior = users}},
             {"reindex-not-concurrently", "REINDEX SYSTEM shop", 0, {.mode = RunMode::Raw}}});
    }

    void foreignKeysLockTheirTargets()
    {
        const Around known{
            .prior = "CREATE TABLE a (id bigint PRIMARY KEY); CREATE TABLE b (id bigint PRIMARY "
                     "KEY, a_id bigint, up bigint, CONSTRAINT one FOREIGN KEY (a_id) REFERENCES "
                     "a (id), CONSTRAINT two FOREIGN KEY (up) REFERENCES b (id), CONSTRAINT "
                     "three_fkey CHECK (id > 0))"};
        expect({{"drop-fk-locks-referenced", "ALTER TABLE b DROP CONSTRAINT one", 1, known},
                {"drop-fk-locks-referenced", "ALTER TABLE b DROP CONSTRAINT two", 0, known},
                {"drop-fk-locks-referenced", "ALTER TABLE b DROP CONSTRAINT three_fkey", 0, known},
                {"drop-fk-locks-referenced", "ALTER TABLE b ALTER a_id TYPE numeric", 1, known},
                {"drop-fk-locks-referenced", "DROP TABLE b", 1, known},
                {"fk-without-not-valid",
                 "ALTER TABLE b ADD COLUMN c bigint DEFAULT NULL REFERENCES a",
                 0,
                 known},
                {"add-column-inline-fk",
                 "ALTER TABLE b ADD COLUMN c bigint DEFAULT NULL REFERENCES a",
                 1,
                 known}});
    }

    void versionsChangeWhatIsSaid()
    {
        const char* const detach = "ALTER TABLE m DETACH PARTITION p";
        const char* const constant = "ALTER TABLE t ADD COLUMN a integer DEFAULT 1";
        const char* const volatileDefault = "ALTER TABLE t ADD COLUMN a float DEFAULT random()";
        expect({{"detach-partition-not-concurrently", detach, 1},
                {"detach-partition-not-concurrently", detach, 0, {.server = 130000}},
                {"add-column-default-rewrite-pg10", constant, 1, {.server = 100000}},
                {"add-column-default-rewrite-pg10", constant, 0, {.server = 110000}},
                {"add-column-volatile-default", volatileDefault, 0, {.server = 100000}},
                {"add-column-volatile-default", volatileDefault, 1, {.server = 110000}}});
    }
};

int lock_rules_test(int argc, char** argv)
{
    LockRulesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "lock_rules_test.moc"
