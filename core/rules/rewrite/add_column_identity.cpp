// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::add_column_identity {

namespace {

std::string safeForm(const change::AddColumn& add)
{
    const std::string column = quotedIdentifier(add.column.name);
    const std::string generated = add.column.identity->always ? "ALWAYS" : "BY DEFAULT";
    return executedAlterTable(add.table, "ADD COLUMN " + column + " bigint") +
           "\n# number the rows that are there in batches and make the column NOT NULL, then:\n" +
           executedAlterTable(add.table,
                              "ALTER COLUMN " + column + " ADD GENERATED " + generated +
                                  " AS IDENTITY") +
           "\n" +
           executeCall("SELECT setval(pg_get_serial_sequence('" + toSql(add.table) + "', '" +
                       add.column.name + "'), max(" + column + ")) FROM " + toSql(add.table));
}

void check(const Step& step, FindingReport& report)
{
    const auto* const add = columnAddedToOldTable(step);
    if (add == nullptr || !add->column.identity)
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Rewrites " + table + " to number its rows in " + add->column.name,
                .detail = "A new identity column gets a number for every row that is there: the "
                          "table and its indexes are written anew under ACCESS EXCLUSIVE, and "
                          "reads and writes wait. Add a plain column, number the old rows in "
                          "batches, and make it an identity column at the end, which is quick.",
                .instead = safeForm(*add)});
}

} // namespace

extern const Rule rule{.id = "add-column-identity",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_column_identity
