// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/items.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// sa.Identity.
class IdentityItem final : public Object
{
public:
    std::string typeName() const override { return "Identity"; }

    std::vector<std::string> classNames() const override
    {
        return {"Identity", "FetchedValue", "SchemaItem"};
    }

    IdentityDefinition definition;
    std::optional<Unknown> unknown;
};

/// sa.Computed.
class ComputedItem final : public Object
{
public:
    std::string typeName() const override { return "Computed"; }

    std::vector<std::string> classNames() const override
    {
        return {"Computed", "FetchedValue", "SchemaItem"};
    }

    SqlText expression = std::string();
    bool isVirtual = false; ///< persisted=False
};

/// sa.FetchedValue and sa.DefaultClause.
class FetchedValueItem final : public Object
{
public:
    std::string typeName() const override { return sql ? "DefaultClause" : "FetchedValue"; }

    std::vector<std::string> classNames() const override { return {typeName(), "FetchedValue"}; }

    std::optional<SqlText> sql; ///< of a DefaultClause
};

/// sa.Sequence.
class SequenceItem final : public Object
{
public:
    std::string typeName() const override { return "Sequence"; }

    std::vector<std::string> classNames() const override { return {"Sequence", "SchemaItem"}; }

    /// name, create, drop, next_value
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    Known<QualifiedName> name = QualifiedName{};
    SequenceOptions options;
    std::optional<Unknown> unknown;
    bool optional = false;
};

/// CreateTable(…), DropSchema(…), …: a statement that is made when its object is.
class DdlElement final : public Clause
{
public:
    DdlElement(std::string className, Change change)
        : m_className(std::move(className))
        , m_change(std::move(change))
    {}

    std::string typeName() const override { return m_className; }

    std::vector<std::string> classNames() const override
    {
        return {m_className, "DDLElement", "ExecutableDDLElement", "Executable"};
    }

    SqlText compile(const CompileContext& context) const override;

    std::string_view statementKind() const override { return "ddl"; }

    Change asChange() const override { return m_change; }

private:
    std::string m_className;
    Change m_change;
};

/// What a server_default argument means.
struct ServerDefault
{
    enum class Kind
    {
        None,
        Sql,
        Identity,
        Computed,
        Fetched
    };
    Kind kind = Kind::None;
    SqlText sql = std::string(); ///< of Sql and Computed
    IdentityDefinition identity;
};

/// Text is a quoted literal, clauses are SQL; anything else raises ArgumentError.
Outcome<ServerDefault, Raised> serverDefaultFrom(Interpreter& interpreter, const Value& value);

/// Keeps the first reason.
void note(std::optional<Unknown>& unknown, std::string reason);

/// A flag; `fallback` for None and for nothing given; the reason goes to `unknown`.
bool flagOf(Interpreter& interpreter,
            const Value* value,
            bool fallback,
            std::optional<Unknown>& unknown);
/// What runs when a flag that decides whether it runs (checkfirst, if_exists) is not known: an
/// opaque change. Absent: the flag is known or not given.
std::optional<Change> underUnknownFlag(Interpreter& interpreter,
                                       const Value* flag,
                                       std::string_view directive,
                                       const QualifiedName& table = {});
/// The flag checkfirst, false where nothing can be asked.
bool checksFirst(Interpreter& interpreter, const Value* value, bool fallback);
/// Text; empty for None and for nothing given.
std::string textArgument(const Value* value, std::optional<Unknown>& unknown);
std::optional<std::string> optionalText(const Value* value, std::optional<Unknown>& unknown);

/// A column given by name or as an object; nothing and a note where it can't be told.
std::optional<std::string> columnNameOf(const Value& value, std::optional<Unknown>& unknown);
/// A list of them.
Outcome<std::vector<std::string>, Raised>
columnNamesOf(Interpreter& interpreter, const Value& list, std::optional<Unknown>& unknown);

/// SQL of a condition: text is SQL, clauses compile without table names.
SqlText conditionOf(Interpreter& interpreter, const Value& value);
/// One key of an index: a name is a column, clauses compile.
IndexElement indexElementOf(const Value& value, std::optional<Unknown>& unknown);
/// The same of an exclusion constraint, without parentheses around operators.
IndexElement excludedElementOf(const Value& value, std::optional<Unknown>& unknown);
/// What postgresql_* arguments of an index say: where, using, ops, include, with, …
std::optional<Raised>
readIndexOptions(Interpreter& interpreter, const Arguments& arguments, IndexItem& index);
/// initially, deferrable, onupdate, …, postgresql_*: what constraints have in common.
std::optional<Raised>
readConstraintOptions(Interpreter& interpreter, const Arguments& arguments, ConstraintItem& item);
/// Elements and where, using, ops of an ExcludeConstraint, from `first` on.
std::optional<Raised> readExclusion(Interpreter& interpreter,
                                    const Arguments& arguments,
                                    std::size_t first,
                                    ConstraintItem& item);
void readSequenceOptions(Interpreter& interpreter,
                         const Arguments& arguments,
                         SequenceOptions& options,
                         std::optional<Unknown>& unknown);
/// postgresql_* and prefixes of a table.
void readTableOptions(Interpreter& interpreter, const Arguments& arguments, TableItem& table);

/// "s.t.c" as table and column.
struct ColumnTarget
{
    QualifiedName table;
    std::string column;
};

std::optional<ColumnTarget> columnTargetOf(const Value& value, std::optional<Unknown>& unknown);

Evaluated makeColumn(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeForeignKey(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeForeignKeyConstraint(Interpreter& interpreter, const Arguments& arguments);
Evaluated makePrimaryKeyConstraint(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeUniqueConstraint(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeCheckConstraint(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeExcludeConstraint(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeIndex(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeIdentity(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeComputed(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeSequence(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeFetchedValue(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeDefaultClause(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeTable(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeMetaData(Interpreter& interpreter, const Arguments& arguments);

/// Puts a column, constraint or index into the table as Table(…) does; Unknown values are noted.
std::optional<Raised> appendTo(TableItem& table, const Value& item);
/// The column with all that is given to it, free of its table.
ColumnItem* copyOf(Interpreter& interpreter, const ColumnItem& column);

/// The sequence that was given to the column.
QualifiedName sequenceNameOf(const ColumnItem& column);

/// CreateTable(…), DropIndex(…), … of sqlalchemy.schema.
void addDdlElements(Interpreter& interpreter, NativeModule& module);

/// Sends changes through the DdlRunner; where there is none, what they do stays unsaid.
Evaluated runChanges(Interpreter& interpreter,
                     std::vector<Change> changes,
                     std::string directive,
                     SourceSpan span);

} // namespace sightglass
