// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"

namespace sightglass::rules::drop_column {

namespace {

/// Nothing of its own is in it: computed from other columns, or without a single value.
bool holdsNothing(const Step& step, const change::DropColumn& drop)
{
    const Column* const column = step.moment.column(drop.table, drop.column);
    if (column != nullptr && column->generated)
        return true;
    return valuesIn(step, drop.column) == 0;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropColumn>();
    if (drop == nullptr || step.moment.isNewColumn(drop->table, drop->column))
        return;
    const bool down = step.revision.direction == Direction::Downgrade;
    if (down && (step.revision.opposite == nullptr || undoesUpgrade(step)))
        return;
    const std::string arguments = pythonText(drop->table.name) + ", " + pythonText(drop->column);
    const std::string schema = schemaArgument(drop->table);
    FindingDraft draft{
        .title = "Drops column " + toText(step.target().name) + "." + drop->column,
        .detail = "All its values are gone when the revision commits, and code that still names it "
                  "fails from then on. Take it out of the model and drop its NOT NULL in one "
                  "release, and drop the column alone in a later one.",
        .instead =
            "# this release, with the model that no longer has the column\nop.alter_column(" +
            arguments + schema + ", nullable=True)\n# a later release\nop.drop_column(" +
            arguments + schema + ")"};
    if (holdsNothing(step, *drop))
        draft.severity = Severity::Medium;
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "drop-column",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Loss,
                       .checkStep = check};

} // namespace sightglass::rules::drop_column
