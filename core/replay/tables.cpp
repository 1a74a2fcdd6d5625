// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dropping, renaming and moving tables, and what follows them.
#include "core/replay/tables.h"

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

/// ALTER TABLE … RENAME and the like take any relation.
Outcome<std::optional<QualifiedName>, Refusal>
anyRelation(const Catalog& catalog, const QualifiedName& name, bool ifExists)
{
    auto found = catalog.findRelation(name);
    if (!found && !ifExists)
        return otherwise(noRelation(catalog, name));
    return found;
}

void removeForeignKeysTo(Catalog& catalog, const QualifiedName& target)
{
    for (const QualifiedName& other : catalog.referencing(target)) {
        if (other == target)
            continue;
        editTable(catalog, other, [&](Table& table) -> Done {
            std::erase_if(table.foreignKeys,
                          [&](const ForeignKey& key) { return key.target == target; });
            return std::nullopt;
        });
    }
}

/// Other tables' defaults that call nextval on one of this table's own sequences.
bool sequencesAreNeeded(const Catalog& catalog, const QualifiedName& name)
{
    return std::ranges::any_of(catalog.sequencesOf(name), [&](const QualifiedName& sequence) {
        const auto users = catalog.defaultsWith(sequence);
        return std::ranges::any_of(users, [&](const auto& user) {
            return user != name && defaultUses(*catalog.table(user), catalog.spelled(sequence));
        });
    });
}

bool isNeeded(const Catalog& catalog, const QualifiedName& name)
{
    const auto users = catalog.referencing(name);
    const bool referenced =
        std::ranges::any_of(users, [&](const QualifiedName& user) { return user != name; });
    const auto children = catalog.childrenOf(name);
    const bool inherited = std::ranges::any_of(
        children, [&](const QualifiedName& child) { return !catalog.table(child)->partitionOf; });
    return referenced || inherited || !catalog.viewsOn(name).empty() ||
           sequencesAreNeeded(catalog, name);
}

void removeSequencesOf(Catalog& catalog, const QualifiedName& name)
{
    for (const QualifiedName& sequence : catalog.sequencesOf(name)) {
        removeDefaultsOn(catalog, sequence);
        catalog.remove<Sequence>(sequence);
    }
    for (const QualifiedName& sequence : catalog.identitySequencesOf(name))
        catalog.setIdentitySequence(sequence, std::nullopt);
}

void retarget(Catalog& catalog, const QualifiedName& from, const QualifiedName& to)
{
    for (const QualifiedName& other : catalog.referencing(from)) {
        editTable(catalog, other, [&](Table& table) -> Done {
            for (ForeignKey& key : table.foreignKeys) {
                if (key.target == from)
                    key.target = to;
            }
            return std::nullopt;
        });
    }
    for (const QualifiedName& child : catalog.childrenOf(from)) {
        editTable(catalog, child, [&](Table& table) -> Done {
            if (table.partitionOf == from)
                table.partitionOf = to;
            std::ranges::replace(table.inherits, from, to);
            return std::nullopt;
        });
    }
}

/// Moves sequences with their table when the namespace changes; else only their owner's name.
Done moveSequences(Catalog& catalog, const QualifiedName& from, const QualifiedName& to)
{
    for (const QualifiedName& name : catalog.sequencesOf(from)) {
        QualifiedName moved = name;
        moved.schema = to.schema;
        if (moved != name && catalog.relation(moved) != nullptr)
            return refusal("42P07",
                           "relation \"" + moved.name + "\" already exists in schema \"" +
                               moved.schema + "\"",
                           "sequence " + toText(moved));
        Sequence sequence = *catalog.sequence(name);
        sequence.ownerTable = to;
        if (moved != name)
            moveSequence(catalog, name, moved);
        sequence.name = moved;
        catalog.put(std::move(sequence));
    }
    for (const QualifiedName& name : catalog.identitySequencesOf(from)) {
        ColumnPlace place = *catalog.identitySequence(name);
        place.table = to;
        catalog.setIdentitySequence(name, std::nullopt);
        catalog.setIdentitySequence({.schema = to.schema, .name = name.name}, place);
    }
    return std::nullopt;
}

void respellRowType(Catalog& catalog, const QualifiedName& from, const std::string& to)
{
    const std::string before = catalog.spelled(from);
    for (const QualifiedName& user : catalog.tablesWithType(before)) {
        editTable(catalog, user, [&](Table& table) -> Done {
            for (Column& column : table.columns)
                column.type = withBaseType(column.type, before, to);
            return std::nullopt;
        });
    }
}

} // namespace

Done dropTable(Catalog& catalog, const QualifiedName& name, bool cascade)
{
    if (!cascade && isNeeded(catalog, name))
        return dependedOn("table " + described(catalog, name));
    removeForeignKeysTo(catalog, name);
    for (const QualifiedName& view : catalog.viewsOn(name)) {
        if (Done refused = dropView(catalog, view, true))
            return refused;
    }
    for (const QualifiedName& child : catalog.childrenOf(name)) {
        if (catalog.table(child) == nullptr)
            continue;
        if (Done refused = dropTable(catalog, child, true))
            return refused;
    }
    removeSequencesOf(catalog, name);
    for (const Index& index : catalog.table(name)->indexes)
        catalog.setIndexParent({.schema = name.schema, .name = index.name}, std::nullopt);
    catalog.remove<Table>(name);
    return std::nullopt;
}

Done moveTable(Catalog& catalog, const QualifiedName& from, const QualifiedName& to)
{
    for (const QualifiedName& view : catalog.viewsOn(from))
        catalog.doubt(view, {}, "its text names table " + from.name + ", which got another name");
    Table table = *catalog.table(from);
    respellRowType(catalog, from, quotedIdentifier(to.name));
    catalog.remove<Table>(from);
    table.name = to;
    refreshDefinitions(table);
    for (const Index& index : table.indexes)
        catalog.keepAge({.schema = from.schema, .name = index.name},
                        {.schema = to.schema, .name = index.name});
    respellTriggers(table);
    for (ForeignKey& key : table.foreignKeys) {
        if (key.target == from)
            key.target = to;
    }
    catalog.put(std::move(table));
    retarget(catalog, from, to);
    moveSources(catalog, from, to);
    return moveSequences(catalog, from, to);
}

Done apply(Catalog& catalog, const change::DropTable& change)
{
    const auto found = catalog.findRelation(change.table);
    if (!found) {
        if (change.ifExists)
            return std::nullopt;
        return noObject(catalog, "table", change.table, "42P01");
    }
    if (catalog.relation(*found)->kind != RelationKind::Table)
        return wrongKind(*found, "a table");
    return dropTable(catalog, *found, change.cascade);
}

Done apply(Catalog& catalog, const change::RenameTable& change)
{
    const auto found = anyRelation(catalog, change.table, change.ifExists);
    if (!found)
        return found.error();
    if (!*found)
        return std::nullopt;
    return renameRelation(catalog, **found, change.newName);
}

Done apply(Catalog& catalog, const change::SetTableSchema& change)
{
    const auto found = anyRelation(catalog, change.table, change.ifExists);
    if (!found)
        return found.error();
    if (!*found)
        return std::nullopt;
    const QualifiedName from = **found;
    if (!catalog.hasNamespace(change.newSchema))
        return noSchema(change.newSchema);
    const QualifiedName to{.schema = change.newSchema, .name = from.name};
    if (to == from)
        return std::nullopt;
    if (catalog.relation(to) != nullptr)
        return refusal("42P07",
                       "relation \"" + to.name + "\" already exists in schema \"" + to.schema +
                           "\"",
                       "table " + toText(to));
    return moveRelation(catalog, from, to);
}

} // namespace sightglass::replaying
