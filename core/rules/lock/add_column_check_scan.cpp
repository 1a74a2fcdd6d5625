// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::add_column_check_scan {

namespace {

std::string safeForm(const ConstraintOnOldTable& added)
{
    const SqlText& expression = added.constraint->expression;
    if (!expression.isKnown() || !added.column->type.isKnown())
        return {};
    const std::string name = added.name();
    const std::string column = executedAlterTable(
        added.table,
        "ADD COLUMN " + quotedIdentifier(added.column->name) + " " + added.column->type.value());
    const std::string constraint = "op.create_check_constraint(" + pythonText(name) + ", " +
                                   pythonText(added.table.name) + ", " +
                                   pythonText(expression.value()) + schemaArgument(added.table) +
                                   ", postgresql_not_valid=True)";
    return inTwoRevisions(
        column + "\n" + constraint,
        executedAlterTable(added.table, "VALIDATE CONSTRAINT " + quotedIdentifier(name)));
}

void check(const Step& step, FindingReport& report)
{
    const auto added = constraintAddedToOldTable(step, ConstraintDefinition::Kind::Check);
    if (!added || added.column == nullptr || added.constraint->notValid ||
        added.constraint->notEnforced)
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Reads all of " + table + " to check new column " + added.column->name,
                .detail = "ADD COLUMN with a CHECK reads every row under ACCESS EXCLUSIVE, though "
                          "all of them hold NULL or the same default: nobody uses the table "
                          "meanwhile. Add the column first, then the CHECK as NOT VALID, and "
                          "validate it in a later transaction.",
                .instead = safeForm(added)});
}

} // namespace

extern const Rule rule{.id = "add-column-check-scan",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_column_check_scan
