// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/edit_chain.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace sightglass::commands::rename {

namespace {

struct Options
{
    RenameRequest request;
    ActionOptions action;
};

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("REV", options->request.revision, "the revision, or its file")->required();
    app.add_option("NAME", options->request.name, "without it, the name that Alembic would give");
    addEditOptions(app, options->action);
    app.callback([options, &common, &context, status] {
        *status = editChain(
            options->action, common, context, [&](const ChainScene& scene, const RunContext& run) {
                return planRename(scene, options->request, run);
            });
    });
}

} // namespace

extern const Command command{
    .name = "rename",
    .summary = "Renames the file of a revision after the id inside",
    .examples = "  sightglass-cli rename 1a2b3c4d5e6f --dry-run\n"
                "  sightglass-cli rename 1a2b3c4d5e6f 1a2b3c4d5e6f_add_users.py",
    .declare = declare,
};

} // namespace sightglass::commands::rename
