// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns as they are made, with what SERIAL and IDENTITY bring.
#include "core/replay/columns.h"

#include "core/replay/lookup.h"
#include "core/replay/naming.h"
#include "core/replay/spelling.h"

#include <algorithm>
#include <array>

namespace sightglass::replaying {

namespace {

constexpr std::array<std::string_view, 6> systemColumns{
    "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"};

bool isInteger(const std::string& type)
{
    return type == "integer" || type == "bigint" || type == "smallint";
}

Done refusedName(const Table& table, const std::string& name)
{
    if (std::ranges::find(systemColumns, name) != systemColumns.end())
        return refusal("42701",
                       "column name \"" + name + "\" conflicts with a system column name",
                       "column " + toText(table.name) + "." + name);
    return std::nullopt;
}

Done setType(Catalog& catalog,
             const QualifiedName& table,
             Column& column,
             const ColumnDefinition& definition)
{
    if (definition.type.isKnown()) {
        if (const auto serial = serialType(definition.type.value()); !serial.empty()) {
            column.type = serial;
            column.nullable = false;
            const QualifiedName sequence = addOwnedSequence(
                catalog, {.table = table, .column = column.name}, column.type, false);
            column.defaultExpression =
                "nextval(" + quotedLiteral(catalog.spelled(sequence)) + "::regclass)";
            return std::nullopt;
        }
    }
    const auto type = typeText(catalog, definition.type);
    if (!type)
        return type.error();
    if (type->isKnown())
        column.type = type->value();
    else
        catalog.doubt(table, column.name, "its type is not known: " + type->reason());
    return std::nullopt;
}

Done setIdentity(Catalog& catalog,
                 const QualifiedName& table,
                 Column& column,
                 const IdentityDefinition& identity)
{
    if (!column.type.empty() && !isInteger(column.type))
        return refusal("22023",
                       "identity column type must be smallint, integer, or bigint",
                       "column " + toText(table) + "." + column.name);
    const std::int64_t increment = identity.options.increment.value_or(1);
    const std::int64_t first = increment > 0 ? identity.options.minimum.value_or(1)
                                             : identity.options.maximum.value_or(-1);
    column.identity = Identity{.always = identity.always,
                               .start = identity.options.start.value_or(first),
                               .increment = increment};
    column.nullable = false;
    addOwnedSequence(catalog, {.table = table, .column = column.name}, column.type, true);
    return std::nullopt;
}

Done begin(Catalog& catalog, Table& table, const ColumnDefinition& definition)
{
    Column column;
    column.name = definition.name;
    if (Done refused = refusedName(table, column.name))
        return refused;
    if (const Column* const other = table.column(column.name); other != nullptr)
        return columnExists(table.name, column.name);
    column.nullable = !definition.notNull;
    if (Done refused = setType(catalog, table.name, column, definition))
        return refused;
    column.collation = definition.collation == "default" ? std::string() : definition.collation;
    if (definition.identity) {
        if (Done refused = setIdentity(catalog, table.name, column, *definition.identity))
            return refused;
    }
    table.columns.push_back(std::move(column));
    return std::nullopt;
}

Done finish(Catalog& catalog, Table& table, const ColumnDefinition& definition)
{
    const auto column = findByName(table.columns, definition.name);
    if (column == table.columns.end())
        return std::nullopt;
    if (definition.defaultExpression && (column->identity || column->defaultExpression))
        return refusal("42601",
                       column->identity
                           ? "both default and identity specified for column \"" + column->name +
                                 "\" of table \"" + table.name.name + "\""
                           : "multiple default values specified for column \"" + column->name +
                                 "\" of table \"" + table.name.name + "\"",
                       "column " + toText(table.name) + "." + column->name);
    if (definition.defaultExpression) {
        if (Done refused = setDefault(catalog, table, *column, *definition.defaultExpression))
            return refused;
    }
    column->generatedVirtual = definition.generatedVirtual;
    if (definition.generated)
        return setGenerated(catalog, table, *column, *definition.generated);
    return std::nullopt;
}

} // namespace

Done setGenerated(Catalog& catalog, const Table& table, Column& column, const SqlText& sql)
{
    const auto text =
        expressionText(catalog, sql, ExpressionUse::Generated, &table, column.type, column.name);
    if (!text)
        return text.error();
    column.generated = text->isKnown() ? text->value().text : std::string();
    if (!text->isKnown())
        catalog.doubt(table.name, column.name, "its expression is not known: " + text->reason());
    return std::nullopt;
}

Done setDefault(Catalog& catalog, const Table& table, Column& column, const SqlText& sql)
{
    const auto text =
        expressionText(catalog, sql, ExpressionUse::Default, &table, column.type, column.name);
    if (!text)
        return text.error();
    if (!text->isKnown()) {
        catalog.doubt(table.name, column.name, "its default is not known: " + text->reason());
        column.defaultExpression = std::string();
        return std::nullopt;
    }
    column.defaultExpression = text->value().text;
    // A bare NULL is no default.
    if (text->value().text.empty())
        column.defaultExpression.reset();
    return std::nullopt;
}

QualifiedName
addOwnedSequence(Catalog& catalog, const ColumnPlace& place, const std::string& type, bool identity)
{
    const QualifiedName name{
        .schema = place.table.schema,
        .name = freeRelationName(
            catalog, place.table.schema, place.table.name, place.column, "seq", false)};
    if (identity)
        catalog.setIdentitySequence(name, place);
    else
        catalog.put(Sequence{.name = name,
                             .type = type,
                             .ownerTable = place.table,
                             .ownerColumn = place.column,
                             .extension = {}});
    return name;
}

Done addColumns(Catalog& catalog,
                const QualifiedName& name,
                const std::vector<ColumnDefinition>& definitions)
{
    return editTable(catalog, name, [&](Table& table) -> Done {
        // Many versions of a table are kept: none has room to spare.
        table.columns.reserve(table.columns.size() + definitions.size());
        for (const ColumnDefinition& definition : definitions) {
            if (Done refused = begin(catalog, table, definition))
                return refused;
        }
        for (const ColumnDefinition& definition : definitions) {
            if (Done refused = finish(catalog, table, definition))
                return refused;
        }
        return std::nullopt;
    });
}

std::vector<ConstraintDefinition> constraintsAt(const ColumnDefinition& definition)
{
    std::vector<ConstraintDefinition> constraints = definition.constraints;
    for (ConstraintDefinition& constraint : constraints) {
        if (constraint.columns.empty() && constraint.kind != ConstraintDefinition::Kind::Check)
            constraint.columns = {definition.name};
    }
    return constraints;
}

Done setNotNull(Catalog& catalog, const QualifiedName& name, const std::string& columnName)
{
    const Table* const table = catalog.table(name);
    if (table == nullptr || table->column(columnName) == nullptr)
        return noColumn(name, columnName);
    if (table->column(columnName)->nullable) {
        const Done refused =
            editColumn(catalog, name, columnName, [](Table&, Column& column) -> Done {
                column.nullable = false;
                return std::nullopt;
            });
        if (refused)
            return refused;
    }
    for (const QualifiedName& child : catalog.childrenOf(name)) {
        if (Done refused = setNotNull(catalog, child, columnName))
            return refused;
    }
    return std::nullopt;
}

} // namespace sightglass::replaying
