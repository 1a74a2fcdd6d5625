// SPDX-License-Identifier: GPL-3.0-or-later
//
// What partitions and heirs get from their parents, and LIKE.
// source  DefineRelation, AttachPartitionEnsureIndexes, CloneForeignKeyConstraints, MergeAttributes
#include "core/replay/appliers.h"
#include "core/replay/columns.h"
#include "core/replay/constraints.h"
#include "core/replay/indexes.h"
#include "core/replay/lookup.h"
#include "core/replay/naming.h"
#include "core/replay/partition_bounds.h"
#include "core/replay/spelling.h"
#include "core/replay/tables.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

using Kind = ConstraintDefinition::Kind;

bool includes(std::string options, std::string_view what)
{
    for (char& c : options)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const auto last = [&](const std::string& words) {
        const std::size_t at = options.rfind(words);
        return at == std::string::npos ? -1 : static_cast<int>(at);
    };
    const int in = std::max(last("INCLUDING " + std::string(what)), last("INCLUDING ALL"));
    const int out = std::max(last("EXCLUDING " + std::string(what)), last("EXCLUDING ALL"));
    return in > out;
}

/// Names of the keys of a printed index, for the name that PostgreSQL makes of them.
std::vector<std::string> keyNames(const Index& index)
{
    IndexDefinition definition;
    for (const std::string& key : index.columns) {
        IndexElement element;
        const auto columns = columnsOfKey(key);
        const bool plain =
            columns.size() == 1 && key.starts_with(quotedIdentifier(columns.front()));
        if (plain)
            element.column = columns.front();
        else
            element.expression = key;
        definition.elements.push_back(std::move(element));
    }
    definition.include = index.include;
    return namesOfKeys(definition);
}

ConstraintDefinition definitionOf(const KeyConstraint& key, Kind kind)
{
    ConstraintDefinition definition;
    definition.kind = kind;
    definition.columns = key.columns;
    definition.include = key.include;
    definition.nullsNotDistinct = key.nullsNotDistinct;
    definition.withoutOverlaps = key.withoutOverlaps;
    definition.deferrable = key.deferrable;
    if (key.initiallyDeferred)
        definition.initially = "DEFERRED";
    return definition;
}

bool sameIndex(const Index& a, const Index& b)
{
    return a.columns == b.columns && a.unique == b.unique && a.method == b.method &&
           a.predicate == b.predicate && a.include == b.include;
}

Done addClone(Catalog& catalog,
              const QualifiedName& child,
              const Index& index,
              const QualifiedName& parentIndex)
{
    for (const Index& own : *indexesOf(catalog, child)) {
        const QualifiedName name{.schema = child.schema, .name = own.name};
        if (sameIndex(own, index) && !catalog.indexParent(name)) {
            catalog.setIndexParent(name, parentIndex);
            return cloneIndexToPartitions(catalog, child, own);
        }
    }
    Index clone = index;
    clone.name = freeRelationName(
        catalog, child.schema, child.name, namesTogether(keyNames(index)), "idx", false);
    clone.definition = replacedAll(clone.definition, " ON ONLY ", " ON ");
    refreshDefinition(child, clone);
    const Done refused = editIndexes(catalog, child, [&](std::vector<Index>& indexes) -> Done {
        indexes.push_back(clone);
        return std::nullopt;
    });
    if (refused)
        return refused;
    catalog.setIndexParent({.schema = child.schema, .name = clone.name}, parentIndex);
    return cloneIndexToPartitions(catalog, child, clone);
}

const KeyConstraint* equalKey(const Table& table, const ConstraintDefinition& definition)
{
    if (definition.kind == Kind::PrimaryKey)
        return table.primaryKey && table.primaryKey->columns == definition.columns
                   ? &*table.primaryKey
                   : nullptr;
    const auto found =
        std::ranges::find(table.uniques, definition.columns, &KeyConstraint::columns);
    return found == table.uniques.end() ? nullptr : &*found;
}

Done addKeyClone(Catalog& catalog,
                 const QualifiedName& child,
                 ConstraintDefinition definition,
                 const QualifiedName& parentIndex)
{
    std::string name;
    if (const KeyConstraint* const own = equalKey(*catalog.table(child), definition)) {
        name = own->name;
    } else {
        definition.name.clear();
        if (Done refused = addKey(catalog, child, definition))
            return refused;
        const KeyConstraint* const made = equalKey(*catalog.table(child), definition);
        name = made == nullptr ? std::string() : made->name;
    }
    if (!name.empty())
        catalog.setIndexParent({.schema = child.schema, .name = name}, parentIndex);
    return std::nullopt;
}

bool isPartition(const Catalog& catalog, const QualifiedName& child)
{
    const Table* const table = catalog.table(child);
    return table != nullptr && table->partitionOf.has_value();
}

ConstraintDefinition definitionOf(const ForeignKey& key)
{
    ConstraintDefinition definition;
    definition.kind = Kind::ForeignKey;
    definition.name = key.name;
    definition.columns = key.columns;
    definition.target = key.target;
    definition.targetColumns = key.targetColumns;
    definition.onDelete = key.onDelete;
    definition.onUpdate = key.onUpdate;
    definition.match = key.match;
    definition.deferrable = key.deferrable;
    definition.notValid = !key.validated;
    definition.notEnforced = !key.enforced;
    definition.period = key.period;
    if (key.initiallyDeferred)
        definition.initially = "DEFERRED";
    return definition;
}

bool hasEqualForeignKey(const Table& table, const ForeignKey& key)
{
    return std::ranges::any_of(table.foreignKeys, [&](const ForeignKey& own) {
        return own.columns == key.columns && own.target == key.target &&
               own.targetColumns == key.targetColumns && own.onDelete == key.onDelete &&
               own.onUpdate == key.onUpdate;
    });
}

} // namespace

Done cloneIndexToPartitions(Catalog& catalog, const QualifiedName& table, const Index& index)
{
    for (const QualifiedName& child : catalog.childrenOf(table)) {
        if (!isPartition(catalog, child))
            continue;
        if (Done refused =
                addClone(catalog, child, index, {.schema = table.schema, .name = index.name}))
            return refused;
    }
    return std::nullopt;
}

Done cloneKeyToPartitions(Catalog& catalog,
                          const QualifiedName& table,
                          const ConstraintDefinition& definition,
                          const std::string& name)
{
    for (const QualifiedName& child : catalog.childrenOf(table)) {
        if (!isPartition(catalog, child))
            continue;
        if (Done refused =
                addKeyClone(catalog, child, definition, {.schema = table.schema, .name = name}))
            return refused;
    }
    return std::nullopt;
}

void removeIndex(Catalog& catalog, const QualifiedName& owner, const std::string& name)
{
    const QualifiedName full{.schema = owner.schema, .name = name};
    editIndexes(catalog, owner, [&](std::vector<Index>& indexes) -> Done {
        std::erase_if(indexes, [&](const Index& index) { return index.name == name; });
        return std::nullopt;
    });
    catalog.setIndexParent(full, std::nullopt);
    for (const QualifiedName& child : catalog.childrenOf(owner)) {
        const auto* const indexes = indexesOf(catalog, child);
        if (indexes == nullptr)
            continue;
        for (const Index& index : std::vector<Index>(*indexes)) {
            if (catalog.indexParent({.schema = child.schema, .name = index.name}) == full)
                removeIndex(catalog, child, index.name);
        }
    }
}

Done dropConstraintDown(Catalog& catalog,
                        const QualifiedName& table,
                        const std::string& name,
                        bool cascade)
{
    const QualifiedName full{.schema = table.schema, .name = name};
    const Table before = *catalog.table(table);
    if (Done refused = dropConstraint(catalog, table, name, cascade))
        return refused;
    catalog.setIndexParent(full, std::nullopt);
    const auto check = findByName(before.checks, name);
    const auto foreign = findByName(before.foreignKeys, name);
    for (const QualifiedName& child : catalog.childrenOf(table)) {
        const Table part = *catalog.table(child);
        std::vector<std::string> names;
        if (check != before.checks.end() && findByName(part.checks, name) != part.checks.end())
            names.push_back(name);
        for (const ForeignKey& key : part.foreignKeys) {
            if (part.partitionOf && foreign != before.foreignKeys.end() && key.name == name)
                names.push_back(name);
        }
        for (const KeyConstraint& key : part.uniques) {
            if (catalog.indexParent({.schema = child.schema, .name = key.name}) == full)
                names.push_back(key.name);
        }
        if (part.primaryKey &&
            catalog.indexParent({.schema = child.schema, .name = part.primaryKey->name}) == full)
            names.push_back(part.primaryKey->name);
        for (const std::string& found : names) {
            if (Done refused = dropConstraintDown(catalog, child, found, cascade))
                return refused;
        }
    }
    return std::nullopt;
}

Done addCheckToHeirs(Catalog& catalog,
                     const QualifiedName& table,
                     const ConstraintDefinition& definition)
{
    const Table& parent = *catalog.table(table);
    for (const CheckConstraint& check : std::vector<CheckConstraint>(parent.checks)) {
        for (const QualifiedName& child : catalog.childrenOf(table)) {
            if (check.noInherit || hasConstraint(*catalog.table(child), check.name))
                continue;
            const Done refused = editTable(catalog, child, [&](Table& heir) -> Done {
                heir.checks.push_back(check);
                sortByName(heir.checks);
                return std::nullopt;
            });
            if (refused)
                return refused;
            if (Done failed = addCheckToHeirs(catalog, child, definition))
                return failed;
        }
    }
    return std::nullopt;
}

Done checkLineage(const Catalog& catalog, const QualifiedName& child, const QualifiedName& parent)
{
    // What follows from a table to its heirs goes down one call a level.
    constexpr std::size_t longest = 64;
    std::vector<QualifiedName> line = {parent};
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == child)
            return refusal("42P07", "circular inheritance not allowed", "table " + toText(child));
        if (i == longest)
            return refusal("54000",
                           "Sightglass follows inheritance over 64 levels only",
                           "table " + toText(child));
        const Table* const table = catalog.table(line[i]);
        if (table == nullptr)
            continue;
        if (table->partitionOf)
            line.push_back(*table->partitionOf);
        line.insert(line.end(), table->inherits.begin(), table->inherits.end());
    }
    return std::nullopt;
}

Done inheritFrom(Catalog& catalog, const QualifiedName& table, const QualifiedName& parentName)
{
    const Table parent = *catalog.table(parentName);
    return editTable(catalog, table, [&](Table& heir) -> Done {
        for (Column column : parent.columns) {
            const auto own = findByName(heir.columns, column.name);
            if (own != heir.columns.end()) {
                own->nullable = own->nullable && column.nullable;
                continue;
            }
            column.identity.reset();
            column.comment.clear();
            heir.columns.push_back(std::move(column));
        }
        for (const CheckConstraint& check : parent.checks) {
            if (!check.noInherit && !hasConstraint(heir, check.name))
                heir.checks.push_back(check);
        }
        sortByName(heir.checks);
        return std::nullopt;
    });
}

Done inheritKeys(Catalog& catalog, const QualifiedName& table, const QualifiedName& parentName)
{
    const Table parent = *catalog.table(parentName);
    const auto indexName = [&](const std::string& name) {
        return QualifiedName{.schema = parentName.schema, .name = name};
    };
    if (parent.primaryKey) {
        const auto definition = definitionOf(*parent.primaryKey, Kind::PrimaryKey);
        if (Done refused =
                addKeyClone(catalog, table, definition, indexName(parent.primaryKey->name)))
            return refused;
    }
    for (const KeyConstraint& key : parent.uniques) {
        if (Done refused =
                addKeyClone(catalog, table, definitionOf(key, Kind::Unique), indexName(key.name)))
            return refused;
    }
    for (const Index& index : parent.indexes) {
        if (Done refused = addClone(catalog, table, index, indexName(index.name)))
            return refused;
    }
    for (const ForeignKey& key : parent.foreignKeys) {
        if (hasEqualForeignKey(*catalog.table(table), key))
            continue;
        ConstraintDefinition definition = definitionOf(key);
        if (hasConstraint(*catalog.table(table), definition.name))
            definition.name.clear();
        if (Done refused = addForeignKey(catalog, table, definition))
            return refused;
    }
    return editTable(catalog, table, [&](Table& part) -> Done {
        for (Trigger trigger : parent.triggers) {
            if (trigger.definition.find(" FOR EACH ROW ") == std::string::npos)
                continue;
            trigger.definition = replacedAll(
                trigger.definition, " ON " + toSql(parentName) + " ", " ON " + toSql(table) + " ");
            if (findByName(part.triggers, trigger.name) == part.triggers.end())
                part.triggers.push_back(std::move(trigger));
        }
        sortByName(part.triggers);
        return std::nullopt;
    });
}

Done copyLike(Catalog& catalog,
              const QualifiedName& table,
              const QualifiedName& other,
              const std::string& options)
{
    const auto source = tableNamed(catalog, other);
    if (!source)
        return source.error();
    const Table from = *catalog.table(*source);
    return editTable(catalog, table, [&](Table& copy) -> Done {
        for (Column column : from.columns) {
            if (copy.column(column.name) != nullptr)
                return refusal("42701",
                               "column \"" + column.name + "\" specified more than once",
                               "column " + toText(table) + "." + column.name);
            if (!includes(options, "DEFAULTS"))
                column.defaultExpression.reset();
            if (!includes(options, "GENERATED"))
                column.generated.reset();
            if (!includes(options, "COMMENTS"))
                column.comment.clear();
            if (!includes(options, "IDENTITY"))
                column.identity.reset();
            else if (column.identity)
                addOwnedSequence(
                    catalog, {.table = table, .column = column.name}, column.type, true);
            copy.columns.push_back(std::move(column));
        }
        return std::nullopt;
    });
}

Done copyLikeConstraints(Catalog& catalog,
                         const QualifiedName& table,
                         const QualifiedName& other,
                         const std::string& options)
{
    const Table from = *catalog.table(*catalog.findRelation(other));
    if (includes(options, "CONSTRAINTS")) {
        const Done refused = editTable(catalog, table, [&](Table& copy) -> Done {
            for (const CheckConstraint& check : from.checks)
                copy.checks.push_back(check);
            sortByName(copy.checks);
            return std::nullopt;
        });
        if (refused)
            return refused;
    }
    if (!includes(options, "INDEXES"))
        return std::nullopt;
    if (from.primaryKey) {
        if (Done refused = addKey(catalog, table, definitionOf(*from.primaryKey, Kind::PrimaryKey)))
            return refused;
    }
    for (const KeyConstraint& key : from.uniques) {
        if (Done refused = addKey(catalog, table, definitionOf(key, Kind::Unique)))
            return refused;
    }
    for (Index index : from.indexes) {
        index.name = freeRelationName(
            catalog, table.schema, table.name, namesTogether(keyNames(index)), "idx", false);
        index.definition = replacedAll(index.definition, " ON ONLY ", " ON ");
        refreshDefinition(table, index);
        const Done refused = editIndexes(catalog, table, [&](std::vector<Index>& indexes) -> Done {
            indexes.push_back(index);
            return std::nullopt;
        });
        if (refused)
            return refused;
    }
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::AttachPartition& change)
{
    const auto parent = tableNamed(catalog, change.table);
    if (!parent)
        return parent.error();
    const auto child = tableNamed(catalog, change.partition);
    if (!child)
        return child.error();
    if (catalog.table(*child)->partitionOf)
        return refusal(
            "42809", "\"" + child->name + "\" is already a partition", "table " + toText(*child));
    if (catalog.table(*parent)->kind != TableKind::PartitionedTable &&
        catalog.table(*parent)->partitionKey.empty())
        return refusal("42P16",
                       "table \"" + parent->name + "\" is not partitioned",
                       "table " + toText(*parent));
    if (Done circular = checkLineage(catalog, *child, *parent))
        return circular;
    const Done refused = editTable(catalog, *child, [&](Table& table) -> Done {
        table.partitionOf = *parent;
        table.partitionBound = change.bound;
        if (table.kind == TableKind::Table)
            table.kind = TableKind::Partition;
        return spellBound(catalog, *catalog.table(*parent), table);
    });
    return refused ? refused : inheritKeys(catalog, *child, *parent);
}

Done apply(Catalog& catalog, const change::DetachPartition& change)
{
    const auto parent = tableNamed(catalog, change.table);
    if (!parent)
        return parent.error();
    const auto child = tableNamed(catalog, change.partition);
    if (!child)
        return child.error();
    if (catalog.table(*child)->partitionOf != *parent)
        return refusal("42P01",
                       "relation \"" + child->name + "\" is not a partition of relation \"" +
                           parent->name + "\"",
                       "table " + toText(*child));
    const Table part = *catalog.table(*child);
    const auto release = [&](const std::string& name) {
        catalog.setIndexParent({.schema = child->schema, .name = name}, std::nullopt);
    };
    for (const Index& index : part.indexes)
        release(index.name);
    for (const KeyConstraint& key : part.uniques)
        release(key.name);
    if (part.primaryKey)
        release(part.primaryKey->name);
    return editTable(catalog, *child, [&](Table& table) -> Done {
        table.partitionOf.reset();
        table.partitionBound.clear();
        if (table.kind == TableKind::Partition)
            table.kind = TableKind::Table;
        return std::nullopt;
    });
}

} // namespace sightglass::replaying
