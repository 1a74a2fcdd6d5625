// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/type_step.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sightglass {

namespace {

constexpr std::string_view varchar = "character varying";
constexpr std::string_view bpchar = "character";
constexpr std::string_view timestampType = "timestamp without time zone";
constexpr std::string_view timestamptz = "timestamp with time zone";

/// Digits of an integer type; 0: it is none.
int integerDigits(std::string_view name)
{
    return name == "smallint" ? 5 : name == "integer" ? 10 : name == "bigint" ? 19 : 0;
}

bool isFloat(std::string_view name)
{
    return name == "real" || name == "double precision";
}

bool isText(std::string_view name)
{
    return name == "text" || name == varchar || name == bpchar || name == "citext" ||
           name == "name";
}

bool hasTime(std::string_view name)
{
    return name == timestampType || name == timestamptz;
}

/// Types whose one modifier only sets an upper limit: a larger one needs no look at the values.
bool isLimited(std::string_view name)
{
    constexpr std::array names{varchar,
                               std::string_view("bit varying"),
                               timestampType,
                               timestamptz,
                               std::string_view("time without time zone"),
                               std::string_view("time with time zone"),
                               std::string_view("interval")};
    return std::ranges::find(names, name) != names.end();
}

bool isMoment(std::string_view name)
{
    return name.starts_with("time");
}

struct Pair
{
    std::string_view from;
    std::string_view to;
};

/// Stored alike (pg_cast.castmethod b), where the target has no modifiers.
constexpr std::array relabelled{Pair{varchar, "text"},
                                Pair{"text", varchar},
                                Pair{"cidr", "inet"},
                                Pair{"oid", "integer"},
                                Pair{"integer", "oid"},
                                Pair{"xml", "text"},
                                Pair{"xml", varchar},
                                Pair{"citext", "text"},
                                Pair{"citext", varchar},
                                Pair{"text", "citext"},
                                Pair{varchar, "citext"},
                                Pair{"bit", "bit varying"},
                                Pair{"oid", "regclass"},
                                Pair{"regclass", "oid"},
                                Pair{"oid", "regproc"},
                                Pair{"oid", "regtype"},
                                Pair{"regtype", "oid"},
                                Pair{"regclass", "integer"},
                                Pair{"integer", "regclass"}};

bool numericFits(const SpelledType& from, const SpelledType& to)
{
    if (to.numbers.empty())
        return true;
    const auto precision = from.number(0);
    const auto newPrecision = to.number(0);
    return precision && newPrecision && *newPrecision >= *precision &&
           from.number(1).value_or(0) == to.number(1).value_or(0);
}

/// One type, other modifiers.
StepWork modifierWork(const SpelledType& from, const SpelledType& to)
{
    if (from.numbers == to.numbers)
        return StepWork::None;
    if (from.dimensions > 0)
        return to.numbers.empty() ? StepWork::None : StepWork::Rewrite;
    if (from.name == "numeric")
        return numericFits(from, to) ? StepWork::None : StepWork::Rewrite;
    if (to.numbers.empty())
        return StepWork::None;
    if (!isLimited(from.name))
        return StepWork::Rewrite;
    if (isMoment(from.name) && to.number(0) == 6)
        return StepWork::None; // as much as any has
    return from.number(0) && *to.number(0) >= *from.number(0) ? StepWork::None : StepWork::Rewrite;
}

StepFit numericFit(const SpelledType& from, const SpelledType& to)
{
    if (to.numbers.empty())
        return StepFit::Fits;
    const int scale = to.number(1).value_or(0);
    const int whole = *to.number(0) - scale;
    if (from.name != "numeric") {
        const int digits = integerDigits(from.name);
        return digits > 0 && digits <= whole ? StepFit::Fits : StepFit::Refused;
    }
    if (from.numbers.empty() || from.number(1).value_or(0) > scale)
        return StepFit::Cut;
    return *from.number(0) - from.number(1).value_or(0) > whole ? StepFit::Refused : StepFit::Fits;
}

/// An upper limit becomes smaller.
bool isTighter(const SpelledType& from, const SpelledType& to)
{
    return to.number(0) && (!from.number(0) || *from.number(0) > *to.number(0));
}

StepFit textFit(const SpelledType& from, const SpelledType& to)
{
    if (to.name == "text" || to.name == "citext")
        return StepFit::Fits;
    if (to.name == bpchar && to.numbers.empty())
        return StepFit::Fits; // bpchar without a length
    return isTighter(from, to) ? StepFit::Refused : StepFit::Fits;
}

StepFit numberFit(const SpelledType& from, const SpelledType& to)
{
    const int digits = integerDigits(to.name);
    if (digits > 0 && integerDigits(from.name) > 0)
        return integerDigits(from.name) > digits ? StepFit::Refused : StepFit::Fits;
    if (digits > 0)
        return StepFit::Cut; // the fraction
    if (to.name == "numeric")
        return isFloat(from.name) && to.numbers.empty() ? StepFit::Fits : numericFit(from, to);
    return to.name == "real" && from.name == "double precision" ? StepFit::Cut : StepFit::Fits;
}

bool isNumber(std::string_view name)
{
    return integerDigits(name) > 0 || isFloat(name) || name == "numeric";
}

} // namespace

SpelledType::SpelledType(std::string_view spelled)
{
    while (spelled.ends_with("[]")) {
        ++dimensions;
        spelled.remove_suffix(2);
    }
    const std::size_t open = spelled.find('(');
    const std::size_t close = spelled.find(')', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
        name = spelled;
        return;
    }
    name = std::string(spelled.substr(0, open)) + std::string(spelled.substr(close + 1));
    std::string_view list = spelled.substr(open + 1, close - open - 1);
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        int value = 0;
        const char* const end = list.data() + comma;
        if (std::from_chars(list.data(), end, value).ptr == end)
            numbers.push_back(value);
        else
            name = spelled; // of an extension: compared as a whole
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
}

std::optional<int> SpelledType::number(std::size_t index) const
{
    return index < numbers.size() ? std::optional(numbers[index]) : std::nullopt;
}

StepWork typeStepWork(const SpelledType& from, const SpelledType& to, const TypeStepContext& around)
{
    if ((from.dimensions > 0) != (to.dimensions > 0))
        return StepWork::Rewrite;
    if (from.name == to.name)
        return modifierWork(from, to);
    if (from.dimensions > 0)
        return StepWork::Rewrite;
    if (hasTime(from.name) && hasTime(to.name)) {
        if (around.serverVersion < 120000 || !to.numbers.empty())
            return StepWork::Rewrite;
        if (!around.zoneIsUtc)
            return StepWork::FreeUnderUtc;
        return *around.zoneIsUtc ? StepWork::None : StepWork::Rewrite;
    }
    const bool alike = std::ranges::any_of(
        relabelled, [&](const Pair& pair) { return pair.from == from.name && pair.to == to.name; });
    if (!alike)
        return StepWork::Rewrite;
    if (to.numbers.empty())
        return StepWork::None;
    // Text has no limit that could be compared.
    return StepWork::Rewrite;
}

StepFit typeStepFit(const SpelledType& from, const SpelledType& to)
{
    if (from == to || (from.dimensions > 0) != (to.dimensions > 0))
        return StepFit::Fits;
    if (isText(from.name) && isText(to.name))
        return textFit(from, to);
    if (isNumber(from.name) && isNumber(to.name))
        return from.name == "numeric" && to.name == "numeric" ? numericFit(from, to)
                                                              : numberFit(from, to);
    if (hasTime(from.name) && (to.name == "date" || to.name.starts_with("time ")))
        return StepFit::Cut;
    if (hasTime(from.name) && hasTime(to.name))
        return to.number(0) && to.number(0) != 6 && isTighter(from, to) ? StepFit::Cut
                                                                        : StepFit::Fits;
    if (from.name != to.name || !isTighter(from, to))
        return StepFit::Fits;
    if (isMoment(to.name) || to.name == "interval")
        return to.number(0) == 6 ? StepFit::Fits : StepFit::Cut;
    return isLimited(to.name) || to.name == "bit" ? StepFit::Refused : StepFit::Fits;
}

std::string_view indexFamily(const SpelledType& type)
{
    constexpr std::array alike{Pair{varchar, "text"}, Pair{"cidr", "inet"}};
    const auto found = std::ranges::find(alike, std::string_view(type.name), &Pair::from);
    return found == alike.end() ? std::string_view(type.name) : found->to;
}

} // namespace sightglass
