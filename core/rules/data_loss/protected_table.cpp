// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/name_pattern.h"

#include <algorithm>

namespace sightglass::rules::protected_table {

namespace {

void check(const Step& step, FindingReport& report)
{
    const QualifiedName& table = step.target().name;
    if (table.name.empty() || step.run.protectedTables.empty() ||
        std::holds_alternative<change::Query>(step.operation().change))
        return;
    const auto pattern =
        std::ranges::find_if(step.run.protectedTables,
                             [&](const std::string& each) { return matchesPattern(table, each); });
    if (pattern == step.run.protectedTables.end())
        return;
    const std::string name = toText(table);
    report.add(step,
               {.title = "Touches the protected table " + name,
                .detail = "sightglass.toml protects it (" + *pattern +
                          "): it belongs to somebody else, or must never change in a migration. "
                          "Take the operation out, and keep autogenerate away from the table with "
                          "a filter in env.py."});
}

} // namespace

extern const Rule rule{.id = "protected-table",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .checkStep = check};

} // namespace sightglass::rules::protected_table
