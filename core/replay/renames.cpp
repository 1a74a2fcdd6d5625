// SPDX-License-Identifier: GPL-3.0-or-later
//
// ALTER … RENAME TO and SET SCHEMA: in PostgreSQL any of these words takes any relation.
#include "core/replay/appliers.h"
#include "core/replay/indexes.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"
#include "core/replay/tables.h"
#include "core/replay/views.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

void renameConstraintOf(Catalog& catalog,
                        const QualifiedName& owner,
                        const std::string& from,
                        const std::string& to)
{
    editTable(catalog, owner, [&](Table& table) -> Done {
        if (table.primaryKey && table.primaryKey->name == from)
            table.primaryKey->name = to;
        if (const auto key = findByName(table.uniques, from); key != table.uniques.end())
            key->name = to;
        if (const auto key = findByName(table.exclusions, from); key != table.exclusions.end())
            key->name = to;
        sortByName(table.uniques);
        sortByName(table.exclusions);
        return std::nullopt;
    });
}

} // namespace

void renameIndex(Catalog& catalog, const QualifiedName& from, const std::string& newName)
{
    const RelationEntry entry = *catalog.relation(from);
    const QualifiedName to{.schema = from.schema, .name = newName};
    if (entry.constraint)
        renameConstraintOf(catalog, entry.owner(), from.name, newName);
    else
        editIndexes(catalog, entry.owner(), [&](std::vector<Index>& indexes) -> Done {
            if (const auto index = findByName(indexes, from.name); index != indexes.end()) {
                index->name = newName;
                refreshDefinition(entry.owner(), *index);
            }
            return std::nullopt;
        });
    catalog.keepAge(from, to);
    if (const auto parent = catalog.indexParent(from)) {
        catalog.setIndexParent(from, std::nullopt);
        catalog.setIndexParent(to, parent);
    }
    for (const QualifiedName& child : catalog.childrenOf(entry.owner())) {
        const Table* const table = catalog.table(child);
        std::vector<std::string> names;
        for (const Index& index : table->indexes)
            names.push_back(index.name);
        for (const KeyConstraint& key : table->uniques)
            names.push_back(key.name);
        if (table->primaryKey)
            names.push_back(table->primaryKey->name);
        for (const std::string& name : names) {
            const QualifiedName full{.schema = child.schema, .name = name};
            if (catalog.indexParent(full) == from)
                catalog.setIndexParent(full, to);
        }
    }
}

Done moveRelation(Catalog& catalog, const QualifiedName& from, const QualifiedName& to)
{
    switch (catalog.relation(from)->kind) {
    case RelationKind::Table:
        if (Done refused = moveTable(catalog, from, to))
            return refused;
        catalog.moveDoubts(from, to);
        return std::nullopt;
    case RelationKind::View:
    case RelationKind::MaterializedView:
        moveView(catalog, from, to);
        return std::nullopt;
    case RelationKind::Index:
        if (from.schema != to.schema)
            return wrongKind(from, "a table, view, materialized view, sequence, or foreign table");
        renameIndex(catalog, from, to.name);
        return std::nullopt;
    case RelationKind::Sequence:
        if (const ColumnPlace* const found = catalog.identitySequence(from); found != nullptr) {
            const ColumnPlace place = *found;
            catalog.setIdentitySequence(from, std::nullopt);
            catalog.setIdentitySequence(to, place);
        } else {
            moveSequence(catalog, from, to);
        }
        return std::nullopt;
    case RelationKind::CompositeType:
        return refusal(
            "42809", "\"" + from.name + "\" is a composite type", "type " + toText(from));
    }
    return std::nullopt;
}

Done renameRelation(Catalog& catalog, const QualifiedName& from, const std::string& newName)
{
    const QualifiedName to{.schema = from.schema, .name = newName};
    if (catalog.relation(to) != nullptr)
        return relationExists(newName);
    const RelationKind kind = catalog.relation(from)->kind;
    if (kind != RelationKind::Index && kind != RelationKind::Sequence && catalog.isType(to))
        return typeExists(newName);
    return moveRelation(catalog, from, to);
}

Done apply(Catalog& catalog, const change::RenameIndex& change)
{
    const auto found = catalog.findRelation(change.index);
    if (!found) {
        if (change.ifExists)
            return std::nullopt;
        return noRelation(catalog, change.index);
    }
    return renameRelation(catalog, *found, change.newName);
}

Done apply(Catalog& catalog, const change::RenameView& change)
{
    const auto found = catalog.findRelation(change.view);
    if (!found)
        return noRelation(catalog, change.view);
    const RelationKind kind = catalog.relation(*found)->kind;
    const RelationKind wanted =
        change.materialized ? RelationKind::MaterializedView : RelationKind::View;
    if (kind != wanted)
        return wrongKind(*found, change.materialized ? "a materialized view" : "a view");
    return renameRelation(catalog, *found, change.newName);
}

} // namespace sightglass::replaying
