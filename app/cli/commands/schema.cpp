// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"
#include "core/scripts/project.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::schema {

namespace {

/// With a DSN no project is needed; only sqlalchemy.url has to be looked up in one.
Result<ConnectionTarget> targetFor(const InspectRequest& request)
{
    Project project;
    if (request.dsn.empty() && request.dsnFromProject) {
        const DiskFileSystem files;
        auto found = findProject(files, request.project);
        if (!found)
            return failure(std::move(found.error()));
        project = std::move(*found);
    }
    auto target = targetOf(request, project);
    if (!target)
        return failure(std::move(target.error()));
    if (!*target)
        return failure(ErrorCode::Usage,
                       "No database was named.",
                       "Name one with --dsn, $SIGHTGLASS_DSN or --dsn-from-project.");
    return std::move(**target);
}

ExitStatus run(const CommonOptions& common, bool live, CommandContext& context)
{
    if (!live) {
        printError(context,
                   {.code = ErrorCode::Usage,
                    .message = "Which schema to show was not said.",
                    .nextStep = "Add --live for the schema of a database."});
        return ExitStatus::UsageError;
    }
    const InspectRequest request = requestOf(common);
    const auto target = targetFor(request);
    if (!target) {
        printError(context, target.error());
        return statusOf(target.error());
    }
    const VersionTableHint hint{.table = common.versionTable, .schema = common.versionTableSchema};
    const auto state = readLive(*target, hint, request.limits, context.run);
    if (!state) {
        printError(context, state.error());
        return state.error().code == ErrorCode::Cancelled ? ExitStatus::Interrupted
                                                          : ExitStatus::NoDatabase;
    }
    for (const std::string& sentence : state->notRead)
        context.err << "sightglass-cli: " << printable(sentence) << "\n";
    context.out << (common.format == "json" ? schemaJson(state->schema, "live", "")
                                            : schemaText(state->schema));
    return ExitStatus::Done;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto live = std::make_shared<bool>(false);
    app.add_flag("--live", *live, "the schema of the database");
    app.callback([live, &common, &context, status] { *status = run(common, *live, context); });
}

} // namespace

extern const Command command{
    .name = "schema",
    .summary = "The schema of the live database: tables, keys, indexes, types, functions",
    .examples = "  sightglass-cli schema --live --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli schema --live --dsn-from-project --format json",
    .declare = declare,
};

} // namespace sightglass::commands::schema
