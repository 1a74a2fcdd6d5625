// SPDX-License-Identifier: GPL-3.0-or-later
// Every revision of every chain is lost once and rebuilt from the database: real Alembic then makes
// of an empty database what the chain made when it was whole.
#include "core/rebuild/plan_squash.h"
#include "tests/differential/rebuild/read_chain.h"
#include "tests/differential/rebuild/rebuild_bench.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sightglass;
using namespace sightglass::tests;

class LostRevisionTest : public QObject
{
    Q_OBJECT

private:
    RebuildBench m_bench;
    std::vector<MigrationCase> m_chains;
    int m_rebuilt = 0;
    int m_named = 0;
    int m_initial = 0;

private Q_SLOTS:

    void initTestCase()
    {
        QString error;
        QVERIFY2(m_bench.start(error), qPrintable(error));
        QFile file(QStringLiteral(SIGHTGLASS_TEST_DATA "/rebuild/chains.cases"));
        QVERIFY(file.open(QFile::ReadOnly));
        m_chains = casesFromText(file.readAll().toStdString(), "chains.cases");
    }

    void theChainIsWhatItWas_data()
    {
        QTest::addColumn<int>("chain");
        QTest::addColumn<int>("revision");
        // SIGHTGLASS_CASE=words runs the chains whose name has them.
        const QString wanted = qEnvironmentVariable("SIGHTGLASS_CASE");
        for (std::size_t i = 0; i < m_chains.size(); ++i) {
            for (std::size_t j = 0; j < m_chains[i].revisions.size(); ++j) {
                const QString name = QString::fromStdString(m_chains[i].name + " without " +
                                                            m_chains[i].revisions[j].id);
                if (name.contains(wanted))
                    QTest::newRow(qPrintable(name)) << static_cast<int>(i) << static_cast<int>(j);
            }
        }
    }

    void theChainIsWhatItWas()
    {
        QFETCH(int, chain);
        QFETCH(int, revision);
        const MigrationCase& each = m_chains[static_cast<std::size_t>(chain)];
        const CaseRevision& lost = each.revisions[static_cast<std::size_t>(revision)];
        QTemporaryDir folder;
        writeProject(each, folder.path().toStdString());
        QCOMPARE(m_bench.upgrade(folder.path().toStdString()), QString());
        const auto whole = m_bench.dump();
        const RebuildSource source = sourceNow();

        QVERIFY(QFile::remove(folder.path() + QStringLiteral("/versions/") +
                              QString::fromStdString(lost.id) + QStringLiteral(".py")));
        const Plan plan = planFor(folder.path(), lost, source);
        const Precondition* unmet = firstUnmet(plan);
        QVERIFY2(unmet == nullptr, unmet ? (unmet->text + " " + unmet->detail).c_str() : "");
        const std::string text = writeFiles(plan);
        const QString error = m_bench.upgrade(folder.path().toStdString());
        QVERIFY2(error.isEmpty(), (error.toStdString() + "\n" + text).c_str());
        const QString difference = unlike(whole, m_bench.dump());
        QVERIFY2(difference.isEmpty(), (difference.toStdString() + text).c_str());
        ++m_rebuilt;
    }

    void oneMigrationLeavesWhatAllLeft_data()
    {
        QTest::addColumn<int>("chain");
        for (std::size_t i = 0; i < m_chains.size(); ++i)
            QTest::newRow(m_chains[i].name.c_str()) << static_cast<int>(i);
    }

    void oneMigrationLeavesWhatAllLeft()
    {
        QFETCH(int, chain);
        const MigrationCase& each = m_chains[static_cast<std::size_t>(chain)];
        QTemporaryDir folder;
        writeProject(each, folder.path().toStdString());
        QCOMPARE(m_bench.upgrade(folder.path().toStdString()), QString());
        const auto whole = m_bench.dump();
        const ReadChain read = readChain(folder.path());
        const SquashRequest request{.id = {},
                                    .message = {},
                                    .created = "2026-11-22 00:00:00.000000",
                                    .withoutRows = false,
                                    .rows = std::vector<RevisionId>{each.revisions.back().id},
                                    .database = "rebuilt",
                                    .live = m_bench.schema()};
        const Plan plan =
            planOrDie(planSquash(read.scene(), request, read.history, historyOfTests(), {}));
        const Precondition* unmet = firstUnmet(plan);
        QVERIFY2(unmet == nullptr, unmet ? (unmet->text + " " + unmet->detail).c_str() : "");
        const std::string text = writeFiles(plan);
        const QDir versions(folder.path() + QStringLiteral("/versions"));
        QCOMPARE(versions.entryList({QStringLiteral("*.py")}, QDir::Files).size(), 1);
        const QString error = m_bench.upgrade(folder.path().toStdString());
        QVERIFY2(error.isEmpty(), (error.toStdString() + "\n" + text).c_str());
        const QString difference = unlike(whole, m_bench.dump());
        QVERIFY2(difference.isEmpty(), (difference.toStdString() + text).c_str());
    }

    void aChainWithoutItsFirstTablesGetsThem_data()
    {
        QTest::addColumn<int>("chain");
        for (std::size_t i = 0; i < m_chains.size(); ++i)
            QTest::newRow(m_chains[i].name.c_str()) << static_cast<int>(i);
    }

    /// As where create_all made the first tables: the first revision does nothing.
    void aChainWithoutItsFirstTablesGetsThem()
    {
        QFETCH(int, chain);
        MigrationCase each = m_chains[static_cast<std::size_t>(chain)];
        QTemporaryDir folder;
        writeProject(each, folder.path().toStdString());
        QCOMPARE(m_bench.upgrade(folder.path().toStdString()), QString());
        const auto whole = m_bench.dump();
        const RebuildSource source = sourceNow();
        each.revisions.front().upgrade = "pass\n";
        each.revisions.front().downgrade = "pass\n";
        writeProject(each, folder.path().toStdString());
        const ReadChain read = readChain(folder.path());
        if (tablesNoneMakes(*read.graph, *read.history).empty())
            return; // later revisions need none of them
        const RebuildRequest request{.id = "first0",
                                     .down = std::nullopt,
                                     .file = {},
                                     .created = "2026-11-22 00:00:00.000000"};
        const Plan plan = planOrDie(
            planInitial(read.scene(), request, source, read.history, historyOfTests(), {}));
        const Precondition* unmet = firstUnmet(plan);
        QVERIFY2(unmet == nullptr, unmet ? (unmet->text + " " + unmet->detail).c_str() : "");
        const std::string text = writeFiles(plan);
        const QString error = m_bench.upgrade(folder.path().toStdString());
        QVERIFY2(error.isEmpty(), (error.toStdString() + "\n" + text).c_str());
        const QString difference = unlike(whole, m_bench.dump());
        QVERIFY2(difference.isEmpty(), (difference.toStdString() + text).c_str());
        ++m_initial;
    }

    /// The table that a later revision drops, with no way back, is not guessed.
    void whatCantBeKnownIsRefusedByName()
    {
        MigrationCase chain;
        chain.revisions = {
            {.id = "r1", .upgrade = "op.create_table('a', sa.Column('id', sa.Integer()))\n"},
            {.id = "r2",
             .down = {"r1"},
             .upgrade = "op.create_table('scratch', sa.Column('id', sa.Integer()))\n"},
            {.id = "r3", .down = {"r2"}, .upgrade = "op.drop_table('scratch')\n"}};
        QTemporaryDir folder;
        writeProject(chain, folder.path().toStdString());
        QCOMPARE(m_bench.upgrade(folder.path().toStdString()), QString());
        const RebuildSource source = sourceNow();
        QVERIFY(QFile::remove(folder.path() + QStringLiteral("/versions/r2.py")));
        const Plan plan = planFor(folder.path(), chain.revisions[1], source);
        const Precondition* unmet = firstUnmet(plan);
        QVERIFY(unmet != nullptr);
        QVERIFY2(unmet->detail.find("scratch") != std::string::npos, unmet->detail.c_str());
    }

    void cleanupTestCase()
    {
        qInfo("%zu chains: %d revisions rebuilt from the database, %d with their parents named; %d "
              "initial migrations",
              m_chains.size(),
              m_rebuilt,
              m_named,
              m_initial);
    }

private:
    RebuildSource sourceNow()
    {
        const LiveState live = m_bench.live();
        RebuildSource source{.schema = m_bench.schema(),
                             .rows = live.versionTables.front().rows,
                             .functions = m_bench.functions(),
                             .name = "the database rebuilt",
                             .isModels = false,
                             .leftOut = {}};
        return source;
    }

    Plan planFor(const QString& folder, const CaseRevision& lost, const RebuildSource& source)
    {
        const ReadChain chain = readChain(folder);
        const ChainScene scene = chain.scene();
        RebuildRequest request{.id = lost.id,
                               .down = std::nullopt,
                               .file = {},
                               .created = "2026-11-22 00:00:00.000000"};
        Plan plan =
            planOrDie(planRebuild(scene, request, source, chain.history, historyOfTests(), {}));
        const Precondition* unmet = firstUnmet(plan);
        if (unmet == nullptr || unmet->id != "parents-known")
            return plan;
        ++m_named;
        request.down = lost.down.empty() ? std::vector<std::string>{"base"} : lost.down;
        return planOrDie(planRebuild(scene, request, source, chain.history, historyOfTests(), {}));
    }
};

int lost_revision_test(int argc, char** argv)
{
    LostRevisionTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "lost_revision_test.moc"
