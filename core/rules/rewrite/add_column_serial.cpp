// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::add_column_serial {

namespace {

std::string safeForm(const change::AddColumn& add)
{
    const std::string column = quotedIdentifier(add.column.name);
    const QualifiedName sequence{.schema = add.table.schema,
                                 .name = add.table.name + "_" + add.column.name + "_seq"};
    const std::string name = toSql(sequence);
    return executedAlterTable(add.table, "ADD COLUMN " + column + " bigint") + "\n" +
           executeCall("CREATE SEQUENCE " + name + " OWNED BY " + toSql(add.table) + "." + column) +
           "\n" +
           executedAlterTable(add.table,
                              "ALTER COLUMN " + column + " SET DEFAULT nextval('" + name + "')") +
           "\n# then number the rows that are there in batches, in a later revision";
}

void check(const Step& step, FindingReport& report)
{
    const auto* const add = columnAddedToOldTable(step);
    if (add == nullptr || !isSerial(add->column))
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Rewrites " + table + " to number its rows in " + add->column.name,
                .detail = "A new serial column asks its sequence for a number for every row that "
                          "is there: the table and its indexes are written anew under ACCESS "
                          "EXCLUSIVE, and reads and writes wait. Add a plain bigint column, give "
                          "it the sequence as default, and number the old rows in batches.",
                .instead = safeForm(*add)});
}

} // namespace

extern const Rule rule{.id = "add-column-serial",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_column_serial
