// SPDX-License-Identifier: GPL-3.0-or-later
//
// source  pg_cast, pg_opclass and pg_amop of PostgreSQL 15; find_coercion_pathway
#include "core/replay/casts.h"

#include "core/replay/spelling.h"

#include <algorithm>
#include <array>
#include <string>

namespace sightglass::replaying {

namespace {

enum class Family
{
    None,
    Integer,
    Numeric,
    Float,
    Money,
    Boolean,
    Text,
    Blank,
    Date,
    Timestamp,
    Zoned,
    Time,
    ZonedTime,
    Interval,
    Json,
    Jsonb,
    Uuid,
    Bytes,
    Bits,
    Network,
    Hardware,
    Oid,
    Xml,
    Search,
    Geometric,
    Range
};

struct TypeEntry
{
    std::string_view name;
    Family family;
    bool ordered = true;
};

constexpr auto types = std::to_array<TypeEntry>({
    {"smallint", Family::Integer},
    {"integer", Family::Integer},
    {"bigint", Family::Integer},
    {"numeric", Family::Numeric},
    {"real", Family::Float},
    {"double precision", Family::Float},
    {"money", Family::Money},
    {"boolean", Family::Boolean},
    {"text", Family::Text},
    {"character varying", Family::Text},
    {"name", Family::Text},
    {"citext", Family::Text},
    {"character", Family::Blank},
    {"date", Family::Date},
    {"timestamp without time zone", Family::Timestamp},
    {"timestamp with time zone", Family::Zoned},
    {"time without time zone", Family::Time},
    {"time with time zone", Family::ZonedTime},
    {"interval", Family::Interval},
    {"json", Family::Json, false},
    {"jsonb", Family::Jsonb},
    {"uuid", Family::Uuid},
    {"bytea", Family::Bytes},
    {"bit", Family::Bits},
    {"bit varying", Family::Bits},
    {"inet", Family::Network},
    {"cidr", Family::Network},
    {"macaddr", Family::Hardware},
    {"macaddr8", Family::Hardware},
    {"oid", Family::Oid},
    {"xml", Family::Xml, false},
    {"tsvector", Family::Search},
    {"tsquery", Family::Search},
    {"point", Family::Geometric, false},
    {"line", Family::Geometric, false},
    {"lseg", Family::Geometric, false},
    {"box", Family::Geometric, false},
    {"path", Family::Geometric, false},
    {"polygon", Family::Geometric, false},
    {"circle", Family::Geometric, false},
    {"int4range", Family::Range},
    {"int8range", Family::Range},
    {"numrange", Family::Range},
    {"tsrange", Family::Range},
    {"tstzrange", Family::Range},
    {"daterange", Family::Range},
});

struct FamilyPair
{
    Family from;
    Family to;
};

/// Casts between families that an assignment may use; those to text are made through text.
constexpr auto assignments = std::to_array<FamilyPair>({
    {Family::Integer, Family::Numeric}, {Family::Integer, Family::Float},
    {Family::Integer, Family::Money},   {Family::Integer, Family::Oid},
    {Family::Numeric, Family::Integer}, {Family::Numeric, Family::Float},
    {Family::Numeric, Family::Money},   {Family::Float, Family::Integer},
    {Family::Float, Family::Numeric},   {Family::Money, Family::Numeric},
    {Family::Oid, Family::Integer},     {Family::Date, Family::Timestamp},
    {Family::Date, Family::Zoned},      {Family::Timestamp, Family::Date},
    {Family::Timestamp, Family::Zoned}, {Family::Timestamp, Family::Time},
    {Family::Zoned, Family::Date},      {Family::Zoned, Family::Timestamp},
    {Family::Zoned, Family::Time},      {Family::Zoned, Family::ZonedTime},
    {Family::Time, Family::Interval},   {Family::Time, Family::ZonedTime},
    {Family::ZonedTime, Family::Time},  {Family::Interval, Family::Time},
    {Family::Json, Family::Jsonb},      {Family::Jsonb, Family::Json},
});

/// Comparisons across families that a foreign key can be made of: referencing, referenced.
constexpr auto comparisons = std::to_array<FamilyPair>({
    {Family::Integer, Family::Numeric},
    {Family::Integer, Family::Float},
    {Family::Integer, Family::Oid},
    {Family::Numeric, Family::Float},
    {Family::Text, Family::Blank},
    {Family::Blank, Family::Text},
    {Family::Date, Family::Timestamp},
    {Family::Date, Family::Zoned},
    {Family::Timestamp, Family::Date},
    {Family::Timestamp, Family::Zoned},
    {Family::Zoned, Family::Date},
    {Family::Zoned, Family::Timestamp},
    {Family::Time, Family::Interval},
    {Family::Time, Family::ZonedTime},
});

const TypeEntry* entryOf(std::string_view type)
{
    const std::string base = baseTypeOf(type);
    const auto found = std::ranges::find(types, base, &TypeEntry::name);
    return found == types.end() ? nullptr : &*found;
}

bool isArray(std::string_view type)
{
    return type.ends_with("[]");
}

bool isString(const TypeEntry& entry)
{
    return entry.family == Family::Text || entry.family == Family::Blank;
}

template <std::size_t N>
bool listed(const std::array<FamilyPair, N>& pairs, Family from, Family to)
{
    return std::ranges::any_of(
        pairs, [&](const FamilyPair& pair) { return pair.from == from && pair.to == to; });
}

bool sameFamily(const TypeEntry& from, const TypeEntry& to)
{
    // Within these only one and the same type fits.
    const bool single = from.family == Family::Geometric || from.family == Family::Range ||
                        from.family == Family::Search;
    return from.family == to.family && !single;
}

Answer answer(bool yes)
{
    return yes ? Answer::Yes : Answer::No;
}

} // namespace

Answer comparableTypes(std::string_view referencing, std::string_view referenced)
{
    if (referencing.empty() || referenced.empty())
        return Answer::NotKnown;
    const std::string from = baseTypeOf(referencing);
    const std::string to = baseTypeOf(referenced);
    if (from == to && isArray(referencing) == isArray(referenced))
        return Answer::Yes;
    const TypeEntry* const one = entryOf(referencing);
    const TypeEntry* const other = entryOf(referenced);
    if (one == nullptr || other == nullptr)
        return Answer::NotKnown;
    if (isArray(referencing) || isArray(referenced))
        return isArray(referencing) && isArray(referenced) ? Answer::NotKnown : Answer::No;
    return answer(sameFamily(*one, *other) || listed(comparisons, one->family, other->family));
}

Answer castsAutomatically(std::string_view from, std::string_view to)
{
    if (from.empty() || to.empty())
        return Answer::NotKnown;
    const TypeEntry* const source = entryOf(from);
    const TypeEntry* const target = entryOf(to);
    if (baseTypeOf(from) == baseTypeOf(to) && isArray(from) == isArray(to))
        return Answer::Yes;
    if (takesText(to))
        return Answer::Yes;
    if (source == nullptr || target == nullptr)
        return Answer::NotKnown;
    if (isArray(from) != isArray(to))
        return Answer::No;
    return answer(sameFamily(*source, *target) ||
                  listed(assignments, source->family, target->family) ||
                  (isArray(from) && isString(*target)));
}

bool takesText(std::string_view type)
{
    // Into citext only strings go: it is an extension's type, with casts of its own.
    const TypeEntry* const entry = entryOf(type);
    return entry != nullptr && isString(*entry) && !isArray(type) && baseTypeOf(type) != "citext";
}

Answer hasOrder(std::string_view type)
{
    const TypeEntry* const entry = type.empty() ? nullptr : entryOf(type);
    return entry == nullptr ? Answer::NotKnown : answer(entry->ordered);
}

} // namespace sightglass::replaying
