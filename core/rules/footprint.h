// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "core/operations/operation.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

class Moment;

/// PostgreSQL's table locks, weakest first.
enum class LockMode
{
    None,
    AccessShare,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive
};

std::string_view toText(LockMode mode); ///< "ACCESS EXCLUSIVE"

bool blocksReads(LockMode mode);  ///< conflicts with SELECT
bool blocksWrites(LockMode mode); ///< conflicts with INSERT, UPDATE, DELETE
/// SHARE and stronger without SHARE UPDATE EXCLUSIVE: what the rules call a strong lock.
bool isStrong(LockMode mode);

struct RelationLock
{
    QualifiedName relation; ///< full name where it is known
    LockMode mode = LockMode::None;
    /// Not the relation that the statement names: a referenced table, a partition, the parent …
    bool further = false;
    bool ofIndex = false; ///< the relation is an index
    friend bool operator==(const RelationLock&, const RelationLock&) = default;
};

/// What one operation takes and costs on PostgreSQL: the one place that knows locks, scans and
/// rewrites. Rules ask it and never state a lock themselves.
///
/// source  measured on PostgreSQL 15; the test of the lock matrix runs each form on a server
struct Footprint
{
    std::vector<RelationLock> locks; ///< strongest mode of each relation; the named one first
    bool rewrites = false;           ///< of the table and all its indexes
    bool scans = false;              ///< every row is read
    bool buildsIndex = false;
    bool changesRows = false; ///< UPDATE, DELETE, MERGE, INSERT … SELECT, COPY
    /// How sure scans, rewrites and buildsIndex are: Possible where a type, a function or the table
    /// is not known.
    Confidence confidence = Confidence::Certain;
    std::string unsettled; ///< what would settle that; empty when certain
    /// PostgreSQL refuses it inside a transaction (25001).
    bool outsideTransactionOnly = false;

    bool isSlow() const { return rewrites || scans || buildsIndex || changesRows; }

    LockMode lockOn(const QualifiedName& relation) const; ///< None: it takes none
    LockMode strongest() const;
};

/// Of an operation, with the database as it stands before it.
Footprint footprintOf(const Operation& operation, const Moment& moment);

} // namespace sightglass
