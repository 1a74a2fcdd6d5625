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
        if (run.empty() ? entry->canBeUndone() && concerns(*entry, place)
                        : entry->intent.run.ends_with(run))
            return *entry;
    }
    if (!run.empty())
        return failure(ErrorCode::NotFound,
                       "The journal has no run " + printable(run) + ".",
                       "sightglass-cli journal lists them.");
    return failure(ErrorCode::NotFound,
                   "Nothing was done to " + printable(place.shown) + " that can be taken back.",
                   place.database.empty() ? "Name a database with --dsn to take back what was done "
                                            "to it; sightglass-cli journal lists all."
                                          : "sightglass-cli journal lists what was done.");
}

ExitStatus undoOn(const PlanTarget& place,
                  const PlanSeams& seams,
                  const Options& options,
                  const CommonOptions& common,
                  CommandContext& context)
{
    const auto refused = [&](const Error& error) {
        printError(context, error);
        return error.code == ErrorCode::StateChanged ? ExitStatus::Refused : ExitStatus::UsageError;
    };
    const ActionJournal& journal = seams.journal;
    const auto reading = journal.read();
    if (!reading)
        return refused(reading.error());
    const auto entry = chosenEntry(
        entriesOf(*reading, [&](const std::string& id) { return journal.isRunning(id); }),
        options.run,
        place.place);
    if (!entry)
        return refused(entry.error());
    const auto plan = planUndo(*entry, place);
    if (!plan)
        return refused(plan.error());
    return showOrRun(*plan, options.action, seams, common, context);
}

/// Without a database: what was done to the project's files.
ExitStatus undoOfFiles(const InspectRequest& request,
                       const Options& options,
                       const CommonOptions& common,
                       CommandContext& context)
{
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    const auto journal = userJournal();
    if (!journal) {
        printError(context, journal.error());
        return ExitStatus::UsageError;
    }
    const SystemClock clock;
    const std::string root = inspection->scripts->project.root.string();
    const PlanTarget place{.place = {.shown = root, .project = root},
                           .environment = EnvironmentKind::Development,
                           .environmentWhy = "Only files of the project are changed."};
    const PlanSeams seams{.journal = *journal, .clock = clock, .open = {}};
    reportOpenRuns(seams, place.place, context);
    return undoOn(place, seams, options, common, context);
}

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    const InspectRequest request = requestOf(common);
    if (request.dsn.empty() && !request.dsnFromProject)
        return undoOfFiles(request, options, common, context);
    return withDatabase(
        request,
        "To take something back a database is needed",
        context,
        [&](const Inspection& inspection, const ConnectionTarget& target) {
            return withActionScene(
                inspection, target, options.action, context, [&](ActionScene& scene) {
                    return undoOn(scene.place, scene.seams, options, common, context);
                });
        });
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
