// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/base/file_system.h"
#include "core/base/run_context.h"
#include "core/revisions/revision_graph.h"
#include "core/scripts/script_directory.h"

#include <string>
#include <vector>

namespace sightglass {

/// What an edit of the chain is planned from.
struct ChainScene
{
    const FileSystem& files;
    const Scripts& scripts;
    const RevisionGraph& graph;
    Path copies; ///< where copies of versions folders are kept
};

/// Another name for a revision's file.
struct RenameRequest
{
    std::string revision; ///< in Alembic's syntax, or a file
    std::string name;     ///< empty: as Alembic would name it
};

/// Other parents for a revision.
struct RepointRequest
{
    std::string revision;          ///< in Alembic's syntax, or a file
    std::vector<std::string> down; ///< in Alembic's syntax; `base` alone: none
};

/// Another id for one file, where two have the same.
struct NewIdRequest
{
    std::string file;                  ///< or a revision, where only one file has its id
    RevisionId id;                     ///< the new one
    std::vector<std::string> children; ///< revisions or files whose edges go along
};

/// A revision that joins several heads.
struct MergeRequest
{
    std::vector<std::string> revisions; ///< in Alembic's syntax; empty: all heads
    RevisionId id;
    std::string message; ///< empty: "merge a and b"
    std::string created; ///< see NewRevision
};

/// The plans of edits of the chain: which bytes of which files change, as a diff. A copy of the
/// versions folder is made before; undo puts the files back. The chain is read as it would be, and
/// an edit that would bring a new fault of high severity into it is a precondition that is not met.
///
/// errors  those of resolveRevision; NotFound, Ambiguous: no or several files are meant;
///         Unsupported: an identifier is not written as text; Usage: nothing would change, or the
///         new name can't be; Cancelled; NotReadable
/// cost    all revision files are read once more
Result<Plan>
planRename(const ChainScene& scene, const RenameRequest& request, const RunContext& run);
Result<Plan>
planRepoint(const ChainScene& scene, const RepointRequest& request, const RunContext& run);
Result<Plan> planNewId(const ChainScene& scene, const NewIdRequest& request, const RunContext& run);
Result<Plan> planMerge(const ChainScene& scene, const MergeRequest& request, const RunContext& run);

/// Kind of the OwnWork that copies the versions folder; its perform is copyVersions.
inline constexpr std::string_view copyFolderKind = "copy-folder";

/// Does the first step of such a plan.
Result<void> copyVersions(const ChainScene& scene, const RunContext& run);

} // namespace sightglass
