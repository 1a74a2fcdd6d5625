// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_index_of_constraint {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropIndex>();
    if (drop == nullptr)
        return;
    const FoundIndex found = step.moment.index(drop->index);
    if (found.constraint.empty() || !found.table)
        return;
    const std::string table = toText(found.table->name);
    report.add(
        step,
        {.title = "Index " + found.name.name + " belongs to a constraint: it can't be dropped",
         .detail = "PostgreSQL refuses it (2BP01) because constraint " + found.constraint +
                   " of table " + table +
                   " requires the index. Drop the constraint: its index goes with it.",
         .object = "index " + toText(found.name),
         .instead = "op.drop_constraint(\"" + found.constraint + "\", \"" + found.table->name.name +
                    "\")"});
}

} // namespace

extern const Rule rule{.id = "drop-index-of-constraint",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Critical,
                       .exclusive = true,
                       .checkStep = check};

} // namespace sightglass::rules::drop_index_of_constraint
