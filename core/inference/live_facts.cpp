// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/live_facts.h"

namespace sightglass {

FactTally& FactTally::operator+=(const FactTally& other)
{
    matched += other.matched;
    differing += other.differing;
    missing += other.missing;
    covered += other.covered;
    doubted += other.doubted;
    return *this;
}

FactTally& FactTally::operator-=(const FactTally& other)
{
    matched -= other.matched;
    differing -= other.differing;
    missing -= other.missing;
    covered -= other.covered;
    doubted -= other.doubted;
    return *this;
}

LiveFacts::LiveFacts(const Fingerprints& prints, const Schema& schema, const Settings& settings)
{
    for (const Doubt& doubt : settings.doubts) {
        if (!doubt.table.name.empty())
            m_doubted.insert(objectNumber(doubt.table));
    }
    for (const QualifiedName& name : namesIn(schema)) {
        if (settings.leftOut && settings.leftOut(name))
            continue;
        const std::uint64_t object = objectNumber(name);
        if (!prints.knowsObject(object)) {
            if (const Table* table = schema.table(name);
                table != nullptr && table->kind != TableKind::Partition)
                m_unmanaged.push_back(name);
            continue;
        }
        if (m_doubted.contains(object))
            continue;
        std::int64_t known = 0;
        for (const Fact& fact : factsOf(name, linesUnder(schema, name, prints.unread()))) {
            m_lines.emplace(fact.key, fact.definition);
            if (prints.knowsLine(fact.key) || prints.isOpen(object))
                ++known;
            else
                ++m_foreignLines;
        }
        m_knownOf.emplace(object, known);
        m_knownLines += known;
    }
}

FactTally LiveFacts::contribution(const ObjectVersion& version) const
{
    FactTally tally;
    if (m_doubted.contains(version.object)) {
        tally.doubted = 1;
        return tally;
    }
    for (const Fact& fact : version.facts) {
        const auto found = m_lines.find(fact.key);
        if (found == m_lines.end())
            ++tally.missing;
        else if (found->second == fact.definition)
            ++tally.matched;
        else
            ++tally.differing;
    }
    tally.covered = tally.matched + tally.differing;
    for (const std::uint64_t key : version.doubted)
        tally.covered += m_lines.contains(key) ? 1 : 0;
    if (version.sure != ObjectVersion::Sure::Everything) {
        const auto known = m_knownOf.find(version.object);
        tally.covered = known != m_knownOf.end() ? known->second : 0;
    }
    tally.doubted =
        version.sure != ObjectVersion::Sure::Everything || !version.doubted.empty() ? 1 : 0;
    return tally;
}

std::optional<std::uint64_t> LiveFacts::definitionOf(std::uint64_t key) const
{
    const auto found = m_lines.find(key);
    if (found == m_lines.end())
        return std::nullopt;
    return found->second;
}

std::int64_t extraOf(const FactTally& tally, const LiveFacts& live)
{
    return live.knownLines() - tally.covered;
}

double scoreOf(const FactTally& tally, const LiveFacts& live)
{
    constexpr std::int64_t weightOfExtra = 2;
    const std::int64_t all = tally.matched + tally.differing + tally.missing +
                             weightOfExtra * extraOf(tally, live) + live.foreignLines();
    if (all == 0)
        return 0;
    constexpr double half = 0.5;
    return (static_cast<double>(tally.matched) + half * static_cast<double>(tally.differing)) /
           static_cast<double>(all);
}

} // namespace sightglass
