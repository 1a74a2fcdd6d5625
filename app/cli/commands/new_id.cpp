// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/edit_chain.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace sightglass::commands::new_id {

namespace {

struct Options
{
    NewIdRequest request;
    ActionOptions action;
};

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("FILE", options->request.file, "the file that gets another id")->required();
    app.add_option("--id", options->request.id, "the id; without it one is made");
    app.add_option("--child",
                   options->request.children,
                   "a revision, or its file, that follows this file and not the other one");
    addEditOptions(app, options->action);
    app.callback([options, &common, &context, status] {
        if (options->request.id.empty())
            options->request.id = randomRevisionId();
        *status = editChain(
            options->action, common, context, [&](const ChainScene& scene, const RunContext& run) {
                return planNewId(scene, options->request, run);
            });
    });
}

} // namespace

extern const Command command{
    .name = "new-id",
    .summary = "Gives one of two files with the same id another one",
    .examples = "  sightglass-cli new-id 1a2b3c4d5e6f_add_orders.py --dry-run\n"
                "  sightglass-cli new-id 1a2b3c4d5e6f_add_orders.py --id 9f8e7d6c5b4a "
                "--child 2b3c4d5e6f7a",
    .declare = declare,
};

} // namespace sightglass::commands::new_id
