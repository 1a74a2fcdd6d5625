// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/live/database.h"
#include "core/postgres/connection.h"

namespace sightglass {

/// Finds every relation of `state.schema` that is or looks like Alembic's version table, reads its
/// rows and puts it into `state.versionTables`: the ones that the hint names, and those with a
/// column version_num and "alembic_version" in their name. At most 10,000 rows of each.
///
/// errors  ConnectionLost, TimedOut, Cancelled; a table that can't be read is marked and named in
///         `state.notRead` instead
/// cost    two statements; one more for each table when one of them can't be read
Result<void> readVersionTables(Connection& connection,
                               const VersionTableHint& hint,
                               LiveState& state,
                               const RunContext& run);

} // namespace sightglass
