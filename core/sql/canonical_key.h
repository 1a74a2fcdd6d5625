// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/canonical_analysis.h"

#include <optional>
#include <string>
#include <string_view>

namespace sightglass::canonical {

/// An expression of an index after analysis.
struct Key
{
    std::string text; ///< with parentheses where PostgreSQL writes them, without COLLATE
    TypeId type = type::none;
    std::string collation; ///< written at the top of the expression
    std::string column;    ///< a plain column after all
    std::vector<std::string> columns;
};

/// Absent with trouble in the type space.
std::optional<Key> keyOf(std::string_view sql, TypeSpace& types);

/// The analysed expression of `sql`; null with trouble.
ExpressionPtr analysed(std::string_view sql,
                       ExpressionUse use,
                       TypeSpace& types,
                       TypeUse target,
                       std::string_view columnName,
                       std::vector<std::string>& columns);

} // namespace sightglass::canonical
