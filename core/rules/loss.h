// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"
#include "core/rules/table_owner.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// One table, column or materialized view whose contents a range of revisions would destroy.
struct Loss
{
    enum class Kind
    {
        Table,
        Column,
        MaterializedView
    };
    enum class How
    {
        Dropped,
        Truncated,
        Deleted ///< every row, by DELETE
    };
    Kind kind = Kind::Table;
    How how = How::Dropped;
    QualifiedName table; ///< as it is called live, before the range
    std::string column;  ///< empty: all of the table
    /// Rows of the table; of a column those with a value, where that is known.
    std::optional<std::int64_t> rows;
    bool counted = false;              ///< `rows` were counted; else the server's estimate
    std::optional<std::int64_t> bytes; ///< with indexes and TOAST; absent: not known, or a column
    /// What hangs on it in the live database: "foreign key session_userId_fkey of public.session",
    /// "view active_users", "trigger touch", "sequence public.jobs_id_seq".
    std::vector<std::string> dependents;
    bool managed = false; ///< some revision of the chain makes the table
    TableOwner owner;     ///< of a table that no revision makes
    std::string role;     ///< that owns it on the server
    std::string revision;
    SourceSpan span; ///< of the operation
    std::string
        through; ///< how the operation comes to it: "CASCADE from schema app"; empty: by name
    std::string unless;   ///< why it may not happen: a condition, or PostgreSQL's refusal
    bool refused = false; ///< PostgreSQL refuses the operation as things are

    friend bool operator==(const Loss&, const Loss&) = default;
};

std::string_view toText(Loss::Kind kind); ///< "table", "column", "materialized view"
std::string_view toText(Loss::How how);   ///< "dropped", "truncated", "deleted"

/// What a range of revisions would destroy in a live database.
struct LossAssessment
{
    std::vector<Loss> losses; ///< in the order in which they would happen
    /// What may destroy more, one sentence each: operations that could not be read.
    std::vector<std::string> unknown;

    std::size_t tables() const;  ///< whose rows would be gone, refused ones left out
    std::size_t columns() const; ///< of tables that stay
    /// Rows and bytes of those tables, as far as they are known.
    std::int64_t rows() const;
    std::int64_t bytes() const;
    std::size_t withoutRows() const; ///< tables of which the number of rows is not known
    bool isCounted() const;          ///< no number of rows is an estimate
    std::size_t notManaged() const;  ///< tables that no revision makes
};

} // namespace sightglass
