// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_constant.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>

namespace sightglass::canonical {

namespace {

constexpr std::int64_t microseconds = 1'000'000;
constexpr std::int64_t minuteLength = 60 * microseconds;
constexpr std::int64_t hourLength = 60 * minuteLength;
constexpr int secondDigits = 6;

/// Digits at the front of `text`, taken off it; -1: none, or too many.
std::int64_t takeNumber(std::string_view& text)
{
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || text.front() == '-')
        return -1;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return value;
}

bool take(std::string_view& text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

std::string padded(std::int64_t value, std::size_t width)
{
    std::string text = std::to_string(value);
    if (text.size() < width)
        text.insert(0, width - text.size(), '0');
    return text;
}

int daysOf(std::int64_t year, std::int64_t month)
{
    constexpr std::array<int, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
}

/// Only ISO: other ways depend on DateStyle.
std::optional<std::string> takeDate(std::string_view& text)
{
    const std::size_t size = text.size();
    const std::int64_t year = takeNumber(text);
    if (size - text.size() != 4 || year < 1 || !take(text, '-'))
        return std::nullopt;
    const std::int64_t month = takeNumber(text);
    if (month < 1 || month > 12 || !take(text, '-'))
        return std::nullopt;
    const std::int64_t day = takeNumber(text);
    if (day < 1 || day > daysOf(year, month))
        return std::nullopt;
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

/// Seconds' fraction in microseconds; -1: more than we read.
std::int64_t takeFraction(std::string_view& text)
{
    std::int64_t value = 0;
    int digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1)) {
        if (++digits > secondDigits)
            return -1;
        value = value * 10 + (text.front() - '0');
    }
    for (; digits < secondDigits; ++digits)
        value *= 10;
    return value;
}

/// Microseconds since midnight, or of a span; -1: no time.
std::int64_t takeClock(std::string_view& text, std::int64_t mostHours)
{
    const std::int64_t hours = takeNumber(text);
    if (hours < 0 || hours > mostHours || !take(text, ':'))
        return -1;
    const std::int64_t minutes = takeNumber(text);
    if (minutes < 0 || minutes > 59)
        return -1;
    std::int64_t total = hours * hourLength + minutes * minuteLength;
    if (take(text, ':')) {
        const std::int64_t seconds = takeNumber(text);
        if (seconds < 0 || seconds > 59)
            return -1;
        total += seconds * microseconds;
        if (take(text, '.')) {
            const std::int64_t fraction = takeFraction(text);
            if (fraction < 0)
                return -1;
            total += fraction;
        }
    }
    return total;
}

std::string clockText(std::int64_t total)
{
    std::string text = padded(total / hourLength, 2) + ":" +
                       padded(total % hourLength / minuteLength, 2) + ":" +
                       padded(total % minuteLength / microseconds, 2);
    if (const std::int64_t fraction = total % microseconds; fraction != 0) {
        text += "." + padded(fraction, secondDigits);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

constexpr std::int64_t hoursOfDay = 23;

} // namespace

std::optional<std::string> dateText(std::string_view text)
{
    auto date = takeDate(text);
    return text.empty() ? date : std::nullopt;
}

std::optional<std::string> timeText(std::string_view text, int)
{
    const std::int64_t clock = takeClock(text, hoursOfDay);
    if (clock < 0 || !text.empty())
        return std::nullopt;
    return clockText(clock);
}

std::optional<std::string> timestampText(std::string_view text, int)
{
    const auto date = takeDate(text);
    if (!date)
        return std::nullopt;
    if (text.empty())
        return *date + " 00:00:00";
    if (!take(text, ' ') && !take(text, 't'))
        return std::nullopt;
    const std::int64_t clock = takeClock(text, hoursOfDay);
    if (clock < 0 || !text.empty())
        return std::nullopt;
    return *date + " " + clockText(clock);
}

namespace {

struct Span
{
    std::int64_t months = 0;
    std::int64_t days = 0;
    std::int64_t time = 0;
};

struct Unit
{
    std::string_view word;
    std::int64_t Span::*part;
    std::int64_t factor;
};

constexpr auto units = std::to_array<Unit>({
    {"us", &Span::time, 1},
    {"usec", &Span::time, 1},
    {"usecs", &Span::time, 1},
    {"microsecond", &Span::time, 1},
    {"microseconds", &Span::time, 1},
    {"ms", &Span::time, 1000},
    {"msec", &Span::time, 1000},
    {"msecs", &Span::time, 1000},
    {"millisecond", &Span::time, 1000},
    {"milliseconds", &Span::time, 1000},
    {"s", &Span::time, microseconds},
    {"sec", &Span::time, microseconds},
    {"secs", &Span::time, microseconds},
    {"second", &Span::time, microseconds},
    {"seconds", &Span::time, microseconds},
    {"m", &Span::time, minuteLength},
    {"min", &Span::time, minuteLength},
    {"mins", &Span::time, minuteLength},
    {"minute", &Span::time, minuteLength},
    {"minutes", &Span::time, minuteLength},
    {"h", &Span::time, hourLength},
    {"hr", &Span::time, hourLength},
    {"hrs", &Span::time, hourLength},
    {"hour", &Span::time, hourLength},
    {"hours", &Span::time, hourLength},
    {"d", &Span::days, 1},
    {"day", &Span::days, 1},
    {"days", &Span::days, 1},
    {"w", &Span::days, 7},
    {"week", &Span::days, 7},
    {"weeks", &Span::days, 7},
    {"mon", &Span::months, 1},
    {"mons", &Span::months, 1},
    {"month", &Span::months, 1},
    {"months", &Span::months, 1},
    {"y", &Span::months, 12},
    {"yr", &Span::months, 12},
    {"yrs", &Span::months, 12},
    {"year", &Span::months, 12},
    {"years", &Span::months, 12},
    {"decade", &Span::months, 120},
    {"decades", &Span::months, 120},
    {"century", &Span::months, 1200},
    {"centuries", &Span::months, 1200},
});

struct RangeUnit
{
    std::int32_t mask;
    std::string_view word;
};

// The field that a number without a unit is of, by the interval's own fields.
constexpr auto rangeUnits = std::to_array<RangeUnit>({{1 << 2, "year"},
                                                      {1 << 1, "month"},
                                                      {1 << 3, "day"},
                                                      {1 << 10, "hour"},
                                                      {1 << 11, "minute"},
                                                      {1 << 12, "second"}});

void skipSpace(std::string_view& text)
{
    while (!text.empty() && (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')))
        text.remove_prefix(1);
}

std::string takeWord(std::string_view& text)
{
    std::string word;
    for (; !text.empty() && (text.front() | 0x20) >= 'a' && (text.front() | 0x20) <= 'z';
         text.remove_prefix(1))
        word += static_cast<char>(text.front() | 0x20);
    return word;
}

/// One "3 days" or "04:05:06"; false: this is not how we read.
bool takePart(std::string_view& text, Span& span, std::string_view bareUnit)
{
    constexpr std::int64_t mostHours = 1'000'000;
    constexpr std::int64_t mostOfUnit = 100'000'000;
    const bool negative = take(text, '-');
    if (!negative)
        take(text, '+');
    const std::int64_t sign = negative ? -1 : 1;
    std::string_view clock = text;
    if (const std::int64_t time = takeClock(clock, mostHours); time >= 0) {
        text = clock;
        span.time += sign * time;
        return true;
    }
    if (text.empty())
        return false;
    const std::int64_t number = takeNumber(text);
    if (number < 0 || number > mostOfUnit)
        return false;
    std::int64_t fraction = 0;
    if (take(text, '.')) {
        fraction = takeFraction(text);
        if (fraction < 0)
            return false;
    }
    skipSpace(text);
    std::string word = takeWord(text);
    if (word.empty() && text.empty())
        word = bareUnit;
    const auto* const unit = std::ranges::find(units, word, &Unit::word);
    if (unit == units.end() || (fraction != 0 && unit->part != &Span::time))
        return false;
    const std::int64_t portion = fraction * unit->factor;
    if (portion % microseconds != 0)
        return false;
    span.*(unit->part) += sign * (number * unit->factor + portion / microseconds);
    return true;
}

std::string spanText(const Span& span)
{
    std::string text;
    bool before = false;
    const auto add = [&](std::int64_t value, std::string_view unit) {
        if (value == 0)
            return;
        text += text.empty() ? "" : " ";
        text += before && value > 0 ? "+" : "";
        text += std::to_string(value) + " " + std::string(unit) + (value == 1 ? "" : "s");
        before = value < 0;
    };
    add(span.months / 12, "year");
    add(span.months % 12, "mon");
    add(span.days, "day");
    if (span.time != 0 || text.empty()) {
        const std::string_view sign = span.time < 0 ? "-" : before ? "+" : "";
        text += text.empty() ? "" : " ";
        text += sign;
        text += clockText(std::abs(span.time));
    }
    return text;
}

} // namespace

std::optional<std::string> intervalText(std::string_view text, std::int32_t modifier)
{
    std::string_view bare = "second";
    if (modifier >= 0) {
        const std::int32_t range = (modifier >> 16) & 0x7FFF;
        const auto* const unit = std::ranges::find(rangeUnits, range, &RangeUnit::mask);
        skipSpace(text);
        std::string_view rest = text;
        // Any other text would be cut to the interval's fields.
        if (unit == rangeUnits.end() || takeNumber(rest) < 0 || !rest.empty())
            return std::nullopt;
        bare = unit->word;
    }
    Span span;
    skipSpace(text);
    if (text.empty())
        return std::nullopt;
    while (!text.empty()) {
        if (!takePart(text, span, bare))
            return std::nullopt;
        skipSpace(text);
        if (text == "ago") {
            span = {.months = -span.months, .days = -span.days, .time = -span.time};
            text = {};
        }
    }
    return spanText(span);
}

} // namespace sightglass::canonical
