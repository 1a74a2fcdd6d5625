// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/footprint/builder.h"
#include "core/rules/partition_proof.h"

#include <algorithm>
#include <array>

namespace sightglass::footprints {

namespace {

constexpr int weakAttach = 120000;

void lockForeignKeys(Builder& b, const std::vector<ConstraintDefinition>& constraints)
{
    for (const ConstraintDefinition& one : constraints) {
        if (one.kind == ConstraintDefinition::Kind::ForeignKey)
            b.lockFurtherTree(b.moment.fullName(one.target), LockMode::ShareRowExclusive);
    }
}

/// A partition gets the foreign keys of its parent.
void lockParentsTargets(Builder& b, const QualifiedName& parent)
{
    const Table* const table = b.moment.schema().table(parent);
    if (table == nullptr)
        return;
    for (const ForeignKey& key : table->foreignKeys)
        b.lockFurtherTree(key.target, LockMode::ShareRowExclusive);
}

bool isDefault(const std::string& bound)
{
    return standsAt(sqlTokens(bound), 0, {"default"});
}

/// What is indexed alike: an index, or a key, as its columns.
std::vector<std::pair<std::vector<std::string>, bool>> indexesOf(const Table& table)
{
    std::vector<std::pair<std::vector<std::string>, bool>> result;
    for (const Index& index : table.indexes)
        result.emplace_back(index.columns, index.unique);
    for (const KeyConstraint& key : table.uniques)
        result.emplace_back(key.columns, true);
    if (table.primaryKey)
        result.emplace_back(table.primaryKey->columns, true);
    return result;
}

/// The parent's indexes are built for a partition that does not bring its own.
void buildMissingIndexes(Builder& b, const Table& parent, const Table& partition)
{
    const auto own = indexesOf(partition);
    const auto wanted = indexesOf(parent);
    const bool missing = std::ranges::any_of(
        wanted, [&](const auto& index) { return std::ranges::find(own, index) == own.end(); });
    if (missing)
        b.buildIndex();
}

/// Rows of the default partition that belong to the new one are looked for.
void takeDefaultPartition(Builder& b, const QualifiedName& parent, const std::string& bound)
{
    const QualifiedName other = defaultPartition(b.moment, parent);
    if (other.name.empty() || isDefault(bound))
        return;
    b.lockFurther(other, LockMode::AccessExclusive);
    const Table* const owner = b.moment.schema().table(parent);
    const Table* const table = b.moment.schema().table(other);
    if (owner != nullptr && table != nullptr && excludesBound(*table, owner->partitionKey, bound))
        return;
    b.scan();
}

void lockPartitionSiblings(Builder& b, const QualifiedName& parent)
{
    b.lockFurther(parent, LockMode::AccessExclusive);
    b.lockFurther(defaultPartition(b.moment, parent), LockMode::AccessExclusive);
}

/// What goes with a table.
void lockDropped(Builder& b, const Table& table, bool cascade)
{
    for (const ForeignKey& key : table.foreignKeys) {
        if (key.target != table.name)
            b.lockFurtherTree(key.target, LockMode::AccessExclusive);
    }
    if (table.partitionOf)
        lockPartitionSiblings(b, *table.partitionOf);
    if (!cascade)
        return;
    for (const QualifiedName& other : referencingTables(b.moment, table.name))
        b.lockFurtherTree(other, LockMode::AccessExclusive);
    for (const QualifiedName& view : viewsOf(b.moment, table.name))
        b.lockFurther(view, LockMode::AccessExclusive);
}

LockMode modeNamed(std::string_view word)
{
    for (int i = 1; i <= static_cast<int>(LockMode::AccessExclusive); ++i) {
        if (toText(static_cast<LockMode>(i)) == word)
            return static_cast<LockMode>(i);
    }
    return LockMode::AccessExclusive;
}

} // namespace

void take(Builder& b, const change::CreateTable& c)
{
    if (c.ifNotExists && b.moment.replay().findRelation(c.table))
        return;
    lockForeignKeys(b, c.constraints);
    for (const ColumnDefinition& column : c.columns)
        lockForeignKeys(b, column.constraints);
    for (const QualifiedName& other : c.like)
        b.lockFurther(b.moment.fullName(other), LockMode::AccessShare);
    for (const QualifiedName& parent : c.inherits)
        b.lockFurther(b.moment.fullName(parent), LockMode::ShareUpdateExclusive);
    if (c.partitionOf) {
        const QualifiedName parent = b.moment.fullName(*c.partitionOf);
        b.lockFurther(parent, LockMode::AccessExclusive);
        lockParentsTargets(b, parent);
        takeDefaultPartition(b, parent, c.partitionBound);
    }
    if (!c.query.empty()) {
        b.lockSources(c.query);
        b.scan();
    }
}

void take(Builder& b, const change::DropTable& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
    const Found found = b.moment.relation(c.table);
    if (!found.table)
        return;
    lockDropped(b, *found.table, c.cascade);
    for (const QualifiedName& partition : descendants(b.moment, *found.table)) {
        if (const Table* const table = b.moment.schema().table(partition))
            lockDropped(b, *table, c.cascade);
    }
}

void take(Builder& b, const change::RenameTable& c)
{
    const QualifiedName full = b.moment.fullName(c.table);
    const bool isTable = b.moment.schema().table(full) != nullptr;
    // ALTER TABLE renames an index too.
    if (!isTable && b.moment.replay().findRelation(c.table) && b.moment.index(c.table).table)
        b.lockIndex(full, LockMode::AccessExclusive);
    else
        b.lock(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::SetTableSchema& c)
{
    b.lock(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::AttachPartition& c)
{
    b.lock(c.table,
           b.version() >= weakAttach ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive);
    const Found parent = b.moment.relation(c.table);
    const Found partition = b.moment.relation(c.partition);
    b.lockFurtherTree(partition.name, LockMode::AccessExclusive);
    const bool proven =
        isDefault(c.bound)
            ? parent.table && descendants(b.moment, *parent.table).empty()
            : parent.table && partition.table &&
                  impliesBound(*partition.table, parent.table->partitionKey, c.bound);
    if (!proven)
        b.scan();
    if (parent.table && partition.table)
        buildMissingIndexes(b, *parent.table, *partition.table);
    else
        b.doubt(Confidence::Likely, "whether a CHECK of the table implies the bound");
    lockParentsTargets(b, parent.name);
    takeDefaultPartition(b, parent.name, c.bound);
}

void take(Builder& b, const change::DetachPartition& c)
{
    const Found partition = b.moment.relation(c.partition);
    if (c.concurrently) {
        b.lock(c.table, LockMode::ShareUpdateExclusive);
        b.footprint.outsideTransactionOnly = true;
        return;
    }
    b.lock(c.table, LockMode::AccessExclusive);
    b.lockFurtherTree(partition.name, LockMode::AccessExclusive);
    const Found parent = b.moment.relation(c.table);
    b.lockFurther(defaultPartition(b.moment, parent.name), LockMode::AccessExclusive);
}

void take(Builder& b, const change::DropSchema& c)
{
    if (!c.cascade)
        return;
    for (const auto& [name, table] : b.moment.schema().tables) {
        if (name.schema != c.schema)
            continue;
        b.lockFurther(name, LockMode::AccessExclusive);
        lockDropped(b, *table, true);
    }
    for (const auto& [name, view] : b.moment.schema().views) {
        if (name.schema == c.schema)
            b.lockFurther(name, LockMode::AccessExclusive);
    }
}

void take(Builder& b, const change::LockTable& c)
{
    if (b.says({"only"}))
        b.lock(c.table, modeNamed(c.mode));
    else
        b.lockTree(c.table, modeNamed(c.mode));
}

} // namespace sightglass::footprints
