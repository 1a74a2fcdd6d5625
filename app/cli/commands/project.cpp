// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/scan_project.h"
#include "core/report/project_report.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::project {

namespace {

ExitStatus run(const CommonOptions& common, bool docker, CommandContext& context)
{
    InspectRequest request = requestOf(common);
    request.operations = true;
    request.dsn.clear(); // judged from the files alone
    request.dsnFromProject = false;
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    const ProjectScan scan = scanAround(*inspection, docker, context.run);
    const Project& about = inspection->scripts->project;
    context.out << (common.format == "json" ? projectScanJson(about, scan)
                                            : projectScanText(about, scan));
    if (status == ExitStatus::Done && hasFindingsAtOrOver(scan.findings, common.failOn))
        return ExitStatus::FindingsFound;
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto noDocker = std::make_shared<bool>(false);
    app.add_flag("--no-docker", *noDocker, "do not ask the docker client which volumes exist");
    app.callback(
        [noDocker, &common, &context, status] { *status = run(common, !*noDocker, context); });
}

} // namespace

extern const Command command{
    .name = "project",
    .summary =
        "What lies around the migrations: env.py, create_all, containers, volumes, scripts, SQL",
    .examples = "  sightglass-cli project\n"
                "  sightglass-cli project --no-docker --format json\n"
                "  sightglass-cli project --fail-on medium",
    .declare = declare,
};

} // namespace sightglass::commands::project
