// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/head_sets.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

constexpr std::size_t mostHeadsToCombine = 4;

/// Grows a set of revisions branch by branch.
class Growing
{
public:
    Growing(const Fingerprints& prints, const RevisionGraph& graph, const LiveFacts& live)
        : m_prints(prints)
        , m_graph(graph)
        , m_weights(graph.size(), 0)
    {
        for (const RevisionIndex each : prints.order()) {
            for (const ObjectChange& change : prints.print(each).own)
                m_weights[each] += weightOf(change, live);
        }
    }

    HeadSet from(HeadSet set) const
    {
        const std::size_t most = std::max<std::size_t>(m_graph.effectiveHeads().size(), 1);
        for (std::size_t round = 0; round < most; ++round) {
            const auto best = bestToAdd(m_graph.withAncestors(set));
            if (!best)
                break;
            set.push_back(*best);
        }
        return topsOf(m_graph, set);
    }

    /// Without what speaks against it at the top: a merge that takes something away outweighs, with
    /// all of its branches, each of these alone.
    HeadSet trimmed(HeadSet set) const
    {
        while (true) {
            const auto worst = std::ranges::min_element(
                set, {}, [&](RevisionIndex each) { return m_weights[each]; });
            if (worst == set.end() || m_weights[*worst] >= 0)
                return set;
            const auto down = m_graph.acyclicDown(*worst);
            set.erase(worst);
            set.insert(set.end(), down.begin(), down.end());
            set = topsOf(m_graph, set);
        }
    }

private:
    std::int64_t weightOf(const ObjectChange& change, const LiveFacts& live) const
    {
        FactTally tally;
        if (change.after != ObjectChange::none)
            tally += live.contribution(m_prints.versions()[change.after]);
        if (change.before != ObjectChange::none)
            tally -= live.contribution(m_prints.versions()[change.before]);
        return tally.matched - tally.missing + tally.covered;
    }

    /// The revision that gains most together with all of its ancestors that are not in yet.
    std::optional<RevisionIndex> bestToAdd(const std::vector<bool>& has) const
    {
        std::vector<std::int64_t> gains(m_graph.size(), 0);
        std::optional<RevisionIndex> best;
        std::int64_t most = 0;
        for (const RevisionIndex each : m_prints.order()) {
            if (has[each])
                continue;
            gains[each] = gainOf(each, has, gains);
            if (gains[each] > most) {
                most = gains[each];
                best = each;
            }
        }
        return best;
    }

    std::int64_t gainOf(RevisionIndex revision,
                        const std::vector<bool>& has,
                        const std::vector<std::int64_t>& gains) const
    {
        std::vector<RevisionIndex> missing;
        for (const RevisionIndex down : m_graph.acyclicDown(revision)) {
            if (!has[down])
                missing.push_back(down);
        }
        if (missing.empty())
            return m_weights[revision];
        if (missing.size() == 1)
            return gains[missing.front()] + m_weights[revision];
        // Branches that meet may have ancestors in common: each counts once.
        const std::vector<bool> wanted = m_graph.withAncestors(missing);
        std::int64_t gain = m_weights[revision];
        for (RevisionIndex each = 0; each < m_graph.size(); ++each)
            gain += wanted[each] && !has[each] ? m_weights[each] : 0;
        return gain;
    }

    const Fingerprints& m_prints;
    const RevisionGraph& m_graph;
    std::vector<std::int64_t> m_weights; ///< of each revision's own step
};

void addCombinations(const RevisionGraph& graph, std::set<HeadSet>& sets)
{
    const auto heads = graph.effectiveHeads();
    sets.insert(topsOf(graph, {heads.begin(), heads.end()}));
    if (heads.size() > mostHeadsToCombine)
        return;
    for (std::size_t chosen = 1; chosen < (std::size_t{1} << heads.size()); ++chosen) {
        HeadSet set;
        for (std::size_t i = 0; i < heads.size(); ++i) {
            if ((chosen >> i & 1U) != 0)
                set.push_back(heads[i]);
        }
        sets.insert(topsOf(graph, set));
    }
}

} // namespace

HeadSet topsOf(const RevisionGraph& graph, const HeadSet& revisions)
{
    std::vector<RevisionIndex> below;
    for (const RevisionIndex each : revisions) {
        const auto down = graph.acyclicDown(each);
        below.insert(below.end(), down.begin(), down.end());
    }
    const std::vector<bool> implied = graph.withAncestors(below);
    HeadSet tops;
    for (const RevisionIndex each : revisions) {
        if (!implied[each])
            tops.push_back(each);
    }
    std::ranges::sort(tops, {}, [&](RevisionIndex each) { return graph.revision(each).id; });
    const auto repeated = std::ranges::unique(tops);
    tops.erase(repeated.begin(), repeated.end());
    return tops;
}

std::vector<HeadSet> setsWorthALook(const Fingerprints& prints,
                                    const RevisionGraph& graph,
                                    const LiveFacts& live,
                                    const std::vector<RevisionIndex>& starts)
{
    std::set<HeadSet> sets;
    const bool branches = graph.bases().size() > 1 || !graph.branchPoints().empty();
    if (!branches)
        return {};
    addCombinations(graph, sets);
    const Growing growing(prints, graph, live);
    sets.insert(growing.from({}));
    for (const RevisionIndex start : starts) {
        sets.insert(growing.from({start}));
        sets.insert(growing.trimmed({start}));
    }
    for (const HeadSet& grown : std::set<HeadSet>(sets))
        sets.insert(growing.trimmed(grown));
    std::erase_if(sets, [](const HeadSet& set) { return set.size() < 2; });
    return {sets.begin(), sets.end()};
}

} // namespace sightglass
