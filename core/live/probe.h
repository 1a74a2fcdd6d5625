// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace sightglass {

/// What to count of a column beside its NULLs.
struct ColumnQuestion
{
    bool duplicates = false; ///< values that occur more than once
    bool longest = false;    ///< characters of the longest value
};

using ColumnPlace = std::pair<QualifiedName, std::string>; ///< table, column

/// Figures that only the rows themselves tell. What is too large to be counted in a moment stays
/// unanswered.
struct ProbeRequest
{
    std::map<QualifiedName, std::int64_t> tables;  ///< to be counted, with their size in bytes
    std::map<ColumnPlace, ColumnQuestion> columns; ///< of those tables

    std::int64_t largest = 64'000'000; ///< bytes: a table over it is left alone
    std::size_t most = 60;             ///< statements in all
};

struct ColumnCounts
{
    std::int64_t nulls = 0;
    std::int64_t values = 0;
    std::optional<std::int64_t> duplicates;
    std::optional<std::int64_t> longest;
};

struct ProbeAnswers
{
    std::map<QualifiedName, std::int64_t> rows; ///< counted
    std::map<ColumnPlace, ColumnCounts> columns;
};

} // namespace sightglass
