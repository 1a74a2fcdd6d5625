// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::drop_generated_expression {

namespace {

/// A trigger of the same revision may do the expression's work.
bool hasNewTrigger(const Step& step, const QualifiedName& table)
{
    const auto creates = [&](const change::CreateTrigger& create) {
        return step.sameName(create.table, table);
    };
    const bool earlier = std::ranges::any_of(step.earlier(), [&](const StepRecord& record) {
        const auto* const create = record.as<change::CreateTrigger>();
        return create != nullptr && creates(*create);
    });
    return earlier || step.laterChange<change::CreateTrigger>(creates) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropGenerated>();
    if (drop == nullptr || step.moment.isNewColumn(drop->table, drop->column) ||
        hasNewTrigger(step, drop->table))
        return;
    const std::string name = toText(step.target().name) + "." + drop->column;
    report.add(step,
               {.title = "Column " + name + " is no longer computed",
                .detail = "It keeps its values but stops following the columns that it came from, "
                          "and new rows have NULL until somebody writes it. Ship the code or the "
                          "trigger that writes it first."});
}

} // namespace

extern const Rule rule{.id = "drop-generated-expression",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Low,
                       .checkStep = check};

} // namespace sightglass::rules::drop_generated_expression
