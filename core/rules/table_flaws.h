// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A part of a table that is not as it was.
struct TableFlaw
{
    enum class Kind
    {
        Left,    ///< it was not there before
        Missing, ///< it is not there any more
        Differs
    };
    Kind kindOfFlaw = Kind::Differs;
    std::string kind; ///< "column", "primary key", "unique constraint", "index", …
    std::string part;
    std::string before; ///< its definition; empty: it was not there
    std::string after;
};

/// What of `before` is not so in `after`. The order of columns, comments, and names of constraints
/// and indexes of the same definition do not count.
std::vector<TableFlaw> tableFlaws(const Table& before, const Table& after);

/// Whether a table has a column, constraint, trigger or policy of that name.
bool hasPart(const Table& table, std::string_view kind, std::string_view name);

} // namespace sightglass
