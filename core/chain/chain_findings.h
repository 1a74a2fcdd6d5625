// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "core/revisions/revision_graph.h"
#include "core/scripts/script_directory.h"

#include <optional>
#include <vector>

namespace sightglass {

/// Everything wrong with a chain as findings, sorted: the graph's problems, the files' problems,
/// and what only both together show (file name against id, `Revises:` line against code, id longer
/// than the version column, ids that look made up by hand).
///
/// versionColumnWidth  characters that fit into version_num; 32 when no database was read, absent =
/// no limit
std::vector<Finding> chainFindings(const Scripts& scripts,
                                   const RevisionGraph& graph,
                                   std::optional<int> versionColumnWidth = 32);

} // namespace sightglass
