// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_functions.h"
#include "core/sqlalchemy/clause_text.h"
#include "core/sqlalchemy/clause_values.h"

#include <algorithm>

namespace sightglass {

namespace {

using Kind = Expression::Kind;

Evaluated missing(std::string_view function)
{
    return raising("TypeError", std::string(function) + "() misses an argument");
}

/// A name that a function needs as text; Unknown where it is not known.
Known<std::string> nameFrom(const Value* value)
{
    if (value != nullptr && value->asText() != nullptr)
        return *value->asText();
    return Unknown{value != nullptr && value->isUnknown() ? value->reason()
                                                          : "a name is not known"};
}

Evaluated makeLiteral(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* value = arguments.at(0, "value");
    if (value == nullptr)
        return missing("literal");
    Typing type;
    if (const Value* given = arguments.at(1, "type_")) {
        const auto typing = typingFrom(interpreter, *given);
        if (!typing)
            return otherwise(typing.error());
        type = *typing;
    }
    auto* made = literalOf(interpreter, *value, type);
    if (type.family != Family::Null)
        made->type = type;
    return valueOf(made);
}

Evaluated makeLiteralColumn(Interpreter& interpreter, const Arguments& arguments)
{
    const Known<std::string> text = nameFrom(arguments.at(0, "text"));
    if (!text.isKnown())
        return valueOf(interpreter.make<OpenClause>(text.reason()));
    auto* made = rawOf(interpreter, text.value());
    if (const Value* given = arguments.at(1, "type_")) {
        const auto typing = typingFrom(interpreter, *given);
        if (!typing)
            return otherwise(typing.error());
        made->type = *typing;
    }
    return valueOf(made);
}

Evaluated makeColumn(Interpreter& interpreter, const Arguments& arguments)
{
    const Known<std::string> name = nameFrom(arguments.at(0, "text"));
    if (!name.isKnown())
        return valueOf(interpreter.make<OpenClause>(name.reason()));
    const Value* isLiteral = arguments.keyword("is_literal");
    if (isLiteral != nullptr && isLiteral->asBool() != nullptr && *isLiteral->asBool())
        return makeLiteralColumn(interpreter, arguments);
    auto* made = interpreter.make<ColumnClause>();
    made->name = name.value();
    if (const Value* given = arguments.at(1, "type_")) {
        const auto typing = typingFrom(interpreter, *given);
        if (!typing)
            return otherwise(typing.error());
        made->type = *typing;
    }
    return valueOf(made);
}

Evaluated makeBindparam(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* name = arguments.at(0, "key");
    auto* made = interpreter.make<BindParameter>();
    if (name != nullptr && name->asText() != nullptr)
        made->name = *name->asText();
    if (const Value* given = arguments.at(2, "type_")) {
        const auto typing = typingFrom(interpreter, *given);
        if (!typing)
            return otherwise(typing.error());
        made->type = *typing;
    }
    const Value* value = arguments.at(1, "value");
    const Value* callable = arguments.keyword("callable_");
    if (value != nullptr) {
        made->value = *value;
        made->literal = literalText(interpreter, *value, made->type);
        // An expanding parameter stands for the list of IN.
        if (const auto* items = Interpreter::itemsOf(*value)) {
            std::vector<const Clause*> parts;
            for (const Value& item : *items)
                parts.push_back(operandFrom(interpreter, item, made->type));
            made->literal = Expression(Kind::Values, std::move(parts)).compile({});
        }
    } else if (callable != nullptr) {
        made->literal = Unknown{"the value of a bind parameter is computed"};
        made->value = Value(Unknown{"the value of a bind parameter is computed"});
    }
    return valueOf(made);
}

SqlText typeText(Interpreter& interpreter, const Value& type, Typing& typing)
{
    const auto found = typeFrom(interpreter, type);
    if (!found)
        return Unknown{found.error().message};
    if (!found->isKnown()) {
        typing.family = Family::Open;
        return Unknown{found->reason()};
    }
    typing = typingOf(found->value());
    const auto ddl = found->value()->ddl();
    if (!ddl)
        return Unknown{ddl.error().message};
    if (!ddl->isKnown() || found->value()->collation().empty())
        return *ddl;
    return ddl->value() + " COLLATE \"" + found->value()->collation() + "\"";
}

Evaluated makeTypeCoerce(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* value = arguments.at(0, "expression");
    const Value* type = arguments.at(1, "type_");
    if (value == nullptr || type == nullptr)
        return missing("type_coerce");
    const auto typing = typingFrom(interpreter, *type);
    if (!typing)
        return otherwise(typing.error());
    auto* made = interpreter.make<Expression>(
        Kind::Coerce, std::vector<const Clause*>{operandFrom(interpreter, *value, *typing)});
    made->type = *typing;
    return valueOf(made);
}

Evaluated makeExtract(Interpreter& interpreter, const Arguments& arguments)
{
    const Known<std::string> field = nameFrom(arguments.at(0, "field"));
    const Value* value = arguments.at(1, "expr");
    if (value == nullptr)
        return missing("extract");
    if (!field.isKnown())
        return valueOf(interpreter.make<OpenClause>(field.reason()));
    auto* made = interpreter.make<Expression>(
        Kind::Extract, std::vector<const Clause*>{operandFrom(interpreter, *value)});
    made->word = field.value();
    made->type = {.family = Family::Integer};
    return valueOf(made);
}

/// (condition, result) pairs of case(): tuples as they come, one list of tuples, or a dictionary
/// together with value=.
std::vector<std::pair<Value, Value>> casePairs(const Arguments& arguments, bool& known)
{
    std::vector<std::pair<Value, Value>> pairs;
    std::vector<Value> given = arguments.positional;
    if (const Value* whens = arguments.keyword("whens"))
        given = {*whens};
    if (given.size() == 1) {
        if (auto fromDictionary = Interpreter::pairsOf(given.front()); !fromDictionary.empty())
            return fromDictionary;
        const auto* items = Interpreter::itemsOf(given.front());
        const bool listOfPairs =
            items != nullptr && !items->empty() && Interpreter::itemsOf(items->front()) != nullptr;
        if (listOfPairs)
            given = *items;
    }
    for (const Value& each : given) {
        const auto* pair = Interpreter::itemsOf(each);
        if (pair == nullptr || pair->size() != 2)
            known = false;
        else
            pairs.emplace_back((*pair)[0], (*pair)[1]);
    }
    known = known && !pairs.empty();
    return pairs;
}

Evaluated makeCase(Interpreter& interpreter, const Arguments& arguments)
{
    bool known = !arguments.hidden.has_value();
    const auto pairs = casePairs(arguments, known);
    if (!known)
        return valueOf(interpreter.make<OpenClause>("the branches of case() are not known"));
    const Value* value = arguments.keyword("value");
    const Value* otherwiseValue = arguments.keyword("else_");
    std::vector<const Clause*> parts;
    parts.push_back(value == nullptr || value->isNone() ? nullptr
                                                        : operandFrom(interpreter, *value));
    for (const auto& [condition, result] : pairs) {
        parts.push_back(operandFrom(interpreter, condition));
        parts.push_back(operandFrom(interpreter, result));
    }
    const Typing type = typingOf(*parts.back());
    parts.push_back(otherwiseValue == nullptr || otherwiseValue->isNone()
                        ? nullptr
                        : operandFrom(interpreter, *otherwiseValue));
    auto* made = interpreter.make<Expression>(Kind::Case, std::move(parts));
    made->type = type;
    return valueOf(made);
}

template <Op op>
Evaluated makeConjunction(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.hidden)
        return valueOf(interpreter.make<OpenClause>(arguments.hidden->reason));
    std::vector<const Clause*> parts;
    for (const Value& each : arguments.positional) {
        // Python's True and False stand for the SQL words.
        parts.push_back(each.asBool() != nullptr
                            ? rawOf(interpreter, *each.asBool() ? "true" : "false", Family::Boolean)
                            : operandFrom(interpreter, each));
    }
    return valueOf(conjunction(interpreter, op, std::move(parts)));
}

Evaluated makeNot(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* clause = arguments.at(0, "clause");
    if (clause == nullptr)
        return missing("not_");
    return valueOf(negation(interpreter, operandFrom(interpreter, *clause)));
}

template <Kind kind>
Evaluated makeList(Interpreter& interpreter, const Arguments& arguments)
{
    std::vector<const Clause*> parts;
    for (const Value& each : spread(arguments))
        parts.push_back(operandFrom(interpreter, each));
    const Typing type = parts.empty() ? Typing{} : typingOf(*parts.front());
    auto* made = interpreter.make<Expression>(kind, std::move(parts));
    made->type = {.family = kind == Kind::Array ? Family::Array : Family::Other, .type = type.type};
    return valueOf(made);
}

template <Op op>
Evaluated makeModifier(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* column = arguments.at(0, "column");
    if (column == nullptr)
        return missing("an ordering");
    return valueOf(modifierOf(interpreter, columnFrom(interpreter, *column), op));
}

/// between(x, 1, 2) is x.between(1, 2), and so on.
Evaluated asMethod(Interpreter& interpreter, std::string_view method, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(method);
    const Clause* self = operandFrom(interpreter, arguments.positional.front());
    Arguments rest = arguments;
    rest.positional.erase(rest.positional.begin());
    const Evaluated function = interpreter.attribute(valueOf(self), method);
    return function ? interpreter.call(*function, rest) : function;
}

Evaluated makeBetween(Interpreter& interpreter, const Arguments& arguments)
{
    return asMethod(interpreter, "between", arguments);
}

Evaluated makeCollate(Interpreter& interpreter, const Arguments& arguments)
{
    return asMethod(interpreter, "collate", arguments);
}

Evaluated makeDistinct(Interpreter& interpreter, const Arguments& arguments)
{
    return asMethod(interpreter, "distinct", arguments);
}

Evaluated makeAny(Interpreter& interpreter, const Arguments& arguments)
{
    return asMethod(interpreter, "any_", arguments);
}

Evaluated makeAll(Interpreter& interpreter, const Arguments& arguments)
{
    return asMethod(interpreter, "all_", arguments);
}

Evaluated makeLabel(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.positional.size() < 2)
        return missing("label");
    Arguments turned;
    turned.positional = {arguments.positional[1], arguments.positional[0]};
    return asMethod(interpreter, "label", turned);
}

template <char const* word>
Evaluated makeWord(Interpreter& interpreter, const Arguments&)
{
    const Family family = std::string_view(word) == "NULL" ? Family::Null : Family::Boolean;
    return valueOf(rawOf(interpreter, word, family));
}

constexpr char nullWord[] = "NULL";
constexpr char trueWord[] = "true";
constexpr char falseWord[] = "false";

Evaluated makeOrderedBy(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.positional.size() < 2)
        return missing("aggregate_order_by");
    std::vector<const Clause*> order;
    for (std::size_t i = 1; i < arguments.positional.size(); ++i)
        order.push_back(operandFrom(interpreter, arguments.positional[i]));
    auto* list = interpreter.make<Expression>(Kind::List, std::move(order));
    list->op.op = Op::Comma;
    return valueOf(interpreter.make<Expression>(
        Kind::OrderedBy,
        std::vector<const Clause*>{operandFrom(interpreter, arguments.positional[0]), list}));
}

/// quoted_name and the like: the text itself, as names are quoted where they need it.
Evaluated makeName(Interpreter&, const Arguments& arguments)
{
    const Value* value = arguments.at(0, "value");
    return value != nullptr ? *value : Value(Unknown{"a name is not known"});
}

} // namespace

Evaluated makeCast(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* value = arguments.at(0, "expression");
    const Value* type = arguments.at(1, "type_");
    if (value == nullptr || type == nullptr)
        return missing("cast");
    Typing typing;
    SqlText text = typeText(interpreter, *type, typing);
    const Clause* part = operandFrom(interpreter, *value, typing);
    if (value->asText() != nullptr) {
        auto* literal = literalOf(interpreter, *value, typing);
        literal->literal = typedText(interpreter, *value, typing);
        part = literal;
    }
    auto* made = interpreter.make<Expression>(Kind::Cast, std::vector<const Clause*>{part});
    made->literal = std::move(text);
    made->type = typing;
    return valueOf(made);
}

const std::vector<ConstructorRow>& expressionConstructors()
{
    static const std::vector<ConstructorRow> rows = {
        {"DDL", makeDdl},
        {"Tuple", makeList<Kind::Tuple>},
        {"aggregate_order_by", makeOrderedBy},
        {"all_", makeAll},
        {"and_", makeConjunction<Op::And>},
        {"any_", makeAny},
        {"array", makeList<Kind::Array>},
        {"asc", makeModifier<Op::Asc>},
        {"between", makeBetween},
        {"bindparam", makeBindparam},
        {"case", makeCase},
        {"cast", makeCast},
        {"collate", makeCollate},
        {"column", makeColumn},
        {"desc", makeModifier<Op::Desc>},
        {"distinct", makeDistinct},
        {"extract", makeExtract},
        {"false", makeWord<falseWord>},
        {"funcfilter", makeFilter},
        {"label", makeLabel},
        {"literal", makeLiteral},
        {"literal_column", makeLiteralColumn},
        {"not_", makeNot},
        {"null", makeWord<nullWord>},
        {"nulls_first", makeModifier<Op::NullsFirst>},
        {"nulls_last", makeModifier<Op::NullsLast>},
        {"nullsfirst", makeModifier<Op::NullsFirst>},
        {"nullslast", makeModifier<Op::NullsLast>},
        {"or_", makeConjunction<Op::Or>},
        {"outparam", makeBindparam},
        {"over", makeOver},
        {"quoted_name", makeName},
        {"text", makeText},
        {"true", makeWord<trueWord>},
        {"tuple_", makeList<Kind::Tuple>},
        {"type_coerce", makeTypeCoerce},
        {"within_group", makeWithinGroup},
    };
    return rows;
}

} // namespace sightglass
