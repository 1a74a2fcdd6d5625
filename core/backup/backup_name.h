// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backup/backup_store.h"
#include "core/base/clock.h"

#include <string>

namespace sightglass {

/// "shop-20261121-030100": a name for a backup of `database` that the store does not have yet.
std::string newBackupId(const BackupStore& store, const std::string& database, Time now);

} // namespace sightglass
