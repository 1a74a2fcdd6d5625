// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/directive_call.h"
#include "core/sqlalchemy/clause.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <array>

namespace sightglass {
namespace {

using Role = DirectiveParameter::Role;

Outcome<Value, Raised> callWith(Interpreter& interpreter, const Value& callee, Value argument)
{
    Arguments arguments;
    arguments.span = interpreter.here();
    arguments.positional.push_back(std::move(argument));
    return interpreter.call(callee, arguments);
}

/// insert(table).values(row) as SQLAlchemy makes it.
Outcome<Value, Raised> insertOf(Interpreter& interpreter, const Value& table, const Value& row)
{
    auto function = interpreter.attribute(interpreter.importModule("sqlalchemy"), "insert");
    if (!function)
        return function;
    auto statement = callWith(interpreter, *function, table);
    if (!statement)
        return statement;
    auto values = interpreter.attribute(*statement, "values");
    if (!values)
        return values;
    return callWith(interpreter, *values, row);
}

QualifiedName tableNameOf(const Value& table)
{
    if (const auto* item = table.as<TableItem>())
        return item->name;
    return {};
}

/// Rows that are there but not readable still are an INSERT.
Lowered unreadRows(const Value& table)
{
    return lowered(change::ChangeData{.command = "INSERT",
                                      .table = tableNameOf(table),
                                      .filtered = true,
                                      .columns = {},
                                      .cascade = false,
                                      .rows = std::nullopt});
}

LoweredOutcome
insertRows(const DirectiveCall& call, const Value& table, const std::vector<Value>& rows)
{
    Lowered made;
    for (const Value& row : rows) {
        auto statement = insertOf(call.interpreter(), table, row);
        if (!statement)
            return otherwise(statement.error());
        const auto* clause = statement->as<Clause>();
        if (clause == nullptr) {
            Lowered unread = unreadRows(table);
            made.changes.push_back(std::move(unread.changes.front()));
            made.texts.emplace_back();
            continue;
        }
        made.changes.push_back(clause->asChange());
        const SqlText sql = clause->compile({.tableNames = false, .literals = true});
        made.texts.push_back(sql.isKnown() ? sql.value() : std::string());
    }
    return made;
}

LoweredOutcome bulkInsert(const DirectiveCall& call)
{
    const Value& table = *call.given("table");
    const Value& rows = *call.given("rows");
    const std::vector<Value>* items = Interpreter::itemsOf(rows);
    if (items == nullptr) {
        if (rows.isUnknown() || rows.asObject() != nullptr)
            return unreadRows(table);
        return raising("TypeError", "List expected", {"Exception", "BaseException"});
    }
    return insertRows(call, table, *items);
}

LoweredOutcome inlineLiteral(const DirectiveCall& call)
{
    auto function =
        call.interpreter().attribute(call.interpreter().importModule("sqlalchemy"), "literal");
    if (!function)
        return otherwise(function.error());
    Arguments arguments;
    arguments.span = call.arguments().span;
    arguments.positional.push_back(*call.given("value"));
    if (const Value* type = call.some("type_"))
        arguments.positional.push_back(*type);
    auto literal = call.interpreter().call(*function, arguments);
    if (!literal)
        return otherwise(literal.error());
    Lowered made;
    made.value = *literal;
    return made;
}

LoweredOutcome finalNameOf(const DirectiveCall& call)
{
    const auto name = call.text("name");
    Lowered made;
    if (call.given("name")->isNone())
        return made;
    made.value = name.isKnown() ? Value(call.interpreter().make<FinalName>(name.value()))
                                : Value(Unknown{name.reason()});
    return made;
}

constexpr std::array<DirectiveParameter, 3> insertParameters = {
    {{"table", Role::Plain, true}, {"rows", Role::Plain, true}, {"multiinsert"}}};
constexpr std::array<DirectiveParameter, 2> literalParameters = {
    {{"value", Role::Plain, true}, {"type_"}}};
constexpr std::array<DirectiveParameter, 1> nameParameters = {{{"name", Role::Plain, true}}};

constexpr std::array<Directive, 3> directives = {{
    {"bulk_insert", insertParameters, false, false, bulkInsert},
    {"inline_literal", literalParameters, true, false, inlineLiteral},
    {"f", nameParameters, true, false, finalNameOf},
}};

} // namespace

std::span<const Directive> dataDirectives()
{
    return directives;
}

} // namespace sightglass
