// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/fingerprints.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sightglass {

/// How the facts of one state stand to those of another schema. Facts in doubt are in none.
struct FactTally
{
    std::int64_t matched = 0;
    std::int64_t differing = 0; ///< the line is there and says something else
    std::int64_t missing = 0;
    std::int64_t covered = 0; ///< lines of the other schema that are accounted for, or in doubt
    std::int64_t doubted = 0; ///< objects that count neither way, or in part

    FactTally& operator+=(const FactTally& other);
    FactTally& operator-=(const FactTally& other);
    friend bool operator==(const FactTally&, const FactTally&) = default;
};

/// The schema that revisions are compared with, as numbers: a live one, or that of a file of SQL.
class LiveFacts
{
public:
    struct Settings
    {
        std::function<bool(const QualifiedName&)> leftOut; ///< the version table
        std::vector<Doubt> doubts;                         ///< of the schema itself
    };

    /// cost  linear in the lines of objects that some revision knows
    LiveFacts(const Fingerprints& prints, const Schema& schema, const Settings& settings);

    /// What one object's version contributes.
    FactTally contribution(const ObjectVersion& version) const;

    /// What a line says; absent: it is not there.
    std::optional<std::uint64_t> definitionOf(std::uint64_t key) const;

    /// Lines of this schema that some revision knows.
    std::int64_t knownLines() const { return m_knownLines; }

    /// Lines of objects that revisions know, which no revision makes: changes by hand.
    std::int64_t foreignLines() const { return m_foreignLines; }

    /// Tables that no revision knows; the chain does not manage them.
    const std::vector<QualifiedName>& unmanagedTables() const { return m_unmanaged; }

private:
    std::unordered_map<std::uint64_t, std::uint64_t> m_lines;  ///< definitions by key
    std::unordered_map<std::uint64_t, std::int64_t> m_knownOf; ///< known lines of an object
    std::unordered_set<std::uint64_t> m_doubted;               ///< objects
    std::int64_t m_knownLines = 0;
    std::int64_t m_foreignLines = 0;
    std::vector<QualifiedName> m_unmanaged;
};

/// 0…1: the share of lines that both hold among all that either holds, less what does not count.
/// What the schema has too many counts twice: somebody may have dropped what is missing, and hardly
/// anybody makes what only a later revision makes.
double scoreOf(const FactTally& tally, const LiveFacts& live);
/// Lines that the schema has and the state should not.
std::int64_t extraOf(const FactTally& tally, const LiveFacts& live);

} // namespace sightglass
