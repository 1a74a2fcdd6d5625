// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::add_primary_key {

namespace {

std::string safeForm(const ConstraintOnOldTable& added)
{
    const std::string name = added.name();
    const std::string index = "op.create_index(" + pythonText(name) + ", " +
                              pythonText(added.table.name) + ", " + pythonNames(added.columns()) +
                              ", unique=True" + schemaArgument(added.table) +
                              ", postgresql_concurrently=True)";
    const std::string quoted = quotedIdentifier(name);
    return "# the columns have to be NOT NULL already\n" + inAutocommitBlock(index) + "\n" +
           executedAlterTable(added.table,
                              "ADD CONSTRAINT " + quoted + " PRIMARY KEY USING INDEX " + quoted);
}

void check(const Step& step, FindingReport& report)
{
    const auto added = constraintAddedToOldTable(step, ConstraintDefinition::Kind::PrimaryKey);
    if (!added || !added.constraint->usingIndex.empty())
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Builds the primary key of " + table + " while nobody can use it",
                .detail = "Adding a primary key takes ACCESS EXCLUSIVE on the table, builds its "
                          "index and checks the columns for NULL under it: reads and writes wait "
                          "for all of it. Make the columns NOT NULL, build a unique index "
                          "concurrently, then make the key of it.",
                .instead = safeForm(added)});
}

} // namespace

extern const Rule rule{.id = "add-primary-key",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_primary_key
