// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/not_null.h"

namespace sightglass::rules::set_not_null_scan {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto made = columnMadeNotNull(step.operation().change);
    if (!made || step.target().isNew)
        return;
    const NotNullOutlook outlook = notNullOutlook(step, made->table, made->column);
    if (outlook.work != NotNullWork::Scan && outlook.work != NotNullWork::NotKnown)
        return;
    const bool certain = outlook.work == NotNullWork::Scan;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Reads all of " + table + " to make " + made->column + " NOT NULL",
                .detail = "SET NOT NULL takes ACCESS EXCLUSIVE on the table and reads every row "
                          "under it, unless a valid CHECK already proves that there is no NULL: "
                          "reads and writes wait for that long. Add such a CHECK as NOT VALID, "
                          "validate it later, then set NOT NULL and drop the CHECK.",
                .instead = stepsToNotNull(made->table, made->column, step.moment.serverVersion()),
                .confidence = certain ? Confidence::Certain : Confidence::Likely,
                .unsettled = certain ? std::string()
                                     : "Whether the column is NOT NULL already, or a valid CHECK "
                                       "proves it: the table's definition is not known."});
}

} // namespace

extern const Rule rule{.id = "set-not-null-scan",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::set_not_null_scan
