// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/impact.h"
#include "core/identity/identity.h"
#include "core/inspection/inspection.h"
#include "core/inspection/start_check.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What `diagnose` tells beside an inspection: which database it is, and what an upgrade would meet
/// and mean. Absent: not looked at.
struct Outlook
{
    std::optional<DatabaseVisit> visit;
    std::optional<StartCheck> start;
    std::optional<Impact> impact;
    std::vector<QualifiedName> chainTables; ///< that the chain has at its heads, sorted
};

/// Adds what a visit to the database told to the diagnosis: what is not as it was becomes evidence
/// and findings of the rule "database-identity".
void addVisit(Inspection& inspection, const DatabaseVisit& visit);

/// What the pending revisions come to on the database of an inspection: the first operation that it
/// would refuse, what would be destroyed, what could not be read. Nothing where nothing is pending,
/// or they were not reviewed.
///
/// cost  one replay of the pending revisions
std::optional<PendingFacts> pendingFacts(const Inspection& inspection);

/// The impact of running the chain, out of an inspection and what lies around the project.
Impact impactOf(const Inspection& inspection, const SurroundingFacts& around);

/// "11 tables lose all their rows, 12965 as far as is known; no revision makes 11 of them". Empty
/// where nothing is destroyed.
std::string lossInWords(const LossAssessment& loss);

} // namespace sightglass
