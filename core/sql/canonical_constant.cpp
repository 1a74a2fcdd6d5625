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

constexpr std::size_t longestName = 63;
constexpr int deepestLiteral = 16;

Output asWritten(const Reading& reading)
{
    return std::string(reading.literal);
}

Output readName(const Reading& reading)
{
    return std::string(reading.literal.substr(0, longestName));
}

Output readUuid(const Reading& reading)
{
    constexpr std::size_t digits = 32;
    std::string_view text = reading.literal;
    if (text.size() > 2 && text.front() == '{' && text.back() == '}')
        text = text.substr(1, text.size() - 2);
    std::string hex;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool digit = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
        if (digit)
            hex += lowered(std::string_view(&c, 1));
        else if (c != '-' || hex.empty() || hex.size() % 4 != 0 || hex.size() == digits)
            return reading.invalid("uuid");
    }
    if (hex.size() != digits)
        return reading.invalid("uuid");
    for (const std::size_t at : {std::size_t{20}, std::size_t{16}, std::size_t{12}, std::size_t{8}})
        hex.insert(at, 1, '-');
    return hex;
}

Output invalidJson(const Reading& reading)
{
    reading.types.trouble().refuse("22P02", "invalid input syntax for type json");
    return std::nullopt;
}

Output readJson(const Reading& reading)
{
    if (!isJson(reading.literal))
        return invalidJson(reading);
    return std::string(reading.literal);
}

Output readJsonb(const Reading& reading)
{
    const Output text = jsonbText(reading.literal);
    return text ? text : invalidJson(reading);
}

Output readBytes(const Reading& reading)
{
    const std::string_view text = reading.literal;
    if (!text.starts_with("\\x")) {
        if (text.find('\\') != std::string_view::npos)
            return reading.doubt("escapes of bytea are not read");
        constexpr std::string_view hex = "0123456789abcdef";
        std::string result = "\\x";
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            result += hex[byte >> 4];
            result += hex[byte & 0xF];
        }
        return result;
    }
    std::string digits;
    for (const char c : lowered(text.substr(2))) {
        if (isSpace(c))
            continue;
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            reading.types.trouble().refuse(
                "22023", "invalid hexadecimal digit: \"" + std::string(1, c) + "\"");
            return std::nullopt;
        }
        digits += c;
    }
    if (digits.size() % 2 != 0) {
        reading.types.trouble().refuse("22023", "invalid hexadecimal data: odd number of digits");
        return std::nullopt;
    }
    return "\\x" + digits;
}

Output readBits(const Reading& reading)
{
    std::string_view text = reading.literal;
    if (text.starts_with('b') || text.starts_with('B'))
        text.remove_prefix(1);
    else if (text.starts_with('x') || text.starts_with('X'))
        return reading.doubt("hexadecimal bits are not read");
    const auto bad = std::ranges::find_if(text, [](char c) { return c != '0' && c != '1'; });
    if (bad == text.end())
        return std::string(text);
    reading.types.trouble().refuse("22P02",
                                   "\"" + std::string(1, *bad) + "\" is not a valid binary digit");
    return std::nullopt;
}

bool isDay(TypeId id)
{
    return id == type::date || id == type::timestamp || id == type::timestampTz;
}

Output readTime(const Reading& reading)
{
    const TypeId id = reading.type.id;
    const std::string word = lowered(trimmed(reading.literal));
    if (isMoment(word))
        return reading.doubt("the moment when the migration runs is frozen in it");
    if (isDay(id) && (word == "infinity" || word == "-infinity"))
        return word;
    if (isDay(id) && word == "epoch" && id != type::timestampTz)
        return id == type::date ? "1970-01-01" : "1970-01-01 00:00:00";
    if (id == type::timestampTz || id == type::timeTz)
        return reading.doubt("it is shown in the time zone of the session");
    constexpr int finest = 6;
    const Output result = id == type::date   ? dateText(word)
                          : id == type::time ? timeText(word, finest)
                                             : timestampText(word, finest);
    return result ? result : reading.doubt("this way of writing it is not read");
}

Output readInterval(const Reading& reading)
{
    const Output result = intervalText(reading.literal, reading.type.modifier);
    return result ? result : reading.doubt("this way of writing it is not read");
}

Output readEnum(const Reading& reading)
{
    const TypeFacts& facts = reading.types.facts(reading.type.id);
    const NewLabels* const fresh = reading.types.scope().newLabels;
    if (facts.labels != nullptr && fresh != nullptr &&
        fresh->contains({facts.labels->name, std::string(reading.literal)})) {
        reading.types.trouble().refuse("55P04",
                                       "unsafe use of new value \"" + std::string(reading.literal) +
                                           "\" of enum type " + facts.spelled,
                                       "type " + facts.spelled);
        return std::nullopt;
    }
    if (facts.labels != nullptr &&
        std::ranges::find(facts.labels->labels, reading.literal) != facts.labels->labels.end())
        return std::string(reading.literal);
    reading.types.trouble().refuse("22P02",
                                   "invalid input value for enum " + facts.spelled + ": \"" +
                                       std::string(reading.literal) + "\"",
                                   "type " + facts.spelled);
    return std::nullopt;
}

/// nextval('app.s'): the name as the search path needs it.
Output readRelation(const Reading& reading)
{
    const std::string source = "SELECT * FROM " + std::string(reading.literal);
    auto tree = parseSql(source);
    const auto statements = tree ? tree->statements() : std::vector<ParseNode>();
    const auto from =
        statements.size() == 1 ? statements.front().list("fromClause") : std::vector<ParseNode>();
    if (from.size() != 1 || !from.front().is("RangeVar") || from.front().has("alias"))
        return reading.doubt("this name of a relation is not read");
    const QualifiedName written{.schema = std::string(from.front().text("schemaname")),
                                .name = std::string(from.front().text("relname"))};
    const Schema& schema = reading.types.scope().schema;
    const auto exists = [&](const QualifiedName& name) {
        return schema.sequences.contains(name) || schema.tables.contains(name) ||
               schema.views.contains(name);
    };
    const auto& path = reading.types.scope().searchPath;
    for (const std::string& place : path) {
        const QualifiedName full{.schema = place, .name = written.name};
        if (!exists(full))
            continue;
        if (written.schema.empty() || written.schema == place)
            return toSql(QualifiedName{.name = written.name});
        break;
    }
    if (!written.schema.empty() && exists(written))
        return toSql(written);
    // Identity sequences and those of other sessions are not in a Schema.
    return reading.doubt("no relation of this name is known");
}

Output readAddress(const Reading& reading)
{
    std::string_view text = trimmed(reading.literal);
    const std::size_t slash = text.find('/');
    const std::string_view address = text.substr(0, slash);
    int dots = 0;
    int value = -1;
    for (const char c : address) {
        if (c == '.' && value >= 0) {
            ++dots;
            value = -1;
        } else if (c >= '0' && c <= '9' && value != 0 && value < 26) {
            value = std::max(value, 0) * 10 + (c - '0');
        } else {
            return reading.doubt("this way of writing it is not read");
        }
        if (value > 255)
            return reading.invalid("inet");
    }
    if (dots != 3 || value < 0 || reading.type.id == type::cidr)
        return reading.doubt("this way of writing it is not read");
    if (slash != std::string_view::npos && text.substr(slash) == "/32")
        text = address;
    return std::string(text);
}

/// "char": one byte; a longer text is cut, others than ASCII are escaped.
Output readCharacter(const Reading& reading)
{
    if (reading.literal.empty() || static_cast<unsigned char>(reading.literal.front()) < 0x80)
        return std::string(reading.literal.substr(0, 1));
    return reading.doubt("only ASCII is read");
}

constexpr auto textSearchConfigurations = std::to_array<std::string_view>(
    {"arabic",    "armenian",   "basque",   "catalan", "danish",     "dutch",
     "english",   "finnish",    "french",   "german",  "greek",      "hindi",
     "hungarian", "indonesian", "irish",    "italian", "lithuanian", "nepali",
     "norwegian", "portuguese", "romanian", "russian", "serbian",    "simple",
     "spanish",   "swedish",    "tamil",    "turkish", "yiddish"});

Output readConfiguration(const Reading& reading)
{
    constexpr std::string_view home = "pg_catalog.";
    std::string name = lowered(reading.literal);
    if (name.starts_with(home))
        name.erase(0, home.size());
    if (std::ranges::find(textSearchConfigurations, name) != textSearchConfigurations.end())
        return name;
    return reading.doubt("text search configurations of the schema are not known");
}

Output readEmptyOnly(const Reading& reading)
{
    if (trimmed(reading.literal).empty())
        return std::string();
    return reading.doubt("this way of writing it is not read");
}

struct Reader
{
    TypeId id;
    Output (*read)(const Reading&);
};

constexpr auto readers = std::to_array<Reader>({
    {type::text, asWritten},
    {type::varchar, asWritten},
    {type::bpchar, asWritten},
    {type::unknown, asWritten},
    {type::cstring, asWritten},
    {type::xml, asWritten},
    {type::name, readName},
    {type::boolean, readBoolean},
    {type::int2, readInteger},
    {type::int4, readInteger},
    {type::int8, readInteger},
    {type::oid, readInteger},
    {type::numeric, readNumeric},
    {type::float4, readReal},
    {type::float8, readReal},
    {type::uuid, readUuid},
    {type::json, readJson},
    {type::jsonb, readJsonb},
    {type::bytea, readBytes},
    {type::bit, readBits},
    {type::varbit, readBits},
    {type::date, readTime},
    {type::time, readTime},
    {type::timeTz, readTime},
    {type::timestamp, readTime},
    {type::timestampTz, readTime},
    {type::interval, readInterval},
    {type::regclass, readRelation},
    {type::inet, readAddress},
    {type::cidr, readAddress},
    {type::internalChar, readCharacter},
    {type::regconfig, readConfiguration},
    {type::tsvector, readEmptyOnly},
    {type::tsquery, readEmptyOnly},
});

Output readOne(const Reading& reading);

/// An element of an array as array_out writes it.
std::string elementText(const std::string& text)
{
    const bool plain =
        !text.empty() && lowered(text) != "null" && std::ranges::none_of(text, [](char c) {
            return isSpace(c) || c == '{' || c == '}' || c == ',' || c == '"' || c == '\\';
        });
    if (plain)
        return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// One dimension; nested braces and bounds are left to PostgreSQL.
Output readArray(const Reading& reading, TypeId element)
{
    std::string_view text = trimmed(reading.literal);
    const auto malformed = [&]() -> Output {
        reading.types.trouble().refuse(
            "22P02", "malformed array literal: \"" + std::string(reading.literal) + "\"");
        return std::nullopt;
    };
    if (text.starts_with('['))
        return reading.doubt("bounds of arrays are not read");
    if (text.size() < 2 || text.front() != '{' || text.back() != '}')
        return malformed();
    text = text.substr(1, text.size() - 2);
    if (trimmed(text).empty())
        return "{}";
    std::string result = "{";
    std::size_t at = 0;
    while (true) {
        std::string item;
        bool quoted = false;
        while (at < text.size() && isSpace(text[at]))
            ++at;
        for (; at < text.size() && text[at] != ','; ++at) {
            if (text[at] == '"' || text[at] == '{' || text[at] == '}' || text[at] == '\\')
                break;
            item += text[at];
        }
        if (at < text.size() && text[at] == '"' && trimmed(item).empty()) {
            item.clear();
            quoted = true;
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                at += text[at] == '\\' && at + 1 < text.size() ? 1 : 0;
                item += text[at];
            }
            ++at;
            while (at < text.size() && isSpace(text[at]))
                ++at;
        }
        if (at < text.size() && text[at] != ',')
            return reading.doubt("nested arrays are not read");
        if (!quoted)
            item = trimmed(item);
        if (item.empty() && !quoted)
            return malformed();
        if (!quoted && lowered(item) == "null") {
            result += "NULL";
        } else {
            const Output output = readOne({.literal = item,
                                           .type = {.id = element},
                                           .types = reading.types,
                                           .depth = reading.depth + 1});
            if (!output)
                return std::nullopt;
            result += elementText(*output);
        }
        if (at >= text.size())
            return result + "}";
        result += ',';
        ++at;
    }
}

Output readOne(const Reading& reading)
{
    if (reading.depth > deepestLiteral)
        return reading.doubt("it is nested too deeply");
    const auto* const found = std::ranges::find(readers, reading.type.id, &Reader::id);
    if (found != readers.end())
        return found->read(reading);
    const TypeFacts& facts = reading.types.facts(reading.type.id);
    if (facts.kind == 'e')
        return readEnum(reading);
    if (facts.element != 0)
        return readArray(reading, reading.types.baseOf(facts.element));
    if (facts.kind == 'r' && lowered(trimmed(reading.literal)) == "empty")
        return "empty";
    if (facts.name == "citext" || facts.name == "ltree")
        return asWritten(reading);
    if (facts.name == "hstore" || facts.kind == 'o')
        return facts.name == "hstore" ? readEmptyOnly(reading)
                                      : reading.doubt("values of this type are not read");
    return reading.doubt("values of this type are not read");
}

} // namespace

bool isMoment(std::string_view text)
{
    for (const std::string_view word : {"now", "today", "tomorrow", "yesterday"}) {
        if (text.find(word) != std::string_view::npos)
            return true;
    }
    return false;
}

std::optional<std::string> outputOf(std::string_view literal, TypeUse type, TypeSpace& types)
{
    return readOne({.literal = literal, .type = type, .types = types});
}

} // namespace sightglass::canonical
