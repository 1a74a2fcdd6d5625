// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that are read and changed.
#include "core/rules/footprint/builder.h"
#include "core/rules/operation_sql.h"
#include "core/sql/data_facts.h"
#include "core/sql/expression.h"

#include <algorithm>
#include <array>
#include <set>

namespace sightglass::footprints {

namespace {

/// Tables that a foreign key leads to this one, and on from them.
void lockTruncated(Builder& b, const QualifiedName& table, std::set<QualifiedName>& seen)
{
    if (!seen.insert(table).second)
        return;
    for (const QualifiedName& other : referencingTables(b.moment, table)) {
        b.lockFurtherTree(other, LockMode::AccessExclusive);
        lockTruncated(b, other, seen);
    }
}

void takeTruncate(Builder& b, const change::ChangeData& c)
{
    b.lockTree(c.table, LockMode::AccessExclusive);
    if (!c.cascade)
        return;
    std::set<QualifiedName> seen;
    lockTruncated(b, b.moment.fullName(c.table), seen);
}

bool holdsAll(const std::vector<std::string>& columns, const std::vector<std::string>& key)
{
    return !key.empty() && std::ranges::all_of(key, [&](const std::string& column) {
        return std::ranges::find(columns, column) != columns.end();
    });
}

/// A key holds the statement to a few rows.
bool isBounded(const DataFacts& facts, const Table* table)
{
    if (facts.limited)
        return true;
    if (table == nullptr) {
        constexpr std::array usual{
            std::string_view("id"), std::string_view("uuid"), std::string_view("pk")};
        return std::ranges::any_of(facts.boundedColumns, [&](const std::string& column) {
            return std::ranges::find(usual, std::string_view(column)) != usual.end();
        });
    }
    const auto bounds = [&](const KeyConstraint& key) {
        return holdsAll(facts.boundedColumns, key.columns);
    };
    return (table->primaryKey && bounds(*table->primaryKey)) ||
           std::ranges::any_of(table->uniques, bounds) ||
           std::ranges::any_of(table->indexes, [&](const Index& index) {
               return index.unique && !index.predicate &&
                      holdsAll(facts.boundedColumns, index.columns);
           });
}

/// Whether UPDATE or DELETE touches only rows that a key names.
bool touchesFewRows(Builder& b, const change::ChangeData& c)
{
    if (c.command != "UPDATE" && c.command != "DELETE")
        return false;
    const Found found = b.moment.relation(c.table);
    for (const DataFacts& facts : dataFacts(sqlOf(b.operation))) {
        if (facts.command == c.command && facts.table == c.table)
            return isBounded(facts, found.table.get());
    }
    return false;
}

LockMode rowLockMode(Builder& b)
{
    const bool locks = b.says({"for", "update"}) || b.says({"for", "no"}) ||
                       b.says({"for", "share"}) || b.says({"for", "key"});
    return locks ? LockMode::RowShare : LockMode::AccessShare;
}

} // namespace

void take(Builder& b, const change::ChangeData& c)
{
    if (c.command == "TRUNCATE") {
        takeTruncate(b, c);
        return;
    }
    b.lock(c.table, LockMode::RowExclusive);
    if (c.command == "SETVAL" || c.rows || touchesFewRows(b, c))
        return;
    b.footprint.changesRows = true;
    if (c.command == "COPY")
        return;
    b.scan();
    if (!b.operation.sql.empty())
        b.lockSources(b.operation.sql);
}

void take(Builder& b, const change::Query& c)
{
    const LockMode mode = rowLockMode(b);
    for (const QualifiedName& relation : relationsOf(c.text)) {
        if (const auto found = b.moment.replay().findRelation(relation))
            b.lockFurther(*found, mode);
    }
}

} // namespace sightglass::footprints
