// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"

#include <CLI/CLI.hpp>

#include <ostream>

namespace sightglass::commands::diagnose {

namespace {

ExitStatus run(const CommonOptions& common, CommandContext& context)
{
    ExitStatus status = ExitStatus::Done;
    InspectRequest request = requestOf(common);
    request.operations = true;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    context.out << (common.format == "json" ? diagnoseJson(*inspection)
                                            : diagnoseText(*inspection));
    if (status == ExitStatus::Done && isUnhealthy(inspection->diagnosis.state))
        return ExitStatus::FindingsFound;
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
    .name = "diagnose",
    .summary = "What state the database is in, how that is known, and the ways back",
    .examples = "  sightglass-cli diagnose --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli diagnose --dsn-from-project --format json\n"
                "  SIGHTGLASS_DSN=\"service=shop\" sightglass-cli diagnose",
    .declare = declare,
};

} // namespace sightglass::commands::diagnose
