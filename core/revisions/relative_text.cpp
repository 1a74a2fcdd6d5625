// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/relative_text.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::int64_t limit = 1'000'000'000'000'000'000;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWord(char c)
{
    return isDigit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool isSign(char c)
{
    return c == '+' || c == '-';
}

std::int64_t valueOf(std::string_view digits)
{
    std::int64_t value = 0;
    for (const char c : digits) {
        if (value >= limit / 10)
            return limit; // further than any chain reaches
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Symbol and number at the start of `text`, which follows the branch.
std::optional<RelativeText> withoutBranch(std::string_view text)
{
    const auto symbol =
        static_cast<std::size_t>(std::ranges::find_if_not(text, isWord) - text.begin());
    if (symbol == text.size() || !isSign(text[symbol]))
        return std::nullopt;
    std::size_t end = symbol + 1;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    if (end == symbol + 1)
        return std::nullopt;

    RelativeText result;
    if (symbol > 0)
        result.symbol = text.substr(0, symbol);
    result.steps = text.substr(symbol, end - symbol);
    result.count = valueOf(std::string_view(result.steps).substr(1));
    if (result.steps.front() == '-')
        result.count = -result.count;
    result.isWhole = end == text.size();
    return result;
}

} // namespace

std::string RelativeText::magnitude() const
{
    const auto first = steps.find_first_not_of('0', 1);
    return first == std::string::npos ? "0" : steps.substr(first);
}

std::string RelativeText::number() const
{
    const std::string digits = magnitude();
    return steps.front() == '-' && digits != "0" ? "-" + digits : digits;
}

std::optional<RelativeText> relativeTextOf(std::string_view text)
{
    for (std::size_t i = 0; i < text.size() && text[i] != '\n'; ++i) {
        if (i == 0 || text[i] != '@')
            continue;
        if (auto result = withoutBranch(text.substr(i + 1))) {
            result->branch = text.substr(0, i);
            return result;
        }
    }
    return withoutBranch(text);
}

std::optional<std::int64_t> pythonInteger(std::string_view text)
{
    constexpr std::string_view spaces = " \t\n\r\v\f";
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos)
        return std::nullopt;
    text = text.substr(first, text.find_last_not_of(spaces) - first + 1);
    const bool isNegative = text.front() == '-';
    if (isSign(text.front()))
        text.remove_prefix(1);
    std::string digits;
    bool wantsDigit = true;
    for (const char c : text) {
        if (isDigit(c))
            digits += c;
        else if (c != '_' || wantsDigit)
            return std::nullopt;
        wantsDigit = c == '_';
    }
    if (wantsDigit)
        return std::nullopt;
    return isNegative ? -valueOf(digits) : valueOf(digits);
}

} // namespace sightglass
