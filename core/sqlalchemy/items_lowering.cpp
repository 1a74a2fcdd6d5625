// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sql_names.h"
#include "core/sqlalchemy/items_definitions.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>

namespace sightglass {
namespace {

void addEnum(const ColumnItem& column, const QualifiedName& table, std::vector<Change>& changes)
{
    if (!column.typeGiven || !column.type.isKnown())
        return;
    const auto native = column.type.value()->nativeEnum();
    if (!native || !native->createType || native->ofMetadata || !native->name.isKnown())
        return;
    if (!native->labels.isKnown()) {
        changes.push_back(
            change::Opaque{.what = "creates type " + toText(native->name.value()) +
                                   ", whose labels are not known: " + native->labels.reason(),
                           .table = table,
                           .structural = true});
        return;
    }
    change::CreateEnum made{.type = native->name.value(),
                            .labels = native->labels.value(),
                            .oncePerRun = true,
                            .unlessExists = false};
    const auto isSame = [&made](const Change& each) {
        const auto* other = std::get_if<change::CreateEnum>(&each);
        return other != nullptr && other->type == made.type;
    };
    if (std::none_of(changes.begin(), changes.end(), isSame))
        changes.push_back(std::move(made));
}

std::optional<Raised> addFlagIndex(Lowering& lowering,
                                   const QualifiedName& table,
                                   const ColumnItem& column,
                                   std::vector<Change>& changes)
{
    if (!column.index || !column.name.isKnown())
        return std::nullopt;
    IndexItem index;
    index.definition.unique = column.unique;
    index.definition.elements.emplace_back().column = column.name.value();
    auto made = createIndexChanges(index, table, lowering.convention);
    if (!made)
        return made.error();
    changes.insert(changes.end(), made->begin(), made->end());
    return std::nullopt;
}

/// The index that a type brings with it where a table is created (geoalchemy2).
void addImplicitIndex(const QualifiedName& table,
                      const ColumnItem& column,
                      std::vector<Change>& changes)
{
    if (!column.typeGiven || !column.type.isKnown() || !column.name.isKnown())
        return;
    const std::string_view method = column.type.value()->implicitIndex();
    if (method.empty())
        return;
    change::CreateIndex made;
    made.index.name = shortenedName("idx_" + table.name + "_" + column.name.value());
    made.index.table = table;
    made.index.method = std::string(method);
    made.index.elements.emplace_back().column = column.name.value();
    changes.push_back(std::move(made));
}

void addComment(const QualifiedName& table,
                std::string column,
                const std::optional<std::string>& text,
                std::vector<Change>& changes)
{
    if (!text || text->empty())
        return;
    const std::string kind = column.empty() ? "table" : "column";
    changes.push_back(
        change::SetComment{.kind = kind, .name = table, .part = std::move(column), .text = text});
}

void readOptions(const TableItem& table, change::CreateTable& made)
{
    for (const std::string& word : table.prefixes) {
        made.unlogged = made.unlogged || word == "UNLOGGED";
        made.temporary = made.temporary || word.find("TEMP") != std::string::npos;
    }
    for (const auto& [name, value] : table.options) {
        if (name == "partition_by")
            made.partitionBy = value;
        else if (name == "inherits")
            made.inherits.push_back({{}, value});
        else if (name == "tablespace")
            made.options.push_back("TABLESPACE " + sqlName(value));
        else if (name == "using")
            made.options.push_back("USING " + value);
        else if (name == "on_commit") {
            std::string words = value;
            std::replace(words.begin(), words.end(), '_', ' ');
            made.options.push_back("ON COMMIT " + words);
        }
    }
}

void addUnknown(const Lowering& lowering, const QualifiedName& table, std::vector<Change>& changes)
{
    if (lowering.unknown)
        changes.push_back(change::Opaque{.what = "leaves a part of table " + toText(table) +
                                                 " unknown: " + lowering.unknown->reason,
                                         .table = table,
                                         .structural = true});
}

/// Raises what the compiler would, with the column named as SQLAlchemy names it.
Outcome<change::CreateTable, Raised>
createTable(Lowering& lowering, const TableItem& table, const PrimaryKey& key)
{
    change::CreateTable made;
    made.table = table.name;
    readOptions(table, made);
    for (const ColumnItem* column : table.columns) {
        if (column->system)
            continue;
        auto definition = definitionOf(lowering, table, *column, key);
        if (!definition) {
            Raised raised = definition.error();
            if (raised.type == "CompileError" && column->name.isKnown())
                raised.message = "(in table '" + table.name.name + "', column '" +
                                 column->name.value() + "'): " + raised.message;
            return otherwise(std::move(raised));
        }
        made.columns.push_back(std::move(*definition));
    }
    if (auto raised = addConstraints(lowering, table, key, made.constraints))
        return otherwise(*raised);
    return made;
}

} // namespace

Outcome<std::vector<Change>, Raised> createTableChanges(const TableItem& table,
                                                        const NamingConvention& convention)
{
    Lowering lowering{convention, table.unknown};
    std::vector<Change> changes;
    if (table.name.name.empty()) {
        changes.push_back(change::Opaque{
            .what = "creates a table whose name is not known: " +
                    (table.unknown ? table.unknown->reason : std::string("it is empty")),
            .table = {},
            .structural = true});
        return changes;
    }
    for (const ColumnItem* column : table.columns)
        addEnum(*column, table.name, changes);
    auto created = createTable(lowering, table, primaryKeyOf(table));
    if (!created)
        return otherwise(created.error());
    changes.emplace_back(std::move(*created));
    for (const ColumnItem* column : table.columns)
        addImplicitIndex(table.name, *column, changes);
    for (const ColumnItem* column : table.columns) {
        if (auto raised = addFlagIndex(lowering, table.name, *column, changes))
            return otherwise(*raised);
    }
    for (const IndexItem* index : table.indexes) {
        auto made = createIndexChanges(*index, table.name, convention);
        if (!made)
            return otherwise(made.error());
        changes.insert(changes.end(), made->begin(), made->end());
    }
    addComment(table.name, {}, table.comment, changes);
    for (const ColumnItem* column : table.columns) {
        if (column->name.isKnown() && !column->system)
            addComment(table.name, column->name.value(), column->comment, changes);
    }
    addUnknown(lowering, table.name, changes);
    return changes;
}

Outcome<std::vector<Change>, Raised> createIndexChanges(const IndexItem& index,
                                                        const QualifiedName& table,
                                                        const NamingConvention& convention)
{
    std::vector<std::string> columns;
    for (const IndexElement& element : index.definition.elements) {
        if (!element.column.empty())
            columns.push_back(element.column);
        else if (element.expression && element.expression->isKnown())
            columns.push_back(element.expression->value());
    }
    auto name = finalName(index.name, "ix", table, columns, {}, {}, convention);
    if (!name)
        return otherwise(name.error());
    const auto opaque = [&table](const std::string& reason) {
        return std::vector<Change>{
            change::Opaque{.what = "creates an index that is not fully known: " + reason,
                           .table = table,
                           .structural = true}};
    };
    if (!name->isKnown())
        return opaque(name->reason());
    if (index.unknown)
        return opaque(index.unknown->reason);
    if (name->value().empty())
        return sqlalchemyError("CompileError", "CREATE INDEX requires that the index have a name");
    change::CreateIndex made{
        .index = index.definition, .ifNotExists = false, .concurrently = index.concurrently};
    made.index.name = name->value();
    made.index.table = table;
    return std::vector<Change>{std::move(made)};
}

Outcome<std::vector<Change>, Raised> addColumnChanges(const QualifiedName& table,
                                                      const ColumnItem& column,
                                                      const NamingConvention& convention)
{
    Lowering lowering{convention, std::nullopt};
    TableItem alone;
    alone.name = table;
    const PrimaryKey key = primaryKeyOf(column);
    auto definition = definitionOf(lowering, alone, column, key);
    if (!definition)
        return otherwise(definition.error());
    std::vector<Change> changes;
    const std::string name = definition->name;
    if (name.empty()) {
        addUnknown(lowering, table, changes);
        return changes;
    }
    changes.push_back(change::AddColumn{.table = table,
                                        .column = std::move(*definition),
                                        .ifNotExists = false,
                                        .ifTableExists = false});
    std::vector<ConstraintDefinition> constraints;
    if (auto raised = addColumnConstraints(lowering, table, column, false, constraints))
        return otherwise(*raised);
    for (ConstraintDefinition& constraint : constraints)
        changes.push_back(change::AddConstraint{table, std::move(constraint)});
    if (auto raised = addFlagIndex(lowering, table, column, changes))
        return otherwise(*raised);
    addComment(table, name, column.comment, changes);
    addUnknown(lowering, table, changes);
    return changes;
}

Outcome<Change, Raised> addConstraintChange(const QualifiedName& table,
                                            const ConstraintItem& constraint,
                                            const NamingConvention& convention)
{
    Lowering lowering{convention, std::nullopt};
    auto made = definitionOf(lowering, table, constraint, constraint.definition.columns);
    if (!made)
        return otherwise(made.error());
    made->atColumn = false;
    if (lowering.unknown)
        return Change(change::Opaque{.what = "adds a constraint that is not fully known: " +
                                             lowering.unknown->reason,
                                     .table = table,
                                     .structural = true});
    return Change(change::AddConstraint{table, std::move(*made)});
}

std::optional<Unknown> unknownPart(const TableItem& table)
{
    if (table.unknown)
        return table.unknown;
    for (const ColumnItem* column : table.columns) {
        if (auto unknown = unknownPart(*column))
            return unknown;
    }
    for (const ConstraintItem* constraint : table.constraints) {
        if (constraint->unknown)
            return constraint->unknown;
    }
    for (const IndexItem* index : table.indexes) {
        if (index->unknown)
            return index->unknown;
    }
    return std::nullopt;
}

} // namespace sightglass
