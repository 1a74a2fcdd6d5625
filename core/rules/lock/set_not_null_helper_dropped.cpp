// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/not_null.h"

namespace sightglass::rules::set_not_null_helper_dropped {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const set = step.as<change::SetNotNull>();
    if (set == nullptr || step.target().isNew)
        return;
    const NotNullOutlook outlook = notNullOutlook(step, set->table, set->column);
    if (outlook.work != NotNullWork::HelperDropped)
        return;
    const std::string table = pythonText(set->table.name);
    const std::string schema = schemaArgument(set->table);
    report.add(
        step,
        {.title = "Drops " + outlook.helper + " before it could prove " + set->column + " NOT NULL",
         .detail = "The CHECK " + outlook.helper +
                   " would spare SET NOT NULL from reading the table, but it is dropped "
                   "first: within one ALTER TABLE drops always come first. All rows of " +
                   toText(step.target().name) +
                   " are read under ACCESS EXCLUSIVE; set NOT NULL in one statement and "
                   "drop the CHECK in the next.",
         .instead = "op.alter_column(" + table + ", " + pythonText(set->column) +
                    ", nullable=False" + schema + ")\nop.drop_constraint(" +
                    pythonText(outlook.helper) + ", " + table + schema + ")"});
}

} // namespace

extern const Rule rule{.id = "set-not-null-helper-dropped",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::set_not_null_helper_dropped
