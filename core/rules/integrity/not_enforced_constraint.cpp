// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::not_enforced_constraint {

namespace {

void report(const Step& step, const std::string& name, FindingReport& report)
{
    const std::string table = toText(step.target().name);
    const std::string called = name.empty() ? "A constraint" : "Constraint " + name;
    report.add(step,
               {.title = called + " of " + table + " is not enforced",
                .detail = "NOT ENFORCED writes the rule down and checks it for no row, neither "
                          "those that are there nor those to come. With NOT VALID new rows are "
                          "checked at once, and VALIDATE CONSTRAINT takes in the old ones later.",
                .object = name.empty() ? "table " + table : "constraint " + table + "." + name});
}

void reportAll(const Step& step,
               const std::vector<ConstraintDefinition>& constraints,
               FindingReport& out)
{
    for (const ConstraintDefinition& constraint : constraints) {
        if (constraint.notEnforced)
            report(step, constraintName(constraint, step.target().name), out);
    }
}

void check(const Step& step, FindingReport& out)
{
    if (const auto* const added = step.as<change::AddConstraint>()) {
        reportAll(step, {added->constraint}, out);
    } else if (const auto* const column = step.as<change::AddColumn>()) {
        reportAll(step, column->column.constraints, out);
    } else if (const auto* const altered = step.as<change::AlterConstraint>()) {
        if (altered->enforced == false)
            report(step, altered->name, out);
    } else if (const auto* const table = step.as<change::CreateTable>()) {
        reportAll(step, table->constraints, out);
        for (const ColumnDefinition& each : table->columns)
            reportAll(step, each.constraints, out);
    }
}

} // namespace

extern const Rule rule{.id = "not-enforced-constraint",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Low,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::not_enforced_constraint
