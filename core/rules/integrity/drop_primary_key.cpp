// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/dropped_constraint.h"
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::drop_primary_key {

namespace {

/// The same ALTER TABLE adds another.
bool isReplaced(const Step& step)
{
    const int statement = step.operation().statement;
    return std::ranges::any_of(step.later(), [&](const Operation& later) {
        return later.statement == statement &&
               std::ranges::any_of(
                   addedConstraints(later.change), [](const AddedConstraint& added) {
                       return added.definition->kind == ConstraintDefinition::Kind::PrimaryKey;
                   });
    });
}

void check(const Step& step, FindingReport& report)
{
    const auto dropped = droppedConstraint(step);
    if (!dropped || dropped->kind != DroppedConstraint::Kind::PrimaryKey)
        return;
    if (step.target().isNew || isReplaced(step))
        return;
    const std::string table = toText(step.target().name);
    report.add(
        step,
        {.title = "Drops primary key " + dropped->name + " of table " + table,
         .detail =
             "Nothing keeps rows of the table apart any more, ON CONFLICT over the key fails, "
             "and logical replication refuses UPDATE and DELETE. Build the new key's index "
             "concurrently first, then swap both in one ALTER TABLE.",
         .object = "table " + table,
         .instead = "op.execute(\"ALTER TABLE " + toSql(step.target().name) + " DROP CONSTRAINT " +
                    quotedIdentifier(dropped->name) + ", ADD CONSTRAINT " +
                    quotedIdentifier(dropped->name) + " PRIMARY KEY USING INDEX <new_index>\")",
         .confidence = dropped->byName ? std::optional(Confidence::Likely) : std::nullopt,
         .unsettled = dropped->byName ? "whether " + dropped->name +
                                            " is the primary key: only its name says so"
                                      : std::string()});
}

} // namespace

extern const Rule rule{.id = "drop-primary-key",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::drop_primary_key
