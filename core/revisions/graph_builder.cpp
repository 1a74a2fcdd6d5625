// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/graph_builder.h"

#include "core/revisions/walk_order.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sightglass {

RevisionGraph::Builder::Builder(RevisionGraph& target)
    : graph(target)
    , revisions(target.m_revisions)
    , count(static_cast<RevisionIndex>(target.m_revisions.size()))
{}

void RevisionGraph::Builder::build()
{
    nameRevisions();
    nameLabels();
    linkDown();
    linkDependencies();
    linkBack();
    findVersionedCycles();
    normalizeDependencies();
    findDependencyCycles();
    collectPoints();
    spreadLabels();
    orderWalk();
    listProblems();
}

void RevisionGraph::Builder::nameRevisions()
{
    graph.m_firstOfId.resize(count);
    for (RevisionIndex i = 0; i < count; ++i) {
        const auto [it, isNew] = graph.m_byId.try_emplace(revisions[i].id, i);
        graph.m_firstOfId[i] = isNew ? i : graph.m_firstOfId[it->second];
        it->second = i;
    }
    live.resize(count);
    for (RevisionIndex i = 0; i < count; ++i)
        live[i] = graph.m_byId.find(revisions[i].id)->second;
}

void RevisionGraph::Builder::nameLabels()
{
    linksBack.resize(count);
    for (RevisionIndex i = 0; i < count; ++i) {
        linksBack[i] = isLive(i);
        for (const RevisionReference& label : revisions[i].labels) {
            if (!graph.m_byId.contains(label.id) && graph.m_byLabel.try_emplace(label.id, i).second)
                linksBack[i] = true;
        }
    }
}

void RevisionGraph::Builder::miss(const RevisionReference& reference,
                                  MissingRevision::Kind kind,
                                  RevisionIndex by)
{
    const auto [it, isNew] = missingAt.try_emplace(reference.id, graph.m_missing.size());
    if (isNew)
        graph.m_missing.push_back({.id = reference.id, .kind = kind, .referencedBy = {}});
    MissingRevision& missing = graph.m_missing[it->second];
    if (kind == MissingRevision::Kind::Down)
        missing.kind = kind;
    if (missing.referencedBy.empty() || missing.referencedBy.back() != by)
        missing.referencedBy.push_back(by);
}

void RevisionGraph::Builder::linkDown()
{
    lostDown.resize(count);
    for (RevisionIndex i = 0; i < count; ++i) {
        for (const RevisionReference& reference : revisions[i].down) {
            const auto target = graph.find(reference.id);
            const bool isItself = reference.id == revisions[i].id;
            if (target && !isItself) {
                graph.m_down.addOnce(*target);
                continue;
            }
            lostDown[i] = true;
            if (!isItself)
                miss(reference, MissingRevision::Kind::Down, i);
        }
        graph.m_down.endNode();
    }
}

void RevisionGraph::Builder::linkDependencies()
{
    for (RevisionIndex i = 0; i < count; ++i) {
        for (const RevisionReference& reference : revisions[i].dependsOn) {
            if (reference.id == revisions[i].id)
                continue;
            auto target = graph.find(reference.id);
            if (!target)
                target = graph.findLabel(reference.id);
            if (target)
                graph.m_dependencies.addOnce(live[*target]);
            else
                miss(reference, MissingRevision::Kind::Dependency, i);
        }
        graph.m_dependencies.endNode();
    }
    for (MissingRevision& missing : graph.m_missing) {
        std::ranges::sort(missing.referencedBy);
        const auto rest = std::ranges::unique(missing.referencedBy);
        missing.referencedBy.erase(rest.begin(), rest.end());
    }
}

/// Next revisions as Alembic keeps them: by id, so a link made by a replaced file leads to its
/// successor.
Adjacency RevisionGraph::Builder::linkedBack(const Adjacency& edges) const
{
    const Adjacency back = edges.reversed();
    Adjacency result;
    std::vector<RevisionIndex> sources;
    for (RevisionIndex i = 0; i < count; ++i) {
        sources.clear();
        for (const RevisionIndex source : back.of(i)) {
            if (linksBack[source])
                sources.push_back(live[source]);
        }
        std::ranges::sort(sources);
        const auto rest = std::ranges::unique(sources);
        result.targets.insert(result.targets.end(), sources.begin(), rest.begin());
        result.endNode();
    }
    return result;
}

void RevisionGraph::Builder::linkBack()
{
    graph.m_next = linkedBack(graph.m_down);
    graph.m_dependents = linkedBack(graph.m_dependencies);
}

void RevisionGraph::Builder::findVersionedCycles()
{
    std::vector<RevisionIndex> heads;
    for (RevisionIndex i = 0; i < count; ++i) {
        if (graph.isHead(i))
            heads.push_back(i);
    }
    CycleSearch search = searchCycles(graph.m_down, heads);
    versionedCycles = std::move(search.cycles);
    acyclicVersioned = std::move(search.acyclic);
    oldestFirst = std::move(search.targetsFirst);
}

/// A dependency that some down revision, however far below, has too is dropped. Dependencies that
/// only one revision has can't be dropped; the others are handed upwards as bits, 64 at a time.
void RevisionGraph::Builder::normalizeDependencies()
{
    const Adjacency& all = graph.m_dependencies;
    std::vector<std::uint32_t> uses(count, 0);
    for (const RevisionIndex target : all.targets)
        ++uses[target];
    std::vector<RevisionIndex> shared;
    for (RevisionIndex i = 0; i < count; ++i) {
        if (uses[i] > 1)
            shared.push_back(i);
    }

    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> bitOf(count, none);
    std::vector<bool> dropped(all.targets.size(), false);
    for (std::size_t begin = 0; begin < shared.size(); begin += 64) {
        const std::size_t end = std::min(begin + 64, shared.size());
        for (std::size_t i = begin; i < end; ++i)
            bitOf[shared[i]] = static_cast<std::uint32_t>(i - begin);
        std::vector<std::uint64_t> had(count, 0);
        for (const RevisionIndex node : oldestFirst) {
            for (const RevisionIndex below : acyclicVersioned.of(node))
                had[node] |= had[below];
            std::uint64_t own = 0;
            for (std::uint32_t edge = all.starts[node]; edge < all.starts[node + 1]; ++edge) {
                const std::uint32_t bit = bitOf[all.targets[edge]];
                if (bit == none)
                    continue;
                own |= std::uint64_t{1} << bit;
                dropped[edge] = (had[node] >> bit & 1) != 0;
            }
            had[node] |= own;
        }
        for (std::size_t i = begin; i < end; ++i)
            bitOf[shared[i]] = none;
    }

    for (RevisionIndex i = 0; i < count; ++i) {
        for (std::uint32_t edge = all.starts[i]; edge < all.starts[i + 1]; ++edge) {
            if (!dropped[edge])
                graph.m_normalizedDependencies.add(all.targets[edge]);
        }
        graph.m_normalizedDependencies.endNode();
    }
}

void RevisionGraph::Builder::findDependencyCycles()
{
    Adjacency all;
    std::vector<RevisionIndex> heads;
    for (RevisionIndex i = 0; i < count; ++i) {
        for (const RevisionIndex below : acyclicVersioned.of(i))
            all.add(below);
        for (const RevisionIndex below : graph.normalizedDependencies(i))
            all.addOnce(below);
        all.endNode();
        if (graph.isEffectiveHead(i))
            heads.push_back(i);
    }
    CycleSearch search = searchCycles(all, heads);
    dependencyCycles = std::move(search.cycles);
    graph.m_acyclicDown = std::move(search.acyclic);
}

void RevisionGraph::Builder::collectPoints()
{
    for (RevisionIndex i = 0; i < count; ++i) {
        if (graph.isHead(i))
            graph.m_heads.push_back(i);
        if (graph.isEffectiveHead(i))
            graph.m_effectiveHeads.push_back(i);
        if (graph.isBase(i))
            graph.m_bases.push_back(i);
        if (graph.isBranchPoint(i))
            graph.m_branchPoints.push_back(i);
        if (graph.isMergePoint(i))
            graph.m_mergePoints.push_back(i);
    }
    for (auto* points : {&graph.m_heads,
                         &graph.m_effectiveHeads,
                         &graph.m_bases,
                         &graph.m_branchPoints,
                         &graph.m_mergePoints}) {
        std::ranges::stable_sort(
            *points, {}, [this](RevisionIndex i) -> const std::string& { return revisions[i].id; });
    }
}

void RevisionGraph::Builder::orderWalk()
{
    const Adjacency above = graph.m_acyclicDown.reversed();
    std::vector<RevisionIndex> tops;
    std::vector<bool> wanted(count);
    for (RevisionIndex i = 0; i < count; ++i) {
        wanted[i] = isLive(i);
        const bool isTop = std::ranges::none_of(above.of(i), [this](auto j) { return isLive(j); });
        if (isLive(i) && isTop)
            tops.push_back(i);
    }
    std::ranges::sort(tops, {}, [this](RevisionIndex i) { return graph.m_firstOfId[i]; });
    const std::vector<RevisionIndex> order =
        walkOrderOf(graph.m_acyclicDown, tops, std::move(wanted));

    // A replaced file goes before the first of its successor and its own down revisions.
    std::vector<std::size_t> place(count, 0);
    for (std::size_t i = 0; i < order.size(); ++i)
        place[order[i]] = i;
    std::vector<std::pair<std::size_t, RevisionIndex>> replaced;
    for (RevisionIndex i = 0; i < count; ++i) {
        if (isLive(i))
            continue;
        std::size_t before = place[live[i]];
        for (const RevisionIndex below : graph.m_acyclicDown.of(i))
            before = std::min(before, place[below]);
        replaced.emplace_back(before, i);
    }
    std::ranges::sort(replaced);
    auto next = replaced.begin();
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (; next != replaced.end() && next->first == i; ++next)
            graph.m_walkOrder.push_back(next->second);
        graph.m_walkOrder.push_back(order[i]);
    }
}

} // namespace sightglass
