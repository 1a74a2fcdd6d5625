// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::truncate {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const data = step.as<change::ChangeData>();
    if (data == nullptr || data->command != "TRUNCATE" || step.target().isNew)
        return;
    const std::string table = toText(step.target().name);
    FindingDraft draft{
        .title = "Empties table " + table,
        .detail = "All rows of " + table +
                  " are gone when the revision commits, no trigger of a row sees them go, and "
                  "nobody can read the table meanwhile. Keep a copy and delete in batches outside "
                  "the migration, or rename the table and make an empty one."};
    if (step.moment.rows(data->table) == 0)
        draft.severity = Severity::Low;
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "truncate",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::truncate
