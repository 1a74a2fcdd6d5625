// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/object.h"
#include "core/operations/changes.h"
#include "core/render/sql_names.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// How a clause is to be written.
struct CompileContext
{
    bool tableNames = false;   ///< columns are written table.column; DDL writes bare columns
    bool literals = true;      ///< values are written into the text, as literal_binds does
    bool namesColumns = false; ///< a subquery of FROM: each column has its name written
    bool inBinary = false;     ///< inside a binary operator: some operators then take parentheses
    /// What is in FROM of the selects around: a subquery correlates with it.
    const std::vector<const class Clause*>* enclosing = nullptr;
    /// How deep in other clauses; compiling stops at `deepest`.
    int depth = 0;
    static constexpr int deepest = 200;
};

/// A piece of SQL that SQLAlchemy objects stand for: text(), func.now(), column == 'x', select().
class Clause : public Object
{
public:
    /// Its SQL for PostgreSQL; Unknown with a reason where a part is unknown.
    virtual SqlText compile(const CompileContext& context) const = 0;

    /// The column's name when it is a plain column.
    virtual std::optional<std::string> columnName() const { return std::nullopt; }

    /// "insert", "update", "delete", "select", "ddl", "text"; empty: an expression.
    virtual std::string_view statementKind() const { return {}; }

    /// What it does as a statement; Query for an expression.
    virtual Change asChange() const;

    /// Names of bind parameters that have no value yet, in order of appearance, each once.
    virtual std::vector<std::string> openParameters() const { return {}; }

    /// The clause with values for its bind parameters (Connection.execute(clause, {…})), or itself
    /// when it has none.
    virtual Clause* withParameters(Interpreter& interpreter,
                                   const std::vector<std::pair<std::string, Value>>& values);

    /// Operators, .label(), .desc(), .cast(), … as SQLAlchemy's ColumnElement has them; implemented
    /// in clause.cpp by making further clauses.
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::optional<Evaluated> binary(Interpreter& interpreter,
                                    std::string_view op,
                                    const Value& other,
                                    bool reflected) override;
    Evaluated unary(Interpreter& interpreter, std::string_view op) override;
    Evaluated subscript(Interpreter& interpreter, const Value& key) override;
    Known<bool> truth(Interpreter& interpreter) override;
};

/// A Python value or clause as SQL: clauses compile, text is a quoted literal, numbers, booleans,
/// None, dates, bytes, lists and dictionaries as literal_binds writes them.
SqlText sqlOf(Interpreter& interpreter, const Value& value, const CompileContext& context = {});

/// A text() clause, or what `sa.text(text)` makes; bind parameters stay as they are written.
Clause* makeTextClause(Interpreter& interpreter, std::string text);

/// A column that clauses can use: sa.column("x"), table.c.x.
Clause* makeColumnClause(Interpreter& interpreter, std::string name, std::string table = {});

/// Puts text(), func, select, insert, update, delete, literal, column, table, case, cast, and_,
/// or_, true(), null(), DDL … into the modules sqlalchemy, sqlalchemy.sql,
/// sqlalchemy.sql.expression, sqlalchemy.dialects.postgresql. Null when `dotted` is none of them.
void addClauses(Interpreter& interpreter, class NativeModule& module);

} // namespace sightglass
