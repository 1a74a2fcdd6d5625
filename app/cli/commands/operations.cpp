// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"
#include "core/revisions/revision_range.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace sightglass::commands::operations {

namespace {

ExitStatus run(const CommonOptions& common, const std::string& range, CommandContext& context)
{
    InspectRequest request = requestOf(common);
    request.operations = true;
    request.dsn.clear(); // what revisions do hangs on no database
    request.dsnFromProject = false;
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    std::vector<RevisionIndex> revisions;
    if (range.empty()) {
        const auto order = inspection->graph->walkOrder();
        revisions.assign(order.begin(), order.end());
    } else {
        auto found = resolveRange(*inspection->graph, range);
        if (!found) {
            printError(context, found.error());
            return ExitStatus::UsageError;
        }
        revisions = std::move(*found);
    }
    std::ranges::reverse(revisions); // oldest first, as they run
    context.out << (common.format == "json" ? operationsJson(*inspection, revisions)
                                            : operationsText(*inspection, revisions));
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto range = std::make_shared<std::string>();
    app.add_option("range", *range, "A:B, as for alembic history -r; default all revisions");
    app.callback([range, &common, &context, status] { *status = run(common, *range, context); });
}

} // namespace

extern const Command command{
    .name = "operations",
    .summary = "What upgrades do, revision by revision, and what of it could not be read",
    .examples = "  sightglass-cli operations\n"
                "  sightglass-cli operations ae1027a6:head --format json",
    .declare = declare,
};

} // namespace sightglass::commands::operations
