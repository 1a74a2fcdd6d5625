// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sightglass {

/// What a connection tells of a table beside its shape. Absent: not known.
struct TableFacts
{
    std::optional<std::int64_t> rows;      ///< 0 only when a probe found none
    std::optional<std::int64_t> bytes;     ///< with indexes and TOAST
    std::optional<std::int64_t> heapBytes; ///< the table alone
    std::string owner;
    std::vector<std::string> publications;
    /// Reads and writes a second between two looks at the counters.
    std::optional<double> readsPerSecond;
    std::optional<double> writesPerSecond;
    bool used = false; ///< the counters moved, or pg_stat_statements names it
    /// The oldest transaction that holds a lock or a snapshot in the way of a strong lock.
    std::optional<std::chrono::seconds> longestTransaction;
    std::string longestTransactionWords; ///< "pid 4711, 30 min, SELECT …"
    bool lockAwaited = false;            ///< somebody waits for a lock on it now
};

struct ColumnFacts
{
    std::optional<std::int64_t> nulls;      ///< rows without a value
    std::optional<std::int64_t> values;     ///< rows with one
    std::optional<std::int64_t> duplicates; ///< values that occur more than once
    std::optional<std::int64_t> orphans;    ///< values that the referenced table lacks
    std::optional<std::int64_t> longest;    ///< characters of the longest value
};

struct IndexFacts
{
    std::optional<std::int64_t> scans; ///< since the statistics were reset
    std::optional<bool> valid;
};

/// What is known of a server and its data beside the schema. All of it is optional: rules say what
/// they can without.
struct ReviewFacts
{
    int serverVersion = 150000; ///< as PostgreSQL numbers itself
    bool serverKnown = false;   ///< false: `serverVersion` is an assumption
    std::string timeZone;       ///< of the session that migrates; empty: not known
    std::string role;           ///< that migrates
    bool superuser = false;
    std::set<std::string> memberOf; ///< roles whose rights it has, itself among them
    bool autovacuum = true;
    std::optional<std::chrono::milliseconds> lockTimeout; ///< in force when the run begins
    std::map<QualifiedName, TableFacts> tables;
    std::map<std::pair<QualifiedName, std::string>, ColumnFacts> columns; ///< table, column
    std::map<QualifiedName, IndexFacts> indexes;
    /// Of functions of our own: 'i', 's', 'v' as pg_proc.provolatile has it; by name in lower case.
    std::map<std::string, char> volatility;

    const TableFacts* table(const QualifiedName& name) const;
    const ColumnFacts* column(const QualifiedName& name, const std::string& column) const;
    const IndexFacts* index(const QualifiedName& name) const;
};

} // namespace sightglass
