// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "core/live/live_state.h"
#include "core/live/probe.h"

#include <vector>

namespace sightglass {

/// What the rows of a live database would settle about revisions that are to run on it: rows of
/// tables that they empty, drop or constrain, and NULLs, duplicates and lengths of the columns that
/// they constrain.
///
/// shape  only tables and columns that are live under the names that the revisions use
ProbeRequest
probesFor(const History& history, const std::vector<RevisionIndex>& pending, const LiveState& live);

} // namespace sightglass
