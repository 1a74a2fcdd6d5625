// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/guard/guarded_tables.h"
#include "core/inspection/table_rows.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::tables {

namespace {

/// Those that autogenerate would drop, or may; what it does not look at needs no guard.
GuardInput guardInput(const Inspection& inspection, const std::vector<TableRow>& rows)
{
    const LiveState& live = *inspection.live;
    GuardInput input{.tables = {}, .live = live.schema};
    if (!live.server.searchPath.empty())
        input.defaultSchema = live.server.searchPath.front();
    for (const TableRow& row : rows) {
        if (row.isUnmanaged() && row.forecast != "nothing")
            input.tables.push_back({.name = row.name, .owner = printable(row.owner->name)});
    }
    if (inspection.models != nullptr) {
        for (const auto& [name, table] : inspection.models->schema.tables)
            input.modelled.push_back(name);
        input.existingFilter = inspection.models->autogenerate.filter;
    }
    return input;
}

ExitStatus printGuard(const Inspection& inspection,
                      const std::vector<TableRow>& rows,
                      const std::string& guard,
                      CommandContext& context,
                      ExitStatus status)
{
    if (inspection.live == nullptr) {
        if (status != ExitStatus::Done)
            return status; // the reason has been printed
        const Error error{.code = ErrorCode::Usage,
                          .message = "Which tables belong to others only a database tells.",
                          .nextStep =
                              "Name one with --dsn, $SIGHTGLASS_DSN or --dsn-from-project."};
        printError(context, error);
        return statusOf(error);
    }
    const GuardInput input = guardInput(inspection, rows);
    context.out << (guard == "stubs" ? modelStubs(input) : includeObjectFilter(input));
    return status;
}

ExitStatus run(const CommonOptions& common, const std::string& guard, CommandContext& context)
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
    const AutogenerateForecast forecast = forecastOf(*inspection);
    const auto rows = tableRows(*inspection, forecast);
    if (!guard.empty())
        return printGuard(*inspection, rows, guard, context, status);
    context.out << (common.format == "json" ? tablesJson(rows, forecast)
                                            : tablesText(rows, forecast));
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto guard = std::make_shared<std::string>();
    app.add_option("--guard",
                   *guard,
                   "print Python for env.py that keeps autogenerate away from tables of others: a "
                   "filter, or stubs of models")
        ->type_name("FORM")
        ->check(CLI::IsMember({"filter", "stubs"}));
    app.callback([guard, &common, &context, status] { *status = run(common, *guard, context); });
}

} // namespace

extern const Command command{
    .name = "tables",
    .summary = "Every table in the models, at the heads of the chain, and live",
    .examples = "  sightglass-cli tables\n"
                "  sightglass-cli tables --dsn postgresql://app@localhost/shop --format json\n"
                "  sightglass-cli tables --dsn-from-project --guard filter",
    .declare = declare,
};

} // namespace sightglass::commands::tables
