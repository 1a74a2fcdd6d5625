// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/steps_json.h"
#include "tests/unit/actions/pretended_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const Error noAnswer{.code = ErrorCode::InDoubt, .message = "No answer came."};

} // namespace

class RunPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<ActionJournal>(Path(m_folder->path().toStdString()));
        m_server = {};
        m_server.answers["SELECT before"] = {{"a"}};
        m_server.answers[rowsSql] = {{"b"}};
        m_verify = {};
        m_output = {};
    }

    void nothingHappensWithoutThePhrase()
    {
        for (const char* typed : {"", "Shop", "shop ", " shop", "shop 1"}) {
            const PlanOutcome outcome = run(shopPlan(), typed);
            QCOMPARE(outcome.state, EntryState::Refused);
            QVERIFY(outcome.error.has_value());
        }
        Plan plan = shopPlan();
        plan.confirmation.phrase.clear();
        QCOMPARE(run(plan, "").state, EntryState::Refused);
        QVERIFY(m_server.calls.empty());
        QVERIFY(m_journal->read()->records.empty());
    }

    void nothingHappensWhereAPreconditionIsNotMet()
    {
        Plan plan = shopPlan();
        plan.preconditions = {{.id = "a", .text = "It holds.", .state = PreconditionState::Unknown},
                              {.id = "b", .text = "It loads.", .state = PreconditionState::NotMet}};
        const PlanOutcome outcome = run(plan, "shop");
        QCOMPARE(outcome.state, EntryState::Refused);
        QCOMPARE(outcome.error->message, std::string("It loads."));
        QVERIFY(m_server.calls.empty());
    }

    void checksUnderTheLockThenChangesThenLooks()
    {
        const PlanOutcome outcome = run(shopPlan(), "shop");
        QVERIFY(outcome.isFine());
        const std::vector<std::string> expected{"begin rw",
                                                "LOCK TABLE v",
                                                "SELECT before",
                                                updateSql,
                                                rowsSql,
                                                "SELECT txid_current()",
                                                "commit"};
        QCOMPARE(m_server.work(), expected);
        // The world is read again through a session of its own.
        QVERIFY(std::ranges::count(m_server.calls, "open") == 2);
        QCOMPARE(m_server.calls[m_server.calls.size() - 2], rowsSql);
        QCOMPARE(phases(), QStringLiteral("intent commit outcome:done verdict:as-planned"));
        QCOMPARE(m_journal->read()->records[1].transaction, std::string("77"));
    }

    void theIntentIsOnTheDiskBeforeAnythingIsAsked()
    {
        m_server.before = [&](const std::string&) { QVERIFY(phases().startsWith(u"intent")); };
        const PlanOutcome outcome = run(shopPlan(), "shop");
        QVERIFY(outcome.isFine());
    }

    void aJournalThatCanNotBeWrittenStopsItAll()
    {
        QFile file(m_folder->filePath(QStringLiteral("taken")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        m_journal = std::make_unique<ActionJournal>(Path(m_folder->path().toStdString()) / "taken" /
                                                    "below");
        QCOMPARE(run(shopPlan(), "shop").state, EntryState::Refused);
        QVERIFY(m_server.calls.empty());
    }

    void whatHasChangedSinceIsLeftAlone()
    {
        m_server.answers["SELECT before"] = {{"c"}};
        const PlanOutcome outcome = run(shopPlan(), "shop");
        QCOMPARE(outcome.state, EntryState::Refused);
        QCOMPARE(outcome.error->code, ErrorCode::StateChanged);
        QCOMPARE(m_server.work().back(), std::string("rollback"));
        QVERIFY(std::ranges::count(m_server.calls, updateSql) == 0);
        QCOMPARE(phases(), QStringLiteral("intent outcome:refused"));
    }

    void anotherNumberOfRowsRollsBack()
    {
        m_server.changed[updateSql] = 2;
        const PlanOutcome outcome = run(shopPlan(), "shop");
        QCOMPARE(outcome.state, EntryState::Refused);
        QCOMPARE(m_server.work().back(), std::string("rollback"));
    }

    void whatTheStatementsDidIsSeenBeforeItIsKept()
    {
        m_server.answers[rowsSql] = {{"x"}};
        const PlanOutcome outcome = run(shopPlan(), "shop");
        QCOMPARE(outcome.state, EntryState::Refused);
        QCOMPARE(m_server.work().back(), std::string("rollback"));
    }

    void anotherDatabaseIsRefused()
    {
        Plan plan = shopPlan();
        plan.target.place.databaseOid = 999;
        const PlanOutcome outcome = run(plan, "shop");
        QCOMPARE(outcome.state, EntryState::Refused);
        QCOMPARE(outcome.error->code, ErrorCode::StateChanged);
        QVERIFY(m_server.work().empty());
    }

    void aCommitWithoutAnAnswerIsAskedFor_data()
    {
        QTest::addColumn<QString>("fate");
        QTest::addColumn<QString>("phases");
        QTest::newRow("committed") << QStringLiteral("committed")
                                   << QStringLiteral("intent commit outcome:done "
                                                     "verdict:as-planned");
        QTest::newRow("aborted") << QStringLiteral("aborted")
                                 << QStringLiteral("intent commit outcome:refused");
        QTest::newRow("forgotten") << QString() << QStringLiteral("intent commit outcome:in-doubt");
    }

    void aCommitWithoutAnAnswerIsAskedFor()
    {
        QFETCH(QString, fate);
        QFETCH(QString, phases);
        m_server.commitError = noAnswer;
        m_server.fate = fate.toStdString();
        (void)run(shopPlan(), "shop");
        QCOMPARE(this->phases(), phases);
    }

    void aRefusedCommitLeavesNothing()
    {
        m_server.commitError = Error{.code = ErrorCode::QueryFailed, .message = "Deferred."};
        QCOMPARE(run(shopPlan(), "shop").state, EntryState::Refused);
    }

    void statusZeroProvesNothing()
    {
        m_verify = [](const RunContext&) -> Result<std::vector<std::string>> {
            return std::vector<std::string>{"Table users is missing."};
        };
        const PlanOutcome outcome = run(shopPlan(), "shop");
        QCOMPARE(outcome.state, EntryState::Done);
        QCOMPARE(outcome.verdict, PlanVerdict::NotAsPlanned);
        QVERIFY(!outcome.isFine());
        QCOMPARE(phases(), QStringLiteral("intent commit outcome:done verdict:not-as-planned"));
    }

    void aLaterStepThatFailsTellsWhatIsDone()
    {
        Plan plan = shopPlan();
        plan.steps.push_back(
            {.title = "Run it", .work = CommandWork{.argv = {"/bin/sh", "-c", "exit 3"}}});
        plan.steps.push_back({.title = "Never", .work = CommandWork{.argv = {"/bin/true"}}});
        const PlanOutcome outcome = run(plan, "shop");
        QCOMPARE(outcome.state, EntryState::Failed);
        QVERIFY(outcome.error->message.find("status 3") != std::string::npos);
        QCOMPARE(outcome.sentences.size(), std::size_t(3));
        QVERIFY(outcome.sentences.back().starts_with("Not begun: step 3 of 3"));
    }

    void whatACommandSaysIsHeardAtOnceAndAStopEndsItsChildren()
    {
        const std::string file = m_folder->filePath(QStringLiteral("pid")).toStdString();
        Plan plan = shopPlan();
        plan.steps = {
            {.title = "Run it",
             .work = CommandWork{
                 .argv = {"/bin/sh", "-c", "sleep 60 & echo $! >" + file + "; echo ready; wait"}}}};
        std::stop_source stop;
        m_output = [&](std::string_view said) {
            if (said.find("ready") != std::string_view::npos)
                stop.request_stop();
        };
        QElapsedTimer timer;
        timer.start();
        const PlanOutcome outcome = run(plan, "shop", stop.get_token());
        QVERIFY(timer.elapsed() < 5'000);
        QCOMPARE(outcome.state, EntryState::Failed);
        QCOMPARE(outcome.error->code, ErrorCode::Cancelled);
        QFile pid(QString::fromStdString(file));
        QVERIFY(pid.open(QIODevice::ReadOnly));
        const int child = pid.readAll().trimmed().toInt();
        QVERIFY(child > 0);
        // Ended, or a zombie that nobody has waited for yet.
        QFile status(QStringLiteral("/proc/%1/stat").arg(child));
        QVERIFY(!status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z "));
    }

    void aStopIsHeardBeforeTheCommit()
    {
        std::stop_source stop;
        m_server.before = [&](const std::string& sql) {
            if (sql == updateSql)
                stop.request_stop();
        };
        const PlanOutcome outcome = run(shopPlan(), "shop", stop.get_token());
        QCOMPARE(outcome.state, EntryState::Refused);
        QCOMPARE(outcome.error->code, ErrorCode::Cancelled);
        QVERIFY(std::ranges::count(m_server.calls, "commit") == 0);
    }

    void aPlanWithoutStepsWritesNothing()
    {
        Plan plan = shopPlan();
        plan.steps.clear();
        QVERIFY(run(plan, "shop").isFine());
        QVERIFY(m_journal->read()->records.empty());
    }

    void stepsSurviveTheJournal()
    {
        Plan plan = shopPlan();
        plan.steps.push_back({.title = "File",
                              .work = FileWork{.file = "/a/b.py",
                                               .before = "00",
                                               .contents = "x",
                                               .keptAt = {},
                                               .diff = "-\n+"}});
        plan.steps.push_back({.title = "Command", .work = CommandWork{.argv = {"a", "b c"}}});
        plan.steps.push_back({.title = "Own",
                              .work = OwnWork{.kind = "dump",
                                              .lines = {"pg_dump"},
                                              .leaves = "/a/b.json",
                                              .whenCutShort = "Nothing."}});
        plan.steps.push_back(
            {.title = "Swap", .work = SqlWork{.database = "postgres", .endsSessionsOf = {"shop"}}});
        const std::string text = stepsToJson(plan.steps);
        const auto read = stepsFromJson(text);
        QVERIFY(read.has_value());
        QCOMPARE(stepsToJson(*read), text);
        QVERIFY(!stepsFromJson("[{\"title\":\"x\",\"kind\":\"dance\"}]").has_value());
        QVERIFY(!stepsFromJson("{").has_value());
    }

    void ownWorkThatFailsSaysWhetherItLeavesSomething_data()
    {
        QTest::addColumn<bool>("cleansUp");
        QTest::addColumn<int>("state");
        QTest::newRow("nothing") << true << int(EntryState::Refused);
        QTest::newRow("something") << false << int(EntryState::Failed);
    }

    void ownWorkThatFailsSaysWhetherItLeavesSomething()
    {
        QFETCH(bool, cleansUp);
        Plan plan = shopPlan();
        plan.steps = {
            {.title = "Dump", .work = OwnWork{.kind = "dump", .lines = {}, .cleansUp = cleansUp}}};
        const PlanSeams seams{.journal = *m_journal,
                              .clock = m_clock,
                              .open = m_server.opener(),
                              .perform = [](const OwnWork&, const RunContext&) -> Result<void> {
                                  return failure(ErrorCode::QueryFailed, "It failed.");
                              }};
        const PlanOutcome outcome = runPlan(plan, "shop", seams, {});
        QTEST(int(outcome.state), "state");
    }

    void sqlForAnotherDatabaseOfTheServerRunsThere()
    {
        Plan plan = shopPlan();
        auto& sql = std::get<SqlWork>(plan.steps[0].work);
        sql.database = "postgres";
        std::vector<std::string> opened;
        PretendedServer beside = m_server;
        beside.database = "postgres";
        const PlanSeams seams{.journal = *m_journal,
                              .clock = m_clock,
                              .open = m_server.opener(),
                              .openNamed = [&](const std::string& name, const RunContext& run) {
                                  opened.push_back(name);
                                  return beside.opener()(run);
                              }};
        const PlanOutcome outcome = runPlan(plan, "shop", seams, {});
        QVERIFY2(outcome.state == EntryState::Done,
                 outcome.error ? outcome.error->message.c_str() : "");
        QVERIFY(!opened.empty() && opened.front() == "postgres");
        QVERIFY(std::ranges::count(beside.calls, updateSql) == 1);
        QVERIFY(m_server.calls.empty());
    }

    void thePlansHashIsThatOfWhatItDoes()
    {
        const Plan plan = shopPlan();
        Plan other = shopPlan();
        QCOMPARE(planHash(plan), planHash(other));
        std::get<SqlWork>(other.steps[0].work).checks[0].expected = {{"z"}};
        QVERIFY(planHash(plan) != planHash(other));
    }

private:
    PlanOutcome run(const Plan& plan, const std::string& typed, std::stop_token stop = {})
    {
        const PlanSeams seams{.journal = *m_journal,
                              .clock = m_clock,
                              .open = m_server.opener(),
                              .perform = {},
                              .verify = m_verify,
                              .output = m_output};
        return runPlan(plan, typed, seams, {.stop = std::move(stop)});
    }

    QString phases() const
    {
        QStringList words;
        const auto reading = m_journal->read();
        for (const JournalRecord& record : reading->records) {
            words << QString::fromStdString(std::string(toText(record.phase)) +
                                            (record.state.empty() ? "" : ":" + record.state));
        }
        return words.join(QLatin1Char(' '));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ActionJournal> m_journal;
    PretendedServer m_server;
    SystemClock m_clock;
    std::function<Result<std::vector<std::string>>(const RunContext&)> m_verify;
    std::function<void(std::string_view)> m_output;
};

int run_plan_test(int argc, char** argv)
{
    RunPlanTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "run_plan_test.moc"
