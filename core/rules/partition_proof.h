// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <string>

namespace sightglass {

/// Whether a valid CHECK of `table` shows that all its rows belong into a partition with this
/// bound, so that ATTACH PARTITION reads none. `partitionKey` is the parent's, "RANGE (at)";
/// `bound` is as written, "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')". Only for keys of one
/// plain column; false when it can't be told.
bool impliesBound(const Table& table, const std::string& partitionKey, const std::string& bound);

/// Whether a valid CHECK of a DEFAULT partition shows that no row of it belongs into such a
/// partition.
bool excludesBound(const Table& table, const std::string& partitionKey, const std::string& bound);

} // namespace sightglass
