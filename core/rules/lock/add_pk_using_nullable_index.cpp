// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/not_null.h"

#include <algorithm>

namespace sightglass::rules::add_pk_using_nullable_index {

namespace {

/// Of the columns that the key would make NOT NULL, the one that costs most.
struct Worst
{
    NotNullWork work = NotNullWork::NotKnown;
    std::string column; ///< empty: the columns of the index are not known
};

/// The column that a key of an index is; empty: an expression, or a column that is not known.
std::string columnOf(const Table& table, const std::string& key)
{
    const auto column = std::ranges::find_if(table.columns, [&](const Column& each) {
        return key == each.name || key == quotedIdentifier(each.name);
    });
    return column == table.columns.end() ? std::string() : column->name;
}

Worst worstColumn(const Step& step, const std::string& written)
{
    const QualifiedName table = step.target().name;
    const FoundIndex index = step.moment.index({.schema = table.schema, .name = written});
    const Table* const known = step.moment.schema().table(table);
    if (index.index == nullptr || known == nullptr)
        return {};
    Worst worst{.work = NotNullWork::None, .column = {}};
    for (const std::string& key : index.index->columns) {
        const std::string column = columnOf(*known, key);
        const NotNullWork work =
            column.empty() ? NotNullWork::NotKnown : notNullOutlook(step, table, column).work;
        if (work > worst.work)
            worst = {.work = work, .column = column};
    }
    return worst;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const add = step.as<change::AddConstraint>();
    if (add == nullptr || add->constraint.kind != ConstraintDefinition::Kind::PrimaryKey ||
        add->constraint.usingIndex.empty() || step.target().isNew)
        return;
    const Worst worst = worstColumn(step, add->constraint.usingIndex);
    if (worst.work == NotNullWork::None || worst.work == NotNullWork::Proven)
        return;
    const bool certain = worst.work != NotNullWork::NotKnown;
    const std::string column = worst.column.empty() ? "its columns" : worst.column;
    const std::string table = toText(step.target().name);
    report.add(
        step,
        {.title = "Reads all of " + table + " to make " + column + " NOT NULL for the key",
         .detail = "A primary key made of an index is quick only when its columns are NOT NULL "
                   "already. Else every row is read under ACCESS EXCLUSIVE to prove it. Make the "
                   "columns NOT NULL first, with a CHECK that is validated beforehand.",
         .instead = worst.column.empty()
                        ? std::string()
                        : stepsToNotNull(add->table, worst.column, step.moment.serverVersion()),
         .confidence = certain ? Confidence::Certain : Confidence::Possible,
         .unsettled = certain ? std::string()
                              : "Whether every column of index " + add->constraint.usingIndex +
                                    " is NOT NULL already."});
}

} // namespace

extern const Rule rule{.id = "add-pk-using-nullable-index",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_pk_using_nullable_index
