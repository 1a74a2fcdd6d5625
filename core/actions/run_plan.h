// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/base/clock.h"
#include "core/journal/journal_entries.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What the world was like when it was read again at the end.
enum class PlanVerdict
{
    NotAsked, ///< the plan did not come to its end
    AsPlanned,
    NotAsPlanned, ///< exit status 0 proves nothing
    NotRead       ///< it could not be read
};

std::string_view toText(PlanVerdict verdict); ///< "as-planned", …

/// What became of a plan.
struct PlanOutcome
{
    EntryState state = EntryState::Refused; ///< Done, Refused, Failed or InDoubt
    std::string run;                    ///< in the journal; empty: it came to nothing before that
    std::optional<Error> error;         ///< why it is not Done
    std::vector<std::string> sentences; ///< what was changed and what was not
    PlanVerdict verdict = PlanVerdict::NotAsked;
    std::vector<std::string> verdictSentences; ///< what is not as planned

    bool isFine() const { return state == EntryState::Done && verdict == PlanVerdict::AsPlanned; }
};

/// What a plan is run with.
struct PlanSeams
{
    const ActionJournal& journal;
    const Clock& clock;
    OpenWritingSession open; ///< for plans with SQL
    /// To another database of the same server, for SqlWork::database. May be empty.
    OpenNamedSession openNamed = {};
    /// For plans with OwnWork.
    std::function<Result<void>(const OwnWork& work, const RunContext& run)> perform = {};
    /// Reads the world again beyond what SqlWork::after asks. Gives sentences: what is not as
    /// planned. May be empty.
    std::function<Result<std::vector<std::string>>(const RunContext& run)> verify = {};
    /// Told what commands say, as they say it. May be empty.
    std::function<void(std::string_view said)> output = {};
};

/// Runs a plan: compares `typed` with the phrase, writes the intent to the journal, runs each step
/// (its checks again, under its locks), writes the outcome, reads the world again through a new
/// session, writes the verdict.
///
/// The first step that fails ends it; a step of SQL in a transaction or of a file that fails leaves
/// nothing. A stop is heard until a step takes effect. Whenever this program or the server ends in
/// between, the next settleRun tells what is left.
PlanOutcome
runPlan(const Plan& plan, const std::string& typed, const PlanSeams& seams, const RunContext& run);

} // namespace sightglass
