// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/objects.h"
#include "core/sqlalchemy/clause_parts.h"
#include "core/sqlalchemy/clause_values.h"
#include "core/sqlalchemy/items.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

using Kind = Expression::Kind;

struct FamilyRow
{
    std::string_view className;
    Family family;
};

// The nearest class of a type decides, so special ones stand before their bases.
constexpr auto families = std::to_array<FamilyRow>({{"JSONB", Family::Jsonb},
                                                    {"JSON", Family::Json},
                                                    {"ARRAY", Family::Array},
                                                    {"Boolean", Family::Boolean},
                                                    {"Integer", Family::Integer},
                                                    {"Numeric", Family::Numeric},
                                                    {"Enum", Family::Text},
                                                    {"String", Family::Text},
                                                    {"NullType", Family::Null}});

Family familyOfValue(const Value& value)
{
    if (value.isUnknown())
        return Family::Open;
    if (value.asBool() != nullptr)
        return Family::Boolean;
    if (value.asInteger() != nullptr)
        return Family::Integer;
    if (value.asFloat() != nullptr)
        return Family::Numeric;
    if (value.asText() != nullptr)
        return Family::Text;
    return value.isNone() ? Family::Null : Family::Other;
}

const Expression* asExpression(const Clause* clause)
{
    return dynamic_cast<const Expression*>(clause);
}

bool isKeyword(const Clause* clause, std::string_view word)
{
    const auto* raw = asExpression(clause);
    return raw != nullptr && raw->kind == Kind::Raw && raw->word == word;
}

bool isConstant(const Clause* clause)
{
    const auto* raw = asExpression(clause);
    return raw != nullptr && raw->kind == Kind::Raw && raw->type.family != Family::Null &&
           (raw->word == "true" || raw->word == "false");
}

Expression* expression(Interpreter& interpreter, Kind kind, std::vector<const Clause*> parts)
{
    return interpreter.make<Expression>(kind, std::move(parts));
}

} // namespace

Typing typingOf(const TypeObject* type)
{
    if (type == nullptr)
        return {};
    const std::vector<std::string> names = type->classNames();
    for (const std::string& name : names) {
        const auto row = std::ranges::find(families, name, &FamilyRow::className);
        if (row != families.end())
            return {.family = row->family, .type = type};
    }
    return {.family = Family::Other, .type = type};
}

Typing typingOf(const Clause& clause)
{
    if (const auto* element = dynamic_cast<const Element*>(&clause))
        return element->typing();
    if (const auto* column = dynamic_cast<const ColumnItem*>(&clause)) {
        if (column->type.isKnown())
            return typingOf(column->type.value());
        return {.family = column->typeGiven ? Family::Open : Family::Null};
    }
    return {.family = Family::Open};
}

Outcome<Typing, Raised> typingFrom(Interpreter& interpreter, const Value& type)
{
    if (type.isNone())
        return Typing{};
    const auto found = typeFrom(interpreter, type);
    if (!found)
        return otherwise(found.error());
    if (!found->isKnown())
        return Typing{.family = Family::Open};
    return typingOf(found->value());
}

Value valueOf(const Clause* clause)
{
    // Objects are the interpreter's own; const here only says that clauses do not change others.
    return Value(const_cast<Clause*>(clause)); // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

std::vector<Value> spread(const Arguments& arguments, std::size_t from)
{
    if (arguments.positional.size() == from + 1) {
        const Value& only = arguments.positional[from];
        if (const auto* items = Interpreter::itemsOf(only))
            return *items;
    }
    if (arguments.positional.size() <= from)
        return {};
    return {arguments.positional.begin() + static_cast<std::ptrdiff_t>(from),
            arguments.positional.end()};
}

Expression* rawOf(Interpreter& interpreter, std::string text, Family family)
{
    auto* made = expression(interpreter, Kind::Raw, {});
    made->word = std::move(text);
    made->type.family = family;
    return made;
}

Expression* literalOf(Interpreter& interpreter, const Value& value, const Typing& beside)
{
    auto* made = expression(interpreter, Kind::Literal, {});
    made->literal = literalText(interpreter, value, beside);
    const Family own = familyOfValue(value);
    made->type = own == Family::Other || own == Family::Null || own == beside.family
                     ? beside
                     : Typing{.family = own};
    if (own == Family::Open)
        made->type = {.family = Family::Open};
    return made;
}

const Clause* operandFrom(Interpreter& interpreter, const Value& value, const Typing& beside)
{
    Value held = value;
    if (held.as<Clause>() == nullptr && held.asObject() != nullptr &&
        held.as<InstanceObject>() == nullptr) {
        // Objects of the ORM and the like answer with the clause that they stand for.
        const Evaluated element = interpreter.attribute(held, "__clause_element__");
        if (element && element->as<NativeFunction>() != nullptr) {
            const Evaluated made = interpreter.call(*element, {});
            if (made)
                held = *made;
        }
    }
    const auto* clause = held.as<Clause>();
    if (clause == nullptr)
        return held.isNone() ? rawOf(interpreter, "NULL") : literalOf(interpreter, held, beside);
    if (clause->statementKind() == "select") {
        auto* subquery = expression(interpreter, Kind::Subquery, {clause});
        subquery->type = {.family = Family::Open};
        return subquery;
    }
    return clause;
}

const Clause* columnFrom(Interpreter& interpreter, const Value& value)
{
    if (const auto* text = value.asText()) {
        auto* column = interpreter.make<ColumnClause>();
        column->name = *text;
        return column;
    }
    return operandFrom(interpreter, value);
}

Expression* binaryOf(
    Interpreter& interpreter, const Clause* left, Operator op, const Clause* right, Typing type)
{
    auto* made = expression(interpreter, Kind::Binary, {left, right});
    made->op = std::move(op);
    made->type = type;
    return made;
}

Expression* modifierOf(Interpreter& interpreter, const Clause* part, Op op)
{
    auto* made = expression(interpreter, Kind::Modifier, {part});
    made->op.op = op;
    made->type = typingOf(*part);
    return made;
}

const Clause* conjunction(Interpreter& interpreter, Op op, std::vector<const Clause*> parts)
{
    const std::string_view skipped = op == Op::And ? "true" : "false";
    const std::string_view decides = op == Op::And ? "false" : "true";
    std::vector<const Clause*> kept;
    for (const Clause* part : parts) {
        if (isConstant(part) && isKeyword(part, decides))
            return part;
        if (!isConstant(part) || !isKeyword(part, skipped))
            kept.push_back(part);
    }
    if (kept.empty() && !parts.empty())
        return parts.front();
    if (kept.size() == 1) {
        const auto* element = dynamic_cast<const Element*>(kept.front());
        if (element == nullptr || !element->needsGroup({.op = Op::AsBoolean}))
            return kept.front();
        auto* group = expression(interpreter, Kind::Grouping, {kept.front()});
        group->type.family = Family::Boolean;
        return group;
    }
    auto* list = expression(interpreter, Kind::List, std::move(kept));
    list->op.op = op;
    list->type.family = Family::Boolean;
    return list;
}

const Clause* negation(Interpreter& interpreter, const Clause* clause)
{
    const auto* known = asExpression(clause);
    if (isConstant(clause))
        return rawOf(interpreter, isKeyword(clause, "true") ? "false" : "true", Family::Boolean);
    if (known != nullptr && known->kind == Kind::Grouping && known->type.family == Family::Boolean)
        return negation(interpreter, known->parts[0]);
    if (known != nullptr && known->kind == Kind::Binary && negated(known->op.op) != Op::None) {
        auto* made = interpreter.make<Expression>(Kind::Binary, known->parts);
        made->op.op = negated(known->op.op);
        made->modifier = known->modifier;
        made->type = known->type;
        return made;
    }
    if (known != nullptr && known->kind == Kind::Unary && known->op.op == Op::Not &&
        typingOf(*known->parts[0]).family == Family::Boolean)
        return known->parts[0];
    auto* made = expression(interpreter, Kind::Unary, {clause});
    made->op.op = Op::Not;
    made->type.family = Family::Boolean;
    return made;
}

const Clause* compared(Interpreter& interpreter, const Clause* left, Op op, const Value& right)
{
    const Clause* other = nullptr;
    if (right.asBool() != nullptr)
        other = rawOf(interpreter, *right.asBool() ? "true" : "false", Family::Boolean);
    else
        other = operandFrom(interpreter, right, typingOf(*left));
    if (isKeyword(other, "NULL") && (op == Op::Eq || op == Op::Ne))
        op = op == Op::Eq ? Op::Is : Op::IsNot;
    // ANY and ALL stand on the right only.
    const auto* known = asExpression(left);
    if (known != nullptr && (known->op.op == Op::Any || known->op.op == Op::All))
        return binaryOf(interpreter, other, {.op = mirrored(op)}, left);
    return binaryOf(interpreter, left, {.op = op}, other);
}

namespace {

bool isTextual(Family family)
{
    return family == Family::Text;
}

/// What the result of arithmetic is, as far as it decides how further operators are written.
Typing resultOf(Op op, const Typing& left, const Typing& right)
{
    if (op == Op::Concat)
        return left.family == Family::Null ? right : left;
    if (left.family == right.family)
        return left;
    if (left.family == Family::Open || right.family == Family::Open)
        return {.family = Family::Open};
    if (left.family == Family::Numeric || right.family == Family::Numeric)
        return {.family = Family::Numeric};
    return left.family == Family::Null ? right : left;
}

} // namespace

const Clause*
calculated(Interpreter& interpreter, const Clause* left, Op op, const Value& right, bool reflected)
{
    const Clause* other = operandFrom(interpreter, right, typingOf(*left));
    if (reflected)
        std::swap(left, other);
    const Typing one = typingOf(*left);
    const Typing two = typingOf(*other);
    if (op == Op::Add) {
        const bool open = one.family == Family::Open || two.family == Family::Open;
        const bool text = isTextual(one.family) || isTextual(two.family);
        const bool decided = isTextual(one.family) && !open;
        if (open && (text || one.family == two.family || one.family == Family::Null ||
                     two.family == Family::Null))
            return interpreter.make<OpenClause>("the type of an operand of + is not known, so it "
                                                "may be an addition or a concatenation");
        const bool joins = decided ? isTextual(two.family) || two.family == Family::Null
                                   : isTextual(two.family) && one.family == Family::Null;
        const bool lists = one.family == Family::Array &&
                           (two.family == Family::Array || two.family == Family::Null);
        const bool documents = one.family == Family::Jsonb &&
                               (two.family == Family::Jsonb || two.family == Family::Null);
        if (joins || lists || documents)
            op = Op::Concat;
    }
    return binaryOf(interpreter, left, {.op = op}, other, resultOf(op, one, two));
}

const Clause* membership(Interpreter& interpreter, const Clause* left, const Value& values, Op op)
{
    if (const auto* clause = values.as<Clause>()) {
        const Clause* right = operandFrom(interpreter, valueOf(clause));
        return binaryOf(interpreter, left, {.op = op}, right);
    }
    const auto items = interpreter.elementsOf(values);
    if (values.isUnknown() || !items)
        return interpreter.make<OpenClause>(values.isUnknown() ? values.reason()
                                                               : "the values of IN are not known");
    std::vector<const Clause*> parts;
    for (const Value& item : *items) {
        const auto* inner = Interpreter::itemsOf(item);
        if (inner == nullptr) {
            parts.push_back(operandFrom(interpreter, item, typingOf(*left)));
            continue;
        }
        std::vector<const Clause*> tuple;
        for (const Value& each : *inner)
            tuple.push_back(operandFrom(interpreter, each));
        parts.push_back(expression(interpreter, Kind::Tuple, std::move(tuple)));
    }
    auto* list = expression(interpreter, Kind::Values, std::move(parts));
    return binaryOf(interpreter, left, {.op = op}, list);
}

} // namespace sightglass
