// SPDX-License-Identifier: GPL-3.0-or-later
// Databases of which the server shows only a part: what was not read is said to be unknown, never
// to be missing, and never to be fine.
#include "core/history/history.h"
#include "core/inspection/table_rows.h"
#include "tests/postgres/states/state_bench.h"
#include "tests/postgres/states/state_samples.h"
#include "tests/support/lock_holder.h"

#include <QTest>

#include <algorithm>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const std::string partsChain = R"chain(=== parts
--- file models.py
import sqlalchemy as sa
metadata = sa.MetaData()
sa.Table("owner", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("mood", sa.Enum("a", "b", name="mood")))
sa.Table("pet", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("owner_id", sa.Integer, sa.ForeignKey("owner.id", name="pet_owner_fk"), index=True))
--- file env.py
from alembic import context
from models import metadata
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
--- upgrade
op.create_table('owner', sa.Column('id', sa.Integer, primary_key=True), sa.Column('mood', sa.Enum('a', 'b', name='mood')))
op.create_table('pet', sa.Column('id', sa.Integer, primary_key=True), sa.Column('owner_id', sa.Integer))
--- upgrade
op.create_foreign_key('pet_owner_fk', 'pet', 'owner', ['owner_id'], ['id'])
op.create_index('ix_pet_owner_id', 'pet', ['owner_id'])
--- upgrade
op.execute("CREATE VIEW owners AS SELECT id FROM owner")
op.execute("CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")
op.execute("CREATE TRIGGER pet_changed BEFORE UPDATE ON pet FOR EACH ROW EXECUTE FUNCTION nothing()")
op.execute("CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at)")
op.execute("CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')")
op.execute("CREATE DOMAIN short AS text CHECK (length(VALUE) < 9)")
op.execute("COMMENT ON TABLE pet IS 'of an owner'")
--- upgrade
op.drop_constraint('pet_owner_fk', 'pet')
op.drop_index('ix_pet_owner_id', 'pet')
)chain";

constexpr const char* asLooker = " options='-c role=looker'";

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

const TableRow* rowOf(const std::vector<TableRow>& rows, const std::string& name)
{
    const auto found =
        std::ranges::find(rows, name, [](const TableRow& row) { return row.name.name; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

class PartialReadingTest : public QObject
{
    Q_OBJECT

private:
    StateBench m_bench;

    void beginAt(const std::string& revision, const std::string& chain = partsChain)
    {
        m_bench.begin(chain);
        QCOMPARE(m_bench.upgrade(revision), std::string());
        QCOMPARE(m_bench.sql("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = "
                             "'looker') THEN CREATE ROLE looker LOGIN; END IF; END $$;"
                             "GRANT SELECT ON alembic_version TO looker;"),
                 std::string());
    }

    Inspection readWithout(const std::string& catalogs)
    {
        const auto refused = m_bench.sql("REVOKE SELECT ON " + catalogs + " FROM PUBLIC;");
        if (!refused.empty())
            qFatal("%s", refused.c_str());
        Inspection inspection = m_bench.read(nullptr, asLooker);
        m_bench.sql("GRANT SELECT ON " + catalogs + " TO PUBLIC;");
        return inspection;
    }

private Q_SLOTS:

    void initTestCase()
    {
        QString error;
        QVERIFY2(m_bench.start(error), qPrintable(error));
    }

    void whatWasNotReadIsNeitherMissingNorFine_data()
    {
        QTest::addColumn<QString>("catalogs");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* catalogs, const char* words) {
            QTest::newRow(catalogs) << QString::fromLatin1(catalogs) << QString::fromLatin1(words);
        };
        row("pg_catalog.pg_constraint", "Not compared: constraints.");
        row("pg_catalog.pg_index", "Not compared: indexes.");
        row("pg_catalog.pg_enum", "Not compared: enum types.");
        row("pg_catalog.pg_inherits", "Not compared: inheritance.");
        row("pg_catalog.pg_description", "Not compared: comments.");
        row("pg_catalog.pg_trigger", "Not compared: triggers.");
        row("pg_catalog.pg_policy", "Not compared: row policies.");
        row("pg_catalog.pg_proc", "Not compared: functions.");
        row("pg_catalog.pg_sequence", "Not compared: sequences.");
        row("pg_catalog.pg_constraint, pg_catalog.pg_index, pg_catalog.pg_enum, "
            "pg_catalog.pg_inherits, pg_catalog.pg_description, pg_catalog.pg_trigger, "
            "pg_catalog.pg_policy, pg_catalog.pg_proc, pg_catalog.pg_sequence, "
            "pg_catalog.pg_extension",
            "Not compared: constraints.");
    }

    void whatWasNotReadIsNeitherMissingNorFine()
    {
        QFETCH(QString, catalogs);
        QFETCH(QString, words);
        beginAt("r3");
        const Inspection whole = m_bench.read(nullptr, asLooker);
        QVERIFY2(whole.diagnosis.state == DatabaseState::Pending, textOf(whole.diagnosis).c_str());
        QVERIFY(whole.diagnosis.certainty == Confidence::Certain);

        const Inspection part = readWithout(catalogs.toStdString());
        const std::string text = textOf(part.diagnosis);
        QVERIFY2(part.diagnosis.state == DatabaseState::Pending, text.c_str());
        QVERIFY2(part.diagnosis.certainty == Confidence::Likely, text.c_str());
        QVERIFY2(has(text, words.toStdString()), text.c_str());
        QVERIFY2(has(text, "they were compared without "), text.c_str());
        QVERIFY2(!has(text, "is missing") && !has(text, "left no trace"), text.c_str());

        QCOMPARE(m_bench.upgrade("heads"), std::string());
        QVERIFY(m_bench.read(nullptr, asLooker).diagnosis.state == DatabaseState::Healthy);
        const Inspection end = readWithout(catalogs.toStdString());
        const std::string atEnd = textOf(end.diagnosis);
        QVERIFY2(end.diagnosis.state == DatabaseState::NotKnown, atEnd.c_str());
        QVERIFY2(isUnhealthy(end.diagnosis.state), atEnd.c_str());
        QVERIFY2(has(atEnd, words.toStdString()), atEnd.c_str());
        QVERIFY2(has(atEnd, "There is no right to read the "), atEnd.c_str());
        QCOMPARE(recommendedOf(end.diagnosis), std::string("read-again"));
        for (const ChecklistItem& item : end.diagnosis.checklist) {
            if (item.item == "The schema is what the revisions promise")
                QVERIFY2(!item.ok, item.evidence.c_str());
            QVERIFY2(item.ok != false, (item.item + ": " + item.evidence).c_str());
        }
    }

    void whatWasReadAndDiffersIsStillNamed()
    {
        beginAt("r2");
        QCOMPARE(m_bench.sql("ALTER TABLE pet DROP COLUMN owner_id; ALTER TABLE owner ADD COLUMN "
                             "nick text;"),
                 std::string());
        const Inspection part = readWithout("pg_catalog.pg_constraint, pg_catalog.pg_index");
        const std::string text = textOf(part.diagnosis);
        QVERIFY2(part.diagnosis.state == DatabaseState::Drifted, text.c_str());
        QVERIFY2(has(text, "Column public.pet.owner_id is missing"), text.c_str());
        QVERIFY2(has(text, "Column public.owner.nick is there"), text.c_str());
        // What hung on the column went with it, read or not.
        QVERIFY2(has(text, "Pending r4 will stop: constraint"), text.c_str());
        QVERIFY2(!has(text, "Foreign key") && !has(text, "Primary key"), text.c_str());
        QVERIFY2(has(text, "Not compared: constraints."), text.c_str());
    }

    void aPendingRevisionDoesNotCollideWithWhatNobodySaw()
    {
        beginAt("r3");
        const Inspection part = readWithout("pg_catalog.pg_constraint, pg_catalog.pg_index");
        const std::string text = textOf(part.diagnosis);
        QVERIFY2(!has(text, "pet_owner_fk") && !has(text, "will stop"), text.c_str());
        const Schema tried = schemaToTry(part);
        const Table* pet = tried.table({.schema = "public", .name = "pet"});
        QVERIFY(pet != nullptr);
        QCOMPARE(pet->foreignKeys.size(), std::size_t{1});
        QCOMPARE(pet->indexes.size(), std::size_t{1});
    }

    void aSchemaIsRecognisedByWhatWasRead()
    {
        for (const char* at : {"r1", "r3"}) {
            beginAt(at);
            QCOMPARE(m_bench.sql("TRUNCATE alembic_version;"), std::string());
            const Inspection part = readWithout("pg_catalog.pg_constraint, pg_catalog.pg_index");
            const std::string text = textOf(part.diagnosis);
            QVERIFY2(part.diagnosis.state == DatabaseState::Unstamped, text.c_str());
            QVERIFY2(has(text, "constraints and indexes were not read; they count neither way"),
                     text.c_str());
            // r2 makes nothing that can be seen, and neither does r4 take such away.
            QVERIFY2(std::ranges::count(part.diagnosis.inferred, at) == 1, text.c_str());
        }
    }

    void theTablesAndTheForecastSayUnknown()
    {
        beginAt("heads");
        QCOMPARE(m_bench.upgrade("heads"), std::string());
        const Inspection part = readWithout("pg_catalog.pg_constraint, pg_catalog.pg_index");
        const AutogenerateForecast forecast = forecastOf(part);
        const auto rows = tableRows(part, forecast);
        const TableRow* pet = rowOf(rows, "pet");
        QVERIFY(pet != nullptr);
        QVERIFY(pet->live == TablePresence::Unknown);
        QVERIFY2(has(pet->verdict, "constraints and indexes were not read"), pet->verdict.c_str());
        for (const ForecastOperation& each : forecast.operations) {
            const bool fromUnread = each.directive == "create_foreign_key" ||
                                    each.directive == "create_index" ||
                                    each.directive == "create_unique_constraint";
            QVERIFY2(!fromUnread || !each.isSure(), each.python.c_str());
        }
    }

    void aLockedTableIsNotSaidToHaveLostItsDefaults()
    {
        m_bench.begin("=== defaults\n--- upgrade\nop.create_table('t', sa.Column('id', sa.Integer, "
                      "primary_key=True), sa.Column('n', sa.Integer, server_default='7'), "
                      "sa.CheckConstraint('n > 0', name='positive'))\n");
        QCOMPARE(m_bench.upgrade("heads"), std::string());
        const LockHolder holder(m_bench.conninfo(), "t");
        QVERIFY2(holder.isHeld(), holder.error().c_str());
        const Inspection part = m_bench.read();
        const std::string text = textOf(part.diagnosis);
        QVERIFY2(part.diagnosis.state == DatabaseState::NotKnown, text.c_str());
        QVERIFY2(has(text, "Another session has locked public.t: whether its defaults"),
                 text.c_str());
        QVERIFY2(!has(text, "is not what the applied revisions make"), text.c_str());
    }

    void aLockedVersionTableNamesWhoHoldsIt()
    {
        beginAt("heads");
        const LockHolder holder(m_bench.conninfo(), "alembic_version");
        QVERIFY2(holder.isHeld(), holder.error().c_str());
        const Inspection part = m_bench.read();
        const std::string text = textOf(part.diagnosis);
        QVERIFY2(part.diagnosis.state == DatabaseState::NotKnown, text.c_str());
        QCOMPARE(part.diagnosis.title,
                 std::string("The rows of public.alembic_version could not be read: another "
                             "session has locked it."));
        QVERIFY2(has(text, "The lock is held by pid "), text.c_str());
        QVERIFY2(!has(text, "has no right"), text.c_str());
        QCOMPARE(recommendedOf(part.diagnosis), std::string("wait-for-lock"));
        QVERIFY(part.applied.empty());
    }
};

int partial_reading_test(int argc, char** argv)
{
    PartialReadingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "partial_reading_test.moc"
