// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::add_column_default_rewrite_pg10 {

namespace {

constexpr int keepsDefaults = 110'000;

void check(const Step& step, FindingReport& report)
{
    const auto* const add = columnAddedToOldTable(step);
    if (add == nullptr || step.moment.serverVersion() >= keepsDefaults ||
        !add->column.defaultExpression || !givesValues(add->column))
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Rewrites " + table + " to fill new column " + add->column.name,
                .detail = "Before PostgreSQL 11 every default of a new column is written into all "
                          "rows: the table and its indexes are built anew under ACCESS EXCLUSIVE, "
                          "and reads and writes wait. Add the column without the default, set the "
                          "default in a second statement, and fill the old rows in batches.",
                .instead = columnThenDefault(*add)});
}

} // namespace

extern const Rule rule{.id = "add-column-default-rewrite-pg10",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_column_default_rewrite_pg10
