// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/items_definitions.h"

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

} // namespace

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
    else if (made.kind == Kind::ForeignKey && made.target.name.empty())
        note(lowering.unknown, "the table of the column that it points to is not known");
    return made;
}

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

std::optional<Raised> addColumnConstraints(Lowering& lowering,
                                           const QualifiedName& table,
                                           const ColumnItem& column,
                                           bool inCreateTable,
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
        if (constraint->definition.kind != Kind::ForeignKey ||
            (constraint->useAlter && inCreateTable))
            continue;
        if (auto raised = add(*constraint, {name}))
            return raised;
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
        if (auto raised = addColumnConstraints(lowering, table.name, *column, true, made))
            return raised;
    }
    return addTableConstraints(
        lowering, table, table.constraintsGiven, table.constraints.size(), made);
}

} // namespace sightglass
