// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// The rows that a partition of one key column takes.
struct PartitionBound
{
    std::string column;               ///< of the key; empty: the key is another, or not known
    std::optional<std::string> from;  ///< inclusive; absent: MINVALUE, or no range
    std::optional<std::string> below; ///< exclusive; absent: MAXVALUE, or no range
    std::vector<std::string> values;  ///< of a list
    bool isList = false;
    bool isDefault = false;
    bool parsed = false;
};

/// `partitionKey` is the parent's, "RANGE (at)", empty where it is not known; `bound` is as
/// written: "FOR VALUES FROM ('a') TO ('b')", "FOR VALUES IN (1, 2)", "DEFAULT".
PartitionBound partitionBound(const std::string& partitionKey, const std::string& bound);

/// The bound as a condition that a CHECK can have; empty: it can't be told.
std::string conditionOf(const PartitionBound& bound);

/// Whether a valid CHECK of `table` shows that all its rows belong into a partition with this
/// bound, so that ATTACH PARTITION reads none. Only for keys of one plain column; false when it
/// can't be told.
bool impliesBound(const Table& table, const std::string& partitionKey, const std::string& bound);

/// Whether a valid CHECK of a DEFAULT partition shows that no row of it belongs into such a
/// partition.
bool excludesBound(const Table& table, const std::string& partitionKey, const std::string& bound);

/// The DEFAULT partition of a table; null: none is known.
const Table* defaultPartitionOf(const Moment& moment, const QualifiedName& parent);

} // namespace sightglass
