// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"
#include "app/back_up.h"
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/run_action.h"

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

void rotate(const BackupStore& store,
            const BackupManifest& made,
            const Options& options,
            CommandContext& context)
{
    const RotatedBackups rotated = rotateBackups(store, made, options.keep);
    for (const Error& error : rotated.errors)
        printError(context, error);
    for (const std::string& id : rotated.removed)
        context.err << "Removed the old backup " << printable(id) << ".\n";
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
    const BackupStore store = backupsIn(options.folder);
    const BackupPlan made = planBackupOf(scene.inspection,
                                         scene.target,
                                         scene.place,
                                         {.folder = store.folder(), .jobs = options.jobs},
                                         *tools,
                                         scene.seams.clock.now());
    performBackups(scene.seams, made, store);
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
