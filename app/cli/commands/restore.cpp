// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/run_action.h"
#include "core/backup/dump_file.h"
#include "core/backup/plan_table_restore.h"
#include "core/backup/run_restore.h"
#include "core/backup/run_table_restore.h"
#include "core/diagnosis/diagnose.h"
#include "core/history/sql_file.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace sightglass::commands::restore {

namespace {

struct Options
{
    std::string id;
    std::string folder;
    std::vector<std::string> tables;
    RestoreRequest request;
    ActionOptions action;
};

ExitStatus refused(const Error& error, CommandContext& context)
{
    printError(context, error);
    switch (error.code) {
    case ErrorCode::Cancelled:
        return ExitStatus::Interrupted;
    case ErrorCode::ConnectionLost:
        return ExitStatus::NoDatabase;
    case ErrorCode::NotFound:
    case ErrorCode::Ambiguous:
    case ErrorCode::Usage:
        return ExitStatus::UsageError;
    default:
        return ExitStatus::Refused;
    }
}

ExitStatus restoreWhole(ActionScene& scene,
                        const RestoreSituation& situation,
                        const DumpTools& tools,
                        const Options& options,
                        const CommonOptions& common,
                        CommandContext& context)
{
    const ServerDoor door = serverDoor();
    const RestorePlan made =
        planRestore(situation, scene.place, options.request, tools, scene.seams.clock.now());
    scene.seams.perform = [&](const OwnWork&, const RunContext& run) {
        return restoreBeside(made.job, door, run);
    };
    const ConnectionTarget result = options.request.into.empty()
                                        ? scene.target
                                        : otherDatabase(scene.target, options.request.into);
    scene.seams.verify = [&](const RunContext& run) {
        return unmetVersionRows(made.job.manifest, result, door, run);
    };
    ActionOptions action = options.action;
    if (!options.request.into.empty()) { // nothing is replaced, so that nothing has to be typed
        action.needsPhrase = false;
        action.confirm = action.dryRun ? std::string() : made.plan.confirmation.phrase;
    }
    return showOrRun(made.plan, action, scene.seams, common, context);
}

ExitStatus restoreTables(ActionScene& scene,
                         const RestoreSituation& situation,
                         const DumpTools& tools,
                         const Options& options,
                         const CommonOptions& common,
                         CommandContext& context)
{
    const Path dump = situation.store.dumpOf(situation.backup.manifest);
    const auto sql = schemaSqlOf(dump, tools, context.run);
    if (!sql)
        return refused(sql.error(), context);
    const SqlFileReading held = readSqlFile(*sql, dump.string());
    auto made = planTableRestore(situation,
                                 scene.place,
                                 held.result.schema,
                                 options.tables,
                                 options.request.jobs,
                                 tools,
                                 scene.seams.clock.now());
    if (!made)
        return refused(made.error(), context);
    made->job.lockLimit = std::chrono::milliseconds(options.action.lockTimeout);
    const ServerDoor door = serverDoor();
    scene.seams.perform = [&](const OwnWork& work, const RunContext& run) {
        return work.kind == "stage"
                   ? stageTables(made->job, made->selection, situation.store, door, run)
                   : restoreBeside(made->job, door, run);
    };
    return showOrRun(made->plan, options.action, scene.seams, common, context);
}

ExitStatus restore(ActionScene& scene,
                   const Options& options,
                   const CommonOptions& common,
                   CommandContext& context)
{
    const BackupStore store = backupsIn(options.folder);
    const auto backup = store.find(options.id);
    if (!backup)
        return refused(backup.error(), context);
    const auto tools = findDumpTools(context.run);
    if (!tools)
        return refused({.code = ErrorCode::Unsupported,
                        .message = tools.error().message,
                        .nextStep = tools.error().nextStep},
                       context);
    const auto facts = readDatabaseFacts(scene.target, serverDoor(), context.run);
    if (!facts)
        return refused(facts.error(), context);
    const Inspection& inspection = scene.inspection;
    const auto pairing =
        pairVersionTable(inspection.scripts->project, *inspection.graph, *inspection.live);
    const RestoreSituation situation{.graph = *inspection.graph,
                                     .live = *inspection.live,
                                     .versionTable = pairing.table,
                                     .connection = scene.target,
                                     .facts = *facts,
                                     .store = store,
                                     .backup = *backup};
    const auto way = options.tables.empty() ? restoreWhole : restoreTables;
    return way(scene, situation, *tools, options, common, context);
}

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    return withDatabase(
        requestOf(common),
        "A restore needs a database",
        context,
        [&](const Inspection& inspection, const ConnectionTarget& target) {
            return withActionScene(
                inspection, target, options.action, context, [&](ActionScene& scene) {
                    return restore(scene, options, common, context);
                });
        });
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("ID", options->id, "id of a backup, or the end of it")->required();
    auto* const into =
        app.add_option("--into", options->request.into, "a new database; the one that stands stays")
            ->type_name("NEWDB");
    app.add_option("--table", options->tables, "only these tables, with all that belongs to them")
        ->type_name("TABLE")
        ->excludes(into);
    app.add_option("--out", options->folder, "folder of the backups (default: the user's own)")
        ->type_name("DIR");
    app.add_option("--jobs", options->request.jobs, "tables at once")
        ->type_name("N")
        ->check(CLI::Range(1, 64));
    addActionOptions(app, options->action);
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "restore",
    .summary = "Brings a backup back: beside first, compared, then in place of what stands",
    .examples = "  sightglass-cli restore 030100 --dry-run --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli restore 030100 --confirm shop\n"
                "  sightglass-cli restore 030100 --into shop_as_it_was\n"
                "  sightglass-cli restore 030100 --table users --table sessions --confirm shop",
    .declare = declare,
};

} // namespace sightglass::commands::restore
