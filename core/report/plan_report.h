// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/run_plan.h"
#include "core/journal/journal_entries.h"
#include "core/stamp/plan_stamp.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A plan and, where it was run, what became of it; as JSON and for a terminal.
std::string planJson(const Plan& plan, const PlanOutcome* outcome);
std::string planText(const Plan& plan);
std::string outcomeText(const PlanOutcome& outcome);

/// What was done. `unreadLines` of the journal are told.
std::string journalJson(const std::vector<JournalEntry>& entries, std::size_t unreadLines);
std::string journalText(const std::vector<JournalEntry>& entries, std::size_t unreadLines);

/// Revisions that a stamp could name.
std::string stampCandidatesJson(const std::vector<StampCandidate>& candidates,
                                const std::string& whyNot);
std::string stampCandidatesText(const std::vector<StampCandidate>& candidates,
                                const std::string& whyNot);

} // namespace sightglass
