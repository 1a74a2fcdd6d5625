// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/overlap.h"

#include "core/revisions/python_text.h"

#include <algorithm>

namespace sightglass {

namespace {

void pushNeighbours(const RevisionGraph& graph,
                    RevisionIndex index,
                    Along along,
                    std::vector<RevisionIndex>& todo)
{
    const auto first = along == Along::Descendants ? graph.next(index) : graph.down(index);
    todo.insert(todo.end(), first.begin(), first.end());
    if (along == Along::AncestorsWithDependencies) {
        const auto more = graph.normalizedDependencies(index);
        todo.insert(todo.end(), more.begin(), more.end());
    }
}

} // namespace

std::optional<std::string> overlapOf(const RevisionGraph& graph,
                                     std::span<const RevisionIndex> targets,
                                     Along along,
                                     std::size_t first)
{
    std::vector<bool> isTarget(graph.size(), false);
    for (const RevisionIndex target : targets)
        isTarget[target] = true;

    std::vector<bool> seen(graph.size(), false);
    std::vector<RevisionIndex> todo;
    for (const RevisionIndex target : targets.first(std::min(first, targets.size()))) {
        std::vector<RevisionIndex> overlaps;
        todo.assign(1, target);
        while (!todo.empty()) {
            const RevisionIndex index = todo.back();
            todo.pop_back();
            if (isTarget[index] && index != target)
                overlaps.push_back(index);
            if (seen[index])
                continue;
            seen[index] = true;
            pushNeighbours(graph, index, along, todo);
        }
        if (overlaps.empty())
            continue;
        std::ranges::sort(overlaps);
        const auto rest = std::ranges::unique(overlaps);
        overlaps.erase(rest.begin(), rest.end());
        std::vector<std::string> ids;
        for (const RevisionIndex index : overlaps)
            ids.push_back(graph.revision(index).id);
        return "Requested revision " + graph.revision(target).id +
               " overlaps with other requested revisions " + joined(ids, ", ");
    }
    return std::nullopt;
}

} // namespace sightglass
