// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::add_column_inline_fk {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto added = constraintAddedToOldTable(step, ConstraintDefinition::Kind::ForeignKey);
    if (!added || added.column == nullptr || givesValues(*added.column))
        return;
    const std::string table = toText(step.target().name);
    const std::string target = toText(step.moment.fullName(added.constraint->target));
    report.add(
        step,
        {.title = "Locks " + target + " to add column " + added.column->name + " to " + table,
         .detail = "A new column with REFERENCES takes ACCESS EXCLUSIVE on its table and "
                   "keeps writers out of the referenced one, both for a moment: all values "
                   "are NULL, so nothing is checked. Set a short lock_timeout, so that "
                   "waiting for the two locks holds nobody up.",
         .instead = "op.execute(\"SET LOCAL lock_timeout = '3s'\")"});
}

} // namespace

extern const Rule rule{.id = "add-column-inline-fk",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Low,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::add_column_inline_fk
