// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/file_names.h"
#include "core/findings/finding.h"
#include "core/revisions/revision_graph.h"
#include "core/scripts/script_directory.h"

#include <optional>
#include <vector>

namespace sightglass {

/// What the rules of a chain look at.
struct ChainFacts
{
    const Scripts& scripts;
    const RevisionGraph& graph;
    const FileNames& names;
    std::optional<int> versionColumnWidth;
};

/// One finding for each problem of the graph that isn't told by another.
void addGraphFindings(const ChainFacts& facts, std::vector<Finding>& findings);
/// One finding for each file that could not be read, or not wholly.
void addFileFindings(const ChainFacts& facts, std::vector<Finding>& findings);
/// One finding for each folder with revision files that the settings do not reach.
void addFolderFindings(const ChainFacts& facts, std::vector<Finding>& findings);
/// File names, docstrings and ids against what the code says.
void addNamingFindings(const ChainFacts& facts, std::vector<Finding>& findings);

} // namespace sightglass
