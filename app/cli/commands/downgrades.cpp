// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"
#include "core/revisions/revision_range.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::downgrades {

namespace {

/// FROM:TO as `alembic downgrade --sql` writes it; FROM is the heads where it is absent.
Result<std::vector<RevisionIndex>> pathOf(const RevisionGraph& graph, const std::string& range)
{
    const auto colon = range.find(':');
    const std::string from =
        colon == std::string::npos || colon == 0 ? "heads" : range.substr(0, colon);
    const std::string to = colon == std::string::npos ? range : range.substr(colon + 1);
    const auto start = resolveRevisions(graph, from);
    if (!start)
        return failure(start.error());
    std::vector<RevisionId> rows;
    for (const RevisionIndex index : *start)
        rows.push_back(graph.revision(index).id);
    return downgradePath(graph, rows, to.empty() ? "base" : to);
}

ExitStatus run(const CommonOptions& common, const std::string& range, CommandContext& context)
{
    InspectRequest request = requestOf(common);
    request.operations = true;
    request.dsn.clear(); // judged from the files alone
    request.dsnFromProject = false;
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    const auto path = pathOf(*inspection->graph, range);
    if (!path) {
        printError(context, path.error());
        return ExitStatus::UsageError;
    }
    const DowngradePath judged = assessDowngradePath(*inspection->history, *path);
    context.out << (common.format == "json" ? downgradesJson(*inspection, range, judged)
                                            : downgradesText(*inspection, judged));
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto range = std::make_shared<std::string>("base");
    app.add_option("range", *range, "TO or FROM:TO; default from the heads to base");
    app.callback([range, &common, &context, status] { *status = run(common, *range, context); });
}

} // namespace

extern const Command command{
    .name = "downgrades",
    .summary = "What a way down would lose, leave behind or stop at, revision by revision",
    .examples = "  sightglass-cli downgrades\n"
                "  sightglass-cli downgrades head:-1\n"
                "  sightglass-cli downgrades ae1027a6:base --format json",
    .declare = declare,
};

} // namespace sightglass::commands::downgrades
