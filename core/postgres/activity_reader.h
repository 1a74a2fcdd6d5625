// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/live/live_state.h"
#include "core/postgres/connection.h"
#include "core/postgres/session_reader.h"

#include <cstdint>
#include <map>

namespace sightglass {

/// Reads and writes of each table since the statistics were reset.
using TableCounters = std::map<QualifiedName, std::int64_t>;

/// Counters as they are now, not as an earlier statement of the snapshot saw them. Empty where they
/// can't be read: they only ever add to what is known.
///
/// errors  ConnectionLost, Cancelled, TimedOut when nothing more can be asked
Result<TableCounters> readCounters(Connection& connection, const RunContext& run);

/// Adds LiveState::activity to a state whose catalog was read in the same snapshot. What is refused
/// is named in LiveState::notRead.
///
/// before        counters from a moment before
/// transactions  those open a moment before
/// errors  as readCounters
/// cost    a fixed number of statements, whatever the database holds
Result<void> readActivity(Connection& connection,
                          const TableCounters& before,
                          const TransactionNames& transactions,
                          LiveState& state,
                          const RunContext& run);

} // namespace sightglass
