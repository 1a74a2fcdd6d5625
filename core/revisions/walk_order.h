// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/adjacency.h"

#include <vector>

namespace sightglass {

/// Nodes of `wanted` in Alembic's order, newest first: down the first branch for as long as no
/// other open head is built on the candidate; where one is, that one comes first.
///
/// down    what each node is built on, in the order to follow; must not run in circles
/// heads   where to begin, in load order, each once; those outside `wanted` are left out
/// shape   no node before one that is built on it; wanted nodes that no wanted way leads to are
/// absent cost    linear in nodes and edges on real graphs source  Alembic 1.8 and 1.19,
/// RevisionMap._topological_sort; compared in tests
std::vector<RevisionIndex> walkOrderOf(const Adjacency& down,
                                       const std::vector<RevisionIndex>& heads,
                                       std::vector<bool> wanted);

} // namespace sightglass
