// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/graph_drawing.h"

#include <set>
#include <string>
#include <vector>

namespace sightglass {

struct FoldRequest
{
    std::set<RevisionIndex> keep;         ///< never folded: selected, findings, search hits
    std::set<RevisionIndex> flagged;      ///< never folded, with room for a flag: database position
    std::set<RevisionIndex> opened;       ///< a run that holds one of these is shown open
    std::vector<std::string> unknownRows; ///< version rows that no file defines: detached ghosts
    std::size_t minimumRun = 3;           ///< shorter runs stay open
    bool foldNothing = false;
};

/// The graph with linear runs folded into one node each. Heads, bases, branch and merge points,
/// ends of dependencies and revisions of `keep` are never folded. cost  linear in revisions and
/// edges.
Skeleton foldRuns(const RevisionGraph& graph, const FoldRequest& request);

} // namespace sightglass
