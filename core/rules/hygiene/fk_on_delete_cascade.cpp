// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/index_keys.h"

namespace sightglass::rules::fk_on_delete_cascade {

namespace {

void check(const Step& step, FindingReport& report)
{
    if (findsItThere(step))
        return;
    for (const AddedConstraint& added : addedConstraints(step.operation().change)) {
        if (added.definition->kind != ConstraintDefinition::Kind::ForeignKey ||
            added.definition->onDelete != "CASCADE")
            continue;
        const std::string table = toText(step.target().name);
        const std::string target = toText(step.moment.fullName(added.definition->target));
        report.add(
            step,
            {.title = "Deleting from " + target + " also deletes rows of " + table,
             .detail = "With ON DELETE CASCADE one DELETE spreads through every table below "
                       "without a word, and locks and removes as many rows as hang on it. "
                       "Use RESTRICT, and delete what is meant to go.",
             .object = "table " + table,
             .instead = "op.create_foreign_key(" +
                        (added.definition->name.empty() ? std::string("None")
                                                        : "\"" + added.definition->name + "\"") +
                        ", \"" + step.target().name.name + "\", \"" +
                        added.definition->target.name + "\", " + pythonNames(added.columns) + ", " +
                        pythonNames(added.definition->targetColumns) +
                        ", ondelete=\"RESTRICT\", postgresql_not_valid=True)"});
    }
}

} // namespace

extern const Rule rule{.id = "fk-on-delete-cascade",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::fk_on_delete_cascade
