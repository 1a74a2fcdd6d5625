// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/text_format.h"

#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace sightglass {

namespace {

constexpr std::int64_t widest = 100'000;

/// [[fill]align][sign][#][0][width][,][.precision][type]
struct Spec
{
    std::string fill = " ";
    char align = '\0';
    char sign = '-';
    bool alternate = false;
    bool zero = false;
    char group = '\0';
    std::int64_t width = 0;
    std::int64_t precision = -1;
    char type = '\0';
    bool understood = true;
};

bool isAlign(char c)
{
    return c == '<' || c == '>' || c == '^' || c == '=';
}

Spec parseSpec(std::string_view text)
{
    Spec result;
    std::size_t at = 0;
    const std::size_t first = text.empty() ? 0 : characterAt(text, 1);
    if (first < text.size() && isAlign(text[first])) {
        result.fill = std::string(text.substr(0, first));
        result.align = text[first];
        at = first + 1;
    } else if (!text.empty() && isAlign(text[0])) {
        result.align = text[0];
        at = 1;
    }
    const auto take = [&](char c) {
        const bool has = at < text.size() && text[at] == c;
        at += has ? 1 : 0;
        return has;
    };
    const auto number = [&](std::int64_t& into) {
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            into = std::min<std::int64_t>(std::max<std::int64_t>(into, 0) * 10 + (text[at] - '0'),
                                          widest + 1);
            ++at;
        }
    };
    for (const char c : {'+', ' ', '-'}) {
        if (take(c))
            result.sign = c;
    }
    result.alternate = take('#');
    result.zero = take('0');
    number(result.width);
    for (const char c : {',', '_'}) {
        if (take(c))
            result.group = c;
    }
    if (take('.')) {
        result.precision = 0;
        number(result.precision);
    }
    if (at < text.size())
        result.type = text[at++];
    result.understood = at == text.size() && result.width <= widest && result.precision <= widest;
    return result;
}

std::string padded(const Spec& spec, std::string text, char normally)
{
    const std::size_t size = countOfCharacters(text);
    const auto width = static_cast<std::size_t>(spec.width);
    if (size >= width)
        return text;
    char align = spec.align == '\0' ? normally : spec.align;
    std::string fill = spec.fill;
    if (spec.zero && spec.align == '\0') {
        fill = "0";
        if (normally == '>')
            align = '=';
    }
    const std::size_t missing = width - size;
    std::size_t before = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
    std::string lead;
    if (align == '=' && !text.empty() && (text[0] == '-' || text[0] == '+' || text[0] == ' ')) {
        lead = text.substr(0, 1);
        text.erase(0, 1);
    }
    if (align == '=')
        before = missing;
    std::string made = lead;
    for (std::size_t n = 0; n < before; ++n)
        made += fill;
    made += text;
    for (std::size_t n = before; n < missing; ++n)
        made += fill;
    return made;
}

std::string grouped(std::string digits, char sign)
{
    const std::size_t end = std::min(digits.find('.'), digits.size());
    const std::size_t begin = digits.starts_with('-') ? 1 : 0;
    for (std::size_t at = end; at > begin + 3;) {
        at -= 3;
        digits.insert(at, 1, sign);
    }
    return digits;
}

std::string inBase(std::int64_t number, int base, bool upper)
{
    std::array<char, 70> buffer{};
    const auto made = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, base);
    std::string result(buffer.data(), made.ptr);
    for (char& each : result) {
        if (upper && each >= 'a' && each <= 'z')
            each = static_cast<char>(each - 'a' + 'A');
    }
    return result;
}

Evaluated formatInteger(const Spec& spec, std::int64_t number)
{
    std::string digits;
    switch (spec.type) {
    case '\0':
    case 'd':
    case 'n':
        digits = std::to_string(number);
        break;
    case 'x':
    case 'X':
        digits = inBase(number, 16, spec.type == 'X');
        break;
    case 'o':
        digits = inBase(number, 8, false);
        break;
    case 'b':
        digits = inBase(number, 2, false);
        break;
    default:
        return Unknown{"a number in a format that is not followed"};
    }
    if (spec.alternate && spec.type != 'd' && spec.type != '\0')
        digits.insert(digits.starts_with('-') ? 1 : 0, std::string("0") + spec.type);
    if (spec.group != '\0')
        digits = grouped(std::move(digits), spec.group);
    if (spec.sign != '-' && number >= 0)
        digits.insert(0, 1, spec.sign);
    return Value(padded(spec, std::move(digits), '>'));
}

Evaluated formatFloat(const Spec& spec, double number)
{
    if (!std::isfinite(number) || spec.precision > 100)
        return Unknown{"a number in a format that is not followed"};
    std::string digits;
    const int precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
    std::array<char, 512> buffer{};
    const double shownNumber = spec.type == '%' ? number * 100 : number;
    switch (spec.type) {
    case '\0':
        if (spec.precision >= 0)
            return Unknown{"a number in a format that is not followed"};
        digits = shownFloat(number);
        break;
    case 'f':
    case 'F':
    case '%':
        std::snprintf(buffer.data(), buffer.size(), "%.*f", precision, shownNumber);
        digits = buffer.data();
        break;
    case 'e':
        std::snprintf(buffer.data(), buffer.size(), "%.*e", precision, number);
        digits = buffer.data();
        break;
    case 'g':
        std::snprintf(buffer.data(), buffer.size(), "%.*g", precision, number);
        digits = buffer.data();
        break;
    default:
        return Unknown{"a number in a format that is not followed"};
    }
    if (spec.group != '\0')
        digits = grouped(std::move(digits), spec.group);
    if (spec.type == '%')
        digits += '%';
    if (spec.sign != '-' && number >= 0)
        digits.insert(0, 1, spec.sign);
    return Value(padded(spec, std::move(digits), '>'));
}

Evaluated formatString(Evaluator& evaluator, const Spec& spec, std::string text)
{
    if (spec.type != '\0' && spec.type != 's')
        return otherwise(evaluator.makeRaised("ValueError",
                                              std::string("Unknown format code '") + spec.type +
                                                  "' for object of type 'str'"));
    if (spec.precision >= 0)
        text.resize(characterAt(text, static_cast<std::size_t>(spec.precision)));
    return Value(padded(spec, std::move(text), '<'));
}

} // namespace

std::size_t characterAt(std::string_view text, std::size_t index)
{
    std::size_t at = 0;
    while (index > 0 && at < text.size()) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
            ++at;
        --index;
    }
    return at;
}

std::size_t countOfCharacters(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char each) { return (static_cast<unsigned char>(each) & 0xC0U) != 0x80U; }));
}

std::string shownFloat(double number)
{
    if (std::isnan(number))
        return "nan";
    if (std::isinf(number))
        return number > 0 ? "inf" : "-inf";
    std::array<char, 64> buffer{};
    const double size = std::abs(number);
    const bool plain = size == 0.0 || (size >= 1e-4 && size < 1e16);
    const auto made =
        std::to_chars(buffer.data(),
                      buffer.data() + buffer.size(),
                      number,
                      plain ? std::chars_format::fixed : std::chars_format::scientific);
    std::string result(buffer.data(), made.ptr);
    if (plain && result.find('.') == std::string::npos)
        result += ".0";
    return result;
}

std::string shownText(std::string_view text)
{
    const bool quotes =
        text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
    const char quote = quotes ? '"' : '\'';
    std::string made(1, quote);
    for (const char each : text) {
        if (each == quote || each == '\\') {
            made += '\\';
            made += each;
        } else if (each == '\n') {
            made += "\\n";
        } else if (each == '\r') {
            made += "\\r";
        } else if (each == '\t') {
            made += "\\t";
        } else if (static_cast<unsigned char>(each) < 0x20 || each == 0x7f) {
            std::array<char, 8> buffer{};
            std::snprintf(buffer.data(), buffer.size(), "\\x%02x", static_cast<unsigned>(each));
            made += buffer.data();
        } else {
            made += each;
        }
    }
    return made + quote;
}

Evaluated
formatValue(Evaluator& evaluator, const Value& value, char conversion, std::string_view spec)
{
    if (value.isUnknown())
        return value;
    Value shownValue = value;
    if (conversion == 'r' || conversion == 'a') {
        const Known<std::string> text = evaluator.shown(value);
        if (!text.isKnown())
            return Unknown{text.reason()};
        shownValue = Value(text.value());
    } else if (conversion == 's') {
        const Known<std::string> text = evaluator.text(value);
        if (!text.isKnown())
            return Unknown{text.reason()};
        shownValue = Value(text.value());
    }
    if (auto* instance = shownValue.as<FileInstance>();
        instance != nullptr && instance->has("__format__"))
        return instance->special(evaluator.interpreter, "__format__", {Value(spec)});
    if (spec.empty()) {
        const Known<std::string> text = evaluator.text(shownValue);
        return text.isKnown() ? Evaluated(Value(text.value())) : Evaluated(Unknown{text.reason()});
    }
    const Spec parsed = parseSpec(spec);
    if (!parsed.understood)
        return Unknown{"a format that is not followed: " + std::string(spec)};
    if (const auto* number = shownValue.asInteger()) {
        const bool asFloat = parsed.type == 'f' || parsed.type == 'e' || parsed.type == 'g' ||
                             parsed.type == '%' || parsed.type == 'F';
        return asFloat ? formatFloat(parsed, static_cast<double>(*number))
                       : formatInteger(parsed, *number);
    }
    if (const auto* number = shownValue.asFloat())
        return formatFloat(parsed, *number);
    if (const std::string* text = shownValue.asText())
        return formatString(evaluator, parsed, *text);
    if (shownValue.as<FileEnumMember>() != nullptr) {
        const Known<std::string> text = evaluator.text(shownValue);
        if (text.isKnown())
            return formatString(evaluator, parsed, text.value());
    }
    return Unknown{"a " + evaluator.typeName(shownValue) + " in a format"};
}

} // namespace sightglass
