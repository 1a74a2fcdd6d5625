// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/inspection/table_rows.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"

#include <CLI/CLI.hpp>

#include <ostream>

namespace sightglass::commands::tables {

namespace {

ExitStatus run(const CommonOptions& common, CommandContext& context)
{
    InspectRequest request = requestOf(common);
    request.operations = true;
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    if (!inspection->models->found && !inspection->models->whyNot.empty()) {
        context.err << "sightglass-cli: No models were found: "
                    << printable(inspection->models->whyNot) << "\n";
    }
    const auto rows = tableRows(*inspection);
    context.out << (common.format == "json" ? tablesJson(rows) : tablesText(rows));
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    app.callback([&common, &context, status] { *status = run(common, context); });
}

} // namespace

extern const Command command{
    .name = "tables",
    .summary = "Every table in the models, at the heads of the chain, and live",
    .examples = "  sightglass-cli tables\n"
                "  sightglass-cli tables --dsn postgresql://app@localhost/shop --format json",
    .declare = declare,
};

} // namespace sightglass::commands::tables
