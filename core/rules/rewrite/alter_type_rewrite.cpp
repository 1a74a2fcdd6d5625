// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/type_change.h"

namespace sightglass::rules::alter_type_rewrite {

namespace {

std::string safeForm(const change::SetColumnType& set)
{
    if (!set.type.isKnown())
        return {};
    const std::string added = set.column + "_new";
    return executedAlterTable(set.table,
                              "ADD COLUMN " + quotedIdentifier(added) + " " + set.type.value()) +
           "\n# let a trigger write both columns, fill the old rows in batches, then swap the\n"
           "# names in one short transaction:\nop.alter_column(" +
           pythonText(set.table.name) + ", " + pythonText(set.column) +
           ", new_column_name=" + pythonText(set.column + "_old") + schemaArgument(set.table) +
           ")\nop.alter_column(" + pythonText(set.table.name) + ", " + pythonText(added) +
           ", new_column_name=" + pythonText(set.column) + schemaArgument(set.table) + ")";
}

std::string title(const Step& step, const TypeChange& change, const std::string& column)
{
    const std::string types =
        change.from && !change.to.empty() ? " from " + *change.from + " to " + change.to : "";
    const std::string start =
        change.work == TypeChange::Work::Rewrite ? "Rewrites " : "May rewrite ";
    return start + toText(step.target().name) + " to change " + column + types;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const set = step.as<change::SetColumnType>();
    if (set == nullptr || step.target().isNew)
        return;
    const TypeChange change = typeChange(*set, step.moment);
    const bool certain = change.work == TypeChange::Work::Rewrite;
    if (!certain && change.work != TypeChange::Work::NotKnown)
        return;
    report.add(step,
               {.title = title(step, change, set->column),
                .detail = "This change of type writes the whole table and all its indexes anew "
                          "under ACCESS EXCLUSIVE: reads and writes wait until it is done, and "
                          "the column's statistics are gone afterwards. Add a column of the new "
                          "type, keep both in step, fill it in batches, and swap the names.",
                .instead = safeForm(*set),
                .confidence = certain ? Confidence::Certain : Confidence::Possible,
                .unsettled = change.unsettled});
}

} // namespace

extern const Rule rule{.id = "alter-type-rewrite",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::alter_type_rewrite
