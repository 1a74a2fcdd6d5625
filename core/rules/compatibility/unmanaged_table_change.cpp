// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/unmanaged.h"

#include <algorithm>

namespace sightglass::rules::unmanaged_table_change {

namespace {

/// Everything that changes a table or its rows; dropping it is a rule of its own.
bool changesTable(const Operation& operation)
{
    const Change& change = operation.change;
    return (isStructural(change) || std::holds_alternative<change::ChangeData>(change)) &&
           !std::holds_alternative<change::DropTable>(change) &&
           !std::holds_alternative<change::CreateTable>(change) &&
           !std::holds_alternative<change::Opaque>(change);
}

void check(const Step& step, FindingReport& report)
{
    if (!step.moment.chain().complete || !changesTable(step.operation()))
        return;
    const auto unmanaged = unmanagedTable(step);
    if (!unmanaged || unmanaged->maybeOurs)
        return;
    // One finding for each table, at the first operation on it.
    const bool told = std::ranges::any_of(step.earlier(), [&](const StepRecord& earlier) {
        return earlier.target.name == unmanaged->name && changesTable(*earlier.operation);
    });
    if (told)
        return;
    const std::string table = toText(unmanaged->name);
    report.add(step,
               {.title = "Changes table " + table + ", which no revision makes",
                .detail = unmanaged->owner.evidence +
                          " Whoever it belongs to does not expect the change, and a fresh database "
                          "built from the revisions has no such table. Agree with the owner, or "
                          "record the table in a baseline revision.",
                .object = "table " + table});
}

} // namespace

extern const Rule rule{.id = "unmanaged-table-change",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::unmanaged_table_change
