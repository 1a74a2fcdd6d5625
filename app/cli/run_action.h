// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/actions/run_plan.h"
#include "core/base/clock.h"
#include "core/journal/action_journal.h"
#include "core/live/connection_target.h"

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace sightglass {

/// Options of every command that acts.
struct ActionOptions
{
    bool dryRun = false;
    std::string confirm;     ///< the phrase
    std::string plan;        ///< id that --dry-run printed; empty: any
    int lockTimeout = 3'000; ///< milliseconds
};

void addActionOptions(CLI::App& app, ActionOptions& options);

/// Prints the plan, or runs it when it is confirmed, and prints what became of it.
///
/// shape   Done; Refused: not confirmed, or refused and nothing changed; NoDatabase; ActionFailed:
///         something was changed, or it is not known; Interrupted
ExitStatus showOrRun(const Plan& plan,
                     const ActionOptions& options,
                     const PlanSeams& seams,
                     const CommonOptions& common,
                     CommandContext& context);

/// Says on stderr what earlier actions on this database have left that were cut short.
void reportOpenRuns(const PlanSeams& seams, const JournalTarget& place, CommandContext& context);

/// The connection of `options` for a plan on `target`.
OpenWritingSession openerFor(const ConnectionTarget& target, const ActionOptions& options);

} // namespace sightglass
