// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/live/connection_target.h"
#include "core/live/live_state.h"

#include <functional>
#include <string>

namespace sightglass {

/// Reads server facts and the whole schema of the database that a target names, through a read-only
/// session of its own; no version tables.
///
/// snapshot  of another session, as pg_export_snapshot() named it; empty: what is there now
/// errors    those of connectReadOnly and Database::readState
using ReadCatalogOf = std::function<Result<LiveState>(
    const ConnectionTarget& target, const std::string& snapshot, const RunContext& run)>;

} // namespace sightglass
