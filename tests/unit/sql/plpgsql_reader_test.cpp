// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/sql/change_lines.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

QString block(const std::string& body, const std::string& declared = {})
{
    return changeLines("DO $$ " + declared + " BEGIN " + body + " END $$");
}

} // namespace

class PlpgsqlReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void asksTheCatalogWhereAConditionDoes()
    {
        QCOMPARE(block("IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN "
                       "CREATE TYPE mood AS ENUM ('a'); ELSE DROP TYPE mood; END IF;"),
                 QString::fromUtf8(
                     "Creates enum type mood with 1 label | only if SELECT 1 WHERE (NOT EXISTS "
                     "(SELECT 1 FROM pg_type WHERE typname = 'mood'))\n"
                     "Drops type mood | only if SELECT 1 WHERE ((NOT EXISTS (SELECT 1 FROM "
                     "pg_type WHERE typname = 'mood'))) IS NOT TRUE\n"));
    }

    void followsFoundAndSelectedValues()
    {
        QCOMPARE(
            block("PERFORM 1 FROM pg_class WHERE relname = 'q'; IF NOT FOUND THEN DROP TABLE x; "
                  "END IF;"),
            QString::fromUtf8("Reads: SELECT 1 FROM pg_class WHERE relname = 'q'\n"
                              "Drops table x | only if SELECT 1 WHERE (NOT (EXISTS (SELECT 1 FROM "
                              "pg_class WHERE relname = 'q')))\n"));
    }

    void forgetsWhatIsNoLongerSure()
    {
        // FOUND is the UPDATE's; n was counted before the table was dropped.
        QCOMPARE(block("PERFORM 1 FROM pg_class WHERE relname = 'q'; UPDATE a SET b = 1; "
                       "IF FOUND THEN DROP TABLE x; END IF;")
                     .section(QLatin1Char('\n'), 2),
                 QString::fromUtf8("Drops table x | if FOUND\n"));
        QCOMPARE(block("SELECT count(*) INTO n FROM pg_enum; DROP TABLE y; "
                       "IF n = 0 THEN DROP TABLE x; END IF;",
                       "DECLARE n int;")
                     .section(QLatin1Char('\n'), 2),
                 QString::fromUtf8("Drops table x | if n = 0\n"));
    }

    void keepsOtherConditionsAsWritten()
    {
        QCOMPARE(block("IF (SELECT count(*) FROM users) > 0 THEN DROP TABLE x; ELSE DROP TABLE y; "
                       "END IF;"),
                 QString::fromUtf8(
                     "Drops table x | if (SELECT count(*) FROM users) > 0\n"
                     "Drops table y | if not ((SELECT count(*) FROM users) > 0) | else\n"));
    }

    void doubtsWhatFollowsAnEarlyReturn()
    {
        QCOMPARE(block("IF ready() THEN RETURN; END IF; DROP TABLE x;"),
                 QString::fromUtf8("Drops table x | if not (ready())\n"));
        QCOMPARE(block("IF a() THEN IF b() THEN RETURN; END IF; END IF; DROP TABLE x;"),
                 QString::fromUtf8("Drops table x | if not left under a()\n"));
        QCOMPARE(block("RETURN; DROP TABLE x;"),
                 changeLines("DO $$  BEGIN RETURN; DROP TABLE x; END $$"));
        QVERIFY(!block("RETURN; DROP TABLE x;").contains(QLatin1String("Drops")));
    }

    void runsConstantText()
    {
        QCOMPARE(
            block("EXECUTE format('ALTER TABLE %I ADD %s %L', 't T', 'c int default', 'q''s') || "
                  "'';",
                  {}),
            QString::fromUtf8("Adds column c (int, default 'q''s') to t T\n"));
        QCOMPARE(block("EXECUTE 'DROP TABLE ' || quote_ident(x);", "DECLARE x text := 'a b';"),
                 QString::fromUtf8("Drops table a b\n"));
    }

    void keepsDoubtWithTheTableThatTextNames()
    {
        const auto statements = readSql(
            "DO $$ DECLARE r record; BEGIN FOR r IN SELECT conname FROM c LOOP EXECUTE "
            "'ALTER TABLE jobs DROP CONSTRAINT ' || r.conname; EXECUTE r.x; END LOOP; END $$");
        const auto& changes = statements.at(0).changes;
        QCOMPARE(changes.size(), std::size_t(2));
        QCOMPARE(std::get<change::Opaque>(changes[0].change).table.name, std::string("jobs"));
        QVERIFY(!changes[0].reason.empty());
        QCOMPARE(changes[0].conditions,
                 std::vector<std::string>{"for each row of SELECT conname FROM c"});
        QVERIFY(std::get<change::Opaque>(changes[1].change).table.name.empty());
    }

    void turnsLoopsOverConstants()
    {
        QCOMPARE(
            block("FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP EXECUTE format('DROP TABLE %I', t); "
                  "END LOOP; FOR i IN 1..2 LOOP EXECUTE 'DROP TABLE p' || i; END LOOP;",
                  "DECLARE t text;"),
            QString::fromUtf8("Drops table a\nDrops table b\nDrops table p1\nDrops table p2\n"));
    }

    void toleratesWhatAHandlerCatches()
    {
        QCOMPARE(block("BEGIN DROP TABLE a; EXCEPTION WHEN undefined_table THEN NULL; END; "
                       "BEGIN DROP TABLE b; EXCEPTION WHEN others THEN RAISE EXCEPTION 'x'; END;"),
                 QString::fromUtf8(
                     "Sends SAVEPOINT\nDrops table a | tolerated\nSends RELEASE SAVEPOINT\n"
                     "Sends SAVEPOINT\nDrops table b\nSends RELEASE SAVEPOINT\n"
                     "Raises an exception: x | if on error others | else\n"));
    }

    void saysWhatItCannotRead()
    {
        QCOMPARE(changeLines("DO LANGUAGE plpython3u $$ pass $$"),
                 QString::fromUtf8("Runs a DO block in plpython3u\n"));
        QCOMPARE(block("IF a THEN"),
                 QString::fromUtf8("Runs a DO block whose body can't be read\n"));
        QVERIFY(block("NULL;").startsWith(QLatin1String("Reads: DO")));
    }
};

int plpgsql_reader_test(int argc, char** argv)
{
    PlpgsqlReaderTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "plpgsql_reader_test.moc"
