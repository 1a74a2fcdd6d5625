// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backup/backup_store.h"
#include "core/backup/client_tools.h"
#include "core/base/clock.h"

namespace sightglass {

/// Takes a copy of somebody else's dump into the store, with a manifest of what the dump says of
/// itself: the version rows that it holds too, where it has one version table.
///
/// dump    a file or folder that pg_dump wrote in custom, directory or tar format
/// errors  Unsupported: pg_restore can't read it, a plain SQL script for one; NotReadable;
///         NotPermitted; Cancelled. Nothing is left in the store then.
Result<BackupManifest> importDump(const Path& dump,
                                  const BackupStore& store,
                                  const DumpTools& tools,
                                  const Clock& clock,
                                  const RunContext& run);

} // namespace sightglass
