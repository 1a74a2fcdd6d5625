// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rebuild/rebuilt_file.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// One migration in place of all.
struct SquashRequest
{
    /// Id of the new revision; empty: that of the head, where there is one. Databases at the head
    /// need no stamp then.
    RevisionId id;
    std::string message;      ///< empty: "squash of 12 revisions"
    std::string created;      ///< see NewRevision
    bool withoutRows = false; ///< rows that the revisions insert may be left behind
    /// Version rows of a database; absent: none was asked.
    std::optional<std::vector<RevisionId>> rows;
    std::string database; ///< its name, for sentences
    /// Its schema: spells what reading can't. Absent: no database was asked.
    std::optional<Schema> live;
};

/// The revisions of the folder become one that leaves what the heads leave; the old files are moved
/// to a folder beside. Everything that makes it unsafe is a precondition: operations that were not
/// read, rows that a fresh database would miss, what no schema shows, databases that are elsewhere.
/// Undo puts the files back.
///
/// errors  as planRename; Usage: there is nothing to squash, or the chain can't be loaded
Result<Plan> planSquash(const ChainScene& scene,
                        const SquashRequest& request,
                        const std::shared_ptr<const History>& history,
                        const ReadHistory& readHistory,
                        const RunContext& run);

} // namespace sightglass
