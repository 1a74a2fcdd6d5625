// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"

#include <CLI/CLI.hpp>

#include <ostream>

namespace sightglass::commands::chain {

namespace {

ExitStatus run(const CommonOptions& common, CommandContext& context)
{
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(requestOf(common), context, &status);
    if (!inspection)
        return status;
    context.out << (common.format == "json" ? chainJson(*inspection) : chainText(*inspection));
    if (status == ExitStatus::Done && hasFindingsAtOrOver(findingsOnTheChain(*inspection), common.failOn))
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
    .name = "chain",
    .summary = "Revisions, heads, bases, branch and merge points, missing ids, findings",
    .examples = "  sightglass-cli chain\n"
                "  sightglass-cli chain --project services/billing --format json\n"
                "  sightglass-cli chain --fail-on medium",
    .declare = declare,
};

} // namespace sightglass::commands::chain
