// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_functions.h"
#include "core/sqlalchemy/clause_parts.h"
#include "core/sqlalchemy/items.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

using Kind = Expression::Kind;

struct KindRow
{
    Kind kind;
    std::string_view className;
};

constexpr auto kinds = std::to_array<KindRow>({{Kind::Literal, "BindParameter"},
                                               {Kind::Raw, "ColumnClause"},
                                               {Kind::Function, "Function"},
                                               {Kind::Ansi, "AnsiFunction"},
                                               {Kind::Binary, "BinaryExpression"},
                                               {Kind::Unary, "UnaryExpression"},
                                               {Kind::Modifier, "UnaryExpression"},
                                               {Kind::List, "ClauseList"},
                                               {Kind::Grouping, "Grouping"},
                                               {Kind::Label, "Label"},
                                               {Kind::Cast, "Cast"},
                                               {Kind::Coerce, "TypeCoerce"},
                                               {Kind::Extract, "Extract"},
                                               {Kind::Case, "Case"},
                                               {Kind::Over, "Over"},
                                               {Kind::Within, "WithinGroup"},
                                               {Kind::Filtered, "FunctionFilter"},
                                               {Kind::Tuple, "Tuple"},
                                               {Kind::Array, "array"},
                                               {Kind::Subquery, "ScalarSelect"}});

bool isFunction(Kind kind)
{
    return kind == Kind::Function || kind == Kind::Ansi || kind == Kind::Within ||
           kind == Kind::Filtered;
}

/// where(), select_from() and correlate() of EXISTS are those of the select in it.
std::optional<Value>
existsMethod(Interpreter& interpreter, const Expression& exists, std::string_view name)
{
    const auto* subquery = dynamic_cast<const Expression*>(exists.parts[0]);
    const bool passedOn = name == "where" || name == "filter" || name == "select_from" ||
                          name == "correlate" || name == "correlate_except";
    if (subquery == nullptr || subquery->kind != Kind::Subquery || !passedOn)
        return std::nullopt;
    const Evaluated method = interpreter.attribute(valueOf(subquery->parts[0]), name);
    if (!method)
        return std::nullopt;
    return interpreter.makeFunction(
        std::string(name), [inner = *method](Interpreter& running, const Arguments& given) {
            const Evaluated select = running.call(inner, given);
            if (!select)
                return select;
            const Evaluated made = running.attribute(*select, "exists");
            return made ? running.call(*made, {}) : made;
        });
}

} // namespace

std::vector<std::string> Element::classNames() const
{
    return {typeName(), "ColumnElement", "ClauseElement"};
}

std::string Expression::typeName() const
{
    const auto row = std::ranges::find(kinds, kind, &KindRow::kind);
    return row == kinds.end() ? std::string("ColumnElement") : std::string(row->className);
}

std::vector<std::string> Expression::classNames() const
{
    std::vector<std::string> names = {typeName()};
    if (isFunction(kind))
        names.emplace_back("FunctionElement");
    names.insert(names.end(), {"ColumnElement", "ClauseElement"});
    return names;
}

Evaluated Expression::attribute(Interpreter& interpreter, std::string_view name)
{
    if (isFunction(kind)) {
        if (const std::optional<Value> method = functionMethod(interpreter, this, name))
            return *method;
        if (name == "name")
            return Value(word);
    }
    if (op.op == Op::Exists && kind == Kind::Unary) {
        if (const std::optional<Value> method = existsMethod(interpreter, *this, name))
            return *method;
    }
    if (kind == Kind::Label && (name == "name" || name == "key"))
        return Value(word);
    if (kind == Kind::Label && name == "element")
        return valueOf(parts[0]);
    if (kind == Kind::Binary && (name == "left" || name == "right"))
        return valueOf(parts[name == "left" ? 0 : 1]);
    return Clause::attribute(interpreter, name);
}

std::string Expression::proxyName() const
{
    switch (kind) {
    case Kind::Label:
        return word;
    case Kind::Cast:
    case Kind::Coerce: {
        if (const std::optional<std::string> column = parts[0]->columnName())
            return *column;
        return {};
    }
    case Kind::Function:
    case Kind::Ansi:
        return word;
    default:
        return {};
    }
}

std::vector<std::string> ColumnClause::classNames() const
{
    return {"ColumnClause", "ColumnElement", "ClauseElement"};
}

SqlText ColumnClause::compile(const CompileContext& context) const
{
    // The star is no name: column("*") is the one that people write for it.
    const std::string text = name == "*" ? name : sqlName(name);
    return context.tableNames && !tableText.empty() ? tableText + "." + text : text;
}

void ColumnClause::collectFroms(Froms& froms) const
{
    if (from != nullptr && std::ranges::find(froms, from) == froms.end())
        froms.push_back(from);
}

Evaluated ColumnClause::attribute(Interpreter& interpreter, std::string_view attributeName)
{
    if (attributeName == "name" || attributeName == "key")
        return Value(name);
    if (attributeName == "table" && from != nullptr)
        return valueOf(from);
    if (attributeName == "type" && type.type != nullptr)
        return Value(
            const_cast<TypeObject*>(type.type)); // NOLINT(cppcoreguidelines-pro-type-const-cast)
    return Clause::attribute(interpreter, attributeName);
}

void addFroms(const Clause& clause, Froms& froms)
{
    if (const auto* element = dynamic_cast<const Element*>(&clause)) {
        element->collectFroms(froms);
        return;
    }
    const Clause* from = nullptr;
    if (const auto* column = dynamic_cast<const ColumnItem*>(&clause))
        from = column->table;
    else if (clause.statementKind().empty())
        from = &clause;
    if (from != nullptr && std::ranges::find(froms, from) == froms.end())
        froms.push_back(from);
}

} // namespace sightglass
