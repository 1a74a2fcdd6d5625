// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/clause_functions.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

class TableItem;

/// A column of something in FROM, whoever made it.
struct FromColumn
{
    std::string name;
    Typing type;
    const Clause* clause = nullptr; ///< the column's own object; null: it has none yet
};

/// What can stand in FROM and is no Table of metadata: table(), aliases, subqueries, joins.
class FromClause : public Clause
{
public:
    std::vector<std::string> classNames() const override;

    /// As it stands in FROM: "jobs", "jobs AS j", "(SELECT …) AS anon_1".
    virtual SqlText fromText(const CompileContext& context) const = 0;
    /// What stands before the dot of its columns; empty: nothing does.
    virtual std::string prefix() const = 0;
    virtual std::vector<FromColumn> columns() const = 0;

    /// Nothing to know of its columns: any name may be one of them.
    virtual bool open() const { return false; }

    SqlText compile(const CompileContext& context) const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    /// Tables behind it that are not in FROM of their own any more (the sides of a join).
    virtual Froms hidden() const { return {}; }

    /// The column as a clause.
    const Clause* column(Interpreter& interpreter, const FromColumn& wanted) const;
};

/// sa.table("jobs", column("id"), schema="app").
class LightTable final : public FromClause
{
public:
    std::string typeName() const override { return "TableClause"; }

    SqlText fromText(const CompileContext& context) const override;
    std::string prefix() const override;
    std::vector<FromColumn> columns() const override;

    QualifiedName name;
    std::vector<ColumnClause*> given;
};

/// x.alias("a"), select.subquery("a"), select.cte("a"), lateral.
class AliasClause final : public FromClause, public Sized
{
public:
    std::string typeName() const override { return cte ? "CTE" : "Alias"; }

    SqlText fromText(const CompileContext& context) const override;
    std::string prefix() const override;
    std::vector<FromColumn> columns() const override;
    bool open() const override;

    /// Sets what it stands for.
    void standFor(const Clause* wanted)
    {
        element = wanted;
        extent.hold(wanted);
    }

    const Clause* element = nullptr;
    std::string name;
    bool cte = false;
    bool recursive = false;
    bool lateral = false;
    bool pseudo = false; ///< `excluded` of ON CONFLICT: never in FROM
};

/// a.join(b, on).
class JoinClause final : public FromClause, public Sized
{
public:
    std::string typeName() const override { return "Join"; }

    SqlText fromText(const CompileContext& context) const override;

    std::string prefix() const override { return {}; }

    std::vector<FromColumn> columns() const override;
    Froms hidden() const override;

    const Clause* left = nullptr;
    const Clause* right = nullptr;
    const Clause* on = nullptr;
    bool outer = false;
    bool full = false;
};

/// Text of anything that stands in FROM, Tables of metadata included.
SqlText fromTextOf(const Clause& from, const CompileContext& context);
std::vector<FromColumn> columnsOfFrom(const Clause& from);
std::string prefixOf(const Clause& from);
/// The table that a statement changes; empty name: not known.
QualifiedName tableNameOf(const Clause& from);
/// CTEs that are used by a clause in FROM, each once.
void addCtes(const Clause& clause, std::vector<const AliasClause*>& ctes);

/// Methods that a Table of metadata shares with light ones: insert, update, delete, select, alias,
/// join, outerjoin. Absent: none of them. Table's own class asks it.
std::optional<Value> fromMethod(Interpreter& interpreter, Clause* self, std::string_view name);

/// select(…) over clauses as they are given.
Evaluated makeSelect(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeInsert(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeUpdate(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeDelete(Interpreter& interpreter, const Arguments& arguments);

/// An INSERT of one row, as op.bulk_insert writes each of its rows.
Clause* makeRowInsert(Interpreter& interpreter, const Clause& table, const Value& row);

const std::vector<ConstructorRow>& statementConstructors(); ///< select, table, insert, union, …
const std::vector<ConstructorRow>& dialectConstructors();   ///< PostgreSQL's own insert
/// One of them by name; Unknown where there is none.
Evaluated
callConstructor(Interpreter& interpreter, std::string_view name, const Arguments& arguments);

} // namespace sightglass
