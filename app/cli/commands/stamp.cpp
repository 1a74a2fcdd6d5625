// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/run_action.h"
#include "core/report/plan_report.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::stamp {

namespace {

struct Options
{
    StampRequest request;
    ActionOptions action;
};

/// Revisions that the schema speaks for; nothing is changed.
ExitStatus
showCandidates(const Inspection& inspection, const CommonOptions& common, CommandContext& context)
{
    for (const std::string& sentence : inspection.live->notRead)
        context.err << "sightglass-cli: " << printable(sentence) << "\n";
    const StampOffer offer = stampOfferOf(inspection);
    context.out << (common.format == "json" ? stampCandidatesJson(offer.candidates, offer.whyNot)
                                            : stampCandidatesText(offer.candidates, offer.whyNot));
    return ExitStatus::Done;
}

ExitStatus refusedStatus(const Error& error)
{
    return error.code == ErrorCode::Unsupported ? ExitStatus::Refused : ExitStatus::UsageError;
}

ExitStatus stampOn(ActionScene& scene,
                   const Options& options,
                   const CommonOptions& common,
                   CommandContext& context)
{
    const auto plan = planStamp(stampSituationOf(scene.inspection), scene.place, options.request);
    if (!plan) {
        printError(context, plan.error());
        return refusedStatus(plan.error());
    }
    return showOrRun(*plan, options.action, scene.seams, common, context);
}

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    InspectRequest request = requestOf(common);
    request.operations = options.request.revisions.empty();
    return withDatabase(
        request,
        "A stamp needs a database",
        context,
        [&](const Inspection& inspection, const ConnectionTarget& target) {
            if (options.request.revisions.empty())
                return showCandidates(inspection, common, context);
            return withActionScene(
                inspection, target, options.action, context, [&](ActionScene& scene) {
                    return stampOn(scene, options, common, context);
                });
        });
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("REV",
                   options->request.revisions,
                   "revisions in Alembic's syntax, or base; without one the candidates are listed");
    app.add_flag("--purge", options->request.purge, "Empty the version table first");
    addActionOptions(app, options->action);
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "stamp",
    .summary = "Sets the version rows to a revision without running anything",
    .examples = "  sightglass-cli stamp --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli stamp base --dry-run\n"
                "  sightglass-cli stamp 1a2b3c4d5e6f --purge --confirm shop",
    .declare = declare,
};

} // namespace sightglass::commands::stamp
