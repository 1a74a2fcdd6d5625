// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/report/rule_report.h"
#include "core/rules/rule.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::explain {

namespace {

ExitStatus run(const CommonOptions& common, const std::string& name, CommandContext& context)
{
    if (name.empty()) {
        context.out << (common.format == "json" ? rulesJson() : rulesText());
        return ExitStatus::Done;
    }
    const Rule* const rule = findRule(name);
    if (rule == nullptr) {
        printError(context,
                   {.code = ErrorCode::Usage,
                    .message = "There is no rule " + name + ".",
                    .nextStep = "List the rules with: sightglass-cli explain."});
        return ExitStatus::UsageError;
    }
    context.out << (common.format == "json" ? ruleJson(*rule) : ruleText(*rule));
    return ExitStatus::Done;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto name = std::make_shared<std::string>();
    app.add_option("rule", *name, "its id; default: the list of all rules");
    app.callback([name, &common, &context, status] { *status = run(common, *name, context); });
}

} // namespace

extern const Command command{
    .name = "explain",
    .summary = "A rule's page: what happens, why it hurts, and the safe way",
    .examples = "  sightglass-cli explain\n"
                "  sightglass-cli explain drop-table",
    .declare = declare,
};

} // namespace sightglass::commands::explain
