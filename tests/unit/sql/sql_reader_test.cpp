// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/operation.h"
#include "core/sql/sql_reader.h"
#include "tests/unit/sql/change_lines.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace sightglass;
using namespace sightglass::tests;

class SqlReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void readsEachKindOfStatement_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("lines");
        const auto add = [](const char* sql, const char* lines) {
            QTest::newRow(sql) << QString::fromUtf8(sql)
                               << QString::fromUtf8(lines) + QLatin1Char('\n');
        };
        add("CREATE TABLE jobs (a int, b text)", "Creates table jobs with 2 columns");
        add("CREATE TABLE IF NOT EXISTS a.j (LIKE b.k INCLUDING ALL)",
            "Creates table a.j like b.k, unless it is there");
        add("CREATE TABLE x AS SELECT 1", "Creates table x from a query");
        add("SELECT 1 INTO x FROM y", "Creates table x from a query");
        add("CREATE TABLE p PARTITION OF q DEFAULT", "Creates table p as a partition of q");
        add("DROP TABLE a, b.c CASCADE",
            "Drops table a, with everything that depends on it\n"
            "Drops table b.c, with everything that depends on it");
        add("ALTER TABLE a ADD b int, DROP COLUMN c, ALTER d SET NOT NULL",
            "Adds column b (int) to a\nDrops column c of a\nMakes a.d not null");
        add("ALTER TABLE IF EXISTS a DROP CONSTRAINT c",
            "Drops constraint c of a | only if SELECT 1 WHERE to_regclass('a') IS NOT NULL");
        add("ALTER TABLE a RENAME b TO c", "Renames column b of a to c");
        add("ALTER TABLE a RENAME CONSTRAINT b TO c", "Renames constraint b of a to c");
        add("ALTER INDEX a RENAME TO b", "Renames index a to b");
        add("ALTER SEQUENCE a RENAME TO b", "Renames sequence a to b");
        add("ALTER VIEW a RENAME TO b", "Renames view a to b");
        add("ALTER TYPE a RENAME TO b", "Renames type a to b");
        add("ALTER TYPE a RENAME VALUE 'x' TO 'y'", "Renames label 'x' of enum type a to 'y'");
        add("ALTER TYPE a ADD VALUE 'x' AFTER 'y'", "Adds label 'x' to enum type a after 'y'");
        add("ALTER TABLE a SET SCHEMA b", "Moves a to schema b");
        add("ALTER TABLE a ENABLE ROW LEVEL SECURITY", "Turns row security on for a");
        add("ALTER TABLE a OWNER TO b", "Alters table a: OWNER TO b");
        add("ALTER TABLE a ATTACH PARTITION b DEFAULT", "Attaches b to a as a partition");
        add("ALTER DOMAIN d SET NOT NULL", "Forbids NULL in domain d");
        add("CREATE INDEX ON a (b)", "Creates index on a (b)");
        add("DROP INDEX CONCURRENTLY IF EXISTS i", "Drops index i, concurrently, if it exists");
        add("CREATE EXTENSION IF NOT EXISTS x", "Installs extension x, unless it is there");
        add("DROP FUNCTION f(int, text)", "Drops function f(int, text)");
        add("DROP TRIGGER t ON a.b", "Drops trigger t of a.b");
        add("DROP TYPE a", "Drops type a");
        add("DROP DOMAIN a", "Drops domain a");
        add("COMMENT ON COLUMN a.b IS NULL", "Drops the comment on column a.b");
        add("INSERT INTO a (b) VALUES (1), (2)", "Inserts 2 rows into a");
        add("UPDATE a SET b = 1, c = 2", "Updates b, c in every row of a");
        add("DELETE FROM a WHERE b", "Deletes some rows of a");
        add("TRUNCATE a, b", "Empties table a\nEmpties table b");
        add("WITH x AS (DELETE FROM a RETURNING b) INSERT INTO c SELECT b FROM x",
            "Deletes every row of a\nInserts rows into c");
        add("SELECT set_config('search_path', '', false)", "Sets search_path to ");
        add("SELECT pg_catalog.setval('a.\"B\"', 5)", "Sets the value of sequence a.B");
        add("SELECT make_partitions(3)", "Calls function make_partitions");
        add("SET LOCAL lock_timeout = '2s'", "Sets lock_timeout to 2s for this transaction");
        add("SET search_path TO \"A\", public", "Sets search_path to \"A\", public");
        add("ROLLBACK TO SAVEPOINT a", "Sends ROLLBACK TO SAVEPOINT a");
        add("LOCK TABLE a IN SHARE MODE", "Locks a in SHARE mode");
        add("CALL p()", "Calls procedure p");
        add("EXPLAIN ANALYZE DELETE FROM a", "Deletes every row of a");
        add("EXPLAIN DELETE FROM a", "Reads: EXPLAIN DELETE FROM a");
        add("VACUUM ANALYZE a", "Runs VACUUM on a");
        add("GRANT SELECT ON a TO b", "Runs GRANT on a");
        add("CREATE SCHEMA s CREATE TABLE t (a int)",
            "Creates schema s\nCreates table s.t with 1 column");
        add("DROP OWNED BY r", "Drops everything that a role owns");
    }

    void readsEachKindOfStatement()
    {
        QFETCH(QString, sql);
        QFETCH(QString, lines);
        QCOMPARE(changeLines(sql.toStdString()), lines);
    }

    void keepsOtherStatementsBesideABrokenOne()
    {
        const std::string text = "DROP TABLE a; DROP TALBE b;\nDROP TABLE c";
        QCOMPARE(changeLines(text),
                 QString::fromUtf8("Drops table a\n"
                                   "error: syntax error at or near \"TALBE\" at 19\n"
                                   "Runs SQL that PostgreSQL can't parse\n"
                                   "Drops table c\n"));
        const auto statements = readSql(text);
        QCOMPARE(text.substr(statements[2].begin, statements[2].end - statements[2].begin),
                 std::string("DROP TABLE c"));
    }

    void splitsOnlyAtSemicolonsThatEndAStatement()
    {
        QCOMPARE(
            readSql("CREATE RULE r AS ON DELETE TO a DO (SELECT 1; SELECT 2); SELECT 3").size(),
            std::size_t(2));
        QCOMPARE(
            readSql("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 "
                    "END; SELECT 2; END; SELECT 3")
                .size(),
            std::size_t(2));
        QCOMPARE(readSql("SELECT ';', $x$;$x$, \";\" /* ; */ -- ;\n; ; SELECT 2").size(),
                 std::size_t(2));
    }

    void takesAnyBytes()
    {
        const std::string nul("DROP TABLE a\0b; DROP TABLE c", 28);
        const auto statements = readSql(nul);
        QCOMPARE(statements.size(), std::size_t(2));
        QVERIFY(statements[0].error.starts_with("invalid byte sequence"));
        QVERIFY(statements[1].error.empty());
        QVERIFY(!readSql("SELECT '\xff'")[0].error.empty());
        QVERIFY(!readSql("SELECT 'never closed")[0].error.empty());
        QVERIFY(!readSql("SELECT /* never closed")[0].error.empty());
        QCOMPARE(readSql("").size(), std::size_t(0));
    }

    void refusesNestingThatWouldExhaustTheStack_data()
    {
        QTest::addColumn<QString>("open");
        QTest::newRow("parentheses") << QStringLiteral("(");
        QTest::newRow("sums") << QStringLiteral("1+");
        QTest::newRow("casts") << QStringLiteral("1 IS NULL::");
        QTest::newRow("queries") << QStringLiteral("(SELECT ");
        QTest::newRow("cases") << QStringLiteral("CASE WHEN ");
        QTest::newRow("arrays") << QStringLiteral("ARRAY[");
    }

    void refusesNestingThatWouldExhaustTheStack()
    {
        QFETCH(QString, open);
        const std::string text = "SELECT " + open.repeated(200'000).toStdString();
        const auto statements = readSql(text);
        QCOMPARE(statements.size(), std::size_t(1));
        QVERIFY(!statements[0].error.empty());
        QCOMPARE(sqlFingerprint(text), std::string());
    }

    void readsInSeveralThreadsAtOnce()
    {
        std::atomic<int> wrong = 0;
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&wrong, i] {
                const std::string table = "t" + std::to_string(i);
                for (int turn = 0; turn < 200; ++turn) {
                    const auto read = readSql("ALTER TABLE " + table +
                                              " ADD a int DEFAULT 1; "
                                              "DO $$ BEGIN DROP TABLE x; END $$; broken");
                    const bool right = read.size() == 3 && !read[2].error.empty() &&
                                       toText(objectOf(read[0].changes[0].change).table) == table;
                    wrong += right ? 0 : 1;
                }
            });
        threads.clear();
        QCOMPARE(wrong.load(), 0);
    }

    void fingerprintsLeaveOutConstants()
    {
        const std::string one = sqlFingerprint("SELECT a FROM b WHERE c = 1");
        QVERIFY(!one.empty());
        QCOMPARE(sqlFingerprint("select a  from b where c = 2"), one);
        QVERIFY(sqlFingerprint("SELECT a FROM d WHERE c = 1") != one);
        QCOMPARE(sqlFingerprint("SELEKT"), std::string());
    }
};

int sql_reader_test(int argc, char** argv)
{
    SqlReaderTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sql_reader_test.moc"
