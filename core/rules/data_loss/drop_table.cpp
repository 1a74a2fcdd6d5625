// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_table {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropTable>();
    if (drop == nullptr || step.target().isNew)
        return;
    // Undoing the revision that made it is judged by what it destroys now.
    if (step.revision.direction == Direction::Downgrade)
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Drops table " + table,
                .detail =
                    "The table and all its rows are gone when the revision commits. Stop using "
                    "it, deploy, rename it for one release, and export what may be needed "
                    "before it is dropped.",
                .instead = "op.rename_table(\"" + drop->table.name + "\", \"" + drop->table.name +
                           "_dropped\")"});
}

} // namespace

extern const Rule rule{.id = "drop-table",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Loss,
                       .checkStep = check};

} // namespace sightglass::rules::drop_table
