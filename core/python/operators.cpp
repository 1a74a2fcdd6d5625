// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/operators.h"

#include "core/python/pure_calls.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace sightglass {

std::optional<long long> integerOf(const Literal& value)
{
    if (value.kind == Literal::Kind::Boolean)
        return value.text == "True" ? 1 : 0;
    if (value.kind != Literal::Kind::Integer)
        return std::nullopt;
    long long number = 0;
    const char* end = value.text.data() + value.text.size();
    const auto [last, problem] = std::from_chars(value.text.data(), end, number);
    if (problem != std::errc() || last != end)
        return std::nullopt;
    return number;
}

void addToSet(std::vector<Literal>& items, Literal item)
{
    const bool there =
        items.size() < comparedItems &&
        std::ranges::any_of(items, [&](const Literal& one) { return one.sameValue(item); });
    if (!there)
        items.push_back(std::move(item));
}

std::optional<Literal> binaryResult(std::string_view sign, Literal left, const Literal& right)
{
    if (!left.reason().empty() && !left.isSequence())
        return left;
    if (!right.reason().empty() && !right.isSequence())
        return right;
    if (sign == "%" && left.isText()) {
        auto text = percentFormatted(left.text, right);
        return text ? std::optional(Literal::ofText(std::move(*text))) : std::nullopt;
    }
    const auto a = integerOf(left);
    const auto b = integerOf(right);
    if (sign == "+" && left.isText() && right.isText())
        return Literal::ofText(left.text + right.text);
    if (sign == "+" && left.kind == right.kind &&
        (left.kind == Literal::Kind::Tuple || left.kind == Literal::Kind::List)) {
        left.items.insert(left.items.end(), right.items.begin(), right.items.end());
        return left;
    }
    if (sign == "|" && left.kind == Literal::Kind::Set && right.kind == Literal::Kind::Set) {
        for (const Literal& item : right.items)
            addToSet(left.items, item);
        return left;
    }
    long long number = 0;
    if (a && b && sign == "+" && !__builtin_add_overflow(*a, *b, &number))
        return Literal::integer(number);
    if (a && b && sign == "-" && !__builtin_sub_overflow(*a, *b, &number))
        return Literal::integer(number);
    if (a && b && sign == "*" && !__builtin_mul_overflow(*a, *b, &number))
        return Literal::integer(number);
    return std::nullopt;
}

Literal unaryResult(std::string_view sign, const Literal& operand)
{
    const auto number = integerOf(operand);
    if (number && sign == "-" && *number != std::numeric_limits<long long>::min())
        return Literal::integer(-*number);
    if (number && sign == "+")
        return Literal::integer(*number);
    return Literal{.kind = Literal::Kind::Object, .text = "a number", .items = {}, .range = {}};
}

std::optional<bool> compared(const Literal& a, std::string_view sign, const Literal& b)
{
    const auto simple = [](const Literal& one) {
        return one.isKnown() && one.kind != Literal::Kind::Object &&
               one.kind != Literal::Kind::Float && one.kind != Literal::Kind::Set &&
               one.kind != Literal::Kind::Dictionary;
    };
    if (sign == "is" || sign == "is not") {
        const bool one = a.kind == Literal::Kind::None || b.kind == Literal::Kind::None;
        if (!one || !a.isKnown() || !b.isKnown())
            return std::nullopt;
        return (a.kind == b.kind) == (sign == "is");
    }
    if ((sign == "in" || sign == "not in" || sign == "not  in") && b.isSequence() && b.isKnown() &&
        simple(a)) {
        const bool there =
            std::ranges::any_of(b.items, [&](const Literal& item) { return item.sameValue(a); });
        return there == (sign == "in");
    }
    if (!simple(a) || !simple(b))
        return std::nullopt;
    if (sign == "==" || sign == "!=")
        return a.sameValue(b) == (sign == "==");
    const auto left = integerOf(a);
    const auto right = integerOf(b);
    if (!left || !right)
        return std::nullopt;
    if (sign == "<" || sign == ">=")
        return (*left < *right) == (sign == "<");
    if (sign == ">" || sign == "<=")
        return (*left > *right) == (sign == ">");
    return std::nullopt;
}

} // namespace sightglass
