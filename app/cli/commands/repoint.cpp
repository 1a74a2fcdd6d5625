// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/edit_chain.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace sightglass::commands::repoint {

namespace {

struct Options
{
    RepointRequest request;
    ActionOptions action;
};

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("REV", options->request.revision, "the revision, or its file")->required();
    app.add_option("DOWN", options->request.down, "what it is to follow; base: nothing")
        ->required();
    addEditOptions(app, options->action);
    app.callback([options, &common, &context, status] {
        *status = editChain(
            options->action, common, context, [&](const ChainScene& scene, const RunContext& run) {
                return planRepoint(scene, options->request, run);
            });
    });
}

} // namespace

extern const Command command{
    .name = "repoint",
    .summary = "Makes a revision follow another one",
    .examples = "  sightglass-cli repoint 2b3c4d5e6f7a 1a2b3c4d5e6f --dry-run\n"
                "  sightglass-cli repoint 2b3c4d5e6f7a base",
    .declare = declare,
};

} // namespace sightglass::commands::repoint
