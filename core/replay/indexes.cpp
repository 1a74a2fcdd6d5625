// SPDX-License-Identifier: GPL-3.0-or-later
//
// source  DefineIndex, ChooseIndexColumnNames, FigureIndexColname, pg_get_indexdef
#include "core/replay/indexes.h"

#include "core/replay/appliers.h"
#include "core/replay/constraints.h"
#include "core/replay/lookup.h"
#include "core/replay/naming.h"
#include "core/replay/spelling.h"
#include "core/schema/definitions.h"
#include "core/sql/canonical_index.h"
#include "core/sql/sql_reader.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

/// What an index is made on: a table, or a materialized view in the shape of one.
Outcome<Table, Refusal> relationOf(const Catalog& catalog, const QualifiedName& name)
{
    const auto found = catalog.findRelation(name);
    if (!found)
        return otherwise(noRelation(catalog, name));
    if (const Table* const table = catalog.table(*found); table != nullptr)
        return *table;
    const View* const view = catalog.view(*found);
    if (view == nullptr || !view->materialized)
        return otherwise(refusal("42809",
                                 "cannot create index on relation \"" + found->name + "\"",
                                 "relation " + toText(*found)));
    Table shape;
    shape.name = *found;
    shape.columns = view->columns;
    return shape;
}

Outcome<std::string, Refusal>
indexName(const Catalog& catalog, const Table& table, const IndexDefinition& definition)
{
    if (definition.name.empty())
        return freeRelationName(catalog,
                                table.name.schema,
                                table.name.name,
                                namesTogether(namesOfKeys(definition)),
                                "idx",
                                false);
    if (catalog.relation({.schema = table.name.schema, .name = definition.name}) != nullptr)
        return otherwise(relationExists(definition.name));
    return definition.name;
}

/// On a materialized view whose columns are not known nothing can be checked.
Index unchecked(Catalog& catalog, const Table& table, const IndexDefinition& definition)
{
    Index index{.name = definition.name,
                .unique = definition.unique,
                .method = definition.method.empty() ? "btree" : definition.method,
                .columns = {},
                .include = definition.include,
                .predicate = {},
                .nullsNotDistinct = definition.nullsNotDistinct,
                .definition = {},
                .bytes = {}};
    for (const IndexElement& element : definition.elements) {
        std::string key = quotedIdentifier(element.column);
        if (element.expression)
            key = element.expression->isKnown() ? element.expression->value() : std::string();
        index.columns.push_back(std::move(key));
    }
    if (definition.predicate)
        index.predicate =
            definition.predicate->isKnown() ? definition.predicate->value() : std::string();
    catalog.doubt(table.name, {}, "the spelling of index " + definition.name + " is not known");
    return index;
}

Outcome<Index, Refusal>
indexFrom(Catalog& catalog, const Table& table, const IndexDefinition& definition)
{
    const auto name = indexName(catalog, table, definition);
    if (!name)
        return otherwise(name.error());
    IndexDefinition named = definition;
    named.name = *name;
    named.only = table.kind == TableKind::PartitionedTable;
    if (table.columns.empty() && catalog.view(table.name) != nullptr)
        return unchecked(catalog, table, named);
    auto made = canonicalIndex(named, table, scopeOf(catalog, &table));
    if (!made)
        return otherwise(made.error());
    if (!made->doubt.empty())
        catalog.doubt(
            table.name, {}, "the definition of index " + *name + " is not known: " + made->doubt);
    return made->index;
}

using Storage = std::vector<std::pair<std::string, std::string>>;

/// The options of WITH (…) in a printed definition.
Storage storageOf(const std::string& definition)
{
    if (definition.find(" WITH (") == std::string::npos)
        return {};
    for (const SqlStatement& statement : readSql(definition)) {
        for (const SqlChange& each : statement.changes) {
            if (const auto* made = std::get_if<change::CreateIndex>(&each.change))
                return made->index.storage;
        }
    }
    return {};
}

std::string storageText(const Storage& storage)
{
    std::string text;
    for (const auto& [name, value] : storage)
        text += (text.empty() ? "" : ", ") + quotedIdentifier(name) + "=" +
                (quotedIdentifier(value) == value ? value : quotedLiteral(value));
    return text.empty() ? text : " WITH (" + text + ")";
}

} // namespace

std::vector<std::string> namesOfKeys(const IndexDefinition& definition)
{
    std::vector<std::string> names;
    const auto add = [&](const std::string& wanted) {
        std::string name = wanted;
        for (int i = 1; holds(names, name); ++i) {
            const std::string number = std::to_string(i);
            name = clipped(wanted, longestName - number.size()) + number;
        }
        names.push_back(name);
    };
    for (const IndexElement& element : definition.elements) {
        if (!element.expression)
            add(element.column);
        else
            add(element.expression->isKnown() ? nameOfExpression(element.expression->value())
                                              : "expr");
    }
    for (const std::string& column : definition.include)
        add(column);
    return names;
}

void refreshDefinition(const QualifiedName& table, Index& index)
{
    if (index.definition.empty())
        return;
    const IndexExtras extras{.storage = storageText(storageOf(index.definition)),
                             .only = index.definition.find(" ON ONLY ") != std::string::npos};
    index.definition = indexDefinition(table, index, extras);
}

void refreshDefinitions(Table& table)
{
    for (Index& index : table.indexes)
        refreshDefinition(table.name, index);
}

const std::vector<Index>* indexesOf(const Catalog& catalog, const QualifiedName& relation)
{
    if (const Table* const table = catalog.table(relation); table != nullptr)
        return &table->indexes;
    const View* const view = catalog.view(relation);
    return view == nullptr ? nullptr : &view->indexes;
}

Done editIndexes(Catalog& catalog,
                 const QualifiedName& relation,
                 const std::function<Done(std::vector<Index>&)>& edit)
{
    if (catalog.table(relation) != nullptr)
        return editTable(catalog, relation, [&](Table& table) -> Done {
            Done refused = edit(table.indexes);
            sortByName(table.indexes);
            return refused;
        });
    const View* const found = catalog.view(relation);
    if (found == nullptr)
        return noRelation(catalog, relation);
    View view = *found;
    if (Done refused = edit(view.indexes))
        return refused;
    sortByName(view.indexes);
    catalog.put(std::move(view));
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::CreateIndex& change)
{
    const auto table = relationOf(catalog, change.index.table);
    if (!table)
        return table.error();
    if (change.ifNotExists && !change.index.name.empty() &&
        catalog.relation({.schema = table->name.schema, .name = change.index.name}) != nullptr)
        return std::nullopt;
    for (const std::string& column : change.index.include) {
        if (table->column(column) == nullptr)
            return refusal("42703",
                           "column \"" + column + "\" does not exist",
                           "column " + toText(table->name) + "." + column);
    }
    auto index = indexFrom(catalog, *table, change.index);
    if (!index)
        return index.error();
    const Done refused =
        editIndexes(catalog, table->name, [&](std::vector<Index>& indexes) -> Done {
            indexes.reserve(indexes.size() + 1);
            indexes.push_back(*index);
            return std::nullopt;
        });
    if (refused || change.index.only)
        return refused;
    return cloneIndexToPartitions(catalog, table->name, *index);
}

Done apply(Catalog& catalog, const change::DropIndex& change)
{
    const auto found = catalog.findRelation(change.index);
    if (!found) {
        if (change.ifExists)
            return std::nullopt;
        return noObject(catalog, "index", change.index, "42704");
    }
    const RelationEntry entry = *catalog.relation(*found);
    if (entry.kind != RelationKind::Index)
        return wrongKind(*found, "an index");
    if (entry.constraint)
        return refusal("2BP01",
                       "cannot drop index " + described(catalog, *found) + " because constraint " +
                           found->name + " on table " + described(catalog, entry.owner()) +
                           " requires it",
                       "index " + toText(*found));
    if (const auto parent = catalog.indexParent(*found))
        return refusal("2BP01",
                       "cannot drop index " + described(catalog, *found) + " because index " +
                           described(catalog, *parent) + " requires it",
                       "index " + toText(*found));
    const auto needed = needing(catalog, entry.owner(), found->name);
    if (!needed.empty() && !change.cascade)
        return dependedOn("index " + described(catalog, *found));
    for (const ForeignKeyPlace& place : needed)
        removeForeignKey(catalog, place);
    removeIndex(catalog, entry.owner(), found->name);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::SetIndexStorage& change)
{
    const auto found = catalog.findRelation(change.index);
    if (!found) {
        if (change.ifExists)
            return std::nullopt;
        return noRelation(catalog, change.index);
    }
    const RelationEntry entry = *catalog.relation(*found);
    if (entry.kind != RelationKind::Index)
        return std::nullopt; // tables and views take it too, and it is no part of them here
    if (entry.constraint)
        return std::nullopt;
    return editIndexes(catalog, entry.owner(), [&](std::vector<Index>& indexes) -> Done {
        const auto index = findByName(indexes, found->name);
        if (index == indexes.end() || index->definition.empty())
            return std::nullopt;
        auto storage = storageOf(index->definition);
        const auto forget = [&](const std::string& option) {
            std::erase_if(storage, [&](const auto& each) { return each.first == option; });
        };
        // As transformRelOptions does: what is set goes behind what stays.
        for (const auto& [option, value] : change.storage)
            forget(option);
        for (const std::string& option : change.reset)
            forget(option);
        storage.insert(storage.end(), change.storage.begin(), change.storage.end());
        index->definition =
            indexDefinition(entry.owner(),
                            *index,
                            {.storage = storageText(storage),
                             .only = index->definition.find(" ON ONLY ") != std::string::npos});
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::Reindex& change)
{
    if (change.kind != "index" && change.kind != "table")
        return std::nullopt;
    const auto found = catalog.findRelation(change.name);
    if (!found)
        return noRelation(catalog, change.name);
    if (change.kind != "index")
        return std::nullopt;
    const RelationEntry entry = *catalog.relation(*found);
    if (entry.kind != RelationKind::Index)
        return wrongKind(*found, "an index");
    return editIndexes(catalog, entry.owner(), [&](std::vector<Index>& indexes) -> Done {
        if (const auto index = findByName(indexes, found->name); index != indexes.end())
            index->valid = true;
        return std::nullopt;
    });
}

} // namespace sightglass::replaying
