// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/connection_target.h"
#include "core/live/database.h"
#include "ui/dialogs/connect_dialog.h"

namespace sightglass {

/// Opens a read-only session, reads everything, closes it. A stop ends the statement that runs.
///
/// errors  those of connectReadOnly and Database::readState
Result<LiveState> readDatabaseState(const ConnectionTarget& target,
                                    const VersionTableHint& hint,
                                    const RunContext& run);

/// Who answers at `target`.
Result<ServerAnswer> askServer(const ConnectionTarget& target, const RunContext& run);

} // namespace sightglass
