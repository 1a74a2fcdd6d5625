// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/operation_sql.h"
#include "core/rules/sql_words.h"

namespace sightglass::rules::drop_database {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const other = step.as<change::Other>();
    if (other == nullptr || other->statement != "DROP DATABASE")
        return;
    const std::string name = nameBehindWords(sqlOf(step.operation()), {"drop", "database"});
    const std::string database = name.empty() ? "a database" : "database " + name;
    report.add(step,
               {.title = "Drops " + database,
                .detail = "Every schema, table and row in it is gone at once, and no rollback "
                          "brings it back. Take this out of the migration and let whoever runs "
                          "the server do it by hand, behind a backup.",
                .object = database});
}

} // namespace

extern const Rule rule{.id = "drop-database",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::drop_database
