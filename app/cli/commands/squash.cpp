// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/edit_chain.h"
#include "app/cli/rebuild_sources.h"
#include "core/rebuild/plan_squash.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace sightglass::commands::squash {

namespace {

struct Options
{
    SquashRequest request;
    ActionOptions action;
};

ExitStatus run(Options& options, const CommonOptions& common, CommandContext& context)
{
    InspectRequest request = requestOf(common);
    request.operations = true;
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection || status != ExitStatus::Done)
        return status;
    options.request.created = createdNow();
    if (inspection->live != nullptr) {
        options.request.rows = rowsOf(*inspection);
        options.request.live = inspection->live->schema;
        options.request.database = inspection->live->server.database;
    }
    if (options.request.id.empty() && inspection->graph->heads().size() != 1)
        options.request.id = randomRevisionId();
    return editInspected(
        *inspection,
        options.action,
        common,
        context,
        [&](const ChainScene& scene, const RunContext& work) {
            return planSquash(
                scene, options.request, inspection->history, historyReader(work), work);
        });
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("-m,--message", options->request.message, "without it: squash of N revisions");
    app.add_option("--rev-id",
                   options->request.id,
                   "the new id; without it that of the one head, so that no database at it has to "
                   "be stamped");
    app.add_flag("--without-rows",
                 options->request.withoutRows,
                 "Leave behind the rows that revisions insert");
    addEditOptions(app, options->action);
    app.callback(
        [options, &common, &context, status] { *status = run(*options, common, context); });
}

} // namespace

extern const Command command{
    .name = "squash",
    .summary = "Makes one migration of all, and moves the old files beside",
    .examples = "  sightglass-cli squash --dry-run\n"
                "  sightglass-cli squash --dsn-from-project -m \"schema of 2026\"",
    .declare = declare,
};

} // namespace sightglass::commands::squash
