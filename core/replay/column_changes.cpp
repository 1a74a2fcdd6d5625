// SPDX-License-Identifier: GPL-3.0-or-later
//
// ALTER TABLE … ALTER COLUMN but for types, ADD COLUMN.
#include "core/replay/appliers.h"
#include "core/replay/columns.h"
#include "core/replay/constraints.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

std::string columnObject(const QualifiedName& table, const std::string& column)
{
    return "column " + toText(table) + "." + column;
}

Refusal notAllowed(const std::string& state,
                   const QualifiedName& table,
                   const std::string& column,
                   const std::string& isWhat)
{
    return refusal(state,
                   "column \"" + column + "\" of relation \"" + table.name + "\" " + isWhat,
                   columnObject(table, column));
}

/// Runs `edit` on the column of a table and of its heirs.
template <typename Edit>
Done editColumnDown(Catalog& catalog,
                    const QualifiedName& table,
                    const std::string& column,
                    const Edit& edit)
{
    if (Done refused = editColumn(catalog, table, column, edit))
        return refused;
    for (const QualifiedName& child : catalog.childrenOf(table)) {
        if (Done refused = editColumnDown(catalog, child, column, edit))
            return refused;
    }
    return std::nullopt;
}

Done addColumnTo(Catalog& catalog, const QualifiedName& table, const change::AddColumn& change)
{
    if (catalog.table(table)->column(change.column.name) != nullptr) {
        if (change.ifNotExists)
            return std::nullopt;
        return columnExists(table, change.column.name);
    }
    if (Done refused = addColumns(catalog, table, {change.column}))
        return refused;
    return addConstraints(catalog, table, constraintsAt(change.column));
}

void applyOptions(Identity& identity, const SequenceOptions& options)
{
    identity.increment = options.increment.value_or(identity.increment);
    identity.start = options.start.value_or(identity.start);
}

} // namespace

Done apply(Catalog& catalog, const change::AddColumn& change)
{
    const auto table = tableNamed(catalog, change.table, change.ifTableExists);
    if (!table)
        return table.error();
    if (!*table)
        return std::nullopt;
    if (catalog.table(**table)->partitionOf)
        return refusal("42809", "cannot add column to a partition", "table " + toText(**table));
    if (Done refused = addColumnTo(catalog, **table, change))
        return refused;
    // Heirs get the column and not its keys.
    for (const QualifiedName& child : catalog.childrenOf(**table)) {
        change::AddColumn inherited = change;
        inherited.ifNotExists = true;
        std::erase_if(inherited.column.constraints, [](const ConstraintDefinition& constraint) {
            return constraint.kind != ConstraintDefinition::Kind::Check;
        });
        if (Done refused = addColumnTo(catalog, child, inherited))
            return refused;
    }
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::SetNotNull& change)
{
    const auto table = tableNamed(catalog, change.table);
    return table ? setNotNull(catalog, *table, change.column) : Done(table.error());
}

Done apply(Catalog& catalog, const change::DropNotNull& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    if (const Table* const found = catalog.table(*table);
        found->partitionOf && found->column(change.column) != nullptr) {
        const Table* const parent = catalog.table(*found->partitionOf);
        const Column* const above = parent == nullptr ? nullptr : parent->column(change.column);
        if (above != nullptr && !above->nullable)
            return refusal("42P16",
                           "column \"" + change.column + "\" is marked NOT NULL in parent table",
                           columnObject(*table, change.column));
    }
    return editColumnDown(
        catalog, *table, change.column, [&](Table& edited, Column& column) -> Done {
            if (column.identity)
                return notAllowed("42601", edited.name, column.name, "is an identity column");
            if (edited.primaryKey && holds(edited.primaryKey->columns, column.name))
                return refusal("42P16",
                               "column \"" + column.name + "\" is in a primary key",
                               columnObject(edited.name, column.name));
            column.nullable = true;
            return std::nullopt;
        });
}

Done apply(Catalog& catalog, const change::SetDefault& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    return editColumnDown(
        catalog, *table, change.column, [&](Table& edited, Column& column) -> Done {
            if (column.identity)
                return notAllowed("42601", edited.name, column.name, "is an identity column");
            if (column.generated)
                return notAllowed("42601", edited.name, column.name, "is a generated column");
            return setDefault(catalog, edited, column, change.expression);
        });
}

Done apply(Catalog& catalog, const change::DropDefault& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    return editColumnDown(
        catalog, *table, change.column, [](Table& edited, Column& column) -> Done {
            if (column.identity)
                return notAllowed("42601", edited.name, column.name, "is an identity column");
            if (column.generated)
                return notAllowed("42601", edited.name, column.name, "is a generated column");
            column.defaultExpression.reset();
            return std::nullopt;
        });
}

Done apply(Catalog& catalog, const change::AddIdentity& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    const Column* const column = catalog.table(*table)->column(change.column);
    if (column == nullptr)
        return noColumn(*table, change.column);
    if (!column->type.empty() && column->type != "integer" && column->type != "bigint" &&
        column->type != "smallint")
        return refusal("22023",
                       "identity column type must be smallint, integer, or bigint",
                       columnObject(*table, change.column));
    if (column->nullable)
        return notAllowed("55000",
                          *table,
                          change.column,
                          "must be declared NOT NULL before identity can be added");
    if (column->identity)
        return notAllowed("55000", *table, change.column, "is already an identity column");
    if (column->defaultExpression)
        return notAllowed("55000", *table, change.column, "already has a default value");
    addOwnedSequence(catalog, {.table = *table, .column = change.column}, column->type, true);
    return editColumn(catalog, *table, change.column, [&](Table&, Column& edited) -> Done {
        edited.identity = Identity{.always = change.identity.always};
        const std::int64_t increment = change.identity.options.increment.value_or(1);
        edited.identity->start = increment > 0 ? change.identity.options.minimum.value_or(1)
                                               : change.identity.options.maximum.value_or(-1);
        applyOptions(*edited.identity, change.identity.options);
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::SetIdentity& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    return editColumn(catalog, *table, change.column, [&](Table& edited, Column& column) -> Done {
        if (!column.identity)
            return notAllowed("55000", edited.name, column.name, "is not an identity column");
        column.identity->always = change.always.value_or(column.identity->always);
        applyOptions(*column.identity, change.options);
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::DropIdentity& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    if (const auto sequence =
            catalog.identitySequenceOf({.table = *table, .column = change.column}))
        catalog.setIdentitySequence(*sequence, std::nullopt);
    return editColumn(catalog, *table, change.column, [&](Table& edited, Column& column) -> Done {
        if (!column.identity && !change.ifExists)
            return notAllowed("55000", edited.name, column.name, "is not an identity column");
        column.identity.reset();
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::DropGenerated& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    return editColumnDown(
        catalog, *table, change.column, [&](Table& edited, Column& column) -> Done {
            if (!column.generated && !change.ifExists)
                return notAllowed(
                    "55000", edited.name, column.name, "is not a stored generated column");
            column.generated.reset();
            return std::nullopt;
        });
}

Done apply(Catalog& catalog, const change::SetExpression& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    return editColumnDown(
        catalog, *table, change.column, [&](Table& edited, Column& column) -> Done {
            if (!column.generated)
                return notAllowed("55000", edited.name, column.name, "is not a generated column");
            return setGenerated(catalog, edited, column, change.expression);
        });
}

} // namespace sightglass::replaying
