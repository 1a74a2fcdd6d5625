// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/object_facts.h"

namespace sightglass {

namespace {

/// The finalizer of splitmix64.
std::uint64_t mixed(std::uint64_t value)
{
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31U);
}

/// FNV-1a, continued from `start`; a text's end is part of it.
std::uint64_t hashed(std::string_view text, std::uint64_t start)
{
    constexpr std::uint64_t prime = 0x100000001b3ULL;
    std::uint64_t hash = start;
    for (const char each : text)
        hash = (hash ^ static_cast<unsigned char>(each)) * prime;
    return (hash ^ 0xffU) * prime;
}

constexpr std::uint64_t begin = 0xcbf29ce484222325ULL;

std::uint64_t lineKey(std::uint64_t object, std::string_view kind, std::string_view part)
{
    return mixed(hashed(part, hashed(kind, object)));
}

} // namespace

std::uint64_t objectNumber(const QualifiedName& name)
{
    return mixed(hashed(name.name, hashed(name.schema, begin)));
}

std::uint64_t factKey(const QualifiedName& object, std::string_view kind, std::string_view part)
{
    return lineKey(objectNumber(object), kind, part);
}

std::vector<Fact> factsOf(const QualifiedName& object, const std::vector<ObjectLine>& lines)
{
    const std::uint64_t number = objectNumber(object);
    std::vector<Fact> facts;
    facts.reserve(lines.size());
    for (const ObjectLine& line : lines)
        facts.push_back({.key = lineKey(number, line.kind, line.part),
                         .definition = mixed(hashed(line.definition, begin))});
    return facts;
}

std::uint64_t summand(const Fact& fact)
{
    return mixed(fact.key ^ mixed(fact.definition));
}

} // namespace sightglass
