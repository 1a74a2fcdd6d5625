// SPDX-License-Identifier: GPL-3.0-or-later
// Databases out of step with their chain, made by real Alembic and by hand: the state, what it
// rests on, and the way back that is recommended.
#include "tests/postgres/states/state_bench.h"
#include "tests/postgres/states/state_samples.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

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
    std::vector<StateSample> m_samples;

private Q_SLOTS:

    void initTestCase()
    {
        QString error;
        QVERIFY2(m_bench.start(error), qPrintable(error));
    }

    void namesTheStateAndTheWayBack_data()
    {
        QTest::addColumn<int>("number");
        m_samples = plainSamples();
        const std::vector<StateSample> mixed = mixedSamples();
        m_samples.insert(m_samples.end(), mixed.begin(), mixed.end());
        for (std::size_t i = 0; i < m_samples.size(); ++i)
            QTest::newRow(m_samples[i].name) << static_cast<int>(i);
    }

    void namesTheStateAndTheWayBack()
    {
        QFETCH(int, number);
        const StateSample& sample = m_samples[static_cast<std::size_t>(number)];
        m_bench.begin(sample.chain);
        if (*sample.upgrade != '\0')
            QCOMPARE(m_bench.upgrade(sample.upgrade), std::string());
        if (*sample.sql != '\0')
            QCOMPARE(m_bench.sql(sample.sql), std::string());
        const Inspection inspection = m_bench.read(nullptr, sample.dsnEnd);
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
        m_bench.begin(shopChain);
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
        m_bench.begin(shopChain);
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
        m_bench.begin(shopChain);
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
        m_bench.begin(shopChain);
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
