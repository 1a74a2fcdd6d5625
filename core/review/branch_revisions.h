// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"
#include "core/git/repository.h"
#include "core/revisions/revision_graph.h"
#include "core/scripts/script_directory.h"

#include <set>
#include <string>
#include <vector>

namespace sightglass {

/// What the files of a working folder have beyond a commit.
struct BranchRevisions
{
    std::string base; ///< id of the commit where the branches part
    /// Revisions that the commit does not define, or defines with other contents; oldest first. A
    /// file that was only renamed or moved is none.
    std::vector<RevisionIndex> added;
    std::vector<std::string> deleted; ///< ids that the commit defines and no file does any more
    /// Files of the version locations that are as the commit has them; canonical paths.
    std::set<Path> unchanged;
};

/// Compares the version locations with the commit where HEAD and `reference` part. Nothing is
/// checked out.
///
/// errors  those of GitRepository
Result<BranchRevisions> revisionsSince(const FileSystem& files,
                                       const Scripts& scripts,
                                       const RevisionGraph& graph,
                                       const std::string& reference);

} // namespace sightglass
