// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that are read and changed.
#include "core/rules/footprint/builder.h"
#include "core/sql/expression.h"

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
    if (c.command == "SETVAL" || c.rows)
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
