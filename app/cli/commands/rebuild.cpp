// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/edit_chain.h"
#include "app/cli/rebuild_sources.h"
#include "app/lost_revisions.h"
#include "core/base/error.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>

namespace sightglass::commands::rebuild {

namespace {

struct Options
{
    RebuildRequest request;
    std::string from;
    std::vector<std::string> down;
    std::vector<std::string> without;
    bool initial = false;
    ActionOptions action;
};

std::vector<FileOfTheLost>
filesInGit(const Inspection& inspection, const RevisionId& id, const RunContext& run)
{
    std::vector<FileOfTheLost> files;
    for (const FoundRevision& each :
         findLostInGit(DiskFileSystem(), *inspection.scripts, *inspection.graph, id, run))
        files.push_back({.id = each.id,
                         .path = each.path,
                         .contents = each.contents,
                         .commit = each.commit,
                         .summary = each.summary,
                         .when = each.when,
                         .branch = each.where,
                         .isStashed = each.place == FoundRevision::Place::Stash});
    return files;
}

/// From the database where there is one, else from the models.
Result<RebuildSource> sourceFor(const Options& options,
                                const Inspection& inspection,
                                const InspectRequest& request,
                                const RunContext& run)
{
    const bool hasDatabase = inspection.live != nullptr || inspection.liveError.has_value();
    const bool isLive = options.from == "live" || (options.from != "models" && hasDatabase);
    auto source = isLive ? databaseSource(inspection, request, run) : modelsSource(inspection);
    if (source)
        source->leftOut = tablesNamed(options.without);
    return source;
}

Result<Plan> planFor(Options& options,
                     const Inspection& inspection,
                     const InspectRequest& request,
                     const ChainScene& scene,
                     const RunContext& run)
{
    if (!options.initial && (options.from.empty() || options.from == "git")) {
        const auto files = filesInGit(inspection, options.request.id, run);
        if (!files.empty())
            return planPutBack(scene, files, options.request.file, run);
        if (options.from == "git")
            return failure(ErrorCode::NotFound,
                           "No commit, branch or stash of git has a file that defines " +
                               printable(options.request.id) + ".",
                           "Rebuild it with --from live or --from models.");
    }
    const auto source = sourceFor(options, inspection, request, run);
    if (!source)
        return failure(source.error());
    const auto make = options.initial ? planInitial : planRebuild;
    return make(scene, options.request, *source, inspection.history, historyReader(run), run);
}

ExitStatus run(Options& options, const CommonOptions& common, CommandContext& context)
{
    if (options.initial != options.request.id.empty()) {
        printError(context,
                   {.code = ErrorCode::Usage,
                    .message = options.initial ? "--initial makes a new revision: it takes no id."
                                               : "No revision is named.",
                    .nextStep = "Name a lost revision; chain lists them."});
        return ExitStatus::UsageError;
    }
    if (options.initial)
        options.request.id = randomRevisionId();
    if (!options.down.empty())
        options.request.down = options.down;
    if (!options.request.file.empty())
        options.request.file = std::filesystem::absolute(options.request.file).string();
    options.request.created = createdNow();
    InspectRequest request = requestOf(common);
    request.operations = true;
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    return editInspected(*inspection,
                         options.action,
                         common,
                         context,
                         [&](const ChainScene& scene, const RunContext& work) {
                             return planFor(options, *inspection, request, scene, work);
                         });
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("ID", options->request.id, "the revision that no file defines");
    app.add_option(
           "--from", options->from, "git, live or models; without it the first of them that has it")
        ->check(CLI::IsMember({"git", "live", "models"}));
    app.add_flag("--initial",
                 options->initial,
                 "Write the first migration that a chain lacks whose revisions need tables that "
                 "none makes");
    app.add_option(
           "--down", options->down, "What it builds on, where that is not clear; base: nothing")
        ->type_name("REV");
    app.add_option("--without", options->without, "A table that the file leaves alone")
        ->type_name("TABLE");
    app.add_option(
           "--out", options->request.file, "Write this file instead of one in the versions folder")
        ->type_name("FILE");
    addEditOptions(app, options->action);
    app.callback(
        [options, &common, &context, status] { *status = run(*options, common, context); });
}

} // namespace

extern const Command command{
    .name = "rebuild",
    .summary = "Brings back the file of a lost revision, from git, a database or the models",
    .examples = "  sightglass-cli rebuild 1a2b3c4d5e6f --dry-run\n"
                "  sightglass-cli rebuild 1a2b3c4d5e6f --from live --dsn-from-project\n"
                "  sightglass-cli rebuild --initial --dsn-from-project",
    .declare = declare,
};

} // namespace sightglass::commands::rebuild
