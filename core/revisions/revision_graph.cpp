// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/revision_graph.h"

#include "core/revisions/graph_builder.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sightglass {

namespace {

using NameMap = std::map<std::string, RevisionIndex, std::less<>>;

std::optional<RevisionIndex> found(const NameMap& names, std::string_view name)
{
    const auto it = names.find(name);
    return it == names.end() ? std::nullopt : std::optional(it->second);
}

} // namespace

RevisionGraph RevisionGraph::build(std::vector<Revision> revisions)
{
    RevisionGraph graph;
    graph.m_revisions = std::move(revisions);
    Builder(graph).build();
    return graph;
}

std::optional<RevisionIndex> RevisionGraph::find(std::string_view id) const
{
    return found(m_byId, id);
}

std::optional<RevisionIndex> RevisionGraph::findLabel(std::string_view label) const
{
    return found(m_byLabel, label);
}

std::span<const RevisionIndex> RevisionGraph::down(RevisionIndex index) const
{
    return m_down.of(index);
}

std::span<const RevisionIndex> RevisionGraph::next(RevisionIndex index) const
{
    return m_next.of(index);
}

std::span<const RevisionIndex> RevisionGraph::dependencies(RevisionIndex index) const
{
    return m_dependencies.of(index);
}

std::span<const RevisionIndex> RevisionGraph::normalizedDependencies(RevisionIndex index) const
{
    return m_normalizedDependencies.of(index);
}

std::span<const RevisionIndex> RevisionGraph::dependents(RevisionIndex index) const
{
    return m_dependents.of(index);
}

std::span<const RevisionIndex> RevisionGraph::acyclicDown(RevisionIndex index) const
{
    return m_acyclicDown.of(index);
}

std::span<const std::string> RevisionGraph::labels(RevisionIndex index) const
{
    return m_labelSets[m_labelSetOf[index]];
}

bool RevisionGraph::isHead(RevisionIndex index) const
{
    return next(index).empty();
}

bool RevisionGraph::isEffectiveHead(RevisionIndex index) const
{
    return next(index).empty() && dependents(index).empty();
}

bool RevisionGraph::isBase(RevisionIndex index) const
{
    return m_revisions[index].down.empty();
}

bool RevisionGraph::isBranchPoint(RevisionIndex index) const
{
    return next(index).size() > 1;
}

bool RevisionGraph::isMergePoint(RevisionIndex index) const
{
    return m_revisions[index].down.size() > 1;
}

bool RevisionGraph::isReplaced(RevisionIndex index) const
{
    return find(m_revisions[index].id) != index;
}

std::vector<std::string> RevisionGraph::namesStartingWith(std::string_view prefix) const
{
    struct Hit
    {
        bool isLabel = false;
        RevisionIndex at = 0;
        std::ptrdiff_t labelOfFile = 0;
        std::string_view name;
    };

    std::vector<Hit> hits;
    const auto begins = [prefix](const auto& entry) { return entry.first.starts_with(prefix); };
    for (auto it = m_byId.lower_bound(prefix); it != m_byId.end() && begins(*it); ++it)
        hits.push_back(
            {.isLabel = false, .at = m_firstOfId[it->second], .labelOfFile = 0, .name = it->first});
    for (auto it = m_byLabel.lower_bound(prefix); it != m_byLabel.end() && begins(*it); ++it) {
        const auto& labels = m_revisions[it->second].labels;
        const auto place =
            std::ranges::find(labels, it->first, &RevisionReference::id) - labels.begin();
        hits.push_back(
            {.isLabel = true, .at = it->second, .labelOfFile = place, .name = it->first});
    }
    std::ranges::sort(hits, [](const Hit& left, const Hit& right) {
        return std::tie(left.isLabel, left.at, left.labelOfFile) <
               std::tie(right.isLabel, right.at, right.labelOfFile);
    });
    std::vector<std::string> names;
    for (const Hit& hit : hits)
        names.emplace_back(hit.name);
    return names;
}

bool RevisionGraph::stopsAlembic() const
{
    // A cycle that Alembic doesn't notice while it loads makes it walk for ever, or skip edges.
    return std::ranges::any_of(m_problems, [](const GraphProblem& problem) {
        return !problem.alembic.empty() || problem.kind == GraphProblem::Kind::Cycle;
    });
}

std::vector<bool> RevisionGraph::withAncestors(std::span<const RevisionIndex> start) const
{
    return reachable(m_down, m_normalizedDependencies, start);
}

std::vector<bool> RevisionGraph::withDescendants(std::span<const RevisionIndex> start) const
{
    return reachable(m_next, m_dependents, start);
}

} // namespace sightglass
