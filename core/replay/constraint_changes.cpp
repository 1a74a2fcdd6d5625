// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/appliers.h"
#include "core/replay/constraints.h"
#include "core/replay/indexes.h"
#include "core/replay/lookup.h"
#include "core/replay/naming.h"
#include "core/replay/spelling.h"
#include "core/sql/canonical_index.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

std::string constraintObject(const QualifiedName& table, const std::string& name)
{
    return "constraint " + name + " of " + toText(table);
}

void removeConstraint(Table& table, const std::string& name)
{
    const auto named = [&](const auto& constraint) { return constraint.name == name; };
    if (table.primaryKey && named(*table.primaryKey))
        table.primaryKey.reset();
    std::erase_if(table.uniques, named);
    std::erase_if(table.foreignKeys, named);
    std::erase_if(table.checks, named);
    std::erase_if(table.exclusions, named);
}

bool isKey(const Table& table, const std::string& name)
{
    return (table.primaryKey && table.primaryKey->name == name) ||
           findByName(table.uniques, name) != table.uniques.end() ||
           findByName(table.exclusions, name) != table.exclusions.end();
}

void renameIn(Table& table, const std::string& from, const std::string& to)
{
    const auto rename = [&](auto& list) {
        if (const auto found = findByName(list, from); found != list.end())
            found->name = to;
        sortByName(list);
    };
    if (table.primaryKey && table.primaryKey->name == from)
        table.primaryKey->name = to;
    rename(table.uniques);
    rename(table.foreignKeys);
    rename(table.checks);
    rename(table.exclusions);
}

bool inheritsConstraint(const Catalog& catalog, const Table& table, const std::string& name)
{
    const bool check = findByName(table.checks, name) != table.checks.end();
    const auto has = [&](const QualifiedName& parent) {
        const Table* const above = catalog.table(parent);
        if (above == nullptr)
            return false;
        const auto found = findByName(above->checks, name);
        return check && found != above->checks.end() && !found->noInherit;
    };
    return (table.partitionOf && has(*table.partitionOf)) ||
           std::ranges::any_of(table.inherits, has);
}

Outcome<std::string, Refusal>
exclusionText(Catalog& catalog, const Table& table, const ConstraintDefinition& definition)
{
    auto text = canonicalExclusion(definition, table, scopeOf(catalog, &table));
    if (!text)
        return otherwise(text.error());
    if (text->isKnown())
        return std::move(text->value());
    catalog.doubt(table.name, {}, "an exclusion constraint is not known: " + text->reason());
    return std::string();
}

} // namespace

Done addExclusion(Catalog& catalog,
                  const QualifiedName& name,
                  const ConstraintDefinition& definition)
{
    return editTable(catalog, name, [&](Table& table) -> Done {
        auto text = exclusionText(catalog, table, definition);
        if (!text)
            return text.error();
        ExclusionConstraint added{.name = definition.name, .definition = std::move(*text)};
        if (added.name.empty()) {
            IndexDefinition keys;
            keys.elements = definition.elements;
            keys.include = definition.include;
            added.name = freeRelationName(
                catalog, name.schema, name.name, namesTogether(namesOfKeys(keys)), "excl", true);
        } else if (catalog.relation({.schema = name.schema, .name = added.name}) != nullptr) {
            return relationExists(added.name);
        } else if (hasConstraint(table, added.name)) {
            return constraintExists(name, added.name);
        }
        table.exclusions.push_back(std::move(added));
        sortByName(table.exclusions);
        return std::nullopt;
    });
}

Done dropConstraint(Catalog& catalog,
                    const QualifiedName& name,
                    const std::string& constraint,
                    bool cascade)
{
    const Table& table = *catalog.table(name);
    if (isKey(table, constraint)) {
        const auto needed = needing(catalog, name, constraint);
        if (!needed.empty() && !cascade)
            return dependedOn("constraint " + quotedIdentifier(constraint) + " on table " +
                              described(catalog, name));
        for (const ForeignKeyPlace& place : needed)
            removeForeignKey(catalog, place);
    }
    return editTable(catalog, name, [&](Table& edited) -> Done {
        removeConstraint(edited, constraint);
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::AddConstraint& change)
{
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    if (Done refused = addConstraint(catalog, *table, change.constraint))
        return refused;
    if (change.constraint.kind != ConstraintDefinition::Kind::Check || change.constraint.noInherit)
        return std::nullopt;
    return addCheckToHeirs(catalog, *table, change.constraint);
}

Done apply(Catalog& catalog, const change::DropConstraint& change)
{
    const auto found = tableNamed(catalog, change.table);
    if (!found)
        return found.error();
    const Table& table = *catalog.table(*found);
    if (!hasConstraint(table, change.name)) {
        if (change.ifExists)
            return std::nullopt;
        return noConstraint(*found, change.name);
    }
    if (inheritsConstraint(catalog, table, change.name) ||
        catalog.indexParent({.schema = found->schema, .name = change.name}))
        return refusal("42P16",
                       "cannot drop inherited constraint \"" + change.name + "\" of relation \"" +
                           found->name + "\"",
                       constraintObject(*found, change.name));
    return dropConstraintDown(catalog, *found, change.name, change.cascade);
}

Done apply(Catalog& catalog, const change::RenameConstraint& change)
{
    const auto found = tableNamed(catalog, change.table);
    if (!found)
        return found.error();
    const Table& table = *catalog.table(*found);
    if (!hasConstraint(table, change.name))
        return refusal("42704",
                       "constraint \"" + change.name + "\" for table \"" + found->name +
                           "\" does not exist",
                       constraintObject(*found, change.name));
    const bool key = isKey(table, change.name);
    if (key && catalog.relation({.schema = found->schema, .name = change.newName}) != nullptr)
        return relationExists(change.newName);
    if (hasConstraint(table, change.newName))
        return constraintExists(*found, change.newName);
    if (key)
        catalog.keepAge({.schema = found->schema, .name = change.name},
                        {.schema = found->schema, .name = change.newName});
    return editTable(catalog, *found, [&](Table& edited) -> Done {
        renameIn(edited, change.name, change.newName);
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::ValidateConstraint& change)
{
    const auto found = tableNamed(catalog, change.table);
    if (!found)
        return found.error();
    if (!hasConstraint(*catalog.table(*found), change.name))
        return noConstraint(*found, change.name);
    if (isKey(*catalog.table(*found), change.name))
        return refusal("42809",
                       "constraint \"" + change.name + "\" of relation \"" + found->name +
                           "\" is not a foreign key or check constraint",
                       constraintObject(*found, change.name));
    return editTable(catalog, *found, [&](Table& table) -> Done {
        if (const auto check = findByName(table.checks, change.name); check != table.checks.end())
            check->validated = true;
        const auto key = findByName(table.foreignKeys, change.name);
        if (key != table.foreignKeys.end())
            key->validated = true;
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::AlterConstraint& change)
{
    const auto found = tableNamed(catalog, change.table);
    if (!found)
        return found.error();
    if (change.inherit) // only NOT NULL constraints have it, and those are kept as their column's
        return std::nullopt;
    return editTable(catalog, *found, [&](Table& table) -> Done {
        if (!hasConstraint(table, change.name))
            return noConstraint(*found, change.name);
        const auto key = findByName(table.foreignKeys, change.name);
        if (key == table.foreignKeys.end())
            return refusal("42809",
                           "constraint \"" + change.name + "\" of relation \"" + found->name +
                               "\" is not a foreign key constraint",
                           constraintObject(*found, change.name));
        if (change.enforced) {
            key->enforced = key->validated = *change.enforced;
            return std::nullopt;
        }
        key->initiallyDeferred = change.initially == "DEFERRED";
        key->deferrable = change.deferrable.value_or(key->initiallyDeferred);
        return std::nullopt;
    });
}

} // namespace sightglass::replaying
