// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"
#include "core/revisions/revision_range.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::show {

namespace {

ExitStatus run(const CommonOptions& common, const std::string& revision, CommandContext& context)
{
    InspectRequest request = requestOf(common);
    request.operations = true;
    request.review = true;
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    const auto found = resolveRevision(*inspection->graph, revision);
    if (!found) {
        printError(context, found.error());
        return ExitStatus::UsageError;
    }
    if (!*found) {
        printError(context,
                   {.code = ErrorCode::Usage,
                    .message = "base is no revision.",
                    .nextStep = "Name one; `sightglass-cli chain` lists them."});
        return ExitStatus::UsageError;
    }
    context.out << (common.format == "json" ? showJson(*inspection, **found)
                                            : showText(*inspection, **found));
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto revision = std::make_shared<std::string>();
    app.add_option("revision", *revision, "id, prefix, head, label@head, …")->required();
    app.callback(
        [revision, &common, &context, status] { *status = run(common, *revision, context); });
}

} // namespace

extern const Command command{
    .name = "show",
    .summary = "One revision: what its upgrade and its downgrade do, operation by operation",
    .examples = "  sightglass-cli show head\n"
                "  sightglass-cli show ae1027a6 --format json",
    .declare = declare,
};

} // namespace sightglass::commands::show
