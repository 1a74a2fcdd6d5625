// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause.h"

#include "core/sqlalchemy/clause_parts.h"
#include "core/sqlalchemy/clause_text.h"
#include "core/sqlalchemy/clause_values.h"
#include "core/sqlalchemy/items.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

struct SignRow
{
    std::string_view sign;
    Op op;
};

constexpr auto comparisons = std::to_array<SignRow>(
    {{"==", Op::Eq}, {"!=", Op::Ne}, {"<", Op::Lt}, {"<=", Op::Le}, {">", Op::Gt}, {">=", Op::Ge}});
constexpr auto calculations = std::to_array<SignRow>(
    {{"+", Op::Add}, {"-", Op::Sub}, {"*", Op::Mul}, {"/", Op::Div}, {"%", Op::Mod}});

template <typename Rows>
Op opOf(const Rows& rows, std::string_view sign)
{
    const auto row = std::ranges::find(rows, sign, &SignRow::sign);
    return row == rows.end() ? Op::None : row->op;
}

/// Statements and tables are no column elements: they have no operators.
bool isOperand(const Clause& clause)
{
    return clause.statementKind().empty() && dynamic_cast<const TableItem*>(&clause) == nullptr;
}

} // namespace

Change Clause::asChange() const
{
    const SqlText text = compile({.tableNames = true});
    if (text.isKnown())
        return change::Query{.text = text.value()};
    return change::Opaque{.what = text.reason(), .table = {}, .structural = false};
}

Clause* Clause::withParameters(Interpreter&, const std::vector<std::pair<std::string, Value>>&)
{
    return this;
}

Evaluated Clause::attribute(Interpreter& interpreter, std::string_view name)
{
    if (isOperand(*this)) {
        if (const std::optional<Value> method = operatorMethod(interpreter, this, name))
            return *method;
    }
    if (name == "compile")
        return interpreter.makeFunction("compile", [this](Interpreter&, const Arguments&) {
            const SqlText text = compile({.tableNames = true});
            return Evaluated(text.isKnown() ? Value(text.value()) : Value(Unknown{text.reason()}));
        });
    return Object::attribute(interpreter, name);
}

std::optional<Evaluated>
Clause::binary(Interpreter& interpreter, std::string_view op, const Value& other, bool reflected)
{
    if (!isOperand(*this))
        return std::nullopt;
    // As in Python, a reflected comparison comes with its sign turned already.
    if (const Op comparison = opOf(comparisons, op); comparison != Op::None)
        return Evaluated(valueOf(compared(interpreter, this, comparison, other)));
    if (const Op calculation = opOf(calculations, op); calculation != Op::None)
        return Evaluated(valueOf(calculated(interpreter, this, calculation, other, reflected)));
    if (op == "&" || op == "|") {
        const Clause* one = this;
        const Clause* two = operandFrom(interpreter, other);
        if (reflected)
            std::swap(one, two);
        return Evaluated(
            valueOf(conjunction(interpreter, op == "&" ? Op::And : Op::Or, {one, two})));
    }
    return std::nullopt;
}

Evaluated Clause::unary(Interpreter& interpreter, std::string_view op)
{
    if (isOperand(*this) && op == "~")
        return valueOf(negation(interpreter, this));
    if (isOperand(*this) && op == "-") {
        auto* made =
            interpreter.make<Expression>(Expression::Kind::Unary, std::vector<const Clause*>{this});
        made->op.op = Op::Neg;
        made->type = typingOf(*this);
        return valueOf(made);
    }
    return Object::unary(interpreter, op);
}

Evaluated Clause::subscript(Interpreter& interpreter, const Value& key)
{
    return isOperand(*this) ? indexed(interpreter, this, key) : Object::subscript(interpreter, key);
}

Known<bool> Clause::truth(Interpreter&)
{
    return Unknown{"a piece of SQL has no truth in Python"};
}

SqlText sqlOf(Interpreter& interpreter, const Value& value, const CompileContext& context)
{
    if (const auto* clause = value.as<Clause>())
        return clause->compile(context);
    return literalText(interpreter, value, {});
}

Clause* makeTextClause(Interpreter& interpreter, std::string text)
{
    return interpreter.make<TextClause>(std::move(text));
}

Clause* makeColumnClause(Interpreter& interpreter, std::string name, std::string table)
{
    auto* column = interpreter.make<ColumnClause>();
    column->name = std::move(name);
    column->tableText = table.empty() ? std::string() : sqlName(table);
    return column;
}

} // namespace sightglass
