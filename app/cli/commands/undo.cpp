// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/run_action.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

namespace sightglass::commands::undo {

namespace {

struct Options
{
    std::string run; ///< empty: the last that can be taken back
    ActionOptions action;
};

/// The entry that is meant: by the name of its run or the end of it, else the last action on this
/// database that can be taken back.
Result<JournalEntry> chosenEntry(const std::vector<JournalEntry>& entries,
                                 const std::string& run,
                                 const JournalTarget& place)
{
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        const bool isHere =
            entry->intent.target.database.empty() || isSameDatabase(entry->intent.target, place);
        if (run.empty() ? entry->canBeUndone() && isHere : entry->intent.run.ends_with(run))
            return *entry;
    }
    if (!run.empty())
        return failure(ErrorCode::NotFound,
                       "The journal has no run " + printable(run) + ".",
                       "sightglass-cli journal lists them.");
    return failure(ErrorCode::NotFound,
                   "Nothing was done to " + printable(place.shown) + " that can be taken back.",
                   "sightglass-cli journal lists what was done.");
}

ExitStatus runOn(const Inspection& inspection,
                 const ConnectionTarget& target,
                 const Options& options,
                 const CommonOptions& common,
                 CommandContext& context)
{
    const auto refused = [&](const Error& error) {
        printError(context, error);
        return error.code == ErrorCode::StateChanged ? ExitStatus::Refused : ExitStatus::UsageError;
    };
    const auto journal = userJournal();
    if (!journal)
        return refused(journal.error());
    const SystemClock clock;
    const PlanSeams seams{.journal = *journal,
                          .clock = clock,
                          .open = openerFor(target, options.action),
                          .perform = {},
                          .verify = {}};
    const PlanTarget place = planTargetOf(DiskFileSystem(), inspection, target);
    reportOpenRuns(seams, place.place, context);
    const auto reading = journal->read();
    if (!reading)
        return refused(reading.error());
    const auto entry = chosenEntry(
        entriesOf(*reading, [&](const std::string& id) { return journal->isRunning(id); }),
        options.run,
        place.place);
    if (!entry)
        return refused(entry.error());
    const auto plan = planUndo(*entry, place);
    if (!plan)
        return refused(plan.error());
    return showOrRun(*plan, options.action, seams, common, context);
}

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    ExitStatus status = ExitStatus::Done;
    const InspectRequest request = requestOf(common);
    const auto inspection = readInspection(request, context, &status);
    if (!inspection || status != ExitStatus::Done)
        return status;
    const auto target = targetOf(request, inspection->scripts->project);
    if (inspection->live == nullptr || !target || !*target) {
        printError(context,
                   {.code = ErrorCode::Usage,
                    .message = "To take something back its database has to be named.",
                    .nextStep = "Name it with --dsn or --dsn-from-project."});
        return ExitStatus::UsageError;
    }
    return runOn(*inspection, **target, options, common, context);
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("RUN", options->run, "run of the journal; without it the last that can be");
    addActionOptions(app, options->action);
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "undo",
    .summary = "Takes the last action back",
    .examples = "  sightglass-cli undo --dry-run\n"
                "  sightglass-cli undo --confirm shop\n"
                "  sightglass-cli undo 1f2e3d4c --dsn postgresql://app@localhost/shop",
    .declare = declare,
};

} // namespace sightglass::commands::undo
