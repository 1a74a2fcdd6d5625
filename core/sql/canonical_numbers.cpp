// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_constant.h"
#include "core/sql/canonical_reading.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace sightglass::canonical {

namespace {

struct IntegerType
{
    TypeId id;
    std::string_view words;
    std::int64_t least;
    std::int64_t most;
};

constexpr auto integerTypes = std::to_array<IntegerType>({
    {type::int2, "smallint", -32768, 32767},
    {type::int4,
     "integer",
     std::numeric_limits<std::int32_t>::min(),
     std::numeric_limits<std::int32_t>::max()},
    {type::int8,
     "bigint",
     std::numeric_limits<std::int64_t>::min(),
     std::numeric_limits<std::int64_t>::max()},
    {type::oid, "oid", -2147483648LL, 4294967295LL},
});

/// Digits before and after the point, without signs; absent: no number.
struct Decimal
{
    bool negative = false;
    std::string whole;
    std::string fraction;
};

std::optional<Decimal> decimalOf(std::string_view text)
{
    constexpr int largestExponent = 1000;
    Decimal decimal;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        decimal.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    const auto digits = [&](std::string& into) {
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            into += text.front();
            text.remove_prefix(1);
        }
    };
    digits(decimal.whole);
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        digits(decimal.fraction);
    }
    if (decimal.whole.empty() && decimal.fraction.empty())
        return std::nullopt;
    int exponent = 0;
    if (!text.empty() && (text.front() | 0x20) == 'e') {
        text.remove_prefix(1);
        if (text.starts_with('+'))
            text.remove_prefix(1);
        const auto read = std::from_chars(text.data(), text.data() + text.size(), exponent);
        if (read.ec != std::errc())
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    }
    if (!text.empty() || std::abs(exponent) > largestExponent)
        return std::nullopt;
    for (; exponent > 0; --exponent) {
        decimal.whole += decimal.fraction.empty() ? '0' : decimal.fraction.front();
        if (!decimal.fraction.empty())
            decimal.fraction.erase(0, 1);
    }
    for (; exponent < 0; ++exponent) {
        decimal.fraction.insert(0, 1, decimal.whole.empty() ? '0' : decimal.whole.back());
        if (!decimal.whole.empty())
            decimal.whole.pop_back();
    }
    decimal.whole.erase(0, decimal.whole.find_first_not_of('0'));
    if (decimal.whole.empty())
        decimal.whole = "0";
    return decimal;
}

Output specialNumber(std::string_view text)
{
    const std::string word = lowered(trimmed(text));
    if (word == "nan")
        return "NaN";
    if (word == "infinity" || word == "inf" || word == "+infinity" || word == "+inf")
        return "Infinity";
    if (word == "-infinity" || word == "-inf")
        return "-Infinity";
    return std::nullopt;
}

/// As float8out prints the shortest digits that give the number back.
template <typename Real>
std::string shortest(Real value)
{
    std::array<char, 64> buffer{};
    const auto written = std::to_chars(
        buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    std::string scientific(buffer.data(), written.ptr);
    const std::size_t at = scientific.find('e');
    int exponent = 0;
    const std::size_t digitsAt = at + (scientific[at + 1] == '+' ? 2 : 1);
    std::from_chars(scientific.data() + digitsAt, scientific.data() + scientific.size(), exponent);
    constexpr int fixedFrom = -4;
    const int fixedTo = sizeof(Real) == sizeof(float) ? 6 : 15;
    if (exponent < fixedFrom || exponent >= fixedTo)
        return scientific;
    const auto fixed = std::to_chars(
        buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    return {buffer.data(), fixed.ptr};
}

} // namespace

std::optional<std::string> numericText(std::string_view text)
{
    const auto decimal = decimalOf(trimmed(text));
    if (!decimal)
        return std::nullopt;
    const bool zero =
        decimal->whole == "0" && decimal->fraction.find_first_not_of('0') == std::string::npos;
    std::string result = decimal->negative && !zero ? "-" : "";
    result += decimal->whole;
    if (!decimal->fraction.empty())
        result += "." + decimal->fraction;
    return result;
}

Output readBoolean(const Reading& reading)
{
    const std::string word = lowered(trimmed(reading.literal));
    const auto begins = [&](std::string_view whole, std::size_t least) {
        return word.size() >= least && whole.starts_with(word);
    };
    if (begins("true", 1) || begins("yes", 1) || word == "on" || word == "1")
        return "t";
    if (begins("false", 1) || begins("no", 1) || begins("off", 2) || word == "0")
        return "f";
    return reading.invalid("boolean");
}

Output readInteger(const Reading& reading)
{
    const auto* const kind = std::ranges::find(integerTypes, reading.type.id, &IntegerType::id);
    std::string_view text = trimmed(reading.literal);
    if (text.starts_with('+') && text.size() > 1 && text[1] != '-')
        text.remove_prefix(1);
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool digits = !text.empty() && read.ptr == text.data() + text.size();
    if (digits && read.ec == std::errc() && value >= kind->least && value <= kind->most)
        return std::to_string(kind->id == type::oid && value < 0 ? value + 4294967296LL : value);
    if (!digits)
        return reading.invalid(kind->words);
    reading.types.trouble().refuse("22003",
                                   "value \"" + std::string(reading.literal) +
                                       "\" is out of range for type " + std::string(kind->words));
    return std::nullopt;
}

Output readNumeric(const Reading& reading)
{
    if (const Output special = specialNumber(reading.literal); special)
        return special;
    const Output result = numericText(reading.literal);
    return result ? result : reading.invalid("numeric");
}

Output readReal(const Reading& reading)
{
    if (const Output special = specialNumber(reading.literal); special)
        return special;
    const bool single = reading.type.id == type::float4;
    std::string_view text = trimmed(reading.literal);
    if (!decimalOf(text))
        return reading.invalid(single ? "real" : "double precision");
    if (text.starts_with('+'))
        text.remove_prefix(1);
    float small = 0;
    double large = 0;
    const char* const end = text.data() + text.size();
    const auto read = single ? std::from_chars(text.data(), end, small)
                             : std::from_chars(text.data(), end, large);
    if (read.ec != std::errc())
        return reading.doubt("the number is out of range");
    return single ? shortest(small) : shortest(large);
}

} // namespace sightglass::canonical
