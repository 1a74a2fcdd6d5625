// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/lookup.h"
#include "core/rules/footprint/builder.h"

#include <algorithm>

namespace sightglass::footprints {

namespace {

void takeForeignKey(Builder& b, const change::AddConstraint& c)
{
    b.lockTree(c.table, LockMode::ShareRowExclusive);
    const QualifiedName target = b.moment.fullName(c.constraint.target);
    if (target != b.moment.fullName(c.table))
        b.lockFurtherTree(target, LockMode::ShareRowExclusive);
    if (!c.constraint.notValid && !b.says({"not", "enforced"}))
        b.scan();
}

/// Some key column may be NULL as far as is known.
bool hasNullable(Builder& b, const QualifiedName& table, const std::vector<std::string>& columns)
{
    return std::ranges::any_of(columns, [&](const std::string& name) {
        const Column* const column = b.moment.column(table, name);
        return column == nullptr || column->nullable;
    });
}

void takeKeyOfIndex(Builder& b, const change::AddConstraint& c)
{
    if (c.constraint.kind != ConstraintDefinition::Kind::PrimaryKey)
        return;
    const QualifiedName table = b.moment.fullName(c.table);
    const FoundIndex found =
        b.moment.index({.schema = table.schema, .name = c.constraint.usingIndex});
    if (found.index == nullptr) {
        b.scan();
        b.doubt(Confidence::Likely, "whether all columns of the index are NOT NULL");
        return;
    }
    std::vector<std::string> columns;
    for (const std::string& key : found.index->columns) {
        for (std::string& column : replaying::columnsOfKey(key))
            columns.push_back(std::move(column));
    }
    if (hasNullable(b, c.table, columns))
        b.scan();
}

const ForeignKey* foreignKeyNamed(const Found& table, const std::string& name)
{
    if (!table.table)
        return nullptr;
    const auto found = std::ranges::find(table.table->foreignKeys, name, &ForeignKey::name);
    return found == table.table->foreignKeys.end() ? nullptr : &*found;
}

/// Whether the constraint is known to be one whose rows were checked already.
bool isValidated(const Found& table, const std::string& name)
{
    if (!table.table)
        return false;
    if (const ForeignKey* const key = foreignKeyNamed(table, name))
        return key->validated;
    const auto check = std::ranges::find(table.table->checks, name, &CheckConstraint::name);
    return check != table.table->checks.end() && check->validated;
}

/// Columns of the key of this name; empty: there is no such key.
std::vector<std::string> keyColumns(const Table& table, const std::string& name)
{
    if (table.primaryKey && table.primaryKey->name == name)
        return table.primaryKey->columns;
    const auto found = std::ranges::find(table.uniques, name, &KeyConstraint::name);
    return found == table.uniques.end() ? std::vector<std::string>() : found->columns;
}

} // namespace

void take(Builder& b, const change::AddConstraint& c)
{
    using Kind = ConstraintDefinition::Kind;
    if (c.constraint.kind == Kind::ForeignKey) {
        takeForeignKey(b, c);
        return;
    }
    b.lockTree(c.table, LockMode::AccessExclusive);
    if (c.constraint.kind == Kind::Check) {
        if (!c.constraint.notValid && !b.says({"not", "enforced"}))
            b.scan();
    } else if (!c.constraint.usingIndex.empty()) {
        takeKeyOfIndex(b, c);
    } else {
        b.buildIndex();
    }
}

void take(Builder& b, const change::DropConstraint& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
    const Found found = b.moment.relation(c.table);
    if (const ForeignKey* const key = foreignKeyNamed(found, c.name)) {
        if (key->target != found.name)
            b.lockFurtherTree(key->target, LockMode::AccessExclusive);
        return;
    }
    if (!found.table || !c.cascade)
        return;
    const std::vector<std::string> columns = keyColumns(*found.table, c.name);
    if (columns.empty())
        return;
    for (const QualifiedName& other : referencingTables(b.moment, found.name, columns))
        b.lockFurtherTree(other, LockMode::AccessExclusive);
}

void take(Builder& b, const change::RenameConstraint& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::ValidateConstraint& c)
{
    b.lockTree(c.table, LockMode::ShareUpdateExclusive);
    const Found found = b.moment.relation(c.table);
    if (isValidated(found, c.name))
        return;
    b.scan();
    const ForeignKey* const key = foreignKeyNamed(found, c.name);
    if (key != nullptr && key->target != found.name)
        b.lockFurther(key->target, LockMode::RowShare);
}

void take(Builder& b, const change::AlterConstraint& c)
{
    b.lock(c.table, LockMode::AccessExclusive);
    if (c.enforced == true)
        b.scan();
}

} // namespace sightglass::footprints
