// SPDX-License-Identifier: GPL-3.0-or-later
// Databases out of step with their chain, made by real Alembic and by hand: the state, what it
// rests on, and the way back that is recommended.
#include "tests/postgres/states/state_bench.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

/// Tables, a column with an index, rows alone, a check, and a part outside the transaction.
const std::string shop = R"chain(=== shop
--- upgrade
op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), sa.Column('email', sa.String(255), nullable=False))
--- upgrade
op.add_column('users', sa.Column('name', sa.String(100)))
op.create_index('ix_users_name', 'users', ['name'])
--- upgrade
op.create_table('orders', sa.Column('id', sa.Integer, primary_key=True), sa.Column('user_id', sa.Integer, sa.ForeignKey('users.id', name='orders_user_fk')))
--- upgrade
op.execute("UPDATE users SET name = 'nobody' WHERE name IS NULL")
--- upgrade
op.create_table('invoices', sa.Column('id', sa.Integer, primary_key=True), sa.Column('total', sa.Numeric(10, 2), nullable=False), sa.CheckConstraint('total >= 0', name='invoices_total'))
--- upgrade
op.create_table('audit', sa.Column('id', sa.Integer, primary_key=True))
with op.get_context().autocommit_block():
    op.create_index('uq_users_email', 'users', ['email'], unique=True, postgresql_concurrently=True)
op.create_table('audit_links', sa.Column('id', sa.Integer, primary_key=True))
)chain";

const std::string branches = R"chain(=== branches
--- upgrade
op.create_table('a', sa.Column('id', sa.Integer, primary_key=True))
--- parents r1
--- upgrade
op.create_table('b', sa.Column('id', sa.Integer, primary_key=True))
--- parents r1
--- upgrade
op.create_table('c', sa.Column('id', sa.Integer, primary_key=True))
--- parents r2 r3
--- upgrade
pass
--- parents r4
--- upgrade
op.create_table('d', sa.Column('id', sa.Integer, primary_key=True))
)chain";

const std::string twoHeads = R"chain(=== two heads
--- upgrade
op.create_table('a', sa.Column('id', sa.Integer, primary_key=True))
--- parents r1
--- upgrade
op.create_table('b', sa.Column('id', sa.Integer, primary_key=True))
--- parents r1
--- upgrade
op.create_table('c', sa.Column('id', sa.Integer, primary_key=True))
)chain";

const std::string special = R"chain(=== schemas, partitions, enums
--- upgrade
op.execute('CREATE SCHEMA app')
op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), schema='app')
op.create_table('things', sa.Column('id', sa.Integer, primary_key=True))
--- upgrade
op.execute('CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at)')
op.execute("CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')")
--- upgrade
op.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
op.add_column('things', sa.Column('mood', postgresql.ENUM('sad', 'ok', name='mood', create_type=False)))
--- module
import os
--- upgrade
if os.environ.get('SIGHTGLASS_TEST_NO_SUCH'):
    op.create_table('optional', sa.Column('id', sa.Integer, primary_key=True))
)chain";

const std::string adopted = R"chain(=== tables from before
--- upgrade
op.execute("INSERT INTO members (name) VALUES ('demo')")
)chain";

struct Sample
{
    const char* name;
    const std::string& chain;
    const char* upgrade; ///< real Alembic upgrades to here first; empty: not at all
    const char* sql;     ///< what happens then
    const char* state;
    const char* recommended;
    const char* says;      ///< in title, detail or evidence
    const char* does = ""; ///< in the steps of the ways back
};

const std::vector<Sample> samples{
    {"as it should be", shop, "heads", "", "healthy", "", "All 5 promised tables are there"},
    {"behind", shop, "r3", "", "pending", "upgrade", "All 2 promised tables are there"},
    {"another tool's tables beside",
     shop,
     "heads",
     "CREATE TABLE django_session (k text PRIMARY KEY); CREATE VIEW v AS SELECT 1 AS one;",
     "healthy",
     "",
     "All 5 promised tables"},
    {"an extension's objects beside",
     shop,
     "heads",
     "CREATE EXTENSION citext;",
     "healthy",
     "",
     "All 5 promised tables"},
    {"nothing yet", shop, "", "", "empty", "upgrade", "The database is empty."},
    {"only the version table is left",
     shop,
     "heads",
     "DROP TABLE orders, users, invoices, audit, audit_links;",
     "zombie",
     "rebuild-schema",
     "0 of 5 promised tables",
     "alembic stamp base"},
    {"only another tool's tables are left",
     shop,
     "heads",
     "DROP TABLE orders, users, invoices, audit, audit_links; CREATE TABLE django_session (k "
     "text); CREATE EXTENSION citext;",
     "zombie",
     "rebuild-schema",
     "None of 5 promised tables is there",
     "alembic stamp base"},
    {"one table lost",
     shop,
     "heads",
     "DROP TABLE invoices;",
     "partly-missing",
     "restore-backup",
     "1 of 5 promised tables is missing: public.invoices",
     "CREATE TABLE invoices"},
    {"a table renamed by hand",
     shop,
     "heads",
     "ALTER TABLE invoices RENAME TO bills;",
     "partly-missing",
     "restore-backup",
     "Table public.invoices is missing"},
    {"stamped ahead of what ran",
     shop,
     "r2",
     "UPDATE alembic_version SET version_num = 'r6';",
     "partly-missing",
     "stamp-match",
     "The schema matches r2 best: 100 %",
     "alembic stamp r2"},
    {"a column and its index never made",
     shop,
     "r1",
     "UPDATE alembic_version SET version_num = 'r2';",
     "partly-missing",
     "stamp-match",
     "Revision r2 is recorded and left no trace",
     "alembic stamp r1"},
    {"no version table",
     shop,
     "heads",
     "DROP TABLE alembic_version;",
     "unstamped",
     "stamp-match",
     "The schema matches r6 best: 100 %",
     "alembic stamp r6"},
    {"no version row",
     shop,
     "r3",
     "DELETE FROM alembic_version;",
     "unstamped",
     "stamp-match",
     "The schema matches r3 best: 100 %",
     "alembic stamp r3"},
    {"rows alone can't be told",
     shop,
     "r4",
     "DELETE FROM alembic_version;",
     "unstamped",
     "stamp-match",
     "r4 has the same schema"},
    {"not stamped, and changed by hand",
     shop,
     "r5",
     "DROP TABLE alembic_version; ALTER TABLE users ADD COLUMN nick text; DROP INDEX "
     "ix_users_name; CREATE TABLE wp_posts (id int);",
     "unstamped",
     "stamp-match",
     "The schema matches r5 best",
     "alembic stamp r5"},
    {"all of it another application's",
     shop,
     "",
     "CREATE TABLE wp_posts (id int); CREATE TABLE wp_users (id int);",
     "unstamped",
     "upgrade-over",
     "No object of this schema is made by any revision."},
    {"tables that no revision creates",
     adopted,
     "",
     "CREATE TABLE members (id serial PRIMARY KEY, name text);",
     "unstamped",
     "write-initial",
     "No revision creates public.members",
     "revision --autogenerate"},
    {"an id of no file",
     shop,
     "r5",
     "UPDATE alembic_version SET version_num = 'invalid_revision_12345';",
     "unknown-revision",
     "find-file",
     "The schema matches r5 best: 100 %",
     "alembic stamp --purge r5"},
    {"applied and not recorded",
     shop,
     "r5",
     "UPDATE alembic_version SET version_num = 'r3';",
     "partly-applied",
     "stamp-applied",
     "r5 is applied in full",
     "alembic stamp r5"},
    {"stopped after its first table",
     shop,
     "r5",
     "CREATE TABLE audit (id serial NOT NULL, PRIMARY KEY (id));",
     "partly-applied",
     "undo-part",
     "It leaves the transaction at line",
     "DROP TABLE public.audit"},
    {"a column by hand",
     shop,
     "heads",
     "ALTER TABLE users ADD COLUMN nick text;",
     "drifted",
     "write-revision",
     "Column public.users.nick is there and no applied revision makes it",
     "ALTER TABLE public.users DROP COLUMN nick"},
    {"a type changed by hand",
     shop,
     "heads",
     "ALTER TABLE users ALTER email TYPE text;",
     "drifted",
     "write-revision",
     "promised character varying(255) not null, there is text not null"},
    {"an index lost",
     shop,
     "heads",
     "DROP INDEX ix_users_name;",
     "drifted",
     "replay-operations",
     "Index ix_users_name of public.users is missing",
     "CREATE INDEX ix_users_name ON users (name)"},
    {"a constraint not validated",
     shop,
     "heads",
     "ALTER TABLE invoices DROP CONSTRAINT invoices_total; ALTER TABLE invoices ADD CONSTRAINT "
     "invoices_total CHECK (total >= 0) NOT VALID;",
     "drifted",
     "write-revision",
     "Check invoices_total of public.invoices is NOT VALID"},
    {"a table by hand that a pending revision makes",
     shop,
     "r2",
     "CREATE TABLE orders (number text);",
     "drifted",
     "set-aside",
     "Pending r3 will stop: relation \"orders\" already exists",
     "ALTER TABLE public.orders RENAME TO orders_by_hand"},
    {"a column by hand that a pending revision adds",
     shop,
     "r1",
     "ALTER TABLE users ADD COLUMN name text;",
     "drifted",
     "set-aside",
     "column \"name\" of relation \"users\" already exists",
     "RENAME COLUMN name TO name_by_hand"},
    {"rows that overlap",
     shop,
     "heads",
     "INSERT INTO alembic_version VALUES ('r2');",
     "overlapping-heads",
     "keep-top-rows",
     "r2 is below r6"},
    {"two heads, both applied", twoHeads, "heads", "", "healthy", "", "All 3 promised tables"},
    {"two heads, not stamped",
     twoHeads,
     "heads",
     "DROP TABLE alembic_version;",
     "unstamped",
     "stamp-match",
     "The schema matches r2 and r3 best: 100 %",
     "alembic stamp r2 r3"},
    {"one of two branches, not stamped",
     twoHeads,
     "r3",
     "DROP TABLE alembic_version;",
     "unstamped",
     "stamp-match",
     "The schema matches r3 best: 100 %"},
    {"merged, not stamped",
     branches,
     "r4",
     "DROP TABLE alembic_version;",
     "unstamped",
     "stamp-match",
     "The schema matches r4 best: 100 %"},
    {"a branch that was never run",
     branches,
     "r2",
     "UPDATE alembic_version SET version_num = 'r5'; CREATE TABLE d (id serial NOT NULL, PRIMARY "
     "KEY (id));",
     "partly-missing",
     "restore-backup",
     "Revision r3 is recorded and left no trace",
     "CREATE TABLE c"},
    {"schemas, partitions and an enum", special, "heads", "", "healthy", "", "promised tables"},
    {"partitions made as time goes by",
     special,
     "heads",
     "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO "
     "('2027-01-01');",
     "healthy",
     "",
     "promised tables"},
    {"a table of another schema lost",
     special,
     "heads",
     "DROP TABLE app.users;",
     "partly-missing",
     "restore-backup",
     "app.users"},
    {"an enum label by hand",
     special,
     "heads",
     "ALTER TYPE mood ADD VALUE 'happy';",
     "drifted",
     "write-revision",
     "promised enum (sad, ok), there is enum (sad, ok, happy)"},
    {"what depends on the environment is there",
     special,
     "heads",
     "CREATE TABLE optional (id serial NOT NULL, PRIMARY KEY (id));",
     "healthy",
     "",
     "promised tables"},
    {"the version table in another schema",
     shop,
     "heads",
     "CREATE SCHEMA meta; ALTER TABLE alembic_version SET SCHEMA meta;",
     "healthy",
     "",
     "meta.alembic_version was taken because it holds ids of this chain"},
};

std::shared_ptr<const ElsewhereSearch>
found(FoundRevision::Place place, const std::string& where, std::vector<RevisionId> buildsOn)
{
    ElsewhereSearch search{.found = {}, .searched = "12 commits", .complete = true};
    if (!where.empty())
        search.found.push_back({.id = "beef",
                                .place = place,
                                .where = where,
                                .path = "versions/beef_later.py",
                                .commit = "0123456789abcdef",
                                .summary = "add later things",
                                .when = "2025-10-19",
                                .contents = {},
                                .buildsOn = std::move(buildsOn)});
    return std::make_shared<const ElsewhereSearch>(std::move(search));
}

} // namespace

class StatesTest : public QObject
{
    Q_OBJECT

private:
    StateBench m_bench;

private Q_SLOTS:

    void initTestCase()
    {
        QString error;
        QVERIFY2(m_bench.start(error), qPrintable(error));
    }

    void namesTheStateAndTheWayBack_data()
    {
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < samples.size(); ++i)
            QTest::newRow(samples[i].name) << static_cast<int>(i);
    }

    void namesTheStateAndTheWayBack()
    {
        QFETCH(int, number);
        const Sample& sample = samples[static_cast<std::size_t>(number)];
        m_bench.begin(sample.chain);
        if (*sample.upgrade != '\0')
            QCOMPARE(m_bench.upgrade(sample.upgrade), std::string());
        if (*sample.sql != '\0')
            QCOMPARE(m_bench.sql(sample.sql), std::string());
        const Inspection inspection = m_bench.read();
        const Diagnosis& diagnosis = inspection.diagnosis;
        const std::string all = textOf(diagnosis) + stepsOf(diagnosis);
        QVERIFY2(toText(diagnosis.state) == sample.state,
                 (std::string(toText(diagnosis.state)) + "\n" + all).c_str());
        QVERIFY2(recommendedOf(diagnosis) == sample.recommended,
                 (recommendedOf(diagnosis) + "\n" + all).c_str());
        QVERIFY2(textOf(diagnosis).find(sample.says) != std::string::npos, all.c_str());
        QVERIFY2(stepsOf(diagnosis).find(sample.does) != std::string::npos, all.c_str());
    }

    void anIndexThatFailedConcurrentlyIsPartOfItsRevision()
    {
        m_bench.begin(shop);
        QCOMPARE(m_bench.upgrade("r5"), std::string());
        QCOMPARE(m_bench.sql("INSERT INTO users (email) VALUES ('x'), ('x');"), std::string());
        QVERIFY(m_bench.upgrade("r6") != std::string()); // duplicates
        const Inspection inspection = m_bench.read();
        const std::string text = textOf(inspection.diagnosis);
        QVERIFY2(inspection.diagnosis.state == DatabaseState::PartlyApplied, text.c_str());
        QVERIFY2(text.find("Index uq_users_email of public.users is invalid") != std::string::npos,
                 text.c_str());
        QVERIFY2(text.find("Revision r6 stopped half-way: 1 of 3 operations is done") !=
                         std::string::npos ||
                     text.find("Revision r6 stopped half-way: 1 of 3 operations are done") !=
                         std::string::npos,
                 text.c_str());
        QVERIFY2(text.find("Not done: Creates table audit_links") != std::string::npos,
                 text.c_str());
        QVERIFY2(
            stepsOf(inspection.diagnosis).find("DROP INDEX CONCURRENTLY public.uq_users_email") !=
                std::string::npos,
            stepsOf(inspection.diagnosis).c_str());
    }

    void runningTheSqlThatIsOfferedMakesItHealthy()
    {
        m_bench.begin(shop);
        QCOMPARE(m_bench.upgrade("heads"), std::string());
        QCOMPARE(m_bench.sql("DROP TABLE invoices; DROP INDEX ix_users_name;"), std::string());
        const Inspection broken = m_bench.read();
        std::string sql;
        for (const WayBack& option : broken.diagnosis.options) {
            for (const RepairStep& step : option.steps) {
                if (option.id == "replay-operations" && !step.sql.empty())
                    sql = step.sql;
            }
        }
        QVERIFY2(!sql.empty(), textOf(broken.diagnosis).c_str());
        QCOMPARE(m_bench.sql(sql), std::string());
        const Inspection mended = m_bench.read();
        QVERIFY2(mended.diagnosis.state == DatabaseState::Healthy,
                 (sql + textOf(mended.diagnosis)).c_str());
    }

    void aRowOfNewerCodeIsAhead()
    {
        m_bench.begin(shop);
        QCOMPARE(m_bench.upgrade("heads"), std::string());
        QCOMPARE(m_bench.sql("UPDATE alembic_version SET version_num = 'beef'; CREATE TABLE later "
                             "(id int);"),
                 std::string());
        using Place = FoundRevision::Place;
        const Inspection ahead = m_bench.read(found(Place::Branch, "feature", {"r6"}));
        QVERIFY2(ahead.diagnosis.state == DatabaseState::Ahead, textOf(ahead.diagnosis).c_str());
        QCOMPARE(recommendedOf(ahead.diagnosis), std::string("newer-code"));
        const Inspection lost = m_bench.read(found(Place::Deleted, "gone", {"r6"}));
        QVERIFY(lost.diagnosis.state == DatabaseState::UnknownRevision);
        QCOMPARE(recommendedOf(lost.diagnosis), std::string("find-file"));
        QVERIFY2(stepsOf(lost.diagnosis).find("git show 0123456789abcdef:versions/beef_later.py") !=
                     std::string::npos,
                 stepsOf(lost.diagnosis).c_str());
        const Inspection nowhere = m_bench.read(found(Place::Deleted, "", {}));
        QCOMPARE(recommendedOf(nowhere.diagnosis), std::string("stamp-match"));
        QVERIFY2(textOf(nowhere.diagnosis).find("was found in 12 commits") != std::string::npos,
                 textOf(nowhere.diagnosis).c_str());
    }

    void aRoleWithoutRightsOnTheTablesStillSeesTheirShapes()
    {
        m_bench.begin(shop);
        QCOMPARE(m_bench.upgrade("heads"), std::string());
        QCOMPARE(
            m_bench.sql("DROP ROLE IF EXISTS looker; CREATE ROLE looker LOGIN; GRANT SELECT ON "
                        "alembic_version TO looker;"),
            std::string());
        const Inspection inspection = m_bench.read(nullptr, " options='-c role=looker'");
        QVERIFY2(inspection.diagnosis.state == DatabaseState::Healthy,
                 textOf(inspection.diagnosis).c_str());
    }
};

int states_test(int argc, char** argv)
{
    StatesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "states_test.moc"
