// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sql_names.h"
#include "core/sqlalchemy/items_keys.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>

namespace sightglass {
namespace {

using Kind = ConstraintDefinition::Kind;

std::string_view conventionKey(Kind kind)
{
    switch (kind) {
    case Kind::PrimaryKey:
        return "pk";
    case Kind::Unique:
        return "uq";
    case Kind::ForeignKey:
        return "fk";
    case Kind::Check:
        return "ck";
    case Kind::Exclude:
        return "";
    }
    return "";
}

tl::unexpected<Raised> compileError(std::string message)
{
    return sqlalchemyError("CompileError", std::move(message));
}

std::string serialWord(std::string_view family)
{
    return family == "BIGINT" ? "BIGSERIAL" : family == "SMALLINT" ? "SMALLSERIAL" : "SERIAL";
}

std::optional<Raised> readType(const TableItem& table,
                               const ColumnItem& column,
                               const PrimaryKey& key,
                               ColumnDefinition& made)
{
    const ColumnItem* typed = column.typeGiven ? &column : referencedColumn(table, column);
    if (typed == nullptr)
        return compileError(
                   "Can't generate DDL for NullType(); did you forget to specify a type on "
                   "this Column?")
            .value();
    if (!typed->type.isKnown()) {
        made.type = Unknown{typed->type.reason()};
        return std::nullopt;
    }
    const TypeObject& type = *typed->type.value();
    const bool serial = &column == key.autoincrement && !column.identity && !column.sequence;
    if (serial) {
        made.type = serialWord(type.numericFamily());
        return std::nullopt;
    }
    auto ddl = type.ddl();
    if (!ddl)
        return ddl.error();
    made.type = *ddl;
    made.collation = type.collation();
    made.defaultExpression = column.serverDefault;
    return std::nullopt;
}

struct Lowering
{
    const NamingConvention& convention;
    std::optional<Unknown> unknown; ///< what the changes themselves can't say
};

Outcome<ConstraintDefinition, Raised> definitionOf(Lowering& lowering,
                                                   const QualifiedName& table,
                                                   const ConstraintItem& item,
                                                   const std::vector<std::string>& columns)
{
    ConstraintDefinition made = item.definition;
    made.columns = columns;
    if (made.kind == Kind::ForeignKey && made.targetColumns.empty())
        made.targetColumns = columns;
    auto name = finalName(item.name,
                          conventionKey(made.kind),
                          table,
                          columns,
                          made.target,
                          made.targetColumns,
                          lowering.convention);
    if (!name)
        return otherwise(name.error());
    if (name->isKnown())
        made.name = name->value();
    else
        note(lowering.unknown, name->reason());
    if (item.unknown)
        note(lowering.unknown, item.unknown->reason);
    return made;
}

/// ADD COLUMN's or CREATE TABLE's part for one column.
Outcome<ColumnDefinition, Raised> definitionOf(Lowering& lowering,
                                               const TableItem& table,
                                               const ColumnItem& column,
                                               const PrimaryKey& key)
{
    ColumnDefinition made;
    if (column.name.isKnown())
        made.name = column.name.value();
    else
        note(lowering.unknown, column.name.reason());
    if (auto raised = readType(table, column, key, made))
        return otherwise(*raised);
    const bool inKey =
        column.primaryKey ||
        std::find(key.columns.begin(), key.columns.end(), made.name) != key.columns.end();
    const bool nullable = column.nullable.value_or(!inKey && !column.identity);
    made.notNull = !nullable && !column.identity;
    made.nullWritten = nullable && column.identity.has_value();
    made.identity = column.identity;
    made.generated = column.computed;
    for (const ConstraintItem* constraint : column.constraints) {
        if (constraint->definition.kind != Kind::Check)
            continue;
        auto check = definitionOf(lowering, table.name, *constraint, {});
        if (!check)
            return otherwise(check.error());
        check->atColumn = true;
        made.constraints.push_back(std::move(*check));
    }
    if (column.unknown)
        note(lowering.unknown, column.unknown->reason);
    return made;
}

/// Unique, the type's CHECK, foreign keys: constraints of the table that a column brings with it.
std::optional<Raised> addColumnConstraints(Lowering& lowering,
                                           const QualifiedName& table,
                                           const ColumnItem& column,
                                           std::vector<ConstraintDefinition>& made)
{
    if (!column.name.isKnown())
        return std::nullopt;
    const std::string& name = column.name.value();
    const auto add = [&](const ConstraintItem& item,
                         const std::vector<std::string>& columns) -> std::optional<Raised> {
        auto definition = definitionOf(lowering, table, item, columns);
        if (!definition)
            return definition.error();
        definition->atColumn = false;
        made.push_back(std::move(*definition));
        return std::nullopt;
    };
    if (column.unique && !column.index) {
        ConstraintItem unique;
        unique.definition.kind = Kind::Unique;
        if (auto raised = add(unique, {name}))
            return raised;
    }
    if (column.typeGiven && column.type.isKnown()) {
        if (const auto check = column.type.value()->check(name)) {
            ConstraintItem item;
            item.definition.expression = check->expression;
            if (!check->name.empty())
                item.name = {.kind = GivenName::Kind::Plain, .text = check->name};
            if (auto raised = add(item, {}))
                return raised;
        }
    }
    for (const ConstraintItem* constraint : column.constraints) {
        if (constraint->definition.kind != Kind::ForeignKey || constraint->useAlter)
            continue;
        if (auto raised = add(*constraint, {name}))
            return raised;
    }
    return std::nullopt;
}

std::optional<Raised> addTableConstraints(Lowering& lowering,
                                          const TableItem& table,
                                          std::size_t from,
                                          std::size_t to,
                                          std::vector<ConstraintDefinition>& made)
{
    for (std::size_t i = from; i < to && i < table.constraints.size(); ++i) {
        const ConstraintItem& item = *table.constraints[i];
        const bool empty = item.definition.kind == Kind::Unique && item.definition.columns.empty();
        if (item.definition.kind == Kind::PrimaryKey || item.useAlter || (empty && !item.unknown))
            continue;
        auto definition = definitionOf(lowering, table.name, item, item.definition.columns);
        if (!definition)
            return definition.error();
        made.push_back(std::move(*definition));
    }
    return std::nullopt;
}

std::optional<Raised> addConstraints(Lowering& lowering,
                                     const TableItem& table,
                                     const PrimaryKey& key,
                                     std::vector<ConstraintDefinition>& made)
{
    if (!key.columns.empty()) {
        ConstraintItem implicit;
        implicit.definition.kind = Kind::PrimaryKey;
        const ConstraintItem& item = key.given != nullptr ? *key.given : implicit;
        auto definition = definitionOf(lowering, table.name, item, key.columns);
        if (!definition)
            return definition.error();
        made.push_back(std::move(*definition));
    } else if (key.given != nullptr && key.given->unknown) {
        note(lowering.unknown, key.given->unknown->reason);
    }
    if (auto raised = addTableConstraints(lowering, table, 0, table.constraintsGiven, made))
        return raised;
    for (const ColumnItem* column : table.columns) {
        if (auto raised = addColumnConstraints(lowering, table.name, *column, made))
            return raised;
    }
    return addTableConstraints(
        lowering, table, table.constraintsGiven, table.constraints.size(), made);
}

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
        return compileError("CREATE INDEX requires that the index have a name");
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
    if (auto raised = addColumnConstraints(lowering, table, column, constraints))
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
