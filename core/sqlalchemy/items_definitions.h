// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/items_keys.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What items become while they are turned into changes.
struct Lowering
{
    const NamingConvention& convention;
    std::optional<Unknown> unknown; ///< what the changes themselves can't say
};

/// A constraint of `table` with its final name.
Outcome<ConstraintDefinition, Raised> definitionOf(Lowering& lowering,
                                                   const QualifiedName& table,
                                                   const ConstraintItem& item,
                                                   const std::vector<std::string>& columns);

/// ADD COLUMN's or CREATE TABLE's part for one column.
Outcome<ColumnDefinition, Raised> definitionOf(Lowering& lowering,
                                               const TableItem& table,
                                               const ColumnItem& column,
                                               const PrimaryKey& key);

/// Unique, the type's CHECK, foreign keys: constraints of the table that a column brings with it.
/// CREATE TABLE leaves foreign keys with use_alter out; ADD COLUMN knows no such difference.
std::optional<Raised> addColumnConstraints(Lowering& lowering,
                                           const QualifiedName& table,
                                           const ColumnItem& column,
                                           bool inCreateTable,
                                           std::vector<ConstraintDefinition>& made);

/// All constraints of a table in the order of CREATE TABLE: the key, those given with it, those of
/// its columns, those added later.
std::optional<Raised> addConstraints(Lowering& lowering,
                                     const TableItem& table,
                                     const PrimaryKey& key,
                                     std::vector<ConstraintDefinition>& made);

} // namespace sightglass
