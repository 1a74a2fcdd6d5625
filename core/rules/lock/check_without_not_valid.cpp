// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::check_without_not_valid {

namespace {

std::string safeForm(const ConstraintOnOldTable& added)
{
    const SqlText& expression = added.constraint->expression;
    if (!expression.isKnown())
        return {};
    const std::string name = added.name();
    return inTwoRevisions(
        "op.create_check_constraint(" + pythonText(name) + ", " + pythonText(added.table.name) +
            ", " + pythonText(expression.value()) + schemaArgument(added.table) +
            ", postgresql_not_valid=True)",
        executedAlterTable(added.table, "VALIDATE CONSTRAINT " + quotedIdentifier(name)));
}

void check(const Step& step, FindingReport& report)
{
    const auto added = constraintAddedToOldTable(step, ConstraintDefinition::Kind::Check);
    // With a column it is add-column-check-scan.
    if (!added || added.column != nullptr || added.constraint->notValid ||
        added.constraint->notEnforced)
        return;
    const std::string table = toText(step.target().name);
    report.add(
        step,
        {.title = "Checks every row of " + table + " for " + added.words("a CHECK constraint"),
         .detail = "Adding a CHECK that is valid at once takes ACCESS EXCLUSIVE on the "
                   "table: nobody reads or writes while all rows are read. Add it NOT "
                   "VALID, which is quick, and validate it in a later transaction, which "
                   "blocks nobody.",
         .instead = safeForm(added)});
}

} // namespace

extern const Rule rule{.id = "check-without-not-valid",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::check_without_not_valid
