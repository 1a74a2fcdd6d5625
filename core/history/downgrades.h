// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/differences/differences.h"
#include "core/history/history.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What a downgrade does to what its upgrade made; the worst that holds.
enum class DowngradeKind
{
    Mirrors,    ///< the schema is as before, and no data goes
    Lossy,      ///< the schema is as before; data goes, or what the upgrade destroyed stays lost
    NotKnown,   ///< a part of it could not be read
    Incomplete, ///< something of the upgrade remains, or comes back otherwise
    Refused,    ///< PostgreSQL would refuse an operation of it
    Raises,     ///< the revision refuses: an exception leaves it
    Missing     ///< there is no downgrade function
};

std::string_view toText(DowngradeKind kind); ///< "mirrors", "lossy", "not-known", …

/// What undoing one revision would come to.
struct DowngradeAssessment
{
    RevisionIndex revision = 0;
    DowngradeKind kind = DowngradeKind::Mirrors;
    std::vector<std::string> loses; ///< "table jobs with its rows", "what column jobs.state held"
    /// Left: before the upgrade. Right: after upgrade and downgrade.
    std::vector<Difference> remains;
    std::string reason; ///< the exception, PostgreSQL's refusal, what could not be read
    SourceSpan span;    ///< of that
};

/// Replays the downgrade of one revision on the schema that its upgrade leaves.
///
/// cost  two schemas of the history
DowngradeAssessment assessDowngrade(const History& history, RevisionIndex revision);

/// A way down, step by step, newest first.
struct DowngradePath
{
    std::vector<DowngradeAssessment> steps;
    DowngradeKind worst = DowngradeKind::Mirrors;
    std::vector<QualifiedName> tablesThatRemain; ///< made by these revisions and never dropped
};

DowngradePath assessDowngradePath(const History& history, std::span<const RevisionIndex> path);

} // namespace sightglass
