// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/known.h"
#include "core/schema/relation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// SQL text of an expression or a type as a statement has it ("now()", "VARCHAR(255)"), or why it
/// can't be read. SQL text is the common coin: replay turns it into PostgreSQL's own spelling.
using SqlText = Known<std::string>;

/// An explicitly written option list of an identity column or a sequence.
struct SequenceOptions
{
    std::optional<std::string> type; ///< AS bigint
    std::optional<std::int64_t> start;
    std::optional<std::int64_t> increment;
    std::optional<std::int64_t> minimum;
    std::optional<std::int64_t> maximum;
    bool noMinimum = false;
    bool noMaximum = false;
    std::optional<bool> cycle;
    std::optional<std::int64_t> cache;
    std::optional<QualifiedName> ownerTable; ///< OWNED BY
    std::string ownerColumn;
    bool ownedByNone = false;
    friend bool operator==(const SequenceOptions&, const SequenceOptions&) = default;
};

struct IdentityDefinition
{
    bool always = false;
    SequenceOptions options;
    friend bool operator==(const IdentityDefinition&, const IdentityDefinition&) = default;
};

/// One element of an index or an exclusion constraint.
struct IndexElement
{
    std::string column;                ///< a plain column; empty for an expression
    std::optional<SqlText> expression; ///< without the parentheses around it
    std::string collation;             ///< as written, quoted where needed; empty = default
    std::string operatorClass;         ///< "gin_trgm_ops", with parameters in parentheses
    std::string order;                 ///< "", "ASC", "DESC"
    std::string nulls;                 ///< "", "FIRST", "LAST"
    std::string excludeOperator;       ///< "&&"; exclusion constraints only
    /// `expression` is all that stands there, in which PostgreSQL's parser finds no element.
    bool asWritten = false;
    friend bool operator==(const IndexElement&, const IndexElement&) = default;
};

/// A constraint as a statement writes it.
struct ConstraintDefinition
{
    enum class Kind
    {
        PrimaryKey,
        Unique,
        ForeignKey,
        Check,
        Exclude
    };
    Kind kind = Kind::Check;
    std::string name;                       ///< empty: PostgreSQL names it
    std::vector<std::string> columns;       ///< of keys; the referencing ones of a foreign key
    QualifiedName target;                   ///< foreign keys
    std::vector<std::string> targetColumns; ///< empty: the target's primary key
    std::string onDelete;                   ///< "CASCADE", "SET NULL", …; empty: not written
    std::string onUpdate;
    std::string match;              ///< "FULL"; empty: not written
    std::optional<bool> deferrable; ///< absent: not written
    std::string initially;          ///< "DEFERRED", "IMMEDIATE"; empty: not written
    bool notValid = false;
    bool notEnforced = false;     ///< PostgreSQL 18: never checked
    bool withoutOverlaps = false; ///< of keys, PostgreSQL 18: the last column is a range
    bool period = false;          ///< of foreign keys, PostgreSQL 18: PERIOD of the last column
    bool noInherit = false;
    SqlText expression = std::string(); ///< of a CHECK, without the parentheses around it
    std::vector<std::string> include;
    bool nullsNotDistinct = false;
    std::string usingIndex;             ///< PRIMARY KEY / UNIQUE USING INDEX name
    std::string method;                 ///< EXCLUDE USING method; empty: not written
    std::vector<IndexElement> elements; ///< EXCLUDE
    std::optional<SqlText> predicate;   ///< EXCLUDE … WHERE
    bool atColumn = false;              ///< written at its column rather than at the table
    friend bool operator==(const ConstraintDefinition&, const ConstraintDefinition&) = default;
};

struct ColumnDefinition
{
    std::string name;
    SqlText type = std::string(); ///< "VARCHAR(255)", "SERIAL", "status[]"; without collation
    bool notNull = false;         ///< NOT NULL is written
    bool nullWritten = false;     ///< NULL is written
    std::optional<SqlText> defaultExpression;
    std::optional<IdentityDefinition> identity;
    std::optional<SqlText> generated;              ///< GENERATED ALWAYS AS (…)
    bool generatedVirtual = false;                 ///< not STORED; PostgreSQL 18
    std::string collation;                         ///< as written, without quotes
    std::vector<ConstraintDefinition> constraints; ///< written at the column
    friend bool operator==(const ColumnDefinition&, const ColumnDefinition&) = default;
};

struct IndexDefinition
{
    std::string name; ///< empty: PostgreSQL names it
    QualifiedName table;
    bool unique = false;
    bool only = false;
    std::string method; ///< empty: not written
    std::vector<IndexElement> elements;
    std::vector<std::string> include;
    bool nullsNotDistinct = false;
    std::vector<std::pair<std::string, std::string>> storage; ///< WITH (fillfactor = 50)
    std::string tablespace;
    std::optional<SqlText> predicate;
    friend bool operator==(const IndexDefinition&, const IndexDefinition&) = default;
};

} // namespace sightglass
