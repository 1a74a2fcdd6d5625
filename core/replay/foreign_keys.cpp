// SPDX-License-Identifier: GPL-3.0-or-later
//
// source  transformFkeyGetPrimaryKey, transformFkeyCheckAttrs, ATAddForeignKeyConstraint
#include "core/replay/casts.h"
#include "core/replay/constraints.h"
#include "core/replay/lookup.h"
#include "core/replay/naming.h"
#include "core/replay/spelling.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

std::vector<std::string> sorted(std::vector<std::string> names)
{
    std::ranges::sort(names);
    return names;
}

/// The columns of a unique index that a foreign key can use; none: it can't.
std::vector<std::string> plainColumns(const Index& index)
{
    std::vector<std::string> columns;
    if (!index.unique || index.predicate || !index.valid)
        return columns;
    for (const std::string& key : index.columns) {
        const std::string name = nameFromSql(key).name;
        const std::string quoted = quotedIdentifier(name);
        if (!key.starts_with(quoted) || (key.size() > quoted.size() && key[quoted.size()] != ' '))
            return {};
        columns.push_back(name);
    }
    return columns;
}

/// A usable key over exactly these columns: its name, or why there is none.
Outcome<std::string, Refusal>
matchingKey(const Catalog& catalog, const Table& target, const std::vector<std::string>& names)
{
    const auto wanted = sorted(names);
    bool deferrable = false;
    std::vector<std::string> found;
    const auto consider = [&](const KeyConstraint& key) {
        if (sorted(key.columns) != wanted)
            return;
        deferrable = deferrable || key.deferrable;
        if (!key.deferrable)
            found.push_back(key.name);
    };
    if (target.primaryKey)
        consider(*target.primaryKey);
    for (const KeyConstraint& key : target.uniques)
        consider(key);
    for (const Index& index : target.indexes) {
        if (sorted(plainColumns(index)) == wanted)
            found.push_back(index.name);
    }
    const auto oldest = std::ranges::min_element(found, {}, [&](const std::string& name) {
        return catalog.ageOf({.schema = target.name.schema, .name = name});
    });
    if (oldest != found.end())
        return *oldest;
    if (deferrable)
        return otherwise(
            refusal("55000",
                    "cannot use a deferrable unique constraint for referenced table \"" +
                        target.name.name + "\"",
                    "table " + toText(target.name)));
    return otherwise(
        refusal("42830",
                "there is no unique constraint matching given keys for referenced table \"" +
                    target.name.name + "\"",
                "table " + toText(target.name)));
}

Outcome<std::vector<std::string>, Refusal> targetColumns(const Table& target,
                                                         const ConstraintDefinition& definition)
{
    if (!definition.targetColumns.empty()) {
        for (const std::string& column : definition.targetColumns) {
            if (target.column(column) == nullptr)
                return otherwise(refusal(
                    "42703",
                    "column \"" + column + "\" referenced in foreign key constraint does not exist",
                    "column " + toText(target.name) + "." + column));
        }
        return definition.targetColumns;
    }
    if (!target.primaryKey)
        return otherwise(
            refusal("42704",
                    "there is no primary key for referenced table \"" + target.name.name + "\"",
                    "table " + toText(target.name)));
    if (target.primaryKey->deferrable)
        return otherwise(refusal("55000",
                                 "cannot use a deferrable primary key for referenced table \"" +
                                     target.name.name + "\"",
                                 "table " + toText(target.name)));
    return target.primaryKey->columns;
}

Done checkTypes(const Table& table, const Table& target, const ForeignKey& key)
{
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
        const std::string& from = table.column(key.columns[i])->type;
        const std::string& to = target.column(key.targetColumns[i])->type;
        if (comparableTypes(from, to) == Answer::No)
            return refusal("42804",
                           "foreign key constraint \"" + key.name + "\" cannot be implemented",
                           "constraint " + key.name + " of " + toText(table.name));
    }
    return std::nullopt;
}

std::string actionText(const std::string& action)
{
    return action == "NO ACTION" ? std::string() : action;
}

ForeignKey keyFrom(const ConstraintDefinition& definition, const QualifiedName& target)
{
    return {.name = definition.name,
            .columns = definition.columns,
            .target = target,
            .targetColumns = {},
            .onDelete = actionText(definition.onDelete),
            .onUpdate = actionText(definition.onUpdate),
            .match = definition.match == "SIMPLE" ? std::string() : definition.match,
            .deferrable = definition.deferrable.value_or(definition.initially == "DEFERRED"),
            .initiallyDeferred = definition.initially == "DEFERRED",
            .validated = !definition.notValid && !definition.notEnforced,
            .enforced = !definition.notEnforced,
            .period = definition.period};
}

Done checkPersistence(const Table& table, const Table& target)
{
    const bool temporary = table.name.schema == temporaryNamespace;
    if (temporary != (target.name.schema == temporaryNamespace))
        return refusal("42P16",
                       temporary
                           ? "constraints on temporary tables may reference only temporary tables"
                           : "constraints on permanent tables may reference only permanent tables",
                       "table " + toText(target.name));
    if (!table.unlogged && !temporary && target.unlogged)
        return refusal("42P16",
                       "constraints on permanent tables may reference only permanent tables",
                       "table " + toText(target.name));
    return std::nullopt;
}

/// The key with its target columns, checked; its name may still be empty.
Outcome<ForeignKey, Refusal>
resolved(const Catalog& catalog, const Table& table, const ConstraintDefinition& definition)
{
    const auto targetName = catalog.findRelation(definition.target);
    if (!targetName)
        return otherwise(noRelation(catalog, definition.target));
    const Table* const target = catalog.table(*targetName);
    if (target == nullptr)
        return otherwise(refusal("42809",
                                 "referenced relation \"" + targetName->name + "\" is not a table",
                                 "relation " + toText(*targetName)));
    if (Done refused = checkPersistence(table, *target))
        return otherwise(*refused);
    if (const auto missing = missingColumn(table, definition.columns))
        return otherwise(refusal("42703",
                                 "column \"" + *missing +
                                     "\" referenced in foreign key constraint does not exist",
                                 "column " + toText(table.name) + "." + *missing));
    ForeignKey key = keyFrom(definition, *targetName);
    auto columns = targetColumns(*target, definition);
    if (!columns)
        return otherwise(columns.error());
    key.targetColumns = std::move(*columns);
    if (!definition.targetColumns.empty()) {
        if (const auto unique = matchingKey(catalog, *target, key.targetColumns);
            !unique && !catalog.isAssumed(*targetName))
            return otherwise(unique.error());
    }
    if (key.columns.size() != key.targetColumns.size())
        return otherwise(
            refusal("42830",
                    "number of referencing and referenced columns for foreign key disagree",
                    "table " + toText(table.name)));
    return key;
}

} // namespace

Done addForeignKey(Catalog& catalog,
                   const QualifiedName& name,
                   const ConstraintDefinition& definition)
{
    const Table* const table = catalog.table(name);
    if (table == nullptr)
        return noRelation(catalog, name);
    if (!definition.name.empty() && hasConstraint(*table, definition.name))
        return constraintExists(table->name, definition.name);
    auto key = resolved(catalog, *table, definition);
    if (!key)
        return key.error();
    if (key->name.empty())
        key->name = freeConstraintName(
            catalog, name.schema, name.name, namesTogether(key->columns), "fkey");
    if (Done refused = checkTypes(*table, *catalog.table(key->target), *key))
        return refused;
    const Done refused = editTable(catalog, name, [&](Table& edited) -> Done {
        edited.foreignKeys.push_back(*key);
        sortByName(edited.foreignKeys);
        return std::nullopt;
    });
    if (refused)
        return refused;
    for (const QualifiedName& child : catalog.childrenOf(name)) {
        const Table* const part = catalog.table(child);
        if (part == nullptr || !part->partitionOf)
            continue;
        ConstraintDefinition clone = definition;
        clone.target = key->target;
        clone.targetColumns = key->targetColumns;
        clone.name = key->name;
        if (hasConstraint(*part, clone.name))
            clone.name.clear();
        if (Done failed = addForeignKey(catalog, child, clone))
            return failed;
    }
    return std::nullopt;
}

std::vector<ForeignKeyPlace>
needing(const Catalog& catalog, const QualifiedName& targetName, const std::string& key)
{
    std::vector<ForeignKeyPlace> places;
    const Table* const target = catalog.table(targetName);
    if (target == nullptr)
        return places;
    for (const QualifiedName& name : catalog.referencing(targetName)) {
        const Table* const table = catalog.table(name);
        for (const ForeignKey& foreign : table->foreignKeys) {
            if (foreign.target != targetName)
                continue;
            const auto used = matchingKey(catalog, *target, foreign.targetColumns);
            if (used && *used == key)
                places.push_back({.table = name, .name = foreign.name});
        }
    }
    return places;
}

void removeForeignKey(Catalog& catalog, const ForeignKeyPlace& place)
{
    editTable(catalog, place.table, [&](Table& table) -> Done {
        std::erase_if(table.foreignKeys,
                      [&](const ForeignKey& key) { return key.name == place.name; });
        return std::nullopt;
    });
}

} // namespace sightglass::replaying
