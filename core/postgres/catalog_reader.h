// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/live/live_state.h"
#include "core/postgres/connection.h"

namespace sightglass {

/// Server facts and the whole Schema of the snapshot that `connection` stands in; no version
/// tables.
///
/// Parts that are refused are missing and named in `notRead`; without relations or columns there is
/// an error instead, because what is left would look like an empty database.
///
/// errors  as Database::readState
/// cost    one statement a CatalogPart, whatever the database holds. Sizes of up to 2,000 relations
///         are measured, about 0.4 ms each; beyond that they are the planner's page counts.
Result<LiveState> readCatalog(Connection& connection, const RunContext& run);

} // namespace sightglass
