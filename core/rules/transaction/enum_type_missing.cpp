// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"
#include "core/rules/missing_object.h"

#include <algorithm>

namespace sightglass::rules::enum_type_missing {

namespace {

/// The column that has the type; empty: several may.
std::string columnWith(const Step& step, const std::string& type)
{
    if (const auto* const set = step.as<change::SetColumnType>())
        return set->column;
    const auto columns = definedColumns(step.operation().change);
    if (columns.size() == 1)
        return columns.front()->name;
    const auto found = std::ranges::find_if(columns, [&](const ColumnDefinition* each) {
        return each->type.isKnown() && each->type.value().find(type) != std::string::npos;
    });
    return found == columns.end() ? std::string() : (*found)->name;
}

void check(const Step& step, FindingReport& report)
{
    const auto missing = missingObject(step);
    if (!missing || !missing->isColumnType)
        return;
    const std::string table = toText(step.target().name);
    const std::string column = columnWith(step, missing->type);
    const std::string object = column.empty() ? "table " + table : "column " + table + "." + column;
    const bool partly = step.moment.chain().baselineMissing;
    report.add(step,
               {.title = "Type " + missing->type + " of " + object + " is not there",
                .detail = "PostgreSQL answers \"" + missing->message +
                          "\" and the revision fails: Alembic makes an enum type only together "
                          "with a new table, never with a column. Create it first.",
                .object = object,
                .instead = "sa.Enum(…, name=\"" + missing->type +
                           "\").create(op.get_bind(), checkfirst=True)",
                .confidence = partly ? Confidence::Possible : Confidence::Certain,
                .unsettled = partly ? "the revisions begin on a database that was not empty: a "
                                      "connection to it would tell"
                                    : ""});
}

} // namespace

extern const Rule rule{.id = "enum-type-missing",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Critical,
                       .exclusive = true,
                       .checkStep = check};

} // namespace sightglass::rules::enum_type_missing
