// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/chain_findings.h"

#include "core/chain/chain_rules.h"

namespace sightglass {

std::vector<Finding> chainFindings(const Scripts& scripts,
                                   const RevisionGraph& graph,
                                   std::optional<int> versionColumnWidth)
{
    const FileNames names(graph);
    const ChainFacts facts{.scripts = scripts,
                           .graph = graph,
                           .names = names,
                           .versionColumnWidth = versionColumnWidth};
    std::vector<Finding> findings;
    addGraphFindings(facts, findings);
    addFileFindings(facts, findings);
    addFolderFindings(facts, findings);
    addNamingFindings(facts, findings);
    sortFindings(findings);
    return findings;
}

} // namespace sightglass
