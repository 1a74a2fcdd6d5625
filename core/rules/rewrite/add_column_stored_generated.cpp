// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::add_column_stored_generated {

namespace {

constexpr int virtualColumns = 180'000;

std::string safeForm(const change::AddColumn& add, int serverVersion)
{
    const ColumnDefinition& column = add.column;
    if (!column.type.isKnown())
        return {};
    const std::string plain =
        "ADD COLUMN " + quotedIdentifier(column.name) + " " + column.type.value();
    if (serverVersion >= virtualColumns && column.generated->isKnown())
        return executedAlterTable(
            add.table, plain + " GENERATED ALWAYS AS (" + column.generated->value() + ") VIRTUAL");
    return executedAlterTable(add.table, plain) +
           "\n# let a trigger fill it in new and changed rows, then the old rows in batches";
}

void check(const Step& step, FindingReport& report)
{
    const auto* const add = columnAddedToOldTable(step);
    if (add == nullptr || !add->column.generated || add->column.generatedVirtual)
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Rewrites " + table + " to compute new column " + add->column.name,
                .detail = "A stored generated column is computed for every row that is there: the "
                          "table and its indexes are written anew under ACCESS EXCLUSIVE, and "
                          "reads and writes wait. Use a plain column that a trigger fills, or a "
                          "virtual one from PostgreSQL 18 on.",
                .instead = safeForm(*add, step.moment.serverVersion())});
}

} // namespace

extern const Rule rule{.id = "add-column-stored-generated",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_column_stored_generated
