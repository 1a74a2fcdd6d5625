// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/run_action.h"
#include "core/backup/plan_backup.h"
#include "core/diagnosis/diagnose.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>
#include <vector>

namespace sightglass::commands::backup {

namespace {

struct Options
{
    std::string folder;
    int jobs = 1;
    std::size_t keep = 10;
    bool dryRun = false;
};

/// Removes the oldest of this database, never the last verified one.
void rotate(const BackupStore& store,
            const BackupManifest& made,
            const Options& options,
            CommandContext& context)
{
    auto backups = store.list();
    if (!backups || options.keep == 0)
        return;
    std::erase_if(*backups, [&](const StoredBackup& other) {
        return databaseKey(other.manifest) != databaseKey(made);
    });
    for (const BackupManifest& old : tooMany(*backups, options.keep)) {
        if (auto removed = store.remove(old); !removed)
            printError(context, removed.error());
        else
            context.err << "Removed the old backup " << printable(old.id) << ".\n";
    }
}

ExitStatus backUp(ActionScene& scene,
                  const Options& options,
                  const CommonOptions& common,
                  CommandContext& context)
{
    const auto tools = findDumpTools(context.run);
    if (!tools) {
        printError(context, tools.error());
        return tools.error().code == ErrorCode::Cancelled ? ExitStatus::Interrupted
                                                          : ExitStatus::Refused;
    }
    const Inspection& inspection = scene.inspection;
    const auto pairing =
        pairVersionTable(inspection.scripts->project, *inspection.graph, *inspection.live);
    const BackupStore store = backupsIn(options.folder);
    const BackupPlan made = planBackup({.graph = *inspection.graph,
                                        .live = *inspection.live,
                                        .versionTable = pairing.table,
                                        .connection = scene.target},
                                       scene.place,
                                       {.folder = store.folder(), .jobs = options.jobs},
                                       *tools,
                                       scene.seams.clock.now());
    const ServerDoor door = serverDoor();
    scene.seams.perform = [&](const OwnWork&, const RunContext& run) -> Result<void> {
        const auto kept = runBackup(made.job, store, door, scene.seams.clock, run);
        return kept ? Result<void>() : failure(kept.error());
    };
    scene.seams.verify = [&](const RunContext&) -> Result<std::vector<std::string>> {
        const auto kept = store.find(made.job.manifest.id);
        if (!kept)
            return failure(kept.error());
        return kept->problem.empty() ? std::vector<std::string>()
                                     : std::vector<std::string>{kept->problem};
    };
    // It changes nothing in the database, so that nothing has to be typed.
    ActionOptions action;
    action.needsPhrase = false;
    action.dryRun = options.dryRun;
    action.confirm = options.dryRun ? std::string() : made.plan.confirmation.phrase;
    const ExitStatus status = showOrRun(made.plan, action, scene.seams, common, context);
    if (status == ExitStatus::Done && !options.dryRun)
        rotate(store, made.job.manifest, options, context);
    return status;
}

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    return withDatabase(requestOf(common),
                        "A backup needs a database",
                        context,
                        [&](const Inspection& inspection, const ConnectionTarget& target) {
                            return withActionScene(
                                inspection, target, {}, context, [&](ActionScene& scene) {
                                    return backUp(scene, options, common, context);
                                });
                        });
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("--out", options->folder, "folder (default: the user's own)")->type_name("DIR");
    app.add_option("--jobs", options->jobs, "tables at once; the dump is a folder then")
        ->type_name("N")
        ->check(CLI::Range(1, 64));
    app.add_option("--keep", options->keep, "backups of a database to keep, 0: all (default: 10)")
        ->type_name("N");
    app.add_flag("--dry-run", options->dryRun, "Show the plan and do nothing");
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "backup",
    .summary = "A verified dump of the database, with the revision that it holds",
    .examples = "  sightglass-cli backup --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli backup --out /srv/backups --jobs 4 --dsn-from-project\n"
                "  sightglass-cli backup --dry-run",
    .declare = declare,
};

} // namespace sightglass::commands::backup
