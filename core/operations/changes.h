// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"

#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace sightglass {

/// What one statement, or one action of an ALTER TABLE, does; in PostgreSQL's own words. Both
/// directives and SQL text become these; replay, rendering and rules read only these.
///
/// Names are as the catalog will have them: not quoted, folded already. An empty schema means
/// "found through the search path".
namespace change {

struct CreateTable
{
    QualifiedName table;
    bool ifNotExists = false;
    bool unlogged = false;
    bool temporary = false;
    std::vector<ColumnDefinition> columns;
    std::vector<ConstraintDefinition> constraints; ///< of the table
    std::vector<QualifiedName> inherits;
    std::vector<QualifiedName> like;      ///< LIKE other
    std::vector<std::string> likeOptions; ///< per entry of `like`: "INCLUDING ALL"
    std::string partitionBy;              ///< "RANGE (at)"
    std::optional<QualifiedName> partitionOf;
    std::string partitionBound;       ///< "FOR VALUES FROM ('a') TO ('b')", "DEFAULT"
    std::string query;                ///< CREATE TABLE … AS query; empty: none
    std::vector<std::string> options; ///< written after the list: "TABLESPACE x", "WITH (…)"
};

struct DropTable
{
    QualifiedName table;
    bool ifExists = false;
    bool cascade = false;
};

struct RenameTable
{
    QualifiedName table;
    std::string newName;
    bool ifExists = false;
};

struct SetTableSchema
{
    QualifiedName table;
    std::string newSchema;
    bool ifExists = false;
};

struct AddColumn
{
    QualifiedName table;
    ColumnDefinition column;
    bool ifNotExists = false;
    bool ifTableExists = false;
};

struct DropColumn
{
    QualifiedName table;
    std::string column;
    bool ifExists = false;
    bool cascade = false;
};

struct RenameColumn
{
    QualifiedName table;
    std::string column;
    std::string newName;
};

struct SetColumnType
{
    QualifiedName table;
    std::string column;
    SqlText type = std::string();
    std::string collation;
    std::optional<SqlText> usingExpression;
    /// What its author says the column has now (existing_type); absent: nothing is said.
    std::optional<SqlText> statedType;
};

struct SetNotNull
{
    QualifiedName table;
    std::string column;
    bool asConstraint = false; ///< ADD [CONSTRAINT n] NOT NULL c, PostgreSQL 18
    std::string constraint;    ///< its name then; empty: PostgreSQL names it
    bool notValid = false;
    bool noInherit = false;
};

struct DropNotNull
{
    QualifiedName table;
    std::string column;
};

struct SetDefault
{
    QualifiedName table;
    std::string column;
    SqlText expression = std::string();
};

struct DropDefault
{
    QualifiedName table;
    std::string column;
};

struct AddIdentity
{
    QualifiedName table;
    std::string column;
    IdentityDefinition identity;
};

struct SetIdentity
{
    QualifiedName table;
    std::string column;
    std::optional<bool> always;
    SequenceOptions options;
    bool restart = false;
};

struct DropIdentity
{
    QualifiedName table;
    std::string column;
    bool ifExists = false;
};

struct DropGenerated
{
    QualifiedName table;
    std::string column;
    bool ifExists = false;
};

/// ALTER COLUMN … SET EXPRESSION AS (…) of a generated column, PostgreSQL 17.
struct SetExpression
{
    QualifiedName table;
    std::string column;
    SqlText expression = std::string();
};

struct AddConstraint
{
    QualifiedName table;
    ConstraintDefinition constraint;
};

struct DropConstraint
{
    QualifiedName table;
    std::string name;
    bool ifExists = false;
    bool cascade = false;
};

struct RenameConstraint
{
    QualifiedName table;
    std::string name;
    std::string newName;
};

struct ValidateConstraint
{
    QualifiedName table;
    std::string name;
};

struct AlterConstraint
{
    QualifiedName table;
    std::string name;
    std::optional<bool> deferrable;
    std::string initially;
    std::optional<bool> enforced; ///< PostgreSQL 18
    std::optional<bool> inherit;  ///< PostgreSQL 18
};

struct CreateIndex
{
    IndexDefinition index;
    bool ifNotExists = false;
    bool concurrently = false;
};

struct DropIndex
{
    QualifiedName index;
    bool ifExists = false;
    bool concurrently = false;
    bool cascade = false;
};

struct RenameIndex
{
    QualifiedName index;
    std::string newName;
    bool ifExists = false;
};

/// ALTER INDEX … SET (…), RESET (…).
struct SetIndexStorage
{
    QualifiedName index;
    std::vector<std::pair<std::string, std::string>> storage; ///< set
    std::vector<std::string> reset;
    bool ifExists = false;
};

struct Reindex
{
    std::string kind;
    QualifiedName name;
    bool concurrently = false;
}; ///< kind: "index", "table", …

/// COMMENT ON; `text` absent = IS NULL. kind: "table", "column", "index", "constraint", "type", …
struct SetComment
{
    std::string kind;
    QualifiedName name;
    std::string part;
    std::optional<std::string> text;
};

struct AttachPartition
{
    QualifiedName table;
    QualifiedName partition;
    std::string bound;
};

struct DetachPartition
{
    QualifiedName table;
    QualifiedName partition;
    bool concurrently = false;
};

/// Everything else that ALTER TABLE does and that changes no shape we keep: storage, owner,
/// cluster, replica identity, enabling triggers, row security. `what` is the action's SQL.
struct AlterTableOption
{
    QualifiedName table;
    std::string what;
    std::optional<bool> rowSecurity;
    std::optional<bool> unlogged;
};

struct CreateEnum
{
    QualifiedName type;
    std::vector<std::string> labels;
    /// As SQLAlchemy makes types: left out when this run of Alembic made the name already.
    bool oncePerRun = false;
    /// `checkfirst=True`: left out when the type is there.
    bool unlessExists = false;
};

struct AddEnumLabel
{
    QualifiedName type;
    std::string label;
    bool ifNotExists = false;
    std::string before;
    std::string after;
};

struct RenameEnumLabel
{
    QualifiedName type;
    std::string label;
    std::string newLabel;
};

struct CreateDomain
{
    QualifiedName domain;
    SqlText type = std::string();
    bool notNull = false;
    std::optional<SqlText> defaultExpression;
    std::vector<ConstraintDefinition> constraints;
    bool oncePerRun = false;   ///< as CreateEnum has it
    bool unlessExists = false; ///< as CreateEnum has it
};

/// One action of ALTER DOMAIN; what is absent stays as it is.
struct AlterDomain
{
    QualifiedName domain;
    std::optional<bool> notNull;
    std::optional<SqlText> defaultExpression;
    bool dropDefault = false;
    std::vector<ConstraintDefinition>
        added;             ///< one or none; a whole one would make every change big
    std::string dropped;   ///< a constraint
    std::string validated; ///< a constraint
    std::string renamed;   ///< a constraint
    std::string newName;   ///< of the renamed one
    bool ifExists = false; ///< of the dropped one
};

/// A composite or range type or a shell type: known by name only.
struct CreateType
{
    QualifiedName type;
    std::string kind;
};

struct DropType
{
    QualifiedName type;
    bool ifExists = false;
    bool cascade = false;
    bool domain = false;
};

struct RenameType
{
    QualifiedName type;
    std::string newName;
};

struct SetTypeSchema
{
    QualifiedName type;
    std::string newSchema;
};

struct CreateSequence
{
    QualifiedName sequence;
    SequenceOptions options;
    bool ifNotExists = false;
    bool temporary = false;
};

struct AlterSequence
{
    QualifiedName sequence;
    SequenceOptions options;
    bool ifExists = false;
};

struct DropSequence
{
    QualifiedName sequence;
    bool ifExists = false;
    bool cascade = false;
};

struct RenameSequence
{
    QualifiedName sequence;
    std::string newName;
};

struct CreateSchema
{
    std::string schema;
    bool ifNotExists = false;
};

struct DropSchema
{
    std::string schema;
    bool ifExists = false;
    bool cascade = false;
};

struct RenameSchema
{
    std::string schema;
    std::string newName;
};

struct CreateExtension
{
    std::string extension;
    bool ifNotExists = false;
    std::string schema;
    std::string version;
};

struct DropExtension
{
    std::string extension;
    bool ifExists = false;
    bool cascade = false;
};

struct CreateView
{
    QualifiedName view;
    std::string query;
    bool orReplace = false;
    bool materialized = false;
    bool ifNotExists = false;
    std::vector<std::string> columns;
    bool temporary = false;
};

struct DropView
{
    QualifiedName view;
    bool materialized = false;
    bool ifExists = false;
    bool cascade = false;
};

struct RenameView
{
    QualifiedName view;
    std::string newName;
    bool materialized = false;
};

struct RefreshView
{
    QualifiedName view;
    bool concurrently = false;
};

struct CreateFunction
{
    QualifiedName function;
    std::string arguments;
    std::string result;
    std::string language;
    std::string kind;
    std::string body;
    bool orReplace = false;
};

struct DropFunction
{
    QualifiedName function;
    std::optional<std::string> arguments;
    std::string kind;
    bool ifExists = false;
    bool cascade = false;
};

/// ALTER FUNCTION … RENAME TO, SET SCHEMA; one of the two is not empty.
struct RenameFunction
{
    QualifiedName function;
    std::optional<std::string> arguments;
    std::string kind;
    std::string newName;
    std::string newSchema;
};

struct CreateTrigger
{
    QualifiedName table;
    std::string trigger;
    std::string definition;
    QualifiedName function;
    bool orReplace = false;
};

struct RenameTrigger
{
    QualifiedName table;
    std::string trigger;
    std::string newName;
};

struct DropTrigger
{
    QualifiedName table;
    std::string trigger;
    bool ifExists = false;
    bool cascade = false;
};

struct CreatePolicy
{
    QualifiedName table;
    Policy policy;
};

struct DropPolicy
{
    QualifiedName table;
    std::string policy;
    bool ifExists = false;
};

/// What is absent stays as it is.
struct AlterPolicy
{
    QualifiedName table;
    std::string policy;
    std::string newName; ///< RENAME TO; empty: it keeps its name
    std::optional<std::vector<std::string>> roles;
    std::optional<std::string> usingExpression;
    std::optional<std::string> checkExpression;
};

/// GRANT, REVOKE, ALTER … OWNER, CREATE ROLE, rules, statistics, publications: known, without
/// effect on what is compared.
struct Other
{
    std::string statement; ///< its command words: "GRANT", "CREATE STATISTICS"
    QualifiedName object;
    bool concurrently = false;
};

/// INSERT, UPDATE, DELETE, TRUNCATE, COPY, MERGE.
struct ChangeData
{
    std::string command;              ///< "INSERT", …
    QualifiedName table;              ///< empty name: not known
    bool filtered = false;            ///< a WHERE, or rows given: not the whole table
    std::vector<std::string> columns; ///< written to, where known
    bool cascade = false;             ///< TRUNCATE … CASCADE
    std::optional<std::int64_t> rows; ///< number of rows given with VALUES
};

/// SELECT and what else only reads.
struct Query
{
    std::string text;
};

/// SET, RESET, set_config. `local`: SET LOCAL.
struct SetSetting
{
    std::string name;
    std::string value;
    bool local = false;
    bool reset = false;
};

/// BEGIN, COMMIT, ROLLBACK, SAVEPOINT …; also what an autocommit block sends at its edges.
struct Transaction
{
    std::string word;
};

/// LOCK TABLE.
struct LockTable
{
    QualifiedName table;
    std::string mode;
};

/// Something that can't be read. What is known of it may be named so that doubt stays local.
struct Opaque
{
    std::string what;       ///< "calls helpers.create_partitions", "runs SQL built from a query"
    QualifiedName table;    ///< the table it is surely about; empty name: not known
    bool structural = true; ///< false: it can only change data
};

} // namespace change

using AnyChange = std::variant<change::CreateTable,
                               change::DropTable,
                               change::RenameTable,
                               change::SetTableSchema,
                               change::AddColumn,
                               change::DropColumn,
                               change::RenameColumn,
                               change::SetColumnType,
                               change::SetNotNull,
                               change::DropNotNull,
                               change::SetDefault,
                               change::DropDefault,
                               change::AddIdentity,
                               change::SetIdentity,
                               change::DropIdentity,
                               change::DropGenerated,
                               change::SetExpression,
                               change::AddConstraint,
                               change::DropConstraint,
                               change::RenameConstraint,
                               change::ValidateConstraint,
                               change::AlterConstraint,
                               change::CreateIndex,
                               change::DropIndex,
                               change::RenameIndex,
                               change::SetIndexStorage,
                               change::Reindex,
                               change::SetComment,
                               change::AttachPartition,
                               change::DetachPartition,
                               change::AlterTableOption,
                               change::CreateEnum,
                               change::AddEnumLabel,
                               change::RenameEnumLabel,
                               change::CreateDomain,
                               change::AlterDomain,
                               change::CreateType,
                               change::DropType,
                               change::RenameType,
                               change::SetTypeSchema,
                               change::CreateSequence,
                               change::AlterSequence,
                               change::DropSequence,
                               change::RenameSequence,
                               change::CreateSchema,
                               change::DropSchema,
                               change::RenameSchema,
                               change::CreateExtension,
                               change::DropExtension,
                               change::CreateView,
                               change::DropView,
                               change::RenameView,
                               change::RefreshView,
                               change::CreateFunction,
                               change::DropFunction,
                               change::RenameFunction,
                               change::CreateTrigger,
                               change::RenameTrigger,
                               change::DropTrigger,
                               change::CreatePolicy,
                               change::AlterPolicy,
                               change::DropPolicy,
                               change::Other,
                               change::ChangeData,
                               change::Query,
                               change::SetSetting,
                               change::Transaction,
                               change::LockTable,
                               change::Opaque>;

template <typename T, typename Variant>
inline constexpr bool isAlternative = false;
template <typename T, typename... Each>
inline constexpr bool isAlternative<T, std::variant<Each...>> = (std::is_same_v<T, Each> || ...);

/// One of them. A variant to read (`std::get_if`, `std::visit`), whose making, copying and
/// destroying are compiled once, in changes.cpp: done in every file that touches an operation,
/// they cost more than all the rest of the build.
class Change : public AnyChange
{
public:
    Change();
    Change(const Change& other);
    Change(Change&& other) noexcept;
    Change& operator=(const Change& other);
    Change& operator=(Change&& other) noexcept;
    ~Change();

    template <typename T>
    requires isAlternative<T, AnyChange>
    Change(T one); ///< not explicit: an alternative is a change
};

} // namespace sightglass
