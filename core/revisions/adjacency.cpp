// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/adjacency.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

std::vector<bool> reachableBy(std::span<const Adjacency* const> edges,
                              std::span<const RevisionIndex> start)
{
    std::vector<bool> reached(edges.front()->size(), false);
    std::vector<RevisionIndex> todo(start.begin(), start.end());
    while (!todo.empty()) {
        const RevisionIndex node = todo.back();
        todo.pop_back();
        if (reached[node])
            continue;
        reached[node] = true;
        for (const Adjacency* kind : edges) {
            for (const RevisionIndex target : kind->of(node)) {
                if (!reached[target])
                    todo.push_back(target);
            }
        }
    }
    return reached;
}

} // namespace

std::span<const RevisionIndex> Adjacency::of(RevisionIndex index) const
{
    return std::span(targets).subspan(starts[index], starts[index + 1] - starts[index]);
}

void Adjacency::addOnce(RevisionIndex target)
{
    const auto begin = targets.begin() + static_cast<std::ptrdiff_t>(starts.back());
    if (std::find(begin, targets.end(), target) == targets.end())
        targets.push_back(target);
}

Adjacency Adjacency::reversed() const
{
    Adjacency result;
    result.starts.assign(starts.size(), 0);
    for (const RevisionIndex target : targets)
        ++result.starts[target + 1];
    for (std::size_t i = 1; i < starts.size(); ++i)
        result.starts[i] += result.starts[i - 1];
    result.targets.resize(targets.size());
    std::vector<std::uint32_t> filled(result.starts);
    for (RevisionIndex source = 0; source < size(); ++source) {
        for (const RevisionIndex target : of(source))
            result.targets[filled[target]++] = source;
    }
    return result;
}

std::vector<bool> reachable(const Adjacency& edges, std::span<const RevisionIndex> start)
{
    return reachableBy(std::array{&edges}, start);
}

std::vector<bool>
reachable(const Adjacency& edges, const Adjacency& moreEdges, std::span<const RevisionIndex> start)
{
    return reachableBy(std::array{&edges, &moreEdges}, start);
}

} // namespace sightglass
