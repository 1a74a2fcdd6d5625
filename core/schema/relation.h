// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// PostgreSQL's CREATE SCHEMA thing is a namespace here; Schema is the whole.
struct QualifiedName
{
    std::string schema; ///< the namespace; empty = found through the search path
    std::string name;

    auto operator<=>(const QualifiedName&) const = default;
};

/// schema.name, without the schema where it is empty; not quoted.
std::string toText(const QualifiedName& name);
/// As SQL text, quoted where PostgreSQL needs it.
std::string toSql(const QualifiedName& name);
/// One identifier as SQL text, quoted where it is not a plain lower-case word or is a
/// keyword: as quote_ident does.
std::string quotedIdentifier(std::string_view name);

struct Identity
{
    bool always = false; ///< GENERATED ALWAYS, else BY DEFAULT
    std::int64_t start = 1;
    std::int64_t increment = 1;
    friend bool operator==(const Identity&, const Identity&) = default;
};

struct Column
{
    std::string name;
    std::string type; ///< as format_type spells it: "character varying(255)"
    bool nullable = true;
    std::optional<std::string> defaultExpression; ///< as pg_get_expr spells it
    std::optional<Identity> identity;
    std::optional<std::string> generated; ///< expression of a stored generated column
    std::string collation;                ///< empty = the type's own
    std::string comment;
    bool generatedVirtual = false; ///< `generated` is computed when read, not stored (PostgreSQL 18)
    friend bool operator==(const Column&, const Column&) = default;
};

/// PRIMARY KEY or UNIQUE.
struct KeyConstraint
{
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::string> include;
    bool nullsNotDistinct = false;
    bool deferrable = false;
    bool initiallyDeferred = false;
    bool withoutOverlaps = false; ///< of its last column (PostgreSQL 18)
    friend bool operator==(const KeyConstraint&, const KeyConstraint&) = default;
};

struct ForeignKey
{
    std::string name;
    std::vector<std::string> columns;
    QualifiedName target;
    std::vector<std::string> targetColumns;
    std::string onDelete; ///< "CASCADE", "SET NULL", …; empty = NO ACTION
    std::string onUpdate;
    std::string match;    ///< "FULL"; empty = SIMPLE
    bool deferrable = false;
    bool initiallyDeferred = false;
    bool validated = true; ///< false: NOT VALID
    bool enforced = true;  ///< false: NOT ENFORCED (PostgreSQL 18)
    bool period = false;   ///< PERIOD of its last column (PostgreSQL 18)
    friend bool operator==(const ForeignKey&, const ForeignKey&) = default;
};

struct CheckConstraint
{
    std::string name;
    std::string expression; ///< without CHECK ( … )
    bool validated = true;
    bool noInherit = false;
    bool enforced = true; ///< false: NOT ENFORCED (PostgreSQL 18)
    friend bool operator==(const CheckConstraint&, const CheckConstraint&) = default;
};

struct ExclusionConstraint
{
    std::string name;
    std::string definition; ///< as pg_get_constraintdef spells it
    friend bool operator==(const ExclusionConstraint&, const ExclusionConstraint&) = default;
};

struct Index
{
    std::string name;
    bool unique = false;
    std::string method = "btree";
    std::vector<std::string> columns; ///< each key as PostgreSQL spells it: "email", "lower(email)", "at DESC"
    std::vector<std::string> include;
    std::optional<std::string> predicate;
    bool valid = true; ///< false: left by CREATE INDEX CONCURRENTLY that failed
    bool nullsNotDistinct = false;
    std::string definition; ///< as pg_get_indexdef spells it; empty when not read from a server
    std::optional<std::int64_t> bytes;
    friend bool operator==(const Index&, const Index&) = default;
};

struct Trigger
{
    std::string name;
    std::string definition; ///< as pg_get_triggerdef spells it
    bool enabled = true;
    friend bool operator==(const Trigger&, const Trigger&) = default;
};

struct Policy
{
    std::string name;
    std::string command; ///< ALL, SELECT, INSERT, UPDATE, DELETE
    bool permissive = true;
    std::vector<std::string> roles;
    std::string usingExpression;
    std::string checkExpression;
    friend bool operator==(const Policy&, const Policy&) = default;
};

enum class TableKind
{
    Table,
    PartitionedTable,
    Partition,
    ForeignTable
};

std::string_view toText(TableKind kind); ///< "table", "partitioned table", "partition", "foreign table"

struct Table
{
    QualifiedName name;
    TableKind kind = TableKind::Table;
    std::vector<Column> columns; ///< in order
    std::optional<KeyConstraint> primaryKey;
    std::vector<KeyConstraint> uniques;          ///< this and the following sorted by name
    std::vector<ForeignKey> foreignKeys;
    std::vector<CheckConstraint> checks;
    std::vector<ExclusionConstraint> exclusions;
    std::vector<Index> indexes;                  ///< without those that back a constraint
    std::vector<Trigger> triggers;               ///< without internal ones
    std::vector<Policy> policies;
    bool rowSecurity = false;
    bool unlogged = false;
    std::string partitionKey;                 ///< "RANGE (at)" of a partitioned table
    std::optional<QualifiedName> partitionOf; ///< parent of a partition
    std::string partitionBound;               ///< "FOR VALUES FROM … TO …"
    std::vector<QualifiedName> inherits;
    std::string comment;
    std::string owner;
    std::string extension;                   ///< extension that owns it; empty: none
    std::optional<std::int64_t> rowEstimate; ///< planner's estimate; absent: never analysed
    std::optional<std::int64_t> bytes;       ///< with indexes and TOAST

    const Column* column(std::string_view columnName) const;
    friend bool operator==(const Table&, const Table&) = default;
};

struct View
{
    QualifiedName name;
    bool materialized = false;
    std::string definition;
    std::vector<Column> columns;
    std::vector<Index> indexes; ///< of a materialized view
    std::string extension;
    friend bool operator==(const View&, const View&) = default;
};

struct EnumType
{
    QualifiedName name;
    std::vector<std::string> labels; ///< in their sort order
    std::string extension;
    friend bool operator==(const EnumType&, const EnumType&) = default;
};

struct Domain
{
    QualifiedName name;
    std::string type;
    bool nullable = true;
    std::optional<std::string> defaultExpression;
    std::vector<CheckConstraint> checks;
    std::string extension;
    friend bool operator==(const Domain&, const Domain&) = default;
};

struct Sequence
{
    QualifiedName name;
    std::string type;
    std::int64_t start = 1;
    std::int64_t increment = 1;
    std::optional<QualifiedName> ownerTable; ///< SERIAL and OWNED BY; identity sequences are left out
    std::string ownerColumn;
    std::string extension;
    friend bool operator==(const Sequence&, const Sequence&) = default;
};

struct Function
{
    QualifiedName name;
    std::string arguments; ///< identity arguments: "integer, text"
    std::string result;
    std::string language;
    std::string kind; ///< "function", "procedure", "aggregate", "window"
    std::string body;
    std::string extension;
    friend bool operator==(const Function&, const Function&) = default;
};

struct Extension
{
    std::string name;
    std::string schema;
    std::string version;
    friend bool operator==(const Extension&, const Extension&) = default;
};

} // namespace sightglass
