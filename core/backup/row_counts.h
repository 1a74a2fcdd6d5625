// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/writing_session.h"
#include "core/schema/schema.h"

#include <chrono>
#include <cstdint>
#include <map>

namespace sightglass {

/// A relation whose rows a dump holds as its own.
bool holdsRows(const Table& table);

/// Rows of tables, counted one after another in the session's transaction until `limit` is over or
/// one is refused; what is not counted by then is absent. The transaction may be spoiled
/// afterwards.
///
/// errors  Cancelled
/// cost    a scan of each table
Result<std::map<QualifiedName, std::int64_t>> countedRows(const Schema& schema,
                                                          WritingSession& session,
                                                          std::chrono::milliseconds limit,
                                                          const RunContext& run);

} // namespace sightglass
