// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/inspect.h"
#include "core/actions/run_plan.h"
#include "core/base/clock.h"
#include "core/journal/action_journal.h"
#include "core/live/connection_target.h"

#include <functional>
#include <string>
#include <string_view>

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
    bool needsPhrase = true; ///< false: what it does can't do harm
};

/// Reads the project and the database, and goes on with them.
///
/// needs  "A stamp needs a database": said where none was named
using ActOnDatabase =
    std::function<ExitStatus(const Inspection& inspection, const ConnectionTarget& target)>;
ExitStatus withDatabase(const InspectRequest& request,
                        std::string_view needs,
                        CommandContext& context,
                        const ActOnDatabase& act);

/// What a plan on a database is made and run with.
struct ActionScene
{
    const Inspection& inspection;
    const ConnectionTarget& target;
    PlanTarget place;
    PlanSeams seams;
};

/// Goes on with the journal and sessions to the database, after it has told on stderr what earlier
/// actions on it have left that were cut short.
ExitStatus withActionScene(const Inspection& inspection,
                           const ConnectionTarget& target,
                           const ActionOptions& options,
                           CommandContext& context,
                           const std::function<ExitStatus(ActionScene& scene)>& act);

/// Says on stderr what earlier actions on this database, or on the project's files, have left that
/// were cut short.
void reportOpenRuns(const PlanSeams& seams, const JournalTarget& place, CommandContext& context);

void addActionOptions(CLI::App& app, ActionOptions& options);

/// Prints the plan, or runs it when it is confirmed, and prints what became of it. The last
/// verified backup stands in it.
///
/// shape   Done; Refused: not confirmed, or refused and nothing changed; NoDatabase; ActionFailed:
///         something was changed, or it is not known; Interrupted
ExitStatus showOrRun(const Plan& plan,
                     const ActionOptions& options,
                     const PlanSeams& seams,
                     const CommonOptions& common,
                     CommandContext& context);

} // namespace sightglass
