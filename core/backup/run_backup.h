// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/backup/backup_store.h"
#include "core/backup/client_tools.h"
#include "core/backup/server_door.h"
#include "core/base/clock.h"
#include "core/schema/relation.h"

#include <optional>
#include <string>

namespace sightglass {

/// A dump to be made.
struct BackupJob
{
    ConnectionTarget target; ///< holds secrets; they go into the environment alone
    DumpTools tools;
    BackupManifest manifest; ///< what is known before: id, file, format, target, versions
    std::optional<QualifiedName> versionTable;
    int jobs = 1; ///< over 1 only for the directory format
};

/// The dump command. `snapshot` is what the dump sees; passwords are not in it.
CommandWork dumpCommand(const BackupJob& job, const Path& part, const std::string& snapshot);

/// Makes a dump, reads it again, writes its manifest. Schema, version rows and row counts of the
/// manifest are those of the very snapshot that is dumped.
///
/// Whenever this program ends in between, what it has left is no backup, and the next run removes
/// it. A stop is heard within a second and leaves nothing.
///
/// progress  bytes of tables as far as their dump has begun
/// errors    NotPermitted: the folder can't be written or the disk is full; QueryFailed: pg_dump
///           stopped, with its words; ConnectionLost; Malformed: what was written can't be read
///           again; Cancelled
/// cost      that of pg_dump; counting rows takes at most a twentieth of it, or two seconds
Result<BackupManifest> runBackup(const BackupJob& job,
                                 const BackupStore& store,
                                 const ServerDoor& door,
                                 const Clock& clock,
                                 const RunContext& run);

} // namespace sightglass
