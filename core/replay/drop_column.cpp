// SPDX-License-Identifier: GPL-3.0-or-later
//
// DROP COLUMN and RENAME COLUMN, with what uses the column.
#include "core/replay/appliers.h"
#include "core/replay/constraints.h"
#include "core/replay/indexes.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"
#include "core/replay/triggers.h"
#include "core/replay/views.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

bool inheritsColumn(const Catalog& catalog, const Table& table, const std::string& column)
{
    const auto has = [&](const QualifiedName& parent) {
        const Table* const found = catalog.table(parent);
        return found != nullptr && found->column(column) != nullptr;
    };
    return (table.partitionOf && has(*table.partitionOf)) ||
           std::ranges::any_of(table.inherits, has);
}

/// Keys and unique indexes of the table that end with the column.
std::vector<std::string> keysWith(const Table& table, const std::string& column)
{
    std::vector<std::string> names;
    if (table.primaryKey && usesColumn(*table.primaryKey, column))
        names.push_back(table.primaryKey->name);
    for (const KeyConstraint& key : table.uniques) {
        if (usesColumn(key, column))
            names.push_back(key.name);
    }
    for (const Index& index : table.indexes) {
        if (index.unique && usesColumn(index, column))
            names.push_back(index.name);
    }
    return names;
}

std::vector<ForeignKeyPlace> keysToColumn(const Catalog& catalog, const ColumnPlace& place)
{
    std::vector<ForeignKeyPlace> places;
    for (const QualifiedName& name : catalog.referencing(place.table)) {
        for (const ForeignKey& key : catalog.table(name)->foreignKeys) {
            const bool own = name == place.table && holds(key.columns, place.column);
            if (key.target == place.table && holds(key.targetColumns, place.column) && !own)
                places.push_back({.table = name, .name = key.name});
        }
    }
    for (const std::string& key : keysWith(*catalog.table(place.table), place.column)) {
        for (const ForeignKeyPlace& foreign : needing(catalog, place.table, key)) {
            const auto same = [&](const ForeignKeyPlace& other) {
                return other.table == foreign.table && other.name == foreign.name;
            };
            if (std::ranges::none_of(places, same) && foreign.table != place.table)
                places.push_back(foreign);
        }
    }
    return places;
}

bool policyUses(const Policy& policy, const std::string& column)
{
    return mentions(policy.usingExpression, column) || mentions(policy.checkExpression, column);
}

bool generatedFrom(const Column& column, const std::string& name)
{
    return column.name != name && column.generated && mentions(*column.generated, name);
}

/// What DROP COLUMN would have to take with it by CASCADE only.
Done refusedDrop(Catalog& catalog, const ColumnPlace& place)
{
    const Table& table = *catalog.table(place.table);
    const auto uses = [&](const auto& object) { return policyUses(object, place.column); };
    bool needed = !keysToColumn(catalog, place).empty() ||
                  std::ranges::any_of(table.policies, uses) ||
                  std::ranges::any_of(
                      table.triggers,
                      [&](const Trigger& trigger) { return triggerUses(trigger, place.column); }) ||
                  std::ranges::any_of(table.columns, [&](const Column& column) {
                      return generatedFrom(column, place.column);
                  });
    for (const QualifiedName& view : catalog.viewsOn(place.table)) {
        const Use use = columnUse(catalog, view, place);
        needed = needed || use == Use::Yes;
        if (use == Use::Perhaps)
            catalog.doubt(place.table,
                          place.column,
                          "view " + view.name + " may need column " + place.column);
    }
    if (needed)
        return dependedOn("column " + place.column + " of table " +
                          described(catalog, place.table));
    return std::nullopt;
}

/// Whether the column list of an exclusion constraint or another printed definition names it.
bool definitionUses(const std::string& definition, const std::string& column)
{
    return withWordReplaced(definition, quotedIdentifier(column), "") != definition;
}

void removeFromTable(Table& table, const std::string& column)
{
    std::erase_if(table.columns, [&](const Column& other) {
        return other.name == column || generatedFrom(other, column);
    });
    if (table.primaryKey && usesColumn(*table.primaryKey, column))
        table.primaryKey.reset();
    std::erase_if(table.uniques, [&](const KeyConstraint& key) { return usesColumn(key, column); });
    std::erase_if(table.foreignKeys,
                  [&](const ForeignKey& key) { return holds(key.columns, column); });
    std::erase_if(table.checks,
                  [&](const CheckConstraint& check) { return mentions(check.expression, column); });
    std::erase_if(table.exclusions, [&](const ExclusionConstraint& exclusion) {
        return definitionUses(exclusion.definition, column);
    });
    std::erase_if(table.indexes, [&](const Index& index) { return usesColumn(index, column); });
    std::erase_if(table.policies, [&](const Policy& policy) { return policyUses(policy, column); });
    std::erase_if(table.triggers,
                  [&](const Trigger& trigger) { return triggerUses(trigger, column); });
}

Done dropColumn(Catalog& catalog, const ColumnPlace& place, bool cascade)
{
    if (!cascade) {
        if (Done refused = refusedDrop(catalog, place))
            return refused;
    }
    for (const ForeignKeyPlace& key : keysToColumn(catalog, place))
        removeForeignKey(catalog, key);
    for (const QualifiedName& view : catalog.viewsOn(place.table)) {
        const Use use = columnUse(catalog, view, place);
        if (use == Use::Yes) {
            if (Done refused = dropView(catalog, view, true))
                return refused;
        }
    }
    for (const QualifiedName& name : catalog.sequencesOf(place.table)) {
        if (catalog.sequence(name)->ownerColumn == place.column) {
            removeDefaultsOn(catalog, name);
            catalog.remove<Sequence>(name);
        }
    }
    if (const auto sequence = catalog.identitySequenceOf(place))
        catalog.setIdentitySequence(*sequence, std::nullopt);
    if (Done refused = editTable(catalog, place.table, [&](Table& table) -> Done {
            removeFromTable(table, place.column);
            return std::nullopt;
        }))
        return refused;
    for (const QualifiedName& child : catalog.childrenOf(place.table)) {
        if (catalog.table(child)->column(place.column) == nullptr)
            continue;
        if (Done refused = dropColumn(catalog, {.table = child, .column = place.column}, cascade))
            return refused;
    }
    return std::nullopt;
}

void renameIn(std::vector<std::string>& names, const std::string& from, const std::string& to)
{
    std::ranges::replace(names, from, to);
}

void renameInKey(std::string& key, const std::string& from, const std::string& to)
{
    if (key.find(from) == std::string::npos)
        return;
    const std::string quoted = quotedIdentifier(from);
    const bool plain =
        key.starts_with(quoted) && (key.size() == quoted.size() || key[quoted.size()] == ' ');
    if (plain) {
        key = quotedIdentifier(to) + key.substr(quoted.size());
        return;
    }
    const std::size_t end = key.rfind(')');
    if (end == std::string::npos)
        return;
    key = withColumnRenamed(key.substr(0, end + 1), from, to) + key.substr(end + 1);
}

void renameInText(std::string& text, const std::string& from, const std::string& to)
{
    if (text.find(from) != std::string::npos)
        text = withColumnRenamed(text, from, to);
}

void renameInIndexes(std::vector<Index>& indexes, const std::string& from, const std::string& to)
{
    for (Index& index : indexes) {
        for (std::string& key : index.columns)
            renameInKey(key, from, to);
        renameIn(index.include, from, to);
        if (index.predicate)
            renameInText(*index.predicate, from, to);
    }
}

void renameInTable(Table& table, const std::string& from, const std::string& to)
{
    for (Column& column : table.columns) {
        if (column.name == from)
            column.name = to;
        if (column.generated)
            renameInText(*column.generated, from, to);
    }
    if (table.primaryKey) {
        renameIn(table.primaryKey->columns, from, to);
        renameIn(table.primaryKey->include, from, to);
    }
    for (KeyConstraint& key : table.uniques) {
        renameIn(key.columns, from, to);
        renameIn(key.include, from, to);
    }
    for (ForeignKey& key : table.foreignKeys)
        renameIn(key.columns, from, to);
    for (CheckConstraint& check : table.checks)
        renameInText(check.expression, from, to);
    for (ExclusionConstraint& exclusion : table.exclusions)
        exclusion.definition =
            withWordReplaced(exclusion.definition, quotedIdentifier(from), quotedIdentifier(to));
    for (Policy& policy : table.policies) {
        renameInText(policy.usingExpression, from, to);
        renameInText(policy.checkExpression, from, to);
    }
    table.partitionKey =
        withWordReplaced(table.partitionKey, quotedIdentifier(from), quotedIdentifier(to));
    renameColumnInTriggers(table, from, to);
    renameInIndexes(table.indexes, from, to);
    refreshDefinitions(table);
}

void renameTargets(Catalog& catalog, const ColumnPlace& place, const std::string& to)
{
    for (const QualifiedName& name : catalog.referencing(place.table)) {
        editTable(catalog, name, [&](Table& table) -> Done {
            for (ForeignKey& key : table.foreignKeys) {
                if (key.target == place.table)
                    renameIn(key.targetColumns, place.column, to);
            }
            return std::nullopt;
        });
    }
    for (const QualifiedName& name : catalog.sequencesOf(place.table)) {
        Sequence sequence = *catalog.sequence(name);
        if (sequence.ownerColumn != place.column)
            continue;
        sequence.ownerColumn = to;
        catalog.put(std::move(sequence));
    }
    if (const auto sequence = catalog.identitySequenceOf(place))
        catalog.setIdentitySequence(*sequence, ColumnPlace{.table = place.table, .column = to});
    for (const QualifiedName& view : catalog.viewsOn(place.table)) {
        if (columnUse(catalog, view, place) != Use::No)
            catalog.doubt(
                view, {}, "its text names column " + place.column + ", which got another name");
    }
}

Done renameColumn(Catalog& catalog, const ColumnPlace& place, const std::string& to)
{
    if (catalog.table(place.table)->column(place.column) == nullptr)
        return refusal("42703",
                       "column \"" + place.column + "\" does not exist",
                       "column " + toText(place.table) + "." + place.column);
    if (catalog.table(place.table)->column(to) != nullptr)
        return columnExists(place.table, to);
    if (Done refused = editTable(catalog, place.table, [&](Table& table) -> Done {
            renameInTable(table, place.column, to);
            return std::nullopt;
        }))
        return refused;
    renameTargets(catalog, place, to);
    for (const QualifiedName& child : catalog.childrenOf(place.table)) {
        if (Done refused = renameColumn(catalog, {.table = child, .column = place.column}, to))
            return refused;
    }
    return std::nullopt;
}

} // namespace

Done apply(Catalog& catalog, const change::DropColumn& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    if (catalog.table(*table)->column(change.column) == nullptr) {
        if (change.ifExists)
            return std::nullopt;
        return noColumn(*table, change.column);
    }
    if (inheritsColumn(catalog, *catalog.table(*table), change.column))
        return refusal("42P16",
                       "cannot drop inherited column \"" + change.column + "\"",
                       "column " + toText(*table) + "." + change.column);
    return dropColumn(catalog, {.table = *table, .column = change.column}, change.cascade);
}

Done apply(Catalog& catalog, const change::RenameColumn& change)
{
    const auto found = catalog.findRelation(change.table);
    if (!found)
        return noRelation(catalog, change.table);
    if (const View* const view = catalog.view(*found); view != nullptr) {
        catalog.doubt(*found, change.column, "a column of the view got another name");
        View renamed = *view;
        for (Column& column : renamed.columns) {
            if (column.name == change.column)
                column.name = change.newName;
        }
        renameInIndexes(renamed.indexes, change.column, change.newName);
        catalog.put(std::move(renamed));
        return std::nullopt;
    }
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    if (inheritsColumn(catalog, *catalog.table(*table), change.column))
        return refusal("42P16",
                       "cannot rename inherited column \"" + change.column + "\"",
                       "column " + toText(*table) + "." + change.column);
    return renameColumn(catalog, {.table = *table, .column = change.column}, change.newName);
}

} // namespace sightglass::replaying
