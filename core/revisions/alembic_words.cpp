// SPDX-License-Identifier: GPL-3.0-or-later
// What real Alembic says about a graph, word for word.
#include "core/revisions/graph_builder.h"
#include "core/revisions/overlap.h"
#include "core/revisions/python_text.h"

#include <algorithm>

namespace sightglass {

/// Alembic names every id that can't be reached both down from a head and up from a base; all ids,
/// in load order, where there is no head or no base at all. A revision whose down revision was left
/// out counts as a base here: that is another problem, with words of its own.
std::string RevisionGraph::Builder::cycleWords(bool withDependencies) const
{
    std::vector<RevisionIndex> heads;
    std::vector<RevisionIndex> bases;
    for (RevisionIndex i = 0; i < count; ++i) {
        if (withDependencies ? graph.isEffectiveHead(i) : graph.isHead(i))
            heads.push_back(i);
        const bool isBase =
            graph.isBase(i) && (!withDependencies || revisions[i].dependsOn.empty());
        if (isBase || lostDown[i])
            bases.push_back(i);
    }
    const Adjacency none{.starts = std::vector<std::uint32_t>(count + 1, 0), .targets = {}};
    const auto below =
        reachable(graph.m_down, withDependencies ? graph.m_dependencies : none, heads);
    const auto above = reachable(graph.m_next, withDependencies ? graph.m_dependents : none, bases);

    const bool namesAll = heads.empty() || bases.empty();
    std::vector<bool> isBelow(count, false);
    std::vector<bool> isAbove(count, false);
    for (RevisionIndex i = 0; i < count; ++i) {
        if (below[i])
            isBelow[live[i]] = true;
        if (above[i])
            isAbove[live[i]] = true;
    }
    std::vector<std::string> ids;
    for (RevisionIndex i = 0; i < count; ++i) {
        const bool isFirst = graph.m_firstOfId[i] == i;
        if (isFirst && (namesAll || !isBelow[live[i]] || !isAbove[live[i]]))
            ids.push_back(revisions[i].id);
    }
    if (ids.empty())
        return {};
    if (!namesAll)
        std::ranges::sort(ids);
    const std::string list = " is detected in revisions (" + joined(ids, ", ") + ")";
    return withDependencies ? "DependencyCycleDetected: Dependency cycle" + list
                            : "CycleDetected: Cycle" + list;
}

std::string RevisionGraph::Builder::overlapWords() const
{
    std::vector<RevisionIndex> targets;
    for (RevisionIndex i = 0; i < count; ++i) {
        if (graph.isEffectiveHead(i))
            targets.push_back(live[i]);
    }
    const auto words = overlapOf(graph, targets, Along::AncestorsWithDependencies);
    return words ? "RevisionError: " + *words : std::string();
}

/// A label is a name too: Alembic finds it and stumbles later, where it counts ids only.
std::string RevisionGraph::Builder::unknownNameWords(const MissingRevision& missing) const
{
    if (graph.findLabel(missing.id) && missing.kind == MissingRevision::Kind::Down) {
        const auto affected = reachable(graph.m_next, missing.referencedBy);
        for (RevisionIndex i = 0; i < count; ++i) {
            if (affected[i] && !graph.dependencies(i).empty())
                return "RevisionError: Dependency resolution failed; broken map";
        }
    }
    return "KeyError: " + pythonRepr(missing.id);
}

} // namespace sightglass
