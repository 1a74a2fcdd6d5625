// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/footprint/builder.h"

namespace sightglass::footprints {

namespace {

constexpr int weakRename = 120000;

/// The relation that an index of this name belongs to; empty: not known.
QualifiedName ownerOf(const Moment& moment, const FoundIndex& index)
{
    if (index.table)
        return index.table->name;
    if (index.index == nullptr)
        return {};
    for (const auto& [name, view] : moment.schema().views) {
        for (const Index& each : view->indexes) {
            if (&each == index.index)
                return name;
        }
    }
    return {};
}

void lockOwner(Builder& b, const QualifiedName& written, LockMode mode)
{
    const FoundIndex index = b.moment.index(written);
    if (index.absent)
        return;
    const QualifiedName owner = ownerOf(b.moment, index);
    if (owner.name.empty()) {
        b.lockIndex(index.name, mode);
        b.doubt(Confidence::Likely, "to which table the index belongs");
        return;
    }
    b.lockTree(owner, mode);
}

void lockIndexesOf(Builder& b, const Table& table)
{
    const auto at = [&](const std::string& name) {
        b.lockIndex({.schema = table.name.schema, .name = name}, LockMode::AccessExclusive);
    };
    if (table.primaryKey)
        at(table.primaryKey->name);
    for (const KeyConstraint& key : table.uniques)
        at(key.name);
    for (const Index& index : table.indexes)
        at(index.name);
}

void reindexInPlace(Builder& b, const change::Reindex& c)
{
    b.buildIndex();
    if (c.kind == "index") {
        lockOwner(b, c.name, LockMode::Share);
        // Whoever plans a query on the table waits for this one.
        b.lockIndex(b.moment.fullName(c.name), LockMode::AccessExclusive);
        return;
    }
    if (c.kind != "table") {
        b.footprint.outsideTransactionOnly = true;
        return;
    }
    b.lockTree(c.name, LockMode::Share);
    if (const Found found = b.moment.relation(c.name); found.table)
        lockIndexesOf(b, *found.table);
}

} // namespace

void take(Builder& b, const change::CreateIndex& c)
{
    const LockMode mode = c.concurrently ? LockMode::ShareUpdateExclusive : LockMode::Share;
    b.footprint.outsideTransactionOnly = c.concurrently;
    if (c.index.only)
        b.lock(c.index.table, mode);
    else
        b.lockTree(c.index.table, mode);
    const QualifiedName table = b.moment.fullName(c.index.table);
    const bool there =
        c.ifNotExists && !c.index.name.empty() &&
        b.moment.replay().findRelation({.schema = table.schema, .name = c.index.name});
    const Found found = b.moment.relation(c.index.table);
    const bool empty =
        c.index.only && found.table && found.table->kind == TableKind::PartitionedTable;
    if (!there && !empty)
        b.buildIndex();
}

void take(Builder& b, const change::DropIndex& c)
{
    b.footprint.outsideTransactionOnly = c.concurrently;
    lockOwner(
        b, c.index, c.concurrently ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive);
}

void take(Builder& b, const change::RenameIndex& c)
{
    const bool weak = b.version() >= weakRename && !b.says({"alter", "table"});
    b.lockIndex(b.moment.fullName(c.index),
                weak ? LockMode::ShareUpdateExclusive : LockMode::AccessExclusive);
}

void take(Builder& b, const change::SetIndexStorage& c)
{
    b.lockIndex(b.moment.fullName(c.index), LockMode::ShareUpdateExclusive);
}

void take(Builder& b, const change::Reindex& c)
{
    if (!c.concurrently) {
        reindexInPlace(b, c);
        return;
    }
    b.footprint.outsideTransactionOnly = true;
    b.buildIndex();
    if (c.kind == "index")
        lockOwner(b, c.name, LockMode::ShareUpdateExclusive);
    else if (c.kind == "table")
        b.lockTree(c.name, LockMode::ShareUpdateExclusive);
}

} // namespace sightglass::footprints
