// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/history_reader.h"

#include "core/evaluation/file_module_source.h"
#include "core/history/first_reading.h"
#include "core/history/fresh_run.h"
#include "core/history/history_state.h"
#include "core/history/replay_target.h"
#include "core/revisions/revision_range.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

bool parentsComeFirst(const RevisionGraph& graph, const std::vector<RevisionIndex>& order)
{
    std::vector<bool> done(graph.size(), false);
    for (const RevisionIndex each : order) {
        for (const RevisionIndex parent : graph.acyclicDown(each)) {
            if (!done[parent])
                return false;
        }
        done[each] = true;
    }
    return true;
}

/// The order in which `upgrade heads` runs them, then those that it does not reach.
std::vector<RevisionIndex> runOrder(const RevisionGraph& graph)
{
    const auto newestFirst = graph.walkOrder();
    const std::vector<RevisionIndex> walked(newestFirst.rbegin(), newestFirst.rend());
    auto order = upgradePath(graph, {}, "heads");
    if (!order)
        return walked;
    std::vector<bool> reached(graph.size(), false);
    for (const RevisionIndex each : *order)
        reached[each] = true;
    for (const RevisionIndex each : walked) {
        if (!reached[each])
            order->push_back(each);
    }
    // A graph with cycles may have no such path.
    return parentsComeFirst(graph, *order) ? std::move(*order) : walked;
}

} // namespace

/// Reads and replays a chain, oldest revision first. A state lives on while revisions that stand on
/// it are still to come.
class HistoryReader
{
public:
    HistoryReader(const FileSystem& files,
                  const Scripts& scripts,
                  std::shared_ptr<const RevisionGraph> graph,
                  const HistorySettings& settings,
                  const RunContext& run)
        : m_files(files)
        , m_settings(settings)
        , m_run(run)
        , m_roots(scripts.project.importRoots)
        , m_transactions(readTransactionFacts(files, scripts.project.environmentFile))
        , m_modules(files, m_roots)
        , m_history(new History())
        , m_state(*m_history->m_state)
    {
        m_state.graph = std::move(graph);
        m_state.order = runOrder(*m_state.graph);
    }

    std::shared_ptr<const History> read(ReadingCache* cache)
    {
        const RevisionGraph& graph = *m_state.graph;
        auto first = readFirst({.files = m_files,
                                .graph = graph,
                                .importRoots = m_roots,
                                .surroundings = m_settings.surroundings,
                                .cache = cache},
                               m_run);
        m_state.steps.resize(graph.size());
        for (std::size_t i = 0; i < first.size(); ++i) {
            m_state.steps[i].upgrade = std::move(first[i].upgrade);
            m_state.steps[i].downgrade = std::move(first[i].downgrade);
        }
        countChildren();
        std::size_t done = 0;
        for (const RevisionIndex revision : m_state.order) {
            if (m_run.stopRequested())
                return nullptr;
            replayOne(revision);
            if (++done % 256 == 0)
                m_run.report(
                    {.stage = "Replaying revisions", .done = done, .total = m_state.order.size()});
        }
        for (const RevisionSteps& steps : m_state.steps)
            m_state.resolution += countResolution(steps.upgrade);
        m_state.freshRun =
            freshRunOf(graph,
                       m_state.order,
                       m_state.steps,
                       m_transactions,
                       [this](RevisionIndex revision, Replay& state) {
                           return readAgain(revision, Direction::Upgrade, state, nullptr);
                       });
        return std::move(m_history);
    }

private:
    void countChildren()
    {
        m_children.assign(m_state.graph->size(), 0);
        for (const RevisionIndex each : m_state.graph->acyclicEdges().targets)
            ++m_children[each];
        m_keepEvery = std::max<std::size_t>(64, m_state.graph->size() / 32);
    }

    /// The state before a revision; takes that of its parent where nobody else needs it.
    Replay takeStateBefore(RevisionIndex revision)
    {
        const auto parents = m_state.graph->acyclicDown(revision);
        if (parents.empty())
            return Replay();
        const auto found = m_open.find(parents.front());
        Replay state = found == m_open.end()              ? m_state.stateAfter(parents.front())
                       : m_children[parents.front()] == 1 ? std::move(found->second)
                                                          : found->second;
        m_state.addOthers(state, parents);
        for (const RevisionIndex parent : parents) {
            if (--m_children[parent] == 0)
                m_open.erase(parent);
        }
        return state;
    }

    RevisionReading readAgain(RevisionIndex revision,
                              Direction direction,
                              Replay& state,
                              std::vector<RefusedOperation>* refused)
    {
        const std::string& file = m_state.graph->revision(revision).span.file;
        const auto module = parseRevision(m_files, file, m_run.stop);
        if (!module)
            return m_state.steps[revision].upgrade;
        ReplayTarget target(state);
        auto reading = readRevision(
            *module, direction, m_settings.surroundings, target, m_modules, m_run.stop);
        if (refused != nullptr)
            *refused = target.refused();
        return reading;
    }

    void replayOne(RevisionIndex revision)
    {
        RevisionSteps& steps = m_state.steps[revision];
        Replay state = takeStateBefore(revision);
        commitTransaction(state);
        if (steps.upgrade.end == RevisionReading::End::NeedsSchema)
            steps.upgrade = readAgain(revision, Direction::Upgrade, state, &steps.refused);
        else
            steps.refused = applyOperations(state, steps.upgrade.operations);
        if (steps.downgrade.end == RevisionReading::End::NeedsSchema) {
            Replay back = state;
            steps.downgrade = readAgain(revision, Direction::Downgrade, back, nullptr);
        }
        const bool merge = m_state.graph->acyclicDown(revision).size() > 1;
        if (merge || ++m_sinceKept >= m_keepEvery || m_children[revision] == 0) {
            m_state.kept.emplace(revision, state);
            m_sinceKept = 0;
        }
        if (m_children[revision] > 0)
            m_open.insert_or_assign(revision, std::move(state));
    }

    const FileSystem& m_files;
    const HistorySettings& m_settings;
    const RunContext& m_run;
    std::vector<Path> m_roots;
    TransactionFacts m_transactions;
    FileModuleSource m_modules;
    std::shared_ptr<History> m_history;
    History::State& m_state;
    std::vector<std::size_t> m_children; ///< that are still to come
    std::map<RevisionIndex, Replay> m_open;
    std::size_t m_keepEvery = 64;
    std::size_t m_sinceKept = 0;
};

std::shared_ptr<const History> readHistory(const FileSystem& files,
                                           const Scripts& scripts,
                                           std::shared_ptr<const RevisionGraph> graph,
                                           const HistorySettings& settings,
                                           const RunContext& run)
{
    return HistoryReader(files, scripts, std::move(graph), settings, run).read(nullptr);
}

} // namespace sightglass
