// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/items.h"

#include <string>
#include <vector>

namespace sightglass {

/// The primary key that a table ends up with.
struct PrimaryKey
{
    const ConstraintItem* given = nullptr;
    std::vector<std::string> columns;
    const ColumnItem* autoincrement = nullptr;
};

PrimaryKey primaryKeyOf(const TableItem& table);
/// As if the column were a table's only one.
PrimaryKey primaryKeyOf(const ColumnItem& column);

/// The column whose type one without a type takes: what its foreign key points to. Null where that
/// is not known.
const ColumnItem* referencedColumn(const TableItem& table, const ColumnItem& column);

} // namespace sightglass
