// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/text_format.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sightglass {

namespace {

const char* const tooLarge = "a number too large to follow";

std::optional<std::int64_t> integerOf(const Value& value)
{
    if (const auto* number = value.asInteger())
        return *number;
    if (const bool* flag = value.asBool())
        return *flag ? 1 : 0;
    return std::nullopt;
}

std::optional<double> numberOf(const Value& value)
{
    if (const auto* number = value.asFloat())
        return *number;
    if (const auto number = integerOf(value))
        return static_cast<double>(*number);
    return std::nullopt;
}

Evaluated power(std::int64_t base, std::int64_t exponent)
{
    if (exponent < 0)
        return Value(std::pow(static_cast<double>(base), static_cast<double>(exponent)));
    std::int64_t result = 1;
    if (base == 0 || base == 1)
        return Value(exponent == 0 ? std::int64_t{1} : base);
    if (exponent > 64)
        return Unknown{tooLarge};
    for (std::int64_t n = 0; n < exponent; ++n) {
        if (__builtin_mul_overflow(result, base, &result))
            return Unknown{tooLarge};
    }
    return Value(result);
}

Evaluated divided(Evaluator& evaluator, std::string_view op, std::int64_t a, std::int64_t b)
{
    if (b == 0)
        return otherwise(evaluator.makeRaised("ZeroDivisionError", "division by zero"));
    if (a == std::numeric_limits<std::int64_t>::min() && b == -1)
        return Unknown{tooLarge};
    if (op == "/")
        return Value(static_cast<double>(a) / static_cast<double>(b));
    std::int64_t rest = a % b;
    std::int64_t whole = a / b;
    if (rest != 0 && ((rest < 0) != (b < 0))) {
        rest += b; // Python rounds down
        --whole;
    }
    return Value(op == "//" ? whole : rest);
}

std::optional<Evaluated>
integers(Evaluator& evaluator, std::string_view op, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    if (op == "+")
        return __builtin_add_overflow(a, b, &result) ? Evaluated(Unknown{tooLarge})
                                                     : Evaluated(Value(result));
    if (op == "-")
        return __builtin_sub_overflow(a, b, &result) ? Evaluated(Unknown{tooLarge})
                                                     : Evaluated(Value(result));
    if (op == "*")
        return __builtin_mul_overflow(a, b, &result) ? Evaluated(Unknown{tooLarge})
                                                     : Evaluated(Value(result));
    if (op == "/" || op == "//" || op == "%")
        return divided(evaluator, op, a, b);
    if (op == "**")
        return power(a, b);
    if (op == "&")
        return Value(a & b);
    if (op == "|")
        return Value(a | b);
    if (op == "^")
        return Value(a ^ b);
    if (op == "<<" || op == ">>") {
        if (b < 0)
            return otherwise(evaluator.makeRaised("ValueError", "negative shift count"));
        if (op == ">>")
            return Value(b > 62 ? (a < 0 ? std::int64_t{-1} : std::int64_t{0}) : a >> b);
        if (b > 62 || a < 0 || (a != 0 && a > (std::numeric_limits<std::int64_t>::max() >> b)))
            return Evaluated(Unknown{tooLarge});
        return Value(a << b);
    }
    return std::nullopt;
}

std::optional<Evaluated> floats(Evaluator& evaluator, std::string_view op, double a, double b)
{
    if (op == "+")
        return Value(a + b);
    if (op == "-")
        return Value(a - b);
    if (op == "*")
        return Value(a * b);
    if (op == "**")
        return Value(std::pow(a, b));
    if (op == "/" || op == "//" || op == "%") {
        if (b == 0.0)
            return otherwise(evaluator.makeRaised("ZeroDivisionError", "float division by zero"));
        if (op == "/")
            return Value(a / b);
        if (op == "//")
            return Value(std::floor(a / b));
        double rest = std::fmod(a, b);
        if (rest != 0.0 && ((rest < 0) != (b < 0)))
            rest += b;
        return Value(rest);
    }
    return std::nullopt;
}

std::optional<Evaluated> repeated(Evaluator& evaluator, const Value& what, std::int64_t times)
{
    const auto count = static_cast<std::size_t>(std::max<std::int64_t>(times, 0));
    const auto size = [&](std::size_t one) {
        return one != 0 && count > SIZE_MAX / one ? SIZE_MAX : one * count;
    };
    if (const std::string* text = what.asText()) {
        if (auto tooMuch = evaluator.charge(size(text->size())))
            return otherwise(std::move(*tooMuch));
        std::string made;
        made.reserve(size(text->size()));
        for (std::size_t n = 0; n < count && !text->empty(); ++n)
            made += *text;
        return Value(std::move(made));
    }
    const auto* items = plainItems(what);
    if (items == nullptr || what.as<SetObject>() != nullptr)
        return std::nullopt;
    if (auto tooMuch = evaluator.charge(size(items->size() * sizeof(Value))))
        return otherwise(std::move(*tooMuch));
    std::vector<Value> made;
    for (std::size_t n = 0; n < count && !items->empty(); ++n)
        made.insert(made.end(), items->begin(), items->end());
    if (what.as<ListObject>() != nullptr)
        return evaluator.interpreter.makeList(std::move(made));
    return evaluator.interpreter.makeTuple(std::move(made));
}

std::optional<Evaluated>
sets(Evaluator& evaluator, std::string_view op, const Value& left, const Value& right)
{
    const auto* a = left.as<SetObject>();
    const auto* b = right.as<SetObject>();
    if (a == nullptr || b == nullptr)
        return std::nullopt;
    if (op != "|" && op != "&" && op != "-" && op != "^")
        return std::nullopt;
    Items made;
    made.doubt = a->now().doubt ? a->now().doubt : b->now().doubt;
    const auto has = [&](const SetObject& set, const Value& item) {
        return std::ranges::any_of(set.now().items, [&](const Value& each) {
            const Known<bool> same = evaluator.equal(each, item);
            if (!same.isKnown())
                made.doubt = Unknown{same.reason()};
            return same.isKnown() && same.value();
        });
    };
    for (const Value& each : a->now().items) {
        if (op == "|" || (op == "&" && has(*b, each)) ||
            ((op == "-" || op == "^") && !has(*b, each)))
            addToSet(evaluator, made, each);
    }
    for (const Value& each : b->now().items) {
        if (op == "|" || (op == "^" && !has(*a, each)))
            addToSet(evaluator, made, each);
    }
    auto* result = evaluator.make<SetObject>(std::move(made.items), a->frozen());
    if (made.doubt)
        result->doubt(*made.doubt);
    return Value(result);
}

std::optional<Evaluated>
containers(Evaluator& evaluator, std::string_view op, const Value& left, const Value& right)
{
    if (op == "+") {
        const auto* a = plainItems(left);
        const auto* b = plainItems(right);
        const bool lists = left.as<ListObject>() != nullptr && right.as<ListObject>() != nullptr;
        const bool tuples = left.as<TupleObject>() != nullptr && right.as<TupleObject>() != nullptr;
        if (a == nullptr || b == nullptr || (!lists && !tuples))
            return std::nullopt;
        if (auto tooMuch = evaluator.charge((a->size() + b->size()) * sizeof(Value)))
            return otherwise(std::move(*tooMuch));
        std::vector<Value> made = *a;
        made.insert(made.end(), b->begin(), b->end());
        if (tuples)
            return evaluator.interpreter.makeTuple(std::move(made));
        auto* list = evaluator.make<ListObject>(std::move(made));
        if (const auto why = evaluator.doubt(left) ? evaluator.doubt(left) : evaluator.doubt(right))
            list->doubt(*why);
        return Value(list);
    }
    if (op == "*") {
        if (const auto times = integerOf(right))
            return repeated(evaluator, left, *times);
        if (const auto times = integerOf(left))
            return repeated(evaluator, right, *times);
        return std::nullopt;
    }
    const auto* a = left.as<DictObject>();
    const auto* b = right.as<DictObject>();
    if (op == "|" && a != nullptr && b != nullptr) {
        auto* made = evaluator.make<DictObject>(a->kind());
        for (const auto* each : {a, b}) {
            for (const auto& [key, value] : each->now().pairs)
                made->set(evaluator, key, value);
            if (each->now().doubt)
                made->doubt(*each->now().doubt);
        }
        return Value(made);
    }
    return sets(evaluator, op, left, right);
}

} // namespace

Evaluated Evaluator::binary(std::string_view op, const Value& left, const Value& right)
{
    Object* a = left.asObject();
    Object* b = right.asObject();
    if (op == "%" && left.asText() != nullptr)
        return percentText(*this, *left.asText(), right);
    // An object of ours may know what to do with something unknown.
    if (a != nullptr && !left.isUnknown()) {
        if (auto result = a->binary(interpreter, op, right, false))
            return std::move(*result);
    }
    if (b != nullptr) {
        if (auto result = b->binary(interpreter, op, left, true))
            return std::move(*result);
    }
    if (left.isUnknown())
        return left;
    if (right.isUnknown())
        return right;
    if (op == "+" && left.asText() != nullptr && right.asText() != nullptr) {
        if (auto tooMuch = charge(left.asText()->size() + right.asText()->size()))
            return otherwise(std::move(*tooMuch));
        return Value(*left.asText() + *right.asText());
    }
    if (op == "+" && left.asBytes() != nullptr && right.asBytes() != nullptr) {
        if (auto tooMuch = charge(left.asBytes()->bytes.size() + right.asBytes()->bytes.size()))
            return otherwise(std::move(*tooMuch));
        return Value(BytesValue{left.asBytes()->bytes + right.asBytes()->bytes});
    }
    std::optional<Evaluated> result;
    const auto first = integerOf(left);
    const auto second = integerOf(right);
    if (first && second)
        result = integers(*this, op, *first, *second);
    else if (const auto x = numberOf(left), y = numberOf(right); x && y)
        result = floats(*this, op, *x, *y);
    else
        result = containers(*this, op, left, right);
    if (result) {
        const bool flags = left.asBool() != nullptr && right.asBool() != nullptr &&
                           (op == "&" || op == "|" || op == "^");
        if (flags && *result && (*result)->asInteger() != nullptr)
            return Value(*(*result)->asInteger() != 0);
        return std::move(*result);
    }
    if ((a != nullptr && plainItems(left) == nullptr) ||
        (b != nullptr && plainItems(right) == nullptr))
        return Unknown{std::string(op) + " of a " + typeName(a != nullptr ? left : right) +
                       " is not known"};
    return otherwise(makeRaised("TypeError",
                                "unsupported operand type(s) for " + std::string(op) + ": '" +
                                    typeName(left) + "' and '" + typeName(right) + "'"));
}

Evaluated Evaluator::unary(std::string_view op, const Value& operand)
{
    if (operand.isUnknown())
        return operand;
    if (const auto number = integerOf(operand)) {
        if (op == "-")
            return *number == std::numeric_limits<std::int64_t>::min()
                       ? Evaluated(Unknown{tooLarge})
                       : Evaluated(Value(-*number));
        return Value(op == "~" ? ~*number : *number);
    }
    if (const auto* number = operand.asFloat())
        return op == "~" ? Evaluated(Unknown{"~ of a float"})
                         : Evaluated(Value(op == "-" ? -*number : *number));
    if (Object* object = operand.asObject())
        return object->unary(interpreter, op);
    return otherwise(makeRaised("TypeError",
                                "bad operand type for unary " + std::string(op) + ": '" +
                                    typeName(operand) + "'"));
}

} // namespace sightglass
