// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rebuild/lost_place.h"
#include "core/rebuild/rebuilt_file.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// A revision that no file defines.
struct RebuildRequest
{
    RevisionId id;
    /// Its parents, in Alembic's syntax, where somebody knows them; `base` alone: none.
    std::optional<std::vector<std::string>> down;
    std::string file;    ///< where to write it; empty: among the others, as Alembic would name it
    std::string created; ///< see NewRevision
};

/// A file as git still has it.
struct FileOfTheLost
{
    RevisionId id;
    std::string path; ///< there
    std::string contents;
    std::string commit; ///< the newest that has it
    std::string summary;
    std::string when;
    std::string branch; ///< that has it now; empty: none
    bool isStashed = false;
};

/// The files are put back as they were, byte for byte: the lost revision's, and those of others
/// that it builds on and that are lost too.
///
/// errors  as planRename; Usage: a file defines the revision
Result<Plan> planPutBack(const ChainScene& scene,
                         const std::vector<FileOfTheLost>& found,
                         const std::string& file,
                         const RunContext& run);

/// The file is written anew from a schema that has what the revision did. What it did with data is
/// not known. Undo removes the file.
///
/// errors  as planPutBack and rebuiltFile
Result<Plan> planRebuild(const ChainScene& scene,
                         const RebuildRequest& request,
                         const RebuildSource& source,
                         const std::shared_ptr<const History>& history,
                         const ReadHistory& readHistory,
                         const RunContext& run);

/// Tables that revisions need and none makes, in the order in which they are missed.
std::vector<QualifiedName> tablesNoneMakes(const RevisionGraph& graph, const History& history);

/// A first revision is put under those that are first now; it makes what they need and none makes,
/// and what else the source has. `request.down` is not asked.
///
/// errors  as planRebuild; Usage: every table that is needed is made
Result<Plan> planInitial(const ChainScene& scene,
                         const RebuildRequest& request,
                         const RebuildSource& source,
                         const std::shared_ptr<const History>& history,
                         const ReadHistory& readHistory,
                         const RunContext& run);

} // namespace sightglass
