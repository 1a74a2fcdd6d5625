// SPDX-License-Identifier: GPL-3.0-or-later
//
// source  transformCreateStmt, DefineRelation
#include "core/replay/appliers.h"
#include "core/replay/columns.h"
#include "core/replay/constraints.h"
#include "core/replay/lookup.h"
#include "core/replay/partition_bounds.h"
#include "core/replay/query_columns.h"
#include "core/replay/spelling.h"
#include "core/replay/tables.h"
#include "core/replay/views.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

Done checkNames(const QualifiedName& table, const std::vector<ColumnDefinition>& columns)
{
    std::vector<std::string> seen;
    for (const ColumnDefinition& column : columns) {
        if (holds(seen, column.name))
            return refusal("42701",
                           "column \"" + column.name + "\" specified more than once",
                           "column " + toText(table) + "." + column.name);
        seen.push_back(column.name);
    }
    return std::nullopt;
}

/// NULL is written at a column that says NOT NULL, too.
Done checkNullability(const QualifiedName& table, const std::vector<ColumnDefinition>& columns)
{
    for (const ColumnDefinition& column : columns) {
        const bool serial = column.type.isKnown() && !serialType(column.type.value()).empty();
        if (column.nullWritten && (column.notNull || column.identity || serial))
            return refusal("42601",
                           "conflicting NULL/NOT NULL declarations for column \"" + column.name +
                               "\" of table \"" + table.name + "\"",
                           "column " + toText(table) + "." + column.name);
    }
    return std::nullopt;
}

Table emptyTable(const QualifiedName& name, const change::CreateTable& change)
{
    Table table;
    table.name = name;
    table.unlogged = change.unlogged;
    table.partitionKey = change.partitionBy;
    if (!change.partitionBy.empty())
        table.kind = TableKind::PartitionedTable;
    else if (change.partitionOf)
        table.kind = TableKind::Partition;
    table.partitionBound = change.partitionBound;
    return table;
}

Done addParents(Catalog& catalog, const QualifiedName& name, const change::CreateTable& change)
{
    std::vector<QualifiedName> parents = change.inherits;
    if (change.partitionOf)
        parents.push_back(*change.partitionOf);
    for (const QualifiedName& written : parents) {
        const auto parent = tableNamed(catalog, written);
        if (!parent)
            return parent.error();
        if (change.partitionOf && catalog.table(*parent)->kind != TableKind::PartitionedTable &&
            catalog.table(*parent)->partitionKey.empty())
            return refusal(
                "42809", "\"" + parent->name + "\" is not partitioned", "table " + toText(*parent));
        if (Done refused = checkLineage(catalog, name, *parent))
            return refused;
        if (Done refused = inheritFrom(catalog, name, *parent))
            return refused;
        const Done refused = editTable(catalog, name, [&](Table& table) -> Done {
            if (!change.partitionOf) {
                table.inherits.push_back(*parent);
                return std::nullopt;
            }
            table.partitionOf = *parent;
            return spellBound(catalog, *catalog.table(*parent), table);
        });
        if (refused)
            return refused;
    }
    return std::nullopt;
}

/// Columns that a parent has already are merged into its own.
std::vector<ColumnDefinition>
withoutInherited(Catalog& catalog, const QualifiedName& name, const change::CreateTable& change)
{
    if (change.inherits.empty() && !change.partitionOf)
        return change.columns;
    std::vector<ColumnDefinition> columns;
    for (const ColumnDefinition& definition : change.columns) {
        if (catalog.table(name)->column(definition.name) == nullptr) {
            columns.push_back(definition);
            continue;
        }
        editColumn(catalog, name, definition.name, [&](Table& table, Column& column) -> Done {
            column.nullable = column.nullable && !definition.notNull;
            if (definition.defaultExpression)
                return setDefault(catalog, table, column, *definition.defaultExpression);
            return std::nullopt;
        });
    }
    return columns;
}

std::vector<ConstraintDefinition> allConstraints(const change::CreateTable& change)
{
    std::vector<ConstraintDefinition> constraints;
    for (const ColumnDefinition& column : change.columns) {
        const auto atColumn = constraintsAt(column);
        constraints.insert(constraints.end(), atColumn.begin(), atColumn.end());
    }
    constraints.insert(constraints.end(), change.constraints.begin(), change.constraints.end());
    return constraints;
}

std::string likeOptions(const change::CreateTable& change, std::size_t i)
{
    return i < change.likeOptions.size() ? change.likeOptions[i] : std::string();
}

Done addStructure(Catalog& catalog, const QualifiedName& name, const change::CreateTable& change)
{
    if (Done refused = addParents(catalog, name, change))
        return refused;
    for (std::size_t i = 0; i < change.like.size(); ++i) {
        if (Done refused = copyLike(catalog, name, change.like[i], likeOptions(change, i)))
            return refused;
    }
    if (Done refused = addColumns(catalog, name, withoutInherited(catalog, name, change)))
        return refused;
    if (Done refused = addConstraints(catalog, name, allConstraints(change)))
        return refused;
    for (std::size_t i = 0; i < change.like.size(); ++i) {
        if (Done refused =
                copyLikeConstraints(catalog, name, change.like[i], likeOptions(change, i)))
            return refused;
    }
    if (change.partitionOf)
        return inheritKeys(catalog, name, *catalog.table(name)->partitionOf);
    return std::nullopt;
}

/// CREATE TABLE … AS: columns picked from a table; of another query the names that are written.
Done addQueryColumns(Catalog& catalog, const QualifiedName& name, const change::CreateTable& change)
{
    for (const QualifiedName& written : relationsOf(change.query)) {
        if (Done refused = refusedSource(catalog, written))
            return refused;
    }
    const auto picked = pickedColumns(catalog, change.query);
    if (picked && change.columns.size() > picked->columns.size())
        return refusal("42601", "too many column names were specified", "table " + toText(name));
    if (!picked)
        catalog.doubt(name, {}, "its columns come from a query", Doubt::Reach::Parts, true);
    if (picked) {
        for (const auto& [at, reason] : picked->doubts)
            catalog.doubt(name,
                          at < change.columns.size() ? change.columns[at].name
                                                     : picked->columns[at].name,
                          reason);
    }
    return editTable(catalog, name, [&](Table& table) -> Done {
        table.columns = picked ? picked->columns : columnsOfQuery(catalog, change.query);
        for (std::size_t i = 0; i < change.columns.size(); ++i) {
            if (i >= table.columns.size())
                table.columns.emplace_back();
            table.columns[i].name = change.columns[i].name;
        }
        return std::nullopt;
    });
}

} // namespace

Done apply(Catalog& catalog, const change::CreateTable& change)
{
    const auto name = newName(catalog, change.table, change.temporary);
    if (!name)
        return name.error();
    if (catalog.relation(*name) != nullptr) {
        if (change.ifNotExists)
            return std::nullopt;
        return relationExists(name->name);
    }
    if (catalog.isType(*name))
        return typeExists(name->name);
    if (Done refused = checkNames(*name, change.columns))
        return refused;
    if (Done refused = checkNullability(*name, change.columns))
        return refused;
    catalog.put(emptyTable(*name, change));
    if (!change.query.empty())
        return addQueryColumns(catalog, *name, change);
    return addStructure(catalog, *name, change);
}

} // namespace sightglass::replaying
