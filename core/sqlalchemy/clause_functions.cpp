// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_functions.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

using Kind = Expression::Kind;

struct AnsiRow
{
    std::string_view name;
    std::string_view text;
};

// SQLAlchemy 1.4 sql/compiler.py, FUNCTIONS: without parentheses where they have no arguments.
constexpr auto ansi = std::to_array<AnsiRow>({{"current_date", "CURRENT_DATE"},
                                              {"current_time", "CURRENT_TIME"},
                                              {"current_timestamp", "CURRENT_TIMESTAMP"},
                                              {"current_user", "CURRENT_USER"},
                                              {"localtime", "LOCALTIME"},
                                              {"localtimestamp", "LOCALTIMESTAMP"},
                                              {"session_user", "SESSION_USER"},
                                              {"sysdate", "sysdate"},
                                              {"user", "USER"}});
constexpr auto upperCase = std::to_array<AnsiRow>({{"cube", "CUBE"},
                                                   {"rollup", "ROLLUP"},
                                                   {"grouping_sets", "GROUPING SETS"},
                                                   {"coalesce", "coalesce"},
                                                   {"random", "random"}});
constexpr auto texts =
    std::to_array<std::string_view>({"concat", "current_user", "session_user", "user"});
constexpr auto integers =
    std::to_array<std::string_view>({"count", "char_length", "rank", "dense_rank", "row_number"});
constexpr auto likeTheirArgument =
    std::to_array<std::string_view>({"coalesce", "max", "min", "sum"});
constexpr auto dates = std::to_array<std::string_view>({"now",
                                                        "current_date",
                                                        "current_time",
                                                        "current_timestamp",
                                                        "localtime",
                                                        "localtimestamp",
                                                        "sysdate"});

std::string lowered(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(made, made.begin(), [](char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    });
    return made;
}

/// As SQLAlchemy writes a function's name: quoted only for characters that no name has.
std::string functionName(const std::string& name)
{
    const bool legal = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '$';
    });
    if (legal && !name.empty())
        return name;
    std::string text = "\"";
    for (const char c : name)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + '"';
}

template <typename Names>
bool has(const Names& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

Typing resultOf(std::string_view name, const std::vector<const Clause*>& parts)
{
    if (has(texts, name))
        return {.family = Family::Text};
    if (has(integers, name))
        return {.family = Family::Integer};
    if (has(dates, name))
        return {.family = Family::Other};
    if (has(likeTheirArgument, name) && !parts.empty())
        return typingOf(*parts.front());
    if (name == "array_agg")
        return {.family = Family::Array};
    return {};
}

} // namespace

Expression* functionOf(Interpreter& interpreter, std::string name, const Arguments& arguments)
{
    std::vector<const Clause*> parts;
    for (const Value& each : arguments.positional)
        parts.push_back(operandFrom(interpreter, each));
    const std::string known = lowered(name);
    const auto bare = std::ranges::find(ansi, known, &AnsiRow::name);
    const auto upper = std::ranges::find(upperCase, known, &AnsiRow::name);
    if (known == "count" && parts.empty())
        parts.push_back(rawOf(interpreter, "*"));
    auto* made = interpreter.make<Expression>(bare != ansi.end() ? Kind::Ansi : Kind::Function,
                                              std::move(parts));
    if (bare != ansi.end())
        made->word = bare->text;
    else if (upper != upperCase.end())
        made->word = upper->text;
    else
        made->word = std::move(name);
    made->type = resultOf(known, made->parts);
    return made;
}

Evaluated FunctionGenerator::attribute(Interpreter& interpreter, std::string_view name)
{
    if (name.starts_with("__"))
        return Object::attribute(interpreter, name);
    std::vector<std::string> names = m_names;
    const bool underscored = name.size() > 1 && name.ends_with('_');
    names.emplace_back(underscored ? name.substr(0, name.size() - 1) : name);
    return Value(interpreter.make<FunctionGenerator>(std::move(names)));
}

Evaluated FunctionGenerator::call(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.hidden)
        return valueOf(interpreter.make<OpenClause>(arguments.hidden->reason));
    if (m_names.empty())
        return raising("TypeError", "func needs the name of a function");
    if (m_names.size() == 1 && lowered(m_names.front()) == "cast")
        return makeCast(interpreter, arguments);
    Expression* made = nullptr;
    if (m_names.size() == 1) {
        const std::string name = lowered(m_names.front());
        const bool generic = has(texts, name) || has(integers, name) || has(dates, name) ||
                             has(likeTheirArgument, name) || name == "array_agg";
        made = functionOf(interpreter,
                          generic && name != "row_number" ? name : functionName(m_names.front()),
                          arguments);
    } else {
        std::string name;
        for (const std::string& each : m_names)
            name += (name.empty() ? "" : ".") + functionName(each);
        made = interpreter.make<Expression>(Kind::Function, std::vector<const Clause*>{});
        made->word = std::move(name);
        for (const Value& each : arguments.positional)
            made->parts.push_back(operandFrom(interpreter, each));
        for (const Clause* part : made->parts)
            made->extent.hold(part);
    }
    if (const Value* type = arguments.keyword("type_")) {
        const auto typing = typingFrom(interpreter, *type);
        if (!typing)
            return otherwise(typing.error());
        made->type = *typing;
    }
    return valueOf(made);
}

SqlText BindParameter::compile(const CompileContext&) const
{
    if (!value)
        return Unknown{"bind parameter " + name + " has no value here"};
    return literal;
}

namespace {

const Clause* listOf(Interpreter& interpreter, const Value& value)
{
    std::vector<const Clause*> parts;
    if (const auto* items = Interpreter::itemsOf(value)) {
        for (const Value& item : *items)
            parts.push_back(columnFrom(interpreter, item));
    } else {
        parts.push_back(columnFrom(interpreter, value));
    }
    auto* list = interpreter.make<Expression>(Kind::List, std::move(parts));
    list->op.op = Op::Comma;
    return list;
}

std::string edgeText(const Value& edge, std::string_view none)
{
    if (edge.isNone())
        return std::string(none);
    const auto* number = edge.asInteger();
    if (number == nullptr)
        return {};
    if (*number == 0)
        return "CURRENT ROW";
    const std::int64_t size = *number < 0 ? -*number : *number;
    return std::to_string(size) + (*number < 0 ? " PRECEDING" : " FOLLOWING");
}

/// rows=(None, 0): ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW. Empty: not known.
std::string rangeText(std::string_view word, const Value& range)
{
    const auto* edges = Interpreter::itemsOf(range);
    if (edges == nullptr || edges->size() != 2)
        return {};
    const std::string from = edgeText((*edges)[0], "UNBOUNDED PRECEDING");
    const std::string to = edgeText((*edges)[1], "UNBOUNDED FOLLOWING");
    if (from.empty() || to.empty())
        return {};
    return std::string(word) + " BETWEEN " + from + " AND " + to;
}

Evaluated
over(Interpreter& interpreter, const Clause* self, const Arguments& arguments, std::size_t from)
{
    auto* made = interpreter.make<Expression>(Kind::Over,
                                              std::vector<const Clause*>{self, nullptr, nullptr});
    made->type = typingOf(*self);
    const Value* partition = arguments.at(from, "partition_by");
    const Value* order = arguments.at(from + 1, "order_by");
    if (partition != nullptr && !partition->isNone())
        made->parts[1] = listOf(interpreter, *partition);
    if (order != nullptr && !order->isNone())
        made->parts[2] = listOf(interpreter, *order);
    for (const Clause* part : made->parts)
        made->extent.hold(part);
    const Value* rows = arguments.keyword("rows");
    const Value* range = arguments.keyword("range_");
    const Value* given = rows != nullptr && !rows->isNone() ? rows : range;
    if (given != nullptr && !given->isNone()) {
        made->modifier = rangeText(given == rows ? "ROWS" : "RANGE", *given);
        if (made->modifier.empty())
            return valueOf(interpreter.make<OpenClause>("the range of OVER is not known"));
    }
    return valueOf(made);
}

Evaluated withinGroup(Interpreter& interpreter,
                      const Clause* self,
                      const Arguments& arguments,
                      std::size_t from)
{
    std::vector<Value> items = spread(arguments, from);
    auto* made = interpreter.make<Expression>(
        Kind::Within,
        std::vector<const Clause*>{self,
                                   listOf(interpreter, interpreter.makeList(std::move(items)))});
    made->type = typingOf(*self);
    return valueOf(made);
}

Evaluated
filtered(Interpreter& interpreter, const Clause* self, const Arguments& arguments, std::size_t from)
{
    std::vector<const Clause*> criteria;
    for (std::size_t i = from; i < arguments.positional.size(); ++i)
        criteria.push_back(operandFrom(interpreter, arguments.positional[i]));
    if (criteria.empty())
        return valueOf(self);
    auto* made = interpreter.make<Expression>(
        Kind::Filtered,
        std::vector<const Clause*>{self, conjunction(interpreter, Op::And, std::move(criteria))});
    made->type = typingOf(*self);
    return valueOf(made);
}

using Wrap = Evaluated (*)(Interpreter&, const Clause*, const Arguments&, std::size_t);

Value bound(Interpreter& interpreter, std::string name, const Clause* self, Wrap wrap)
{
    return interpreter.makeFunction(std::move(name),
                                    [self, wrap](Interpreter& running, const Arguments& arguments) {
                                        return wrap(running, self, arguments, 0);
                                    });
}

template <Wrap wrap>
Evaluated around(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return raising("TypeError", "an element is missing");
    return wrap(interpreter, operandFrom(interpreter, arguments.positional.front()), arguments, 1);
}

} // namespace

Evaluated makeOver(Interpreter& interpreter, const Arguments& arguments)
{
    return around<over>(interpreter, arguments);
}

Evaluated makeWithinGroup(Interpreter& interpreter, const Arguments& arguments)
{
    return around<withinGroup>(interpreter, arguments);
}

Evaluated makeFilter(Interpreter& interpreter, const Arguments& arguments)
{
    return around<filtered>(interpreter, arguments);
}

std::optional<Value>
functionMethod(Interpreter& interpreter, const Clause* self, std::string_view name)
{
    if (name == "over")
        return bound(interpreter, "over", self, over);
    if (name == "filter")
        return bound(interpreter, "filter", self, filtered);
    if (name == "within_group")
        return bound(interpreter, "within_group", self, withinGroup);
    return std::nullopt;
}

} // namespace sightglass
