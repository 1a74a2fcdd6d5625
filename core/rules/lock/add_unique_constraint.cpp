// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::add_unique_constraint {

namespace {

std::string safeForm(const ConstraintOnOldTable& added)
{
    const std::string name = added.name();
    const std::string index = "op.create_index(" + pythonText(name) + ", " +
                              pythonText(added.table.name) + ", " + pythonNames(added.columns()) +
                              ", unique=True" + schemaArgument(added.table) +
                              ", postgresql_concurrently=True)";
    const std::string quoted = quotedIdentifier(name);
    return inAutocommitBlock(index) + "\n" +
           executedAlterTable(added.table,
                              "ADD CONSTRAINT " + quoted + " UNIQUE USING INDEX " + quoted);
}

void check(const Step& step, FindingReport& report)
{
    const auto added = constraintAddedToOldTable(step, ConstraintDefinition::Kind::Unique);
    if (!added || !added.constraint->usingIndex.empty())
        return;
    const std::string table = toText(step.target().name);
    report.add(
        step,
        {.title = "Builds " + added.words("a unique index") + " while nobody can use " + table,
         .detail = "Adding a UNIQUE constraint takes ACCESS EXCLUSIVE on the table and "
                   "builds its index under it: reads and writes wait for all of it. Build "
                   "a unique index concurrently first, then make the constraint of it.",
         .instead = safeForm(added)});
}

} // namespace

extern const Rule rule{.id = "add-unique-constraint",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_unique_constraint
