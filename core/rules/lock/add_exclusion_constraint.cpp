// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::add_exclusion_constraint {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto added = constraintAddedToOldTable(step, ConstraintDefinition::Kind::Exclude);
    if (!added)
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Builds " + added.words("an exclusion constraint") + " on " + table +
                         " under a full lock",
                .detail = "An exclusion constraint takes ACCESS EXCLUSIVE on the table and checks "
                          "its rows one by one while it builds the index: nobody reads or writes "
                          "meanwhile. There is no online form: copy into a new table that has the "
                          "constraint, or plan a maintenance window."});
}

} // namespace

extern const Rule rule{.id = "add-exclusion-constraint",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_exclusion_constraint
