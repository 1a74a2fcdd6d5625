// SPDX-License-Identifier: GPL-3.0-or-later
// What a stamp leaves, rows and table, against real Alembic's stamp on a real server. Set
// SIGHTGLASS_SEED to repeat a run, SIGHTGLASS_STATES for another number of states.
#include "core/actions/run_plan.h"
#include "core/base/error.h"
#include "core/cluster/private_server.h"
#include "core/live/connection_target.h"
#include "core/postgres/connect.h"
#include "core/postgres/writing_session.h"
#include "core/revisions/relative_text.h"
#include "core/stamp/plan_stamp.h"
#include "tests/differential/stamp/stamp_states.h"
#include "tests/support/alembic_oracle.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

constexpr int statesInCi = 200;

QString qt(const std::string& text)
{
    return QString::fromStdString(text);
}

QJsonArray list(const std::vector<std::string>& texts)
{
    QJsonArray array;
    for (const std::string& text : texts)
        array.append(qt(text));
    return array;
}

QJsonArray ids(const std::vector<RevisionReference>& references)
{
    QJsonArray array;
    for (const RevisionReference& each : references)
        array.append(qt(each.id));
    return array;
}

QJsonArray revisionsJson(const std::vector<Revision>& revisions)
{
    QJsonArray array;
    for (const Revision& each : revisions)
        array.append(QJsonObject{{QStringLiteral("id"), qt(each.id)},
                                 {QStringLiteral("down"), ids(each.down)},
                                 {QStringLiteral("depends_on"), ids(each.dependsOn)},
                                 {QStringLiteral("labels"), ids(each.labels)}});
    return array;
}

/// What our side said.
struct OurAnswer
{
    bool done = false;
    std::string refusal;
    std::vector<std::string> targets; ///< ids that were asked for in the end
};

/// Forms that an upgrade knows and a stamp of Alembic does not.
bool isWalkOfOurs(const StampState& state)
{
    const RevisionGraph graph = RevisionGraph::build(state.revisions);
    return std::ranges::any_of(state.request.revisions, [&](const std::string& text) {
        const auto walk = relativeTextOf(text);
        return walk && walk->isWhole && !graph.find(text) && !graph.findLabel(text) &&
               (walk->symbol || walk->count > 0 ||
                (walk->count < 0 && state.rows.size() == 1 && !state.request.purge));
    });
}

} // namespace

class StampDifferentialTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        if (!m_oracle.start(QStringLiteral("differential/stamp/oracle.py")))
            QSKIP(qPrintable(QStringLiteral("no Alembic: ") + m_oracle.error()));
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        m_server = std::move(*server);
        for (const char* name : {"theirs", "ours"})
            QVERIFY(m_server->createDatabase(name, {}).has_value());
        m_journal = std::make_unique<ActionJournal>(Path(m_folder.path().toStdString()));
    }

    void cleanupTestCase() { m_server.reset(); }

    void randomStates()
    {
        const auto seed = qEnvironmentVariableIsSet("SIGHTGLASS_SEED")
                              ? qEnvironmentVariable("SIGHTGLASS_SEED").toUInt()
                              : std::random_device()();
        const int states = qEnvironmentVariableIsSet("SIGHTGLASS_STATES")
                               ? qEnvironmentVariableIntValue("SIGHTGLASS_STATES")
                               : statesInCi;
        qInfo("SIGHTGLASS_SEED=%u", seed);
        StampStates random(seed);
        for (int i = 0; i < states; ++i) {
            const StampState state = random.next();
            const QString difference = differenceIn(state);
            if (difference.isEmpty())
                continue;
            const StampState small = smaller(state);
            QFAIL(qPrintable(QStringLiteral("seed %1, state %2: %3\n%4\nsmaller: %5\n%6")
                                 .arg(seed)
                                 .arg(i)
                                 .arg(difference, qt(toText(state)))
                                 .arg(differenceIn(small), qt(toText(small)))));
        }
        for (auto count = m_counts.cbegin(); count != m_counts.cend(); ++count)
            qInfo("%s: %d", qPrintable(count.key()), count.value());
        // Every kind of outcome has to have been seen, or the test proves nothing.
        QVERIFY(m_counts[QStringLiteral("stamped by both")] > states / 4);
        QVERIFY(m_counts[QStringLiteral("refused by both")] > 0);
        QVERIFY(m_counts[QStringLiteral("walks as the ids they mean")] > 0);
        QVERIFY(m_counts[QStringLiteral("taken back")] > states / 8);
    }

private:
    QJsonObject question(const StampState& state, const char* ask, const char* database) const
    {
        return {{QStringLiteral("ask"), QLatin1String(ask)},
                {QStringLiteral("dsn"), qt(m_server->conninfo(database))},
                {QStringLiteral("schema"), qt(state.schema)},
                {QStringLiteral("table"), qt(state.table)}};
    }

    bool prepare(const StampState& state)
    {
        QJsonObject ask = question(state, "prepare", "theirs");
        ask[QStringLiteral("dsns")] =
            list({m_server->conninfo("theirs"), m_server->conninfo("ours")});
        ask[QStringLiteral("make")] = qt(state.make);
        ask[QStringLiteral("rows")] = list(state.rows);
        return m_oracle.ask(ask) == QJsonObject();
    }

    QJsonObject stampTheirs(const StampState& state, const std::vector<std::string>& to)
    {
        QJsonObject ask = question(state, "stamp", "theirs");
        ask[QStringLiteral("revisions")] = revisionsJson(state.revisions);
        ask[QStringLiteral("to")] = list(to);
        ask[QStringLiteral("purge")] = state.request.purge;
        return m_oracle.ask(ask);
    }

    QJsonObject read(const StampState& state, const char* database)
    {
        return m_oracle.ask(question(state, "read", database));
    }

    static Project projectOf(const StampState& state)
    {
        Project project;
        project.versionTable.value = state.table;
        project.versionTableSchema.value = state.schema;
        return project;
    }

    PlanSeams seams() const
    {
        const auto target = parseConnectionTarget(m_server->conninfo("ours"));
        return {.journal = *m_journal,
                .clock = m_clock,
                .open = openerOf(*target, {}),
                .perform = {},
                .verify = {}};
    }

    Result<Plan> plan(const StampState& state) const
    {
        const auto target = parseConnectionTarget(m_server->conninfo("ours"));
        const auto database = connectReadOnly(*target, {}, {});
        if (!database)
            return failure(database.error());
        const auto live =
            (*database)->readState({.table = state.table, .schema = state.schema}, {});
        if (!live)
            return failure(live.error());
        const Project project = projectOf(state);
        const RevisionGraph graph = RevisionGraph::build(state.revisions);
        const PlanTarget place{.place = {.shown = target->shown,
                                         .database = live->server.database,
                                         .systemIdentifier = live->server.systemIdentifier,
                                         .databaseOid = live->server.databaseOid},
                               .environment = EnvironmentKind::Test};
        return planStamp({.project = project, .graph = graph, .live = *live, .chainStops = {}},
                         place,
                         state.request);
    }

    OurAnswer stampOurs(const StampState& state)
    {
        const auto planned = plan(state);
        if (!planned)
            return {.done = false, .refusal = toText(planned.error()), .targets = {}};
        m_plan = *planned;
        OurAnswer answer;
        const RevisionGraph graph = RevisionGraph::build(state.revisions);
        if (const auto rows = stampedRows(graph, state.rows, state.request)) {
            for (const RevisionIndex index : rows->targets)
                answer.targets.push_back(graph.revision(index).id);
        }
        const PlanOutcome outcome = runPlan(*planned, planned->confirmation.phrase, seams(), {});
        answer.done = outcome.isFine();
        if (outcome.error)
            answer.refusal = toText(*outcome.error);
        for (const std::string& sentence : outcome.verdictSentences)
            answer.refusal += " " + sentence;
        return answer;
    }

    /// Empty where both leave the same.
    QString differenceIn(const StampState& state)
    {
        if (!prepare(state))
            return QStringLiteral("the state can't be prepared");
        const QJsonObject before = read(state, "ours");
        const OurAnswer ours = stampOurs(state);
        const QJsonObject after = read(state, "ours");
        if (!ours.done && after != before)
            return QStringLiteral("refused, and something was changed");
        QJsonObject theirs = stampTheirs(state, state.request.revisions);
        const bool theyStop = theirs.contains(QStringLiteral("error"));
        if (theyStop && ours.done && isWalkOfOurs(state)) {
            ++m_counts[QStringLiteral("walks as the ids they mean")];
            theirs = stampTheirs(
                state, ours.targets.empty() ? std::vector<std::string>{"base"} : ours.targets);
        }
        if (theirs.contains(QStringLiteral("error")) == ours.done)
            return QStringLiteral("Alembic: %1 %2; ours: %3")
                .arg(theirs[QStringLiteral("error")].toString(),
                     theirs[QStringLiteral("message")].toString(),
                     ours.done ? QStringLiteral("done") : qt(ours.refusal));
        ++m_counts[ours.done ? QStringLiteral("stamped by both")
                             : QStringLiteral("refused by both")];
        const QJsonObject left = read(state, "theirs");
        if (left != after)
            return QStringLiteral("Alembic leaves %1, ours %2").arg(json(left), json(after));
        return ours.done ? differenceAfterUndo(state, before) : QString();
    }

    /// Takes back what was just done.
    QString differenceAfterUndo(const StampState& state, const QJsonObject& before)
    {
        if (m_plan.steps.empty())
            return {};
        Plan undo = m_plan;
        undo.steps = m_plan.undo.steps;
        const PlanOutcome outcome = runPlan(undo, undo.confirmation.phrase, seams(), {});
        if (!outcome.isFine())
            return QStringLiteral("can't be taken back: ") +
                   (outcome.error ? qt(toText(*outcome.error)) : QString());
        const QJsonObject now = read(state, "ours");
        if (now != before)
            return QStringLiteral("taken back it is %1, and was %2").arg(json(now), json(before));
        ++m_counts[QStringLiteral("taken back")];
        return {};
    }

    static QString json(const QJsonObject& object)
    {
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }

    /// The state without what the difference does not need.
    StampState smaller(StampState state)
    {
        const auto fails = [this](const StampState& one) { return !differenceIn(one).isEmpty(); };
        state.revisions = shrunk(state.revisions, [&](const std::vector<Revision>& revisions) {
            StampState one = state;
            one.revisions = revisions;
            return !revisions.empty() && fails(one);
        });
        for (auto* texts : {&state.rows, &state.request.revisions}) {
            for (std::size_t i = texts->size(); i-- > 0 && texts->size() > 1;) {
                const auto kept = *texts;
                texts->erase(texts->begin() + static_cast<std::ptrdiff_t>(i));
                if (!fails(state))
                    *texts = kept;
            }
        }
        return state;
    }

    AlembicOracle m_oracle;
    std::unique_ptr<PrivateServer> m_server;
    QTemporaryDir m_folder;
    std::unique_ptr<ActionJournal> m_journal;
    SystemClock m_clock;
    Plan m_plan;
    QMap<QString, int> m_counts;
};

int stamp_differential_test(int argc, char** argv)
{
    StampDifferentialTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "stamp_differential_test.moc"
