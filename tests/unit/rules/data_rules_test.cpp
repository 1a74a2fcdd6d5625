// SPDX-License-Identifier: GPL-3.0-or-later
// Rules about rows, transactions, sessions and versions: one case a line.
#include <QTest>

#include <algorithm>

#include "corpus_row.h"

using namespace sightglass;

namespace {

struct Case
{
    const char* rule;
    const char* sql;
    std::size_t findings;
    const char* context = ""; ///< as in the corpus
};

std::size_t findingsOf(const Case& one)
{
    test::CorpusRow row = test::rowWith(QString::fromUtf8(one.context));
    row.input.text = one.sql;
    row.input.file = "case.sql";
    const ReviewResult result = reviewSql(row.input, {});
    std::size_t count = 0;
    for (const ReviewedRevision& revision : result.revisions) {
        count += static_cast<std::size_t>(
            std::ranges::count(revision.findings, std::string(one.rule), &Finding::rule));
    }
    return count;
}

constexpr const char* roles = "prior=CREATE TABLE roles (id serial PRIMARY KEY, name text)";
constexpr const char* tree = "prior=CREATE TABLE states (id bigint PRIMARY KEY); CREATE TABLE "
                             "orders (id bigint PRIMARY KEY, "
                             "state bigint REFERENCES states (id) DEFERRABLE, note text)";

const std::vector<Case> cases{
    {"truncate", "TRUNCATE a, b", 2},
    {"truncate", "CREATE TEMP TABLE a (id int); TRUNCATE a", 0},
    {"truncate", "DO $$ BEGIN TRUNCATE a; END $$", 1},
    {"truncate-cascade", "TRUNCATE a, b CASCADE", 1},
    {"delete-without-where", "WITH d AS (DELETE FROM a RETURNING id) SELECT count(*) FROM d", 1},
    {"delete-without-where", "DELETE FROM a WHERE NOT false", 1},
    {"delete-without-where", "DELETE FROM a WHERE 'x' = 'x' OR id = 1", 1},
    {"delete-without-where", "DELETE FROM a WHERE 1 = 2", 0},
    {"delete-without-where", "DELETE FROM a", 0, "rows=a:0"},
    {"delete-without-where", "CREATE TABLE a (id int); DELETE FROM a", 0},
    {"delete-without-where", "DO $$ BEGIN DELETE FROM a; DELETE FROM a WHERE id = 1; END $$", 1},
    {"update-without-where", "ALTER TABLE a ADD COLUMN n int; UPDATE a SET n = 1", 0},
    {"update-without-where", "ALTER TABLE a ADD COLUMN n int; UPDATE a SET n = 1, m = 2", 1},
    {"unbatched-dml", "ALTER TABLE a ADD COLUMN n int; UPDATE a SET n = 1", 1},
    {"unbatched-dml", "UPDATE a SET n = 1 WHERE id > 5", 1},
    {"unbatched-dml", "UPDATE a SET n = 1 WHERE id > 5 AND id <= 500", 0},
    {"unbatched-dml", "UPDATE a SET n = 1 WHERE uuid = '1'", 0},
    {"unbatched-dml", "DELETE FROM a WHERE email = 'x'", 1},
    {"unbatched-dml",
     "DELETE FROM a WHERE email = 'x'",
     0,
     "prior=CREATE TABLE a (n bigint PRIMARY KEY, email text UNIQUE)"},
    {"unbatched-dml",
     "DELETE FROM a WHERE x = 1",
     1,
     "prior=CREATE TABLE a (x int, y int, PRIMARY KEY (x, y))"},
    {"unbatched-dml",
     "DELETE FROM a WHERE x = 1 AND y IN (1, 2)",
     0,
     "prior=CREATE TABLE a (x int, y int, PRIMARY KEY (x, y))"},
    {"unbatched-dml",
     "WITH b AS (SELECT id FROM a LIMIT 9) UPDATE a SET n = 1 FROM b WHERE a.id = b.id",
     0},
    {"unbatched-dml", "UPDATE a SET n = 1 WHERE n IS NULL", 1, "rows=a:20000"},
    {"unbatched-dml",
     "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE",
     0,
     "rows=a:20"},
    {"dml-with-ddl-in-transaction", "CREATE TABLE n (id int); UPDATE a SET m = 1 WHERE id = 1", 0},
    {"dml-with-ddl-in-transaction",
     "ALTER TABLE a ADD COLUMN n int; UPDATE b SET m = 1 WHERE id = 1; UPDATE b SET m = 1 WHERE id "
     "= 2",
     1},
    {"dml-with-ddl-in-transaction",
     "ALTER TABLE a ADD COLUMN n int; INSERT INTO b SELECT * FROM c",
     1},
    {"dml-with-ddl-in-transaction",
     "ALTER TABLE a ADD COLUMN n int; UPDATE b SET m = 1 WHERE id = 1",
     0,
     "mode=autocommit"},
    {"dml-with-ddl-in-transaction",
     "BEGIN; ALTER TABLE a ADD COLUMN n int; COMMIT; BEGIN; UPDATE b SET m = 1 WHERE id = 1; "
     "COMMIT",
     0,
     "mode=raw"},
    {"sequence-not-advanced", "INSERT INTO roles VALUES (1, 'a')", 0},
    {"sequence-not-advanced", "INSERT INTO roles VALUES (1, 'a')", 1, roles},
    {"sequence-not-advanced", "INSERT INTO roles VALUES (DEFAULT, 'a')", 0, roles},
    {"sequence-not-advanced",
     "INSERT INTO roles (id) VALUES (1); SELECT setval('other_id_seq', 9)",
     1,
     roles},
    {"sequence-not-advanced",
     "INSERT INTO roles (id) VALUES (1); SELECT setval(pg_get_serial_sequence('roles', 'id'), 9)",
     0,
     roles},
    {"sequence-not-advanced",
     "INSERT INTO roles (id) VALUES (1); ALTER SEQUENCE roles_id_seq RESTART WITH 2",
     0,
     roles},
    {"sequence-not-advanced", "INSERT INTO a (id) VALUES (1); INSERT INTO a (id) VALUES (2)", 1},
    {"sequence-not-advanced",
     "INSERT INTO a (id) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM a WHERE id = 1)",
     1},
    {"sequence-not-advanced",
     "INSERT INTO a (id) VALUES (1)",
     0,
     "prior=CREATE TABLE a (id bigint PRIMARY KEY)"},
    {"sequence-not-advanced", "INSERT INTO a OVERRIDING SYSTEM VALUE VALUES (1)", 1},
    {"duplicate-column", "INSERT INTO a (n, m, n) VALUES (1, 2, 3)", 1},
    {"duplicate-column", "UPDATE a SET n[1] = 1, n[2] = 2 WHERE id = 1", 0},
    {"duplicate-column", "CREATE TABLE a (n int, \"N\" int)", 0},
    {"identifier-too-long",
     "CREATE TABLE a (aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg int)",
     0},
    {"identifier-too-long",
     "CREATE TABLE a (aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg int)",
     1},
    {"identifier-too-long", "CREATE TABLE a (\"ääääääääääääääääääääääääääääääää\" int)", 1},
    {"default-frozen-timestamp", "ALTER TABLE a ADD COLUMN d date DEFAULT date 'today'", 1},
    {"default-frozen-timestamp", "ALTER TABLE a ADD COLUMN d text DEFAULT 'now'", 0},
    {"default-frozen-timestamp",
     "ALTER TABLE a ADD COLUMN d timestamptz DEFAULT 'now'::text::timestamptz",
     0},
    {"default-frozen-timestamp", "ALTER TABLE a ADD COLUMN d timestamptz DEFAULT now()", 0},
    {"default-frozen-timestamp",
     "ALTER TABLE a ALTER COLUMN d SET DEFAULT 'today'",
     0,
     "prior=CREATE TABLE a (d text)"},
    {"opaque-sql", "SELECT rebuild()", 1},
    {"opaque-sql", "DO $$ BEGIN EXECUTE 'CREATE TABLE n (id int)'; END $$", 0},
    {"opaque-sql", "SELECT count(*) FROM a", 0},
    {"unsupported-on-version", "REINDEX TABLE CONCURRENTLY a", 1, "server=11.0 || mode=autocommit"},
    {"unsupported-on-version",
     "CREATE TABLE t (id uuid DEFAULT gen_random_uuid())",
     1,
     "server=12.0"},
    {"unsupported-on-version",
     "CREATE TABLE t (id uuid DEFAULT gen_random_uuid())",
     0,
     "server=12.0 || prior=CREATE EXTENSION pgcrypto"},
    {"unsupported-on-version",
     "CREATE TABLE t (id uuid DEFAULT uuidv7())",
     0,
     "server=17.0 || prior=CREATE FUNCTION uuidv7() RETURNS uuid LANGUAGE sql AS 'SELECT "
     "gen_random_uuid()'"},
    {"unsupported-on-version",
     "ALTER TABLE a ADD COLUMN n int, ADD CHECK (n > 0) NOT ENFORCED",
     1,
     "server=17.0"},
    {"unsupported-on-version",
     "ALTER TABLE a ALTER COLUMN n SET COMPRESSION lz4",
     1,
     "server=13.0"},
    {"unsupported-on-version",
     "ALTER TABLE a ALTER COLUMN n SET COMPRESSION lz4",
     0,
     "server=14.0"},
    {"unsupported-on-version",
     "ALTER TABLE a ADD CONSTRAINT p PRIMARY KEY (id, at WITHOUT OVERLAPS)",
     1,
     "server=17.0"},
    {"unsupported-on-version", "CREATE TABLE a (n int, period int)", 0},
    {"not-enforced-constraint",
     "CREATE TABLE a (n int CHECK (n > 0) NOT ENFORCED)",
     1,
     "server=18.0"},
    {"not-enforced-constraint", "ALTER TABLE a ALTER CONSTRAINT c NOT ENFORCED", 1, "server=18.0"},
    {"session-replication-role", "SET session_replication_role TO origin", 0},
    {"session-replication-role",
     "SELECT set_config('session_replication_role', 'replica', false)",
     1},
    {"search-path-change", "SET search_path TO public, app", 0},
    {"search-path-change", "SET search_path TO app, public", 1},
    {"search-path-change", "SET search_path = ''", 1},
    {"search-path-change", "RESET search_path", 0},
    {"session-setting-leak", "SET SESSION AUTHORIZATION app", 1},
    {"session-setting-leak", "SET ROLE app; RESET ALL", 1},
    {"session-setting-leak", "SET ROLE app; SET ROLE NONE", 0},
    {"explicit-transaction-control", "SAVEPOINT a; ROLLBACK TO a", 0},
    {"explicit-transaction-control", "START TRANSACTION; END", 1},
    {"explicit-transaction-control", "COMMIT", 0, "mode=raw"},
    {"unclosed-transaction", "BEGIN; DROP TABLE a; ROLLBACK", 0, "mode=raw"},
    {"unclosed-transaction", "BEGIN; COMMIT; BEGIN; DROP TABLE a", 1, "mode=raw"},
    {"raw-sql-no-transaction", "SET lock_timeout = '1s'; DROP TABLE a", 0, "mode=raw"},
    {"raw-sql-no-transaction",
     "CREATE INDEX CONCURRENTLY i ON a (n); DROP INDEX CONCURRENTLY j",
     0,
     "mode=raw"},
    {"raw-sql-no-transaction", "INSERT INTO a VALUES (1); INSERT INTO a VALUES (2)", 1, "mode=raw"},
    {"pending-trigger-events",
     "UPDATE orders SET state = 1; ALTER TABLE orders ADD COLUMN n int",
     0,
     tree},
    {"pending-trigger-events",
     "SET CONSTRAINTS ALL DEFERRED; UPDATE orders SET state = 1; ALTER TABLE orders ADD COLUMN n "
     "int",
     1,
     tree},
    {"pending-trigger-events",
     "SET CONSTRAINTS ALL DEFERRED; UPDATE orders SET note = 'x'; ALTER TABLE orders ADD COLUMN n "
     "int",
     0,
     tree},
    {"pending-trigger-events",
     "SET CONSTRAINTS ALL DEFERRED; DELETE FROM states WHERE id = 1; DROP TABLE states CASCADE",
     1,
     tree},
    {"pending-trigger-events",
     "SET CONSTRAINTS ALL DEFERRED; UPDATE orders SET state = 1; SET CONSTRAINTS ALL IMMEDIATE; "
     "CREATE INDEX ON orders (state)",
     0,
     tree},
    {"non-transactional-statement", "BEGIN; VACUUM a; COMMIT", 1, "mode=raw"},
    {"non-transactional-statement", "VACUUM a", 0, "mode=raw"},
    {"non-transactional-statement", "ALTER DATABASE d SET TABLESPACE s", 1},
    {"non-transactional-statement", "ALTER DATABASE d SET work_mem = '1MB'", 0},
    {"non-transactional-statement",
     "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = false)",
     0},
    {"non-transactional-statement", "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", 1},
    {"concurrently-in-transaction", "REFRESH MATERIALIZED VIEW CONCURRENTLY v", 0},
    {"concurrently-in-transaction",
     "DO $$ BEGIN CREATE INDEX CONCURRENTLY i ON a (n); END $$",
     1,
     "mode=autocommit"},
    {"drop-database", "DROP DATABASE IF EXISTS d WITH (FORCE)", 1},
    {"drop-owned", "DROP OWNED BY a CASCADE", 1},
};

} // namespace

class DataRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void reportsWhatIsThere_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::addRow("%s: %.60s #%d", cases[i].rule, cases[i].sql, static_cast<int>(i))
                << static_cast<int>(i);
    }

    void reportsWhatIsThere()
    {
        QFETCH(int, index);
        const Case& one = cases[static_cast<std::size_t>(index)];
        QCOMPARE(findingsOf(one), one.findings);
    }

    void isSilentWhereTheVersionIsNotKnown()
    {
        SqlReviewInput input;
        input.text = "ALTER TABLE a ADD CONSTRAINT n NOT NULL b";
        const ReviewResult result = reviewSql(std::move(input), {});
        for (const ReviewedRevision& revision : result.revisions) {
            QVERIFY(std::ranges::none_of(revision.findings, [](const Finding& finding) {
                return finding.rule == "unsupported-on-version";
            }));
        }
    }
};

int data_rules_test(int argc, char** argv)
{
    DataRulesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "data_rules_test.moc"
