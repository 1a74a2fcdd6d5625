// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_functions.h"
#include "core/sqlalchemy/clause_parts.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

using Kind = Expression::Kind;

/// A method of ColumnElement: what it is called on, and how it is called.
struct Call
{
    Interpreter& interpreter;
    const Clause* self;
    const Arguments& arguments;

    Value first() const
    {
        return arguments.positional.empty()
                   ? (arguments.keywords.empty() ? Value(Unknown{"an argument is missing"})
                                                 : arguments.keywords.front().second)
                   : arguments.positional.front();
    }
};

const Clause* textOperator(const Call& call, Op op)
{
    const Clause* other = operandFrom(call.interpreter, call.first(), {.family = Family::Text});
    auto* made = binaryOf(call.interpreter, call.self, {.op = op}, other);
    const Value* escape = call.arguments.keyword("escape");
    const Value* automatic = call.arguments.keyword("autoescape");
    if (automatic != nullptr && !(automatic->asBool() != nullptr && !*automatic->asBool()))
        return call.interpreter.make<OpenClause>("autoescape is not followed");
    if (escape != nullptr && !escape->isNone())
        made->parts.push_back(literalOf(call.interpreter, *escape));
    return made;
}

template <Op op>
const Clause* comparedWith(const Call& call)
{
    return compared(call.interpreter, call.self, op, call.first());
}

template <Op op>
const Clause* likened(const Call& call)
{
    return textOperator(call, op);
}

template <Op op>
const Clause* amongst(const Call& call)
{
    return membership(call.interpreter, call.self, call.first(), op);
}

template <Op op>
const Clause* ordered(const Call& call)
{
    return modifierOf(call.interpreter, call.self, op);
}

template <Op op>
const Clause* quantified(const Call& call)
{
    auto* made =
        call.interpreter.make<Expression>(Kind::Unary, std::vector<const Clause*>{call.self});
    made->op.op = op;
    made->type = {.family = Family::Open};
    // ANY (x): a column has parentheses of its own here, a subquery has them already.
    const auto* known = dynamic_cast<const Expression*>(call.self);
    if (known == nullptr || known->kind != Kind::Subquery)
        made->parts[0] = call.interpreter.make<Expression>(Kind::Grouping,
                                                           std::vector<const Clause*>{call.self});
    return made;
}

/// @>, <@, && and the like of PostgreSQL's own types.
const Clause* customOf(const Call& call, std::string text, bool comparison = true)
{
    const Operator op{.op = Op::Custom,
                      .text = std::move(text),
                      .precedence = 15,
                      .comparison = comparison,
                      .eagerGrouping = true,
                      .naturalPrecedent = true};
    const Clause* other = operandFrom(call.interpreter, call.first(), typingOf(*call.self));
    return binaryOf(call.interpreter, call.self, op, other);
}

const Clause* contains(const Call& call)
{
    switch (typingOf(*call.self).family) {
    case Family::Jsonb:
    case Family::Array:
        return customOf(call, "@>");
    case Family::Open:
    case Family::Other:
        return call.interpreter.make<OpenClause>("contains() of a type that is not known");
    default:
        return textOperator(call, Op::Contains);
    }
}

template <char const* text>
const Clause* custom(const Call& call)
{
    return customOf(call, text);
}

constexpr char containedBy[] = "<@";
constexpr char overlaps[] = "&&";
constexpr char hasKey[] = "?";
constexpr char hasAll[] = "?&";
constexpr char hasAny[] = "?|";

const Clause* between(const Call& call)
{
    const Value* low = call.arguments.at(0, "cleft");
    const Value* high = call.arguments.at(1, "cright");
    if (low == nullptr || high == nullptr)
        return call.interpreter.make<OpenClause>("between() without its two values");
    const Typing type = typingOf(*call.self);
    auto* range = call.interpreter.make<Expression>(
        Kind::List,
        std::vector<const Clause*>{operandFrom(call.interpreter, *low, type),
                                   operandFrom(call.interpreter, *high, type)});
    range->op.op = Op::And;
    range->startsAnd = true;
    auto* made = binaryOf(call.interpreter, call.self, {.op = Op::Between}, range);
    const Value* symmetric = call.arguments.at(2, "symmetric");
    if (symmetric != nullptr && symmetric->asBool() != nullptr && *symmetric->asBool())
        made->modifier = "SYMMETRIC ";
    return made;
}

const Clause* concatenated(const Call& call)
{
    return calculated(call.interpreter, call.self, Op::Concat, call.first(), false);
}

const Clause* labelled(const Call& call)
{
    const Value name = call.first();
    auto* made =
        call.interpreter.make<Expression>(Kind::Label, std::vector<const Clause*>{call.self});
    made->type = typingOf(*call.self);
    if (name.asText() == nullptr && !name.isNone())
        return call.interpreter.make<OpenClause>("the name of a label is not known");
    made->word = name.asText() != nullptr ? *name.asText() : std::string();
    return made;
}

const Clause* collated(const Call& call)
{
    const Value name = call.first();
    if (name.asText() == nullptr)
        return call.interpreter.make<OpenClause>("the name of a collation is not known");
    return binaryOf(call.interpreter,
                    call.self,
                    {.op = Op::Collate},
                    rawOf(call.interpreter, sqlName(*name.asText())),
                    {.family = Family::Text});
}

const Clause* distinctOf(const Call& call)
{
    auto* made =
        call.interpreter.make<Expression>(Kind::Unary, std::vector<const Clause*>{call.self});
    made->op.op = Op::Distinct;
    made->type = typingOf(*call.self);
    return made;
}

const Clause* matched(const Call& call)
{
    const Clause* other = operandFrom(call.interpreter, call.first(), {.family = Family::Text});
    auto* made = binaryOf(call.interpreter, call.self, {.op = Op::Match}, other);
    const Value* configuration = call.arguments.keyword("postgresql_regconfig");
    if (configuration != nullptr && configuration->asText() != nullptr)
        made->modifier = sqlLiteral(*configuration->asText()) + ", ";
    return made;
}

template <Op op>
const Clause* regular(const Call& call)
{
    if (call.arguments.keyword("flags") != nullptr)
        return call.interpreter.make<OpenClause>("flags of a regular expression are not followed");
    const Clause* other = operandFrom(call.interpreter, call.first(), {.family = Family::Text});
    return binaryOf(call.interpreter, call.self, {.op = op}, other);
}

const Clause* grouping(const Call& call)
{
    const auto* element = dynamic_cast<const Element*>(call.self);
    if (element == nullptr || !element->needsGroup({}))
        return call.self;
    auto* made =
        call.interpreter.make<Expression>(Kind::Grouping, std::vector<const Clause*>{call.self});
    made->type = typingOf(*call.self);
    return made;
}

struct MethodRow
{
    std::string_view name;
    const Clause* (*make)(const Call&);
};

constexpr auto methods = std::to_array<MethodRow>({
    {"__eq__", comparedWith<Op::Eq>},
    {"__ne__", comparedWith<Op::Ne>},
    {"__lt__", comparedWith<Op::Lt>},
    {"__le__", comparedWith<Op::Le>},
    {"__gt__", comparedWith<Op::Gt>},
    {"__ge__", comparedWith<Op::Ge>},
    {"all_", quantified<Op::All>},
    {"any_", quantified<Op::Any>},
    {"asc", ordered<Op::Asc>},
    {"between", between},
    {"collate", collated},
    {"concat", concatenated},
    {"contained_by", custom<containedBy>},
    {"contains", contains},
    {"desc", ordered<Op::Desc>},
    {"distinct", distinctOf},
    {"endswith", likened<Op::EndsWith>},
    {"has_all", custom<hasAll>},
    {"has_any", custom<hasAny>},
    {"has_key", custom<hasKey>},
    {"ilike", likened<Op::Ilike>},
    {"in_", amongst<Op::In>},
    {"is_", comparedWith<Op::Is>},
    {"is_distinct_from", comparedWith<Op::IsDistinct>},
    {"is_not", comparedWith<Op::IsNot>},
    {"is_not_distinct_from", comparedWith<Op::IsNotDistinct>},
    {"isnot", comparedWith<Op::IsNot>},
    {"isnot_distinct_from", comparedWith<Op::IsNotDistinct>},
    {"label", labelled},
    {"like", likened<Op::Like>},
    {"match", matched},
    {"not_ilike", likened<Op::NotIlike>},
    {"not_in", amongst<Op::NotIn>},
    {"not_like", likened<Op::NotLike>},
    {"notilike", likened<Op::NotIlike>},
    {"notin_", amongst<Op::NotIn>},
    {"notlike", likened<Op::NotLike>},
    {"nulls_first", ordered<Op::NullsFirst>},
    {"nulls_last", ordered<Op::NullsLast>},
    {"nullsfirst", ordered<Op::NullsFirst>},
    {"nullslast", ordered<Op::NullsLast>},
    {"overlap", custom<overlaps>},
    {"overlaps", custom<overlaps>},
    {"regexp_match", regular<Op::Regexp>},
    {"self_group", grouping},
    {"startswith", likened<Op::StartsWith>},
});

/// x.op("->>")(y) and x.bool_op(…)(y).
Evaluated
customOperator(Interpreter& interpreter, const Clause* self, const Arguments& given, bool boolean)
{
    const Value* text = given.at(0, "opstring");
    if (text == nullptr || text->asText() == nullptr)
        return valueOf(interpreter.make<OpenClause>("the text of an operator is not known"));
    Operator op{.op = Op::Custom, .text = *text->asText()};
    if (const Value* precedence = given.at(1, "precedence");
        precedence != nullptr && precedence->asInteger() != nullptr)
        op.precedence =
            static_cast<int>(std::clamp<std::int64_t>(*precedence->asInteger(), -99, 99));
    const Value* comparison = given.at(2, "is_comparison");
    op.comparison = boolean || (comparison != nullptr && comparison->asBool() != nullptr &&
                                *comparison->asBool());
    return interpreter.makeFunction(
        "op", [self, op](Interpreter& running, const Arguments& arguments) {
            const Typing type = op.comparison ? Typing{.family = Family::Boolean} : typingOf(*self);
            const Call call{running, self, arguments};
            const Clause* other = operandFrom(running, call.first(), typingOf(*self));
            return Evaluated(valueOf(binaryOf(running, self, op, other, type)));
        });
}

Evaluated castOf(Interpreter& interpreter, const Clause* self, const Arguments& arguments)
{
    const Value* type = arguments.at(0, "type_");
    if (type == nullptr)
        return raising("TypeError", "cast() missing 1 required positional argument: 'type_'");
    Arguments both;
    both.positional = {valueOf(self), *type};
    return makeCast(interpreter, both);
}

bool isDocument(const Clause& clause)
{
    const Family family = typingOf(clause).family;
    return family == Family::Json || family == Family::Jsonb;
}

/// x["a"].astext: ->> in place of ->.
Value asText(Interpreter& interpreter, const Clause* self)
{
    const auto* index = dynamic_cast<const Expression*>(self);
    const bool path =
        index != nullptr && index->kind == Kind::Binary && index->op.op == Op::JsonPath;
    const bool item =
        index != nullptr && index->kind == Kind::Binary && index->op.op == Op::JsonGetItem;
    if (!path && !item)
        return Unknown{"astext of something that is no element of a JSON value"};
    const Operator op{.op = Op::Custom,
                      .text = path ? "#>>" : "->>",
                      .precedence = 15,
                      .comparison = false,
                      .eagerGrouping = true,
                      .naturalPrecedent = true};
    return valueOf(
        binaryOf(interpreter, index->parts[0], op, index->parts[1], {.family = Family::Text}));
}

} // namespace

std::optional<Value> operatorMethod(Interpreter& interpreter, Clause* self, std::string_view name)
{
    if (name == "astext" && isDocument(*self))
        return asText(interpreter, self);
    if (name == "op" || name == "bool_op") {
        const bool boolean = name == "bool_op";
        return interpreter.makeFunction(
            std::string(name), [self, boolean](Interpreter& running, const Arguments& arguments) {
                return customOperator(running, self, arguments, boolean);
            });
    }
    if (name == "cast")
        return interpreter.makeFunction("cast",
                                        [self](Interpreter& running, const Arguments& arguments) {
                                            return castOf(running, self, arguments);
                                        });
    const auto row = std::ranges::find(methods, name, &MethodRow::name);
    if (row == methods.end())
        return std::nullopt;
    const auto make = row->make;
    return interpreter.makeFunction(
        std::string(name), [self, make](Interpreter& running, const Arguments& arguments) {
            return Evaluated(valueOf(make(Call{running, self, arguments})));
        });
}

Evaluated indexed(Interpreter& interpreter, const Clause* left, const Value& key)
{
    const Typing type = typingOf(*left);
    switch (type.family) {
    case Family::Array: {
        const Clause* index = operandFrom(interpreter, key, {.family = Family::Integer});
        return valueOf(
            binaryOf(interpreter, left, {.op = Op::GetItem}, index, {.family = Family::Open}));
    }
    case Family::Json:
    case Family::Jsonb: {
        const auto* items = Interpreter::itemsOf(key);
        if (items == nullptr)
            return valueOf(binaryOf(interpreter,
                                    left,
                                    {.op = Op::JsonGetItem},
                                    operandFrom(interpreter, key),
                                    {.family = type.family}));
        std::string path;
        for (const Value& item : *items) {
            const Known<std::string> text = interpreter.textOf(item);
            if (!text.isKnown())
                return valueOf(interpreter.make<OpenClause>(text.reason()));
            path += (path.empty() ? "" : ", ") + text.value();
        }
        return valueOf(binaryOf(interpreter,
                                left,
                                {.op = Op::JsonPath},
                                literalOf(interpreter, Value("{" + path + "}")),
                                {.family = type.family}));
    }
    case Family::Other:
    case Family::Open:
        return valueOf(interpreter.make<OpenClause>("an index of a type that is not known"));
    default:
        return raising("NotImplementedError",
                       "Operator 'getitem' is not supported on this expression",
                       {"RuntimeError", "Exception"});
    }
}

} // namespace sightglass
