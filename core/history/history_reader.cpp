// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/history_reader.h"

#include "core/evaluation/file_module_source.h"
#include "core/history/first_reading.h"
#include "core/history/fresh_run.h"
#include "core/history/history_state.h"
#include "core/history/reading_cache.h"
#include "core/history/replay_target.h"
#include "core/revisions/revision_range.h"

#include <algorithm>
#include <map>
#include <optional>
#include <thread>
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

/// Reads revisions again, against a schema. One for each thread.
class SchemaReader
{
public:
    SchemaReader(const FileSystem& files,
                 const std::vector<Path>& roots,
                 const RevisionGraph& graph,
                 const Surroundings& surroundings,
                 const RunContext& run)
        : m_files(files)
        , m_graph(graph)
        , m_surroundings(surroundings)
        , m_run(run)
        , m_modules(files, roots)
        , m_recording(m_modules)
    {}

    /// Nothing when the file can't be read any more.
    std::optional<RevisionReading> read(RevisionIndex revision,
                                        Direction direction,
                                        Replay& state,
                                        std::vector<RefusedOperation>* refused,
                                        FilledTables* filled = nullptr)
    {
        const std::string& file = m_graph.revision(revision).span.file;
        const auto module = parseRevision(m_files, file, m_run.stop);
        if (m_cache != nullptr &&
            (!module || m_cache->keyOf(file, module->tree.text()) != m_keys[revision]))
            m_sawChange = true;
        if (!module)
            return std::nullopt;
        ReplayTarget target(state, filled);
        auto reading =
            readRevision(*module, direction, m_surroundings, target, m_recording, m_run.stop);
        if (refused != nullptr)
            *refused = target.refused();
        return reading;
    }

    /// From here on a file is checked to be the one that these keys were made of.
    void expect(const ReadingCache& cache, std::vector<std::string> keys)
    {
        m_cache = &cache;
        m_keys = std::move(keys);
    }

    /// A file was changed since it was read first.
    bool sawChange() const { return m_sawChange; }

    /// What all these readings looked up.
    const std::vector<kept::SourceLookup>& lookups() const { return m_recording.lookups(); }

private:
    const FileSystem& m_files;
    const RevisionGraph& m_graph;
    const Surroundings& m_surroundings;
    const RunContext& m_run;
    FileModuleSource m_modules;
    RecordingModules m_recording;
    const ReadingCache* m_cache = nullptr;
    std::vector<std::string> m_keys; ///< per revision
    bool m_sawChange = false;
};

bool needsSchema(const RevisionReading& reading)
{
    return reading.end == RevisionReading::End::NeedsSchema;
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
        , m_history(new History())
        , m_state(*m_history->m_state)
        , m_again(files, m_roots, *graph, settings.surroundings, run)
        , m_freshAgain(files, m_roots, *graph, settings.surroundings, run)
    {
        m_state.graph = std::move(graph);
        m_state.surroundings = settings.surroundings;
        m_state.importRoots = m_roots;
        m_state.order = runOrder(*m_state.graph);
    }

    std::shared_ptr<const History> read(ReadingCache* cache)
    {
        auto first = readFirst({.files = m_files,
                                .graph = *m_state.graph,
                                .importRoots = m_roots,
                                .surroundings = m_settings.surroundings,
                                .cache = cache},
                               m_run);
        takeIn(std::move(first.readings));
        if (cache != nullptr) {
            cache->saveFirst();
            m_again.expect(*cache, first.keys);
            m_freshAgain.expect(*cache, std::move(first.keys));
        }
        const std::string key = cache != nullptr ? keyOf(*cache, first.identities) : std::string();
        FileModuleSource modules(m_files, m_roots);
        if (auto run = key.empty() ? std::nullopt : cache->findRun(key, modules))
            takeIn(std::move(*run));
        else if (auto made = replayAll(); made && !key.empty() && !sawChange())
            cache->keepRun(key, *made);
        if (m_run.stopRequested())
            return nullptr;
        if (cache != nullptr)
            cache->save();
        return std::move(m_history);
    }

private:
    bool sawChange() const { return m_again.sawChange() || m_freshAgain.sawChange(); }

    void takeIn(std::vector<FirstReadingOrKept> first)
    {
        m_state.steps = StepsList(first.size());
        m_asksSchema.resize(first.size());
        for (std::size_t i = 0; i < first.size(); ++i) {
            m_asksSchema[i] = upgradeAsksSchema(first[i]);
            m_state.steps.take(static_cast<RevisionIndex>(i), std::move(first[i]));
        }
    }

    void takeIn(kept::KeptRun run)
    {
        for (auto& each : run.revisions) {
            if (each.revision >= m_state.steps.size())
                continue;
            if (each.upgrade)
                m_state.steps.setUpgrade(each.revision, std::move(*each.upgrade));
            if (each.downgrade)
                m_state.steps.setDowngrade(each.revision, std::move(*each.downgrade));
            m_state.steps.setRefused(each.revision, std::move(each.refused));
        }
        m_state.freshRun = std::move(run.freshRun);
        m_state.resolution = run.resolution;
    }

    /// Empty when a file can't be told by its content.
    std::string keyOf(const ReadingCache& cache, const std::vector<std::string>& readings) const
    {
        if (std::ranges::any_of(readings, &std::string::empty))
            return {};
        return cache.keyOfRun({.graph = *m_state.graph,
                               .order = m_state.order,
                               .transactions = m_transactions,
                               .readings = readings});
    }

    /// Nothing when it was stopped.
    std::optional<kept::KeptRun> replayAll()
    {
        kept::KeptRun made;
        {
            const std::jthread fresh([&] { runFresh(); });
            countChildren();
            std::size_t done = 0;
            for (const RevisionIndex revision : m_state.order) {
                if (m_run.stopRequested())
                    break;
                replayOne(revision, made);
                if (++done % 256 == 0)
                    m_run.report({.stage = "Replaying revisions",
                                  .done = done,
                                  .total = m_state.order.size()});
            }
        }
        if (m_run.stopRequested())
            return std::nullopt;
        for (RevisionIndex each = 0; each < m_state.steps.size(); ++each)
            m_state.resolution += countResolution(m_state.steps[each].upgrade);
        made.freshRun = m_state.freshRun;
        made.resolution = m_state.resolution;
        made.lookups.insert(made.lookups.end(), m_again.lookups().begin(), m_again.lookups().end());
        return made;
    }

    /// On a thread of its own, beside the replay of each revision on its ancestors. What is read
    /// again there is not looked at here.
    void runFresh()
    {
        const ReadAgain readAgain = [&](RevisionIndex revision,
                                        Replay& state,
                                        FilledTables& filled) {
            auto reading = m_freshAgain.read(revision, Direction::Upgrade, state, nullptr, &filled);
            return reading ? std::move(*reading) : gone(revision);
        };
        m_state.freshRun = freshRunOf({.graph = *m_state.graph,
                                       .order = m_state.order,
                                       .steps = m_state.steps,
                                       .asksSchema = m_asksSchema,
                                       .transactions = m_transactions,
                                       .readAgain = readAgain},
                                      m_run);
    }

    RevisionReading gone(RevisionIndex revision) const
    {
        RevisionReading reading;
        reading.end = RevisionReading::End::NeedsSchema;
        reading.raised = "the file is gone";
        reading.endSpan.file = m_state.graph->revision(revision).span.file;
        return reading;
    }

    void countChildren()
    {
        m_children.assign(m_state.graph->size(), 0);
        for (const RevisionIndex each : m_state.graph->acyclicEdges().targets)
            ++m_children[each];
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

    void replayOne(RevisionIndex revision, kept::KeptRun& made)
    {
        const RevisionSteps& steps = m_state.steps[revision];
        kept::KeptRun::Revision found{.revision = revision};
        Replay state = takeStateBefore(revision);
        commitTransaction(state);
        if (m_asksSchema[revision]) {
            if (auto reading = m_again.read(revision, Direction::Upgrade, state, &found.refused))
                m_state.steps.setUpgrade(revision, std::move(*reading));
            found.upgrade = steps.upgrade;
        } else {
            found.refused = applyOperations(state, steps.upgrade.operations);
        }
        m_state.steps.setRefused(revision, found.refused);
        if (needsSchema(steps.downgrade)) {
            Replay back = state;
            if (auto reading = m_again.read(revision, Direction::Downgrade, back, nullptr))
                m_state.steps.setDowngrade(revision, std::move(*reading));
            found.downgrade = steps.downgrade;
        }
        if (found.upgrade || found.downgrade || !found.refused.empty())
            made.revisions.push_back(std::move(found));
        // States between are made when they are first asked for, as after a start with readings
        // that were kept.
        if (isOnlyHead(revision))
            m_state.keep(revision, std::move(state));
        else if (m_children[revision] > 0)
            m_open.insert_or_assign(revision, std::move(state));
    }

    bool isOnlyHead(RevisionIndex revision) const
    {
        return m_state.graph->effectiveHeads().size() == 1 && m_children[revision] == 0;
    }

    const FileSystem& m_files;
    const HistorySettings& m_settings;
    const RunContext& m_run;
    std::vector<Path> m_roots;
    TransactionFacts m_transactions;
    std::shared_ptr<History> m_history;
    History::State& m_state;
    SchemaReader m_again;
    SchemaReader m_freshAgain;           ///< of the thread that runs all on an empty database
    std::vector<bool> m_asksSchema;      ///< the upgrade, as first read
    std::vector<std::size_t> m_children; ///< that are still to come
    std::map<RevisionIndex, Replay> m_open;
};

std::shared_ptr<const History> readHistory(const FileSystem& files,
                                           const Scripts& scripts,
                                           std::shared_ptr<const RevisionGraph> graph,
                                           const HistorySettings& settings,
                                           const RunContext& run)
{
    std::optional<ReadingCache> cache;
    if (!settings.cacheFolder.empty())
        cache.emplace(CacheSettings{.folder = settings.cacheFolder,
                                    .program = settings.program,
                                    .project = scripts.project.root.string(),
                                    .importRoots = scripts.project.importRoots,
                                    .surroundings = settings.surroundings});
    return HistoryReader(files, scripts, std::move(graph), settings, run)
        .read(cache ? &*cache : nullptr);
}

} // namespace sightglass
