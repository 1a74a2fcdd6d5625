// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/adjacency.h"

#include <vector>

namespace sightglass {

/// What a depth-first walk over edges that may run in circles shows.
struct CycleSearch
{
    /// Every node once, targets before sources unless a cycle forbids it.
    std::vector<RevisionIndex> targetsFirst;
    /// The edges without those that close a cycle; never runs in circles.
    Adjacency acyclic;
    /// Paths of cycles, first node repeated at the end. One for each closing edge, as long as all
    /// paths together stay below four times the number of nodes.
    std::vector<std::vector<RevisionIndex>> cycles;
};

/// Walks from `roots` in their order, then from what they don't reach, ascending.  cost  linear.
CycleSearch searchCycles(const Adjacency& edges, const std::vector<RevisionIndex>& roots);

} // namespace sightglass
