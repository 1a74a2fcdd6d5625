// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"
#include "core/sql/expression_facts.h"

namespace sightglass::rules::add_column_volatile_default {

namespace {

constexpr int keepsDefaults = 110'000; ///< before, every default rewrites

struct DefaultCost
{
    bool rewrites = false;
    std::string unsettled; ///< empty: it surely does
};

DefaultCost costOf(const SqlText& expression, const std::map<std::string, char>& ownFunctions)
{
    if (!expression.isKnown())
        return {.rewrites = true, .unsettled = "What the default is: " + expression.reason() + "."};
    const ExpressionFacts facts = expressionFacts(expression.value(), ownFunctions);
    if (!facts.parsed)
        return {.rewrites = true, .unsettled = "What the default calls: it can't be read."};
    if (facts.volatility == Volatility::NotKnown)
        return {.rewrites = true,
                .unsettled = "Whether the function of the default is declared VOLATILE "
                             "(provolatile in pg_proc)."};
    return {.rewrites = facts.volatility == Volatility::Volatile, .unsettled = {}};
}

void check(const Step& step, FindingReport& report)
{
    const auto* const add = columnAddedToOldTable(step);
    if (add == nullptr || !add->column.defaultExpression ||
        step.moment.serverVersion() < keepsDefaults)
        return;
    const DefaultCost cost = costOf(*add->column.defaultExpression, step.moment.facts().volatility);
    if (!cost.rewrites)
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Rewrites " + table + " to fill new column " + add->column.name,
                .detail = "A default that may give every row another value makes ADD COLUMN write "
                          "the whole table and its indexes anew under ACCESS EXCLUSIVE: reads and "
                          "writes wait. Add the column without the default, set the default in a "
                          "second statement, and fill the old rows in batches.",
                .instead = columnThenDefault(*add),
                .confidence = cost.unsettled.empty() ? Confidence::Certain : Confidence::Possible,
                .unsettled = cost.unsettled});
}

} // namespace

extern const Rule rule{.id = "add-column-volatile-default",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::add_column_volatile_default
