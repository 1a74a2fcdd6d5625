// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backup/plan_restore.h"

namespace sightglass {

/// Compares the dump with its manifest, makes the new database, restores the dump into it, and
/// compares its catalog and its rows with what was backed up. The database that stands is not
/// touched. What fails is dropped again.
///
/// progress  bytes of tables as far as they are restored
/// errors    Malformed: the dump is damaged, or what came of it is not what was backed up;
///           QueryFailed: pg_restore stopped, with its words; NotPermitted; ConnectionLost;
///           Cancelled
Result<void> restoreBeside(const RestoreJob& job, const ServerDoor& door, const RunContext& run);

/// Sentences: how the version rows of the database are not those that were backed up.
Result<std::vector<std::string>> unmetVersionRows(const BackupManifest& manifest,
                                                  const ConnectionTarget& target,
                                                  const ServerDoor& door,
                                                  const RunContext& run);

} // namespace sightglass
