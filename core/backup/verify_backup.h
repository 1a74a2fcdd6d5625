// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backup/backup_store.h"
#include "core/backup/client_tools.h"
#include "core/backup/server_door.h"
#include "core/base/clock.h"

#include <string>

namespace sightglass {

/// Whether a dump is what its manifest says, by checksum and table of contents.
///
/// errors  Malformed: it is damaged; NotReadable, NotFound, Cancelled
Result<void> checkDump(const BackupManifest& manifest,
                       const Path& dump,
                       const DumpTools& tools,
                       const RunContext& run);

/// Reads the dump again: its checksum has to be the manifest's, its table of contents as long. The
/// manifest then says when; a backup that fails is not verified any more.
///
/// errors  Malformed: it is damaged; NotReadable, NotFound, Cancelled
/// cost    about a second a gigabyte
Result<BackupManifest> verifyBackup(const BackupStore& store,
                                    const StoredBackup& backup,
                                    const DumpTools& tools,
                                    const Clock& clock,
                                    const RunContext& run);

/// The same, and restores it on a private server, where its catalog and its rows are compared with
/// what was backed up.
///
/// errors  also QueryFailed: it can't be restored on this machine, with pg_restore's words;
///         NotFound: no PostgreSQL server here. The backup stays verified then.
Result<BackupManifest> rehearseRestore(const BackupStore& store,
                                       const StoredBackup& backup,
                                       const DumpTools& tools,
                                       const ServerDoor& door,
                                       const Clock& clock,
                                       const RunContext& run);

/// The newest verified backup of the database `database` of a cluster; null: there is none.
///
/// backups  newest first
const StoredBackup* lastVerified(const std::vector<StoredBackup>& backups,
                                 const std::string& systemIdentifier,
                                 const std::string& database,
                                 const std::string& target);

/// "3 minutes", "2 hours", "5 days": age of a time in RFC 3339; empty where it can't be read.
std::string ageText(const std::string& time, Time now);

} // namespace sightglass
