// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/backup/client_tools.h"
#include "core/backup/manifest.h"
#include "core/backup/server_door.h"
#include "core/base/file_system.h"

#include <string>
#include <vector>

namespace sightglass {

/// How a dump is read back into a database.
struct DumpRestoring
{
    Path dump;
    DumpTools tools;
    ConnectionTarget into; ///< a database of its own, which is empty
    int jobs = 1;
    bool owners = true; ///< false: neither owners nor rights, for a server without the roles
};

/// The command, without secrets in its arguments.
CommandWork restoreCommand(const DumpRestoring& restoring);

/// Runs it; the first error ends it.
///
/// tables    for progress
/// errors    QueryFailed: pg_restore stopped, with its words; ConnectionLost; Cancelled
Result<void> restoreDump(const DumpRestoring& restoring,
                         const std::vector<BackedUpTable>& tables,
                         const RunContext& run);

/// Sentences: what of a backup is not in the database that it was restored into, by the catalog and
/// by counted rows. Empty: all of it is there.
///
/// errors  those of reading and counting
Result<std::vector<std::string>> missingAfterRestore(const BackupManifest& manifest,
                                                     const ConnectionTarget& into,
                                                     const ServerDoor& door,
                                                     const RunContext& run);

} // namespace sightglass
