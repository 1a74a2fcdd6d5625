// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"

namespace sightglass::rules::drop_table {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropTable>();
    if (drop == nullptr || step.target().isNew || isBatchCopy(step.operation()))
        return;
    // Undoing the revision that made it is judged by what it destroys now.
    const bool down = step.revision.direction == Direction::Downgrade;
    if (down && (step.revision.opposite == nullptr || undoesUpgrade(step)))
        return;
    const std::string table = toText(step.target().name);
    report.add(
        step,
        {.title = "Drops table " + table,
         .detail = "The table and all its rows are gone when the revision commits. Stop using "
                   "it, deploy, rename it for one release, and export what may be needed "
                   "before it is dropped.",
         .instead = "op.rename_table(" + pythonText(drop->table.name) + ", " +
                    pythonText(drop->table.name + "_dropped") + schemaArgument(drop->table) + ")"});
}

} // namespace

extern const Rule rule{.id = "drop-table",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Loss,
                       .checkStep = check};

} // namespace sightglass::rules::drop_table
