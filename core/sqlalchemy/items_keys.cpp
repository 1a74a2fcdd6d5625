// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/items_keys.h"

#include <algorithm>

namespace sightglass {
namespace {

using Kind = ConstraintDefinition::Kind;

constexpr int deepestReference = 20;

bool isColumn(const ColumnItem& column, std::string_view name)
{
    return column.name.isKnown() && column.name.value() == name;
}

bool hasForeignKey(const TableItem& table, const ColumnItem& column)
{
    const auto isForeignKey = [](const ConstraintItem* each) {
        return each->definition.kind == Kind::ForeignKey;
    };
    if (std::any_of(column.constraints.begin(), column.constraints.end(), isForeignKey))
        return true;
    return std::any_of(
        table.constraints.begin(), table.constraints.end(), [&](const ConstraintItem* each) {
            const auto& columns = each->definition.columns;
            return isForeignKey(each) &&
                   std::any_of(columns.begin(), columns.end(), [&](const std::string& name) {
                       return isColumn(column, name);
                   });
        });
}

/// SQLAlchemy's _autoincrement_column for one column of a primary key.
bool mayAutoincrement(const TableItem& table, const ColumnItem& column)
{
    if (!column.typeGiven || !column.type.isKnown() || column.type.value()->numericFamily().empty())
        return false;
    if (column.autoincrement == "True")
        return true;
    if (column.pythonDefault || column.serverDefault || column.fetchedDefault || column.computed)
        return false;
    return column.autoincrement == "ignore_fk" || !hasForeignKey(table, column);
}

const ColumnItem* autoincrementColumn(const TableItem& table,
                                      const std::vector<const ColumnItem*>& key)
{
    if (key.size() == 1) {
        const ColumnItem& only = *key.front();
        const bool wanted = only.autoincrement == "auto" || only.autoincrement == "ignore_fk" ||
                            only.autoincrement == "True";
        return wanted && mayAutoincrement(table, only) ? &only : nullptr;
    }
    for (const ColumnItem* column : key) {
        if (column->autoincrement == "True")
            return column;
    }
    return nullptr;
}

const ColumnItem* referencedWithin(const TableItem& table, const ColumnItem& column, int depth)
{
    if (table.metadata == nullptr || depth > deepestReference)
        return nullptr;
    for (const ConstraintItem* constraint : column.constraints) {
        if (constraint->definition.kind != Kind::ForeignKey)
            continue;
        for (const TableItem* other : table.metadata->tables) {
            if (other->name != constraint->definition.target)
                continue;
            for (const ColumnItem* each : other->columns) {
                if (constraint->definition.targetColumns.empty() ||
                    !isColumn(*each, constraint->definition.targetColumns.front()))
                    continue;
                return each->typeGiven ? each : referencedWithin(*other, *each, depth + 1);
            }
        }
    }
    return nullptr;
}

} // namespace

PrimaryKey primaryKeyOf(const TableItem& table)
{
    PrimaryKey key;
    for (const ConstraintItem* constraint : table.constraints) {
        if (constraint->definition.kind == Kind::PrimaryKey)
            key.given = constraint;
    }
    std::vector<const ColumnItem*> columns;
    if (key.given != nullptr) {
        key.columns = key.given->definition.columns;
        for (const std::string& name : key.columns) {
            const auto found =
                std::find_if(table.columns.begin(),
                             table.columns.end(),
                             [&](const ColumnItem* each) { return isColumn(*each, name); });
            if (found != table.columns.end())
                columns.push_back(*found);
        }
    }
    if (key.columns.empty()) {
        for (const ColumnItem* column : table.columns) {
            if (column->primaryKey)
                columns.push_back(column);
        }
    }
    key.autoincrement = autoincrementColumn(table, columns);
    if (!key.columns.empty())
        return key;
    // An implicit key names its autoincrement column first.
    if (key.given == nullptr && key.autoincrement != nullptr)
        std::stable_partition(columns.begin(), columns.end(), [&key](const ColumnItem* each) {
            return each == key.autoincrement;
        });
    for (const ColumnItem* column : columns) {
        if (column->name.isKnown())
            key.columns.push_back(column->name.value());
    }
    return key;
}

PrimaryKey primaryKeyOf(const ColumnItem& column)
{
    PrimaryKey key;
    if (!column.primaryKey || !column.name.isKnown())
        return key;
    key.columns = {column.name.value()};
    key.autoincrement = autoincrementColumn(TableItem(), {&column});
    return key;
}

const ColumnItem* referencedColumn(const TableItem& table, const ColumnItem& column)
{
    return referencedWithin(table, column, 0);
}

} // namespace sightglass
