// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <algorithm>

#include "corpus_row.h"

using namespace sightglass;

namespace {

/// One rule on one text: reported or not, and how severe.
struct Case
{
    const char* rule;
    const char* sql;
    const char* context;
    const char* expected; ///< "" not reported; "*" whatever the severity; "medium"
};

constexpr std::array cases{
    // drops: names, guards, live facts
    Case{"drop-table", "DROP TABLE \"Orders\"", "", "critical"},
    Case{"drop-table", "CREATE TABLE T (id int); DROP TABLE \"t\"", "", ""},
    Case{"drop-table", "CREATE TABLE a.t (id int); DROP TABLE b.t", "", "critical"},
    Case{"drop-table",
         "CREATE TABLE IF NOT EXISTS t (id int); DROP TABLE t",
         "prior=CREATE TABLE t (id int)",
         "critical"},
    Case{"drop-table", "CREATE TABLE t (id int); ALTER TABLE t RENAME TO u; DROP TABLE u", "", ""},
    Case{"drop-table", "DROP TABLE t", "rows=t:0", "medium"},
    Case{"drop-table", "DROP TABLE t", "direction=down", ""},
    Case{"drop-column",
         "ALTER TABLE t DROP COLUMN c",
         "prior=CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a + 1) STORED)",
         "medium"},
    Case{"drop-column", "ALTER TABLE t DROP COLUMN c", "rows=t:10 || nulls=t.c:10", "medium"},
    Case{"drop-column", "ALTER TABLE t DROP COLUMN c", "rows=t:10 || nulls=t.c:9", "critical"},
    Case{"drop-column",
         "ALTER TABLE t ADD COLUMN x int; ALTER TABLE t RENAME COLUMN x TO y; ALTER "
         "TABLE t DROP COLUMN y",
         "",
         ""},
    Case{"drop-column-side-effects",
         "ALTER TABLE t DROP COLUMN b",
         "prior=CREATE TABLE t (a int, b int); CREATE INDEX ix ON t (a, b)",
         "medium"},
    Case{"drop-column-side-effects",
         "DROP INDEX ix; ALTER TABLE t DROP COLUMN b",
         "prior=CREATE TABLE t (a int, b int); CREATE INDEX ix ON t (a, b)",
         ""},
    Case{"drop-column-side-effects",
         "ALTER TABLE t DROP COLUMN b; CREATE INDEX ix2 ON t (a)",
         "prior=CREATE TABLE t (a int, b int); CREATE INDEX ix ON t (a, b)",
         ""},
    Case{"drop-column-side-effects",
         "ALTER TABLE t DROP COLUMN b",
         "prior=CREATE TABLE t (a int, b int); CREATE INDEX ix ON t (a) WHERE b > 0",
         "medium"},
    Case{"drop-column-side-effects",
         "ALTER TABLE t DROP COLUMN b",
         "prior=CREATE TABLE t (a int, b text); CREATE INDEX ix ON t (lower(b))",
         "medium"},
    Case{"drop-column-side-effects",
         "ALTER TABLE t DROP COLUMN b",
         "prior=CREATE TABLE t (a int, b int, CHECK (a > b))",
         "medium"},
    Case{"drop-column-side-effects",
         "ALTER TABLE t DROP COLUMN b",
         "prior=CREATE TABLE t (a int PRIMARY KEY, b int)",
         ""},
    Case{"drop-cascade", "DROP MATERIALIZED VIEW v CASCADE", "", "high"},
    Case{"drop-cascade", "DROP OPERATOR === (int, int) CASCADE", "", "high"},
    Case{"drop-cascade", "DROP OWNED BY app CASCADE", "", ""},
    Case{"drop-cascade", "TRUNCATE t CASCADE", "", ""},
    Case{"drop-cascade",
         "DROP TABLE t CASCADE",
         "prior=CREATE TABLE t (id int) || chain=complete",
         "low"},
    Case{"drop-cascade",
         "DROP TABLE t CASCADE",
         "live=CREATE TABLE t (id int PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t",
         "high"},
    Case{"drop-schema", "DROP SCHEMA s", "live=CREATE SCHEMA s", "medium"},
    Case{"drop-schema",
         "DROP SCHEMA s",
         "live=CREATE SCHEMA s; CREATE TABLE s.t (id int)",
         "critical"},
    Case{"drop-type", "DROP TYPE mood", "live=CREATE TYPE mood AS ENUM ('a')", "info"},
    Case{"drop-type", "DROP TYPE mood CASCADE", "live=CREATE TYPE mood AS ENUM ('a')", "critical"},
    Case{"drop-type", "CREATE TYPE mood AS ENUM ('a'); DROP TYPE mood", "", ""},
    Case{"drop-extension", "DROP EXTENSION citext CASCADE", "", "critical"},
    Case{"drop-extension", "CREATE EXTENSION citext; DROP EXTENSION citext", "", ""},
    Case{"drop-materialized-view",
         "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a; DROP MATERIALIZED VIEW v",
         "",
         ""},
    Case{"drop-sequence", "DROP SEQUENCE IF EXISTS app.s", "", "low"},
    Case{"alter-type-narrowing",
         "ALTER TABLE t ALTER COLUMN c TYPE smallint",
         "prior=CREATE TABLE t (c integer)",
         "high"},
    Case{"alter-type-narrowing",
         "ALTER TABLE t ALTER COLUMN c TYPE numeric(8,2)",
         "prior=CREATE TABLE t (c numeric(10,2))",
         "high"},
    Case{"alter-type-narrowing",
         "ALTER TABLE t ALTER COLUMN c TYPE numeric(12,2)",
         "prior=CREATE TABLE t (c numeric(10,2))",
         ""},
    Case{"alter-type-narrowing",
         "ALTER TABLE t ALTER COLUMN c TYPE varchar(10)",
         "prior=CREATE TABLE t (c varchar(20)) || rows=t:0",
         ""},
    Case{"alter-type-narrowing",
         "ALTER TABLE t ALTER COLUMN c TYPE integer USING c::integer",
         "prior=CREATE TABLE t (c text)",
         "high"},
    Case{"alter-type-narrowing",
         "ALTER TABLE t ALTER COLUMN c TYPE varchar(10) USING substring(c for 10)",
         "",
         "high"},
    Case{"alter-type-narrowing", "ALTER TABLE t ALTER COLUMN c TYPE bigint", "", ""},
    Case{"unlogged-table", "CREATE UNLOGGED TABLE t (id int); ALTER TABLE t SET LOGGED", "", ""},
    Case{"unlogged-table", "CREATE TEMPORARY TABLE t (id int)", "", ""},
    // renames and moves
    Case{"rename-table", "ALTER TABLE t RENAME TO u", "", "high"},
    Case{"rename-table", "ALTER TABLE t RENAME TO u; CREATE VIEW t AS SELECT * FROM u", "", "low"},
    Case{"rename-table", "ALTER SEQUENCE s RENAME TO u", "", "high"},
    Case{"rename-table", "ALTER MATERIALIZED VIEW v RENAME TO u", "", "high"},
    Case{"rename-table", "ALTER INDEX ix RENAME TO iy", "", ""},
    Case{"rename-table", "CREATE VIEW v AS SELECT 1 AS a; ALTER VIEW v RENAME TO w", "", ""},
    Case{"rename-column", "ALTER VIEW v RENAME COLUMN a TO b", "", "high"},
    Case{"rename-column", "ALTER TYPE address RENAME ATTRIBUTE street TO road", "", "high"},
    Case{"rename-column",
         "ALTER TABLE t RENAME COLUMN a TO b; ALTER TABLE t ADD COLUMN a int",
         "",
         ""},
    Case{"rename-schema", "CREATE SCHEMA s; ALTER SCHEMA s RENAME TO u", "", ""},
    Case{"rename-enum-value",
         "CREATE TYPE e AS ENUM ('a'); ALTER TYPE e RENAME VALUE 'a' TO 'b'",
         "",
         ""},
    Case{"rename-type", "ALTER DOMAIN d RENAME TO e", "", "medium"},
    Case{"rename-type", "CREATE TYPE e AS ENUM ('a'); ALTER TYPE e RENAME TO f", "", ""},
    Case{"set-schema", "ALTER TYPE e SET SCHEMA s", "", "high"},
    Case{"set-schema", "ALTER FUNCTION f(int) SET SCHEMA s", "", "high"},
    Case{"set-schema", "ALTER VIEW v SET SCHEMA s", "", "high"},
    Case{"set-schema",
         "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION f(int) SET "
         "SCHEMA s",
         "",
         ""},
    // columns
    Case{"add-column-not-null-no-default",
         "ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT NULL",
         "",
         "critical"},
    Case{"add-column-not-null-no-default",
         "ALTER TABLE t ADD COLUMN c bigint PRIMARY KEY",
         "",
         "critical"},
    Case{"add-column-not-null-no-default", "ALTER TABLE t ADD COLUMN c bigserial NOT NULL", "", ""},
    Case{"add-column-not-null-no-default",
         "ALTER TABLE t ADD COLUMN c bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY",
         "",
         ""},
    Case{"add-column-not-null-no-default",
         "ALTER TABLE t ADD COLUMN c int NOT NULL GENERATED ALWAYS AS (a * 2) STORED",
         "",
         ""},
    Case{"add-column-not-null-no-default",
         "ALTER TABLE t ADD COLUMN c int NOT NULL",
         "rows=t:0",
         "medium"},
    Case{"required-by-check",
         "ALTER TABLE t ADD COLUMN c int; ALTER TABLE t ADD CONSTRAINT nn NOT NULL c NOT VALID",
         "server=18",
         "high"},
    Case{"required-by-check",
         "ALTER TABLE t ADD COLUMN c int; ALTER TABLE t ADD CONSTRAINT ck CHECK (c IS NOT NULL) "
         "NOT ENFORCED",
         "server=18",
         ""},
    Case{"required-by-check",
         "ALTER TABLE t ADD COLUMN c text, ADD CONSTRAINT ck CHECK (c IS NOT NULL)",
         "",
         "high"},
    Case{"required-by-check", "ALTER TABLE t ADD COLUMN c text CHECK (c IS NOT NULL)", "", "high"},
    Case{"required-by-check",
         "ALTER TABLE t ADD COLUMN c int; ALTER TABLE t ADD CONSTRAINT ck CHECK ((c > 0) IS TRUE) "
         "NOT VALID",
         "",
         "high"},
    Case{"required-by-check",
         "ALTER TABLE t ADD COLUMN c int; ALTER TABLE t ADD CONSTRAINT ck CHECK (c > 0) NOT VALID",
         "",
         ""},
    Case{"required-by-check",
         "ALTER TABLE t ADD CONSTRAINT ck CHECK (c IS NOT NULL) NOT VALID",
         "prev_pending=ALTER TABLE t ADD COLUMN c int",
         "high"},
    Case{"required-by-check",
         "ALTER TABLE t ADD CONSTRAINT ck CHECK (c IS NOT NULL) NOT VALID",
         "prior=CREATE TABLE t (c int)",
         ""},
    Case{"required-by-check",
         "ALTER TABLE t ADD COLUMN c int; ALTER TABLE t ALTER COLUMN c SET DEFAULT 1; ALTER TABLE "
         "t ADD CONSTRAINT ck CHECK (c IS NOT NULL) NOT VALID",
         "",
         ""},
    Case{"required-by-check",
         "CREATE TABLE n (c int); ALTER TABLE n ADD CONSTRAINT ck CHECK (c IS NOT NULL)",
         "",
         ""},
    Case{"drop-default",
         "ALTER TABLE t ALTER COLUMN c DROP DEFAULT",
         "prior=CREATE TABLE t (c int NOT NULL DEFAULT 1)",
         "medium"},
    Case{"drop-default",
         "ALTER TABLE t ALTER COLUMN c DROP DEFAULT",
         "prior=CREATE TABLE t (c int DEFAULT 1)",
         "low"},
    Case{"drop-default",
         "ALTER TABLE t ADD COLUMN c int DEFAULT 1; ALTER TABLE t ALTER COLUMN c DROP DEFAULT",
         "",
         ""},
    Case{"drop-not-null",
         "ALTER TABLE t ALTER COLUMN c DROP NOT NULL",
         "next=ALTER TABLE t DROP COLUMN c",
         ""},
    Case{"drop-not-null",
         "ALTER TABLE t ALTER COLUMN c DROP NOT NULL",
         "next=ALTER TABLE t DROP COLUMN d",
         "low"},
    Case{"json-column", "ALTER TABLE t ALTER COLUMN c TYPE json USING c::json", "", "low"},
    Case{"json-column", "ALTER TABLE t ADD COLUMN c json[]", "", ""},
    Case{"drop-view", "DROP VIEW v; CREATE OR REPLACE VIEW v AS SELECT 1 AS a", "", ""},
    Case{"drop-view", "DROP VIEW v; ALTER VIEW v2 RENAME TO v", "", ""},
    Case{"drop-routine", "DROP AGGREGATE agg(integer)", "", "medium"},
    Case{"drop-routine", "DROP OPERATOR === (int, int)", "", "medium"},
    Case{"drop-routine",
         "DROP FUNCTION f(int); CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
         "",
         ""},
    Case{"drop-routine",
         "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; SELECT f(); DROP "
         "FUNCTION f()",
         "",
         ""},
    Case{"drop-routine",
         "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; DROP FUNCTION f()",
         "prior=CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'",
         "medium"},
    Case{"drop-used-index", "DROP INDEX ix", "idx_scan=ix:0", ""},
    Case{"drop-used-index", "DROP INDEX ix", "idx_scan=ix:5", "medium"},
    Case{"drop-object-in-use", "DROP TABLE t", "activity=t:writes", "high"},
    Case{"drop-object-in-use", "ALTER TABLE t ADD COLUMN c int", "activity=t:writes", ""},
    Case{"enable-rls-without-policy",
         "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
         "prior=CREATE TABLE t (id int); CREATE POLICY p ON t USING (true)",
         ""},
    Case{"enable-rls-without-policy",
         "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (true)",
         "",
         ""},
    Case{"enable-rls-without-policy",
         "CREATE TABLE t (id int); ALTER TABLE t ENABLE ROW LEVEL SECURITY",
         "",
         ""},
    Case{"drop-identity",
         "ALTER TABLE t ALTER COLUMN id DROP IDENTITY; ALTER TABLE t ALTER COLUMN id SET DEFAULT "
         "nextval('s')",
         "",
         ""},
    Case{"drop-identity",
         "ALTER TABLE t ALTER COLUMN id DROP DEFAULT",
         "prior=CREATE TABLE t (id serial PRIMARY KEY)",
         "medium"},
    Case{"drop-generated-expression",
         "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t "
         "ALTER COLUMN c DROP EXPRESSION",
         "",
         ""},
    // what stands in the way
    Case{"has-dependents",
         "DROP TABLE t",
         "live=CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (t_id int REFERENCES t (id))",
         "high"},
    Case{"has-dependents",
         "DROP TABLE t CASCADE",
         "live=CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (t_id int REFERENCES t (id))",
         ""},
    Case{"has-dependents",
         "ALTER TABLE t DROP COLUMN a",
         "live=CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED)",
         "high"},
    Case{"has-dependents",
         "ALTER TABLE t DROP COLUMN a",
         "prior=CREATE TABLE t (a int, b int); CREATE MATERIALIZED VIEW v AS SELECT a FROM t",
         "high"},
    Case{"has-dependents",
         "ALTER TABLE t DROP COLUMN b",
         "prior=CREATE TABLE t (a int, b int); CREATE MATERIALIZED VIEW v AS SELECT a FROM t",
         ""},
    Case{"has-dependents",
         "ALTER TABLE t RENAME COLUMN a TO c",
         "live=CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t",
         ""},
    Case{"has-dependents",
         "ALTER TABLE t DROP COLUMN a",
         "live=CREATE TABLE t (a int, b int); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE "
         "POLICY p ON t USING (a > 1)",
         "high"},
    // tables of others
    Case{"unmanaged-table-change",
         "TRUNCATE legacy",
         "prior=CREATE TABLE t (id int) || chain=complete || live=CREATE TABLE t (id int); CREATE "
         "TABLE legacy (id int)",
         "medium"},
    Case{"unmanaged-table-change",
         "UPDATE legacy SET id = 1 WHERE id = 2",
         "prior=CREATE TABLE t (id int) || chain=complete || live=CREATE TABLE t (id int); CREATE "
         "TABLE legacy (id int)",
         "medium"},
    Case{"unmanaged-table-change",
         "ALTER TABLE t ADD COLUMN a int",
         "prior=CREATE TABLE t (id int) || chain=complete || live=CREATE TABLE t (id int); CREATE "
         "TABLE legacy (id int)",
         ""},
    Case{"unmanaged-table-change",
         "ALTER TABLE n ADD COLUMN a int",
         "prior=CREATE TABLE t (id int) || chain=complete || prev_pending=CREATE TABLE n (id int)",
         ""},
    Case{"unmanaged-table-change",
         "ALTER TABLE u ADD COLUMN a int",
         "prior=CREATE TABLE t (id int); ALTER TABLE t RENAME TO u || chain=complete",
         ""},
    Case{"unmanaged-table-drop",
         "DROP TABLE legacy",
         "prior=CREATE TABLE t (id int) || live=CREATE TABLE legacy (id int)",
         ""},
    // the way back
    Case{"no-downgrade", "SELECT 1", "downgrade=", ""},
    Case{"no-downgrade", "UPDATE t SET a = 1 WHERE id = 1", "downgrade=", "low"},
    Case{"downgrade-destroys-live-data",
         "ALTER TABLE t DROP COLUMN c",
         "direction=down || rows=t:10 || nulls=t.c:10",
         ""},
    Case{"downgrade-destroys-live-data",
         "ALTER TABLE t DROP COLUMN c",
         "direction=down || rows=t:10 || nulls=t.c:1",
         "high"},
    Case{"downgrade-destroys-live-data", "DROP TABLE t", "direction=down || rows=t:0", ""},
    Case{"downgrade-destroys-live-data", "DROP TABLE t", "rows=t:10", ""},
};

} // namespace

class LossAndBreakageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aRuleIsReportedAsSevereAsExpected_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const std::string label = std::string(cases.at(i).rule) + ": " + cases.at(i).sql +
                                      " | " + cases.at(i).context;
            QTest::newRow(label.c_str()) << static_cast<int>(i);
        }
    }

    void aRuleIsReportedAsSevereAsExpected()
    {
        QFETCH(int, index);
        const Case& one = cases.at(static_cast<std::size_t>(index));
        test::CorpusRow row = test::rowWith(QString::fromLatin1(one.context));
        row.input.text = one.sql;
        row.input.file = "case.sql";
        std::string severity;
        const ReviewResult result = reviewSql(row.input, {});
        for (const ReviewedRevision& revision : result.revisions) {
            for (const Finding& finding : revision.findings) {
                if (finding.rule != one.rule)
                    continue;
                severity = toText(finding.severity);
                QVERIFY2(finding.title.size() < 90, finding.title.c_str());
                QVERIFY(finding.detail.ends_with('.'));
                QVERIFY(finding.detail.find('!') == std::string::npos);
            }
        }
        QCOMPARE(QString::fromStdString(severity), QString::fromLatin1(one.expected));
    }
};

int loss_and_breakage_test(int argc, char** argv)
{
    LossAndBreakageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "loss_and_breakage_test.moc"
