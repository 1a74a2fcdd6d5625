// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/base/file_system.h"
#include "core/inspection/sql_script.h"
#include "core/report/json_report.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::sql {

namespace {

ExitStatus
run(const CommonOptions& common, const std::string& range, bool downgrade, CommandContext& context)
{
    InspectRequest request = requestOf(common);
    request.operations = true;
    request.dsn.clear(); // what revisions send hangs on no database
    request.dsnFromProject = false;
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    const auto script = sqlScript(DiskFileSystem(),
                                  inspection->scripts->project,
                                  *inspection->graph,
                                  *inspection->history,
                                  range,
                                  downgrade,
                                  context.run);
    if (!script) {
        printError(context, script.error());
        return ExitStatus::UsageError;
    }
    for (const std::string& sentence : script->notRendered)
        context.err << "sightglass-cli: " << printable(sentence) << "\n";
    for (const std::string& sentence : script->onlineOnly)
        context.err << "sightglass-cli: " << printable(sentence) << "\n";
    if (common.format == "json") {
        context.out << sqlJson(*script);
    } else {
        context.out << scriptText(script->lines);
    }
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto range = std::make_shared<std::string>();
    const auto downgrade = std::make_shared<bool>(false);
    app.add_option("range", *range, "TO or FROM:TO, as for alembic upgrade --sql")->required();
    app.add_flag("--downgrade", *downgrade, "the way down; needs FROM:TO");
    app.callback([range, downgrade, &common, &context, status] {
        *status = run(common, *range, *downgrade, context);
    });
}

} // namespace

extern const Command command{
    .name = "sql",
    .summary = "The PostgreSQL SQL that revisions send, rendered without Python",
    .examples = "  sightglass-cli sql head\n"
                "  sightglass-cli sql ae1027a6:head\n"
                "  sightglass-cli sql head:-1 --downgrade",
    .declare = declare,
};

} // namespace sightglass::commands::sql
