// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"
#include "core/schema/relation.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// The column that a key of an index is, as PostgreSQL spells keys: "at DESC" is at. Empty: an
/// expression.
std::string columnOfKey(std::string_view key);
/// The same for every key.
std::vector<std::string> keyColumns(const Index& index);
std::vector<std::string> keyColumns(const IndexDefinition& index);

/// Whether the first keys are these columns, in any order.
bool leadsWith(std::span<const std::string> keys, std::span<const std::string> columns);
/// Whether all of `part` are among `whole`.
bool containsAll(std::span<const std::string> whole, std::span<const std::string> part);

/// Sets of columns of which no two rows hold the same values: keys, and unique indexes over whole
/// columns and all rows.
std::vector<std::vector<std::string>> uniqueKeysOf(const Table& table);

/// Whether a lookup by equality of these columns finds an index of the table.
bool isIndexed(const Table& table, std::span<const std::string> columns);
/// Whether such a lookup can use this index.
bool servesLookup(const Index& index, std::span<const std::string> columns);

/// A predicate that leaves out only what such a lookup never asks for: c IS NOT NULL.
bool leavesOutOnlyNulls(std::string_view predicate, std::span<const std::string> columns);

/// Columns of a partition key: "RANGE (at)". Empty: it is made of expressions.
std::vector<std::string> partitionColumns(std::string_view partitionKey);

/// "a, b"
std::string listed(std::span<const std::string> names);

} // namespace sightglass
