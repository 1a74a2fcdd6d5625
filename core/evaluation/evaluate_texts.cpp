// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/evaluator.h"
#include "core/evaluation/text_format.h"
#include "core/python/literal.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace sightglass {

namespace {

/// Letters before the quote, in lower case.
std::string prefixOf(const Node& string)
{
    std::string result;
    const Node* start = string.child(Kind::StringStart);
    if (start == nullptr)
        return result;
    for (const char each : start->text()) {
        if (each == '"' || each == '\'')
            break;
        result.push_back(each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each);
    }
    return result;
}

bool hasInterpolation(const Node& node)
{
    for (const Node& each : childrenOf(node)) {
        if (each.kind == Kind::Interpolation ||
            (each.kind == Kind::String && each.child(Kind::Interpolation) != nullptr))
            return true;
    }
    return false;
}

} // namespace

Evaluated Evaluator::evaluateText(const Node& node)
{
    if (node.constant != nullptr)
        return *node.constant;
    std::string made;
    bool isBytes = false;
    std::vector<const Node*> strings;
    if (node.kind == Kind::String) {
        strings.push_back(&node);
    } else {
        for (const Node& each : childrenOf(node)) {
            if (each.kind == Kind::String)
                strings.push_back(&each);
        }
    }
    std::optional<Unknown> open;
    for (const Node* string : strings) {
        const std::string prefix = prefixOf(*string);
        isBytes = isBytes || prefix.find('b') != std::string::npos;
        for (const Node& part : childrenOf(*string)) {
            if (part.kind == Kind::StringContent) {
                auto text = decodeStringPart(part.text(), prefix);
                if (text)
                    made += *text;
                else if (!open)
                    open = unknown(part, "an escape that is not followed");
            } else if (part.kind == Kind::Interpolation) {
                Evaluated value = evaluateInterpolation(part);
                if (!value)
                    return value;
                if (const std::string* text = value->asText())
                    made += *text;
                else if (!open)
                    open = Unknown{value->isUnknown() ? value->reason() : "a part of a text"};
            }
        }
    }
    if (auto tooMuch = charge(made.size()))
        return otherwise(std::move(*tooMuch));
    const Value result = open      ? Value(*open)
                         : isBytes ? Value(BytesValue{std::move(made)})
                                   : Value(std::move(made));
    if (!hasInterpolation(node))
        node.constant = node.program->keep(result);
    return result;
}

Outcome<Known<std::string>, Raised> Evaluator::formatSpecifier(const Node& node)
{
    std::string made;
    // Text between the parts is not a node of its own.
    std::size_t at = node.begin + 1;
    const std::string_view all = node.program->text();
    std::optional<Unknown> open;
    for (const Node& each : childrenOf(node)) {
        made += all.substr(at, each.begin - at);
        at = each.end;
        const Node* inner = each.child(Role::Expression);
        if (inner == nullptr)
            inner = each.first;
        if (inner == nullptr)
            continue;
        Evaluated value = evaluate(*inner);
        if (!value)
            return otherwise(std::move(value.error()));
        const Known<std::string> shownText = text(*value);
        if (shownText.isKnown())
            made += shownText.value();
        else
            open = Unknown{shownText.reason()};
    }
    made += all.substr(at, node.end - at);
    if (open)
        return Known<std::string>(*open);
    return Known<std::string>(std::move(made));
}

Evaluated Evaluator::evaluateInterpolation(const Node& node)
{
    const Node* expression = node.child(Role::Expression);
    const Node* conversion = node.child(Role::TypeConversion);
    const Node* specifier = node.child(Role::FormatSpecifier);
    if (expression == nullptr)
        return unknown(node, "text that is not followed");
    Evaluated value = evaluate(*expression);
    if (!value)
        return value;
    std::string before;
    char how =
        conversion == nullptr || conversion->text().size() < 2 ? '\0' : conversion->text()[1];
    if (const Node* sign = node.child(Kind::EqualsSign)) {
        // {x=}: everything up to the conversion is shown as it is written.
        const std::size_t to = conversion != nullptr  ? conversion->begin
                               : specifier != nullptr ? specifier->begin
                                                      : node.end - 1;
        before = node.program->text().substr(node.begin + 1, to - node.begin - 1);
        if (how == '\0' && specifier == nullptr)
            how = 'r';
        (void)sign;
    }
    std::string spec;
    if (specifier != nullptr) {
        auto written = formatSpecifier(*specifier);
        if (!written)
            return otherwise(std::move(written.error()));
        if (!written->isKnown())
            return Unknown{written->reason()};
        spec = std::move(written->value());
    }
    Evaluated formatted = formatValue(*this, *value, how, spec);
    if (!formatted)
        return formatted;
    if (formatted->isUnknown() && !isFromLibrary(formatted->reason()))
        return formatted;
    if (const std::string* text = formatted->asText())
        return Value(before + *text);
    return formatted;
}

Evaluated Evaluator::evaluateNumber(const Node& node)
{
    if (node.constant != nullptr)
        return *node.constant;
    std::string digits;
    for (const char each : node.text()) {
        if (each != '_')
            digits.push_back(each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a')
                                                        : each);
    }
    Value result = unknown(node, "a number that is not followed");
    const char* last = digits.data() + digits.size();
    if (node.kind == Kind::Float) {
        double number = 0;
        const auto read = std::from_chars(digits.data(), last, number);
        if (read.ec == std::errc() && read.ptr == last)
            result = Value(number);
    } else {
        const bool prefixed = digits.size() > 2 && digits[0] == '0';
        const int base = !prefixed          ? 10
                         : digits[1] == 'x' ? 16
                         : digits[1] == 'o' ? 8
                         : digits[1] == 'b' ? 2
                                            : 10;
        std::int64_t number = 0;
        const auto read = std::from_chars(digits.data() + (base == 10 ? 0 : 2), last, number, base);
        if (read.ec == std::errc() && read.ptr == last)
            result = Value(number);
    }
    node.constant = node.program->keep(result);
    return result;
}

} // namespace sightglass
