// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/operation_sql.h"
#include "core/sql/data_facts.h"

#include <algorithm>

namespace sightglass::rules::missing_analyze {

namespace {

bool hasExpression(const change::CreateIndex& create)
{
    return std::ranges::any_of(create.index.elements, [](const IndexElement& element) {
        return element.column.empty() && element.expression;
    });
}

/// Data written by a query, or without a bound.
bool isBulk(const Operation& operation)
{
    const auto* const data = std::get_if<change::ChangeData>(&operation.change);
    if (data == nullptr || data->command == "TRUNCATE")
        return false;
    if (data->command == "COPY")
        return true;
    return std::ranges::any_of(dataFacts(sqlOf(operation)), [](const DataFacts& facts) {
        if (facts.command == "INSERT")
            return facts.fromQuery;
        return facts.boundedColumns.empty() && !facts.limited;
    });
}

/// Why statistics are out of date after it; empty: they are not.
std::string reasonOf(const Step& step)
{
    if (const auto* const create = step.as<change::CreateIndex>();
        create != nullptr && hasExpression(*create))
        return "An index over an expression has no statistics until ANALYZE gathers them";
    if (step.as<change::SetColumnType>() != nullptr && step.footprint().rewrites)
        return "The change of type throws the column's statistics away";
    if (isBulk(step.operation()))
        return "The statistics of the table still tell of the rows from before";
    return {};
}

bool analyzes(const Step& step, const Operation& operation)
{
    const auto* const other = std::get_if<change::Other>(&operation.change);
    if (other == nullptr)
        return false;
    if (other->statement != "ANALYZE" && other->statement != "VACUUM")
        return false;
    return other->object.name.empty() || step.sameName(other->object, step.target().name);
}

void check(const Step& step, FindingReport& report)
{
    const QualifiedName& name = step.target().name;
    if (name.name.empty() || step.target().isNew || step.moment.isVersionTable(name))
        return;
    const std::string reason = reasonOf(step);
    if (reason.empty())
        return;
    if (std::ranges::any_of(step.later(),
                            [&](const Operation& later) { return analyzes(step, later); }))
        return;
    const std::string table = toText(name);
    report.add(step,
               {.title = "Statistics of table " + table + " are not gathered again",
                .detail = reason +
                          ". Until autovacuum comes by, the planner may choose badly. Run ANALYZE "
                          "at the end of the revision.",
                .object = "table " + table,
                .instead = "op.execute(\"ANALYZE " + toSql(name) + "\")"});
}

} // namespace

extern const Rule rule{.id = "missing-analyze",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .scaling = Scaling::MayFail,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::missing_analyze
