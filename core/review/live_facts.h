// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/live_state.h"
#include "core/replay/replay.h"
#include "core/rules/review_facts.h"

namespace sightglass {

/// What one snapshot of a database tells: server, owners, sizes, estimates of rows, invalid
/// indexes, rights, locks and long transactions, publications, scans of indexes, volatility of
/// functions. Facts that are there already stay.
void addLiveFacts(const LiveState& live, ReviewFacts& facts);

/// How a replay goes on where a live database stands.
ReplaySettings settingsOf(const LiveState& live);

} // namespace sightglass
