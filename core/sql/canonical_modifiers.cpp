// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_types.h"

#include <algorithm>
#include <charconv>

namespace sightglass::canonical {

namespace {

constexpr std::int32_t header = 4; ///< VARHDRSZ, which lengths and numeric's modifier include
constexpr std::int64_t longestText = 10485760;
constexpr std::int64_t longestBits = 83886080;
constexpr std::int64_t mostDigits = 1000;
constexpr std::int64_t finestSecond = 6;
constexpr std::int32_t fullPrecision = 0xFFFF;
constexpr std::int32_t fullRange = 0x7FFF;
constexpr std::int32_t scaleMask = 0x7FF;
constexpr std::int32_t scaleSign = 1024;

struct IntervalFields
{
    std::int32_t mask;
    std::string_view words;
};

constexpr std::int32_t year = 1 << 2;
constexpr std::int32_t month = 1 << 1;
constexpr std::int32_t day = 1 << 3;
constexpr std::int32_t hour = 1 << 10;
constexpr std::int32_t minute = 1 << 11;
constexpr std::int32_t second = 1 << 12;

constexpr auto intervalFields = std::to_array<IntervalFields>({
    {year, " year"},
    {month, " month"},
    {day, " day"},
    {hour, " hour"},
    {minute, " minute"},
    {second, " second"},
    {year | month, " year to month"},
    {day | hour, " day to hour"},
    {day | hour | minute, " day to minute"},
    {day | hour | minute | second, " day to second"},
    {hour | minute, " hour to minute"},
    {hour | minute | second, " hour to second"},
    {minute | second, " minute to second"},
    {fullRange, ""},
});

std::string inParentheses(std::int64_t number)
{
    return "(" + std::to_string(number) + ")";
}

std::string intervalText(std::int32_t modifier)
{
    const std::int32_t range = (modifier >> 16) & fullRange;
    const std::int32_t precision = modifier & fullPrecision;
    const auto* const found = std::ranges::find(intervalFields, range, &IntervalFields::mask);
    std::string text(found == intervalFields.end() ? std::string_view() : found->words);
    if (precision != fullPrecision)
        text += inParentheses(precision);
    return text;
}

std::int32_t lengthOf(std::string_view name,
                      const std::vector<std::int64_t>& numbers,
                      std::int64_t longest,
                      std::int32_t added,
                      Trouble& trouble)
{
    const std::string words = "length for type " + std::string(name);
    if (numbers.size() != 1)
        trouble.refuse("22023", "invalid type modifier");
    else if (numbers.front() < 1)
        trouble.refuse("22023", words + " must be at least 1");
    else if (numbers.front() > longest)
        trouble.refuse("22023", words + " cannot exceed " + std::to_string(longest));
    else
        return static_cast<std::int32_t>(numbers.front()) + added;
    return -1;
}

std::int32_t numericModifier(const std::vector<std::int64_t>& numbers, Trouble& trouble)
{
    if (numbers.empty() || numbers.size() > 2) {
        trouble.refuse("22023", "invalid NUMERIC type modifier");
        return -1;
    }
    const std::int64_t precision = numbers.front();
    const std::int64_t scale = numbers.size() > 1 ? numbers[1] : 0;
    if (precision < 1 || precision > mostDigits) {
        trouble.refuse("22023",
                       "NUMERIC precision " + std::to_string(precision) +
                           " must be between 1 and 1000");
        return -1;
    }
    if (scale < -mostDigits || scale > mostDigits) {
        trouble.refuse(
            "22023", "NUMERIC scale " + std::to_string(scale) + " must be between -1000 and 1000");
        return -1;
    }
    return ((static_cast<std::int32_t>(precision) << 16) |
            (static_cast<std::int32_t>(scale) & scaleMask)) +
           header;
}

std::int32_t precisionOf(const std::vector<std::int64_t>& numbers, Trouble& trouble)
{
    if (numbers.size() != 1 || numbers.front() < 0) {
        trouble.refuse("22023", "invalid type modifier");
        return -1;
    }
    return static_cast<std::int32_t>(std::min(numbers.front(), finestSecond));
}

std::int32_t intervalModifier(const std::vector<std::int64_t>& numbers, Trouble& trouble)
{
    if (numbers.empty() || numbers.size() > 2) {
        trouble.refuse("22023", "invalid INTERVAL type modifier");
        return -1;
    }
    const auto range = static_cast<std::int32_t>(numbers.front() & fullRange);
    if (numbers.size() == 1)
        return range == fullRange ? -1 : (range << 16) | fullPrecision;
    const auto precision = static_cast<std::int32_t>(std::min(numbers[1], finestSecond));
    return (range << 16) | precision;
}

} // namespace

std::string withModifier(TypeId id, const std::string& spelled, std::int32_t modifier)
{
    switch (id) {
    case type::varchar:
        return "character varying" + inParentheses(modifier - header);
    case type::bpchar:
        return "character" + inParentheses(modifier - header);
    case type::bit:
        return "bit" + inParentheses(modifier);
    case type::varbit:
        return "bit varying" + inParentheses(modifier);
    case type::numeric: {
        const std::int32_t bare = modifier - header;
        const std::int32_t scale = ((bare & scaleMask) ^ scaleSign) - scaleSign;
        return "numeric(" + std::to_string((bare >> 16) & fullPrecision) + "," +
               std::to_string(scale) + ")";
    }
    case type::time:
        return "time" + inParentheses(modifier) + " without time zone";
    case type::timeTz:
        return "time" + inParentheses(modifier) + " with time zone";
    case type::timestamp:
        return "timestamp" + inParentheses(modifier) + " without time zone";
    case type::timestampTz:
        return "timestamp" + inParentheses(modifier) + " with time zone";
    case type::interval:
        return "interval" + intervalText(modifier);
    default:
        return spelled;
    }
}

std::int32_t modifierOf(TypeId id,
                        std::string_view name,
                        const std::vector<std::int64_t>& numbers,
                        Trouble& trouble)
{
    switch (id) {
    case type::varchar:
        return lengthOf("varchar", numbers, longestText, header, trouble);
    case type::bpchar:
        return lengthOf("char", numbers, longestText, header, trouble);
    case type::bit:
    case type::varbit:
        return lengthOf(name, numbers, longestBits, 0, trouble);
    case type::numeric:
        return numericModifier(numbers, trouble);
    case type::interval:
        return intervalModifier(numbers, trouble);
    case type::time:
    case type::timeTz:
    case type::timestamp:
    case type::timestampTz:
        return precisionOf(numbers, trouble);
    default:
        trouble.doubt("modifiers of type " + std::string(name) + " are not known");
        return -1;
    }
}

namespace {

constexpr auto geometryNames = std::to_array<std::string_view>({"Geometry",
                                                                "Point",
                                                                "LineString",
                                                                "Polygon",
                                                                "MultiPoint",
                                                                "MultiLineString",
                                                                "MultiPolygon",
                                                                "GeometryCollection",
                                                                "CircularString",
                                                                "CompoundCurve",
                                                                "CurvePolygon",
                                                                "MultiCurve",
                                                                "MultiSurface",
                                                                "PolyhedralSurface",
                                                                "Triangle",
                                                                "Tin"});

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    });
    return result;
}

/// "PointZM" of "pointzm"; empty when it is no geometry.
std::string geometryName(std::string_view written)
{
    std::string word = lowered(written);
    std::string dimensions;
    for (const std::string_view suffix : {"zm", "z", "m"}) {
        if (word.ends_with(suffix)) {
            for (const char c : suffix)
                dimensions += static_cast<char>(c - 'a' + 'A');
            word.resize(word.size() - suffix.size());
            break;
        }
    }
    for (const std::string_view name : geometryNames) {
        if (lowered(name) == word)
            return std::string(name) + dimensions;
    }
    return {};
}

} // namespace

std::string geometryModifier(const std::vector<std::string>& written)
{
    if (written.empty() || written.size() > 2)
        return {};
    const std::string name = geometryName(written.front());
    std::string reference = written.size() > 1 ? written[1] : std::string();
    if (reference == "0" || reference.starts_with("-"))
        reference.clear();
    if (name == "Geometry" && reference.empty())
        return {};
    return name.empty() ? std::string()
                        : "(" + name + (reference.empty() ? "" : "," + reference) + ")";
}

std::int32_t TypeSpace::foreignModifiers(const TypeFacts& known, const ParseNode& typeName)
{
    std::vector<std::string> written;
    for (const ParseNode& node : typeName.list("typmods")) {
        if (node.is("ColumnRef")) {
            const auto names = node.strings("fields");
            written.push_back(names.empty() ? std::string() : names.back());
        } else if (node.has("sval")) {
            written.emplace_back(node.field("sval").text("sval"));
        } else {
            const std::int64_t number = node.field("ival").integer("ival");
            written.push_back(std::to_string(number == 0 ? negativeAt(m_source, node) : number));
        }
    }
    std::string text;
    if (known.name == "geometry" || known.name == "geography") {
        text = geometryModifier(written);
        if (text.empty() && lowered(written.front()) != "geometry") {
            m_trouble.doubt("modifiers of type " + known.spelled + " are not known");
            return -1;
        }
        if (known.name == "geography" && text.ends_with(")") && text.find(',') == std::string::npos)
            text.insert(text.size() - 1, ",4326");
    } else {
        for (const std::string& part : written)
            text += (text.empty() ? "(" : ",") + part;
        text += ")";
    }
    if (text.empty())
        return -1;
    m_modifierTexts.push_back(std::move(text));
    return static_cast<std::int32_t>(m_modifierTexts.size() - 1);
}

std::int64_t negativeAt(std::string_view source, const ParseNode& constant)
{
    const auto location = constant.location();
    if (!location || *location >= source.size() || source[*location] != '-')
        return 0;
    std::size_t at = *location + 1;
    while (at < source.size() && (source[at] == ' ' || source[at] == '\t' || source[at] == '\n'))
        ++at;
    std::int64_t number = 0;
    const char* const end = source.data() + source.size();
    const auto read = std::from_chars(source.data() + at, end, number);
    return read.ec == std::errc() ? -number : 0;
}

} // namespace sightglass::canonical
