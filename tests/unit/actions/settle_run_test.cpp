// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/settle_run.h"
#include "core/actions/steps_json.h"
#include "tests/unit/actions/pretended_server.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

/// What the next start says of an action whose program was ended in the middle.
class SettleRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<ActionJournal>(Path(m_folder->path().toStdString()));
        m_server = {};
        JournalRecord intent{.phase = JournalPhase::Intent};
        intent.run = "r1";
        intent.target = shopPlan().target.place;
        intent.step = 1;
        intent.undo = "[]";
        add(intent);
    }

    void withoutACommitNothingWasChanged()
    {
        QCOMPARE(settled(), EntryState::Refused);
        QVERIFY(m_server.calls.empty());
    }

    void theServerTellsOfACommit_data()
    {
        QTest::addColumn<QString>("fate");
        QTest::addColumn<int>("state");
        QTest::newRow("committed") << QStringLiteral("committed") << int(EntryState::Done);
        QTest::newRow("aborted") << QStringLiteral("aborted") << int(EntryState::Refused);
        QTest::newRow("at work") << QStringLiteral("in progress") << int(EntryState::Interrupted);
        QTest::newRow("forgotten") << QString() << int(EntryState::Interrupted);
    }

    void theServerTellsOfACommit()
    {
        QFETCH(QString, fate);
        QFETCH(int, state);
        addCommit(1);
        m_server.fate = fate.toStdString();
        QCOMPARE(int(settled()), state);
    }

    void anotherDatabaseIsNotAsked()
    {
        addCommit(1);
        JournalTarget other = shopPlan().target.place;
        other.databaseOid = 5;
        const auto found = settleOpenRuns(*m_journal, m_clock, other, m_server.opener(), {});
        QVERIFY(found.has_value() && found->empty());
        QCOMPARE(entry().state, EntryState::Interrupted);
    }

    void aServerThatIsGoneLeavesItOpen()
    {
        addCommit(1);
        m_server.isGone = true;
        QCOMPARE(settled(), EntryState::Interrupted);
    }

    void ofSeveralStepsItIsSaidHowManyTookEffect()
    {
        JournalRecord intent{.phase = JournalPhase::Intent};
        intent.run = "r1";
        intent.target = shopPlan().target.place;
        intent.step = 3;
        add(intent);
        addCommit(2);
        m_server.fate = "aborted";
        QCOMPARE(settled(), EntryState::Failed);
        QVERIFY(entry().sentences.front().starts_with("1 of 3 steps took effect"));
    }

    void workOfAModuleIsTheFileThatItLeaves()
    {
        const QString file = m_folder->filePath(QStringLiteral("shop.json"));
        JournalRecord commit{.phase = JournalPhase::Commit};
        commit.run = "r1";
        commit.step = 1;
        commit.file = file.toStdString();
        commit.contents = "*";
        add(commit);
        QCOMPARE(settleRun(entry(), {}, {})->state, EntryState::Refused);
        QFile made(file);
        QVERIFY(made.open(QIODevice::WriteOnly));
        made.close();
        QCOMPARE(settled(), EntryState::Done);
        QVERIFY(m_server.calls.empty());
    }

    void workOfAModuleSaysWhatItLeavesWhenItIsCutShort()
    {
        JournalRecord commit{.phase = JournalPhase::Commit};
        commit.run = "r1";
        commit.step = 1;
        commit.sentences = {"shop was not changed."};
        add(commit);
        QVERIFY(entry().sentences.empty()); // it may yet end well
        QCOMPARE(settled(), EntryState::Refused);
        QCOMPARE(entry().sentences, std::vector<std::string>{"shop was not changed."});
    }

    void whatReplacedTheDatabaseConcernsTheOneOfItsName()
    {
        JournalEntry swap;
        swap.intent.target = shopPlan().target.place;
        JournalTarget now = swap.intent.target;
        ++now.databaseOid;
        QVERIFY(concerns(swap, swap.intent.target));
        QVERIFY(!concerns(swap, now));
        swap.intent.undo =
            stepsToJson({{.title = "Swap", .work = SqlWork{.database = "postgres"}}});
        QVERIFY(concerns(swap, now));
        now.database = "other";
        QVERIFY(!concerns(swap, now));
    }

    void aRunningOneIsLeftAlone()
    {
        addCommit(1);
        const auto lock = m_journal->lockRun("r1");
        QVERIFY(lock.has_value());
        QCOMPARE(settled(), EntryState::Running);
    }

private:
    void add(const JournalRecord& record)
    {
        QVERIFY(m_journal->append(record, m_clock).has_value());
    }

    void addCommit(std::size_t step)
    {
        JournalRecord commit{.phase = JournalPhase::Commit};
        commit.run = "r1";
        commit.step = step;
        commit.transaction = "77";
        add(commit);
    }

    JournalEntry entry() const
    {
        const auto isRunning = [&](const std::string& run) { return m_journal->isRunning(run); };
        return entriesOf(*m_journal->read(), isRunning).front();
    }

    EntryState settled()
    {
        (void)settleOpenRuns(*m_journal, m_clock, shopPlan().target.place, m_server.opener(), {});
        return entry().state;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ActionJournal> m_journal;
    PretendedServer m_server;
    SystemClock m_clock;
};

int settle_run_test(int argc, char** argv)
{
    SettleRunTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "settle_run_test.moc"
