// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/changes.h"
#include "core/rules/moment.h"

#include <optional>
#include <string>

namespace sightglass {

/// What ALTER COLUMN TYPE does to the rows and indexes that are there.
///
/// source  measured on PostgreSQL 15 with pg_relation_filenode; the test of the lock matrix repeats
///         it
struct TypeChange
{
    enum class Work
    {
        None,         ///< only the catalog
        IndexRebuild, ///< the rows stay, indexes that use the column are built again
        Rewrite,      ///< of the table and all its indexes
        NotKnown      ///< `unsettled` says why
    };
    Work work = Work::NotKnown;
    bool narrows = false; ///< the new type holds less, or USING throws a part of the values away
    /// It narrows without a word: digits are rounded away, a part of the value is cut off. Else a
    /// value that does not fit makes the statement fail.
    bool losesSilently = false;
    bool computes = false;           ///< USING does more than cast the column
    bool changesZone = false;        ///< between timestamp and timestamptz: free only under UTC
    bool newCollation = false;       ///< the column gets another collation
    std::optional<std::string> from; ///< as format_type spells it; absent: not known
    std::string to;                  ///< as format_type spells it, where it is known
    std::string unsettled;           ///< what would settle `work`; empty when it is known
};

TypeChange typeChange(const change::SetColumnType& change, const Moment& moment);

/// Whether an index, or a constraint that is one, has the column.
bool isIndexed(const Table& table, const std::string& column);

/// A domain whose values are checked: a CHECK or NOT NULL of its own or of the domain below it.
/// Absent: no domain that is known.
std::optional<bool> isConstrainedDomain(const std::string& type, const Moment& moment);

/// As format_type spells a type that a statement writes; absent: it is not known.
std::optional<std::string> spelledType(const SqlText& type, const Moment& moment);

} // namespace sightglass
