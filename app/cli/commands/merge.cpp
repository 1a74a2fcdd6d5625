// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/edit_chain.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace sightglass::commands::merge {

namespace {

struct Options
{
    MergeRequest request;
    ActionOptions action;
};

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("REV", options->request.revisions, "the revisions; without any, all heads");
    app.add_option("-m,--message", options->request.message, "without it: merge a and b");
    app.add_option("--rev-id", options->request.id, "the new id; without it one is made");
    addEditOptions(app, options->action);
    app.callback([options, &common, &context, status] {
        options->request.created = createdNow();
        if (options->request.id.empty())
            options->request.id = randomRevisionId();
        *status = editChain(
            options->action, common, context, [&](const ChainScene& scene, const RunContext& run) {
                return planMerge(scene, options->request, run);
            });
    });
}

} // namespace

extern const Command command{
    .name = "merge",
    .summary = "Joins heads in a new revision, as alembic merge does",
    .examples = "  sightglass-cli merge --dry-run\n"
                "  sightglass-cli merge 1a2b3c4d5e6f 2b3c4d5e6f7a -m \"join billing\"",
    .declare = declare,
};

} // namespace sightglass::commands::merge
