// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sightglass {

/// Dense number of a revision in its graph: load order, 0-based.
using RevisionIndex = std::uint32_t;

/// Edges of a graph in one block: the targets of node i are targets[starts[i] … starts[i+1]).
struct Adjacency
{
    std::vector<std::uint32_t> starts{0};
    std::vector<RevisionIndex> targets;

    /// Number of nodes.
    std::size_t size() const { return starts.size() - 1; }

    std::span<const RevisionIndex> of(RevisionIndex index) const;

    /// Adds a target to the node that is being built; endNode() closes it and begins the next.
    void add(RevisionIndex target) { targets.push_back(target); }

    /// The same unless the node being built has it already.
    void addOnce(RevisionIndex target);

    void endNode() { starts.push_back(static_cast<std::uint32_t>(targets.size())); }

    /// Each edge turned round; targets ascending.  cost  linear.
    Adjacency reversed() const;
};

/// One flag per node: `start` and all that edges lead to.  cost  linear.
std::vector<bool> reachable(const Adjacency& edges, std::span<const RevisionIndex> start);
/// The same along either of two sets of edges.
std::vector<bool>
reachable(const Adjacency& edges, const Adjacency& moreEdges, std::span<const RevisionIndex> start);

} // namespace sightglass
