// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"
#include "core/rules/index_keys.h"
#include "core/rules/new_unique.h"
#include "core/sql/expression_facts.h"

#include <algorithm>

namespace sightglass::rules::unique_on_existing_data {

namespace {

/// The values that the rows got when this revision added the column.
enum class Filling
{
    Alike,    ///< one value in every row
    Apart,    ///< NULL, or another value in every row
    NotKnown, ///< by a function that is not known
    Old       ///< it was there before
};

Filling fillingOf(const ColumnDefinition& column, const Step& step)
{
    if (column.identity || isSerialType(column.type))
        return Filling::Apart;
    if (!column.defaultExpression)
        return Filling::Apart;
    if (!column.defaultExpression->isKnown())
        return Filling::NotKnown;
    const ExpressionFacts facts =
        expressionFacts(column.defaultExpression->value(), step.moment.facts().volatility);
    if (facts.isNull || facts.volatility == Volatility::Volatile)
        return Filling::Apart;
    return facts.volatility == Volatility::NotKnown ? Filling::NotKnown : Filling::Alike;
}

Filling fillingOf(const std::string& name, const Step& step)
{
    const auto of = [&](const Operation& operation) -> const ColumnDefinition* {
        const auto* const add = std::get_if<change::AddColumn>(&operation.change);
        const bool same = add != nullptr && add->column.name == name &&
                          step.sameName(add->table, step.target().name);
        return same ? &add->column : nullptr;
    };
    if (const ColumnDefinition* const own = of(step.operation()))
        return fillingOf(*own, step);
    if (!step.moment.isNewColumn(step.target().name, name))
        return Filling::Old;
    for (const StepRecord& earlier : step.earlier()) {
        if (const ColumnDefinition* const column = of(*earlier.operation))
            return fillingOf(*column, step);
    }
    return Filling::NotKnown;
}

/// What is known makes duplicates impossible.
bool cannotClash(const NewUnique& unique, const Step& step)
{
    const QualifiedName& table = step.target().name;
    if (const Table* const known = step.moment.schema().table(table)) {
        const auto keys = uniqueKeysOf(*known);
        if (std::ranges::any_of(keys,
                                [&](const auto& key) { return containsAll(unique.columns, key); }))
            return true;
    }
    return std::ranges::any_of(unique.columns, [&](const std::string& column) {
        const ColumnFacts* const facts = step.moment.facts().column(table, column);
        return facts != nullptr && facts->duplicates == 0;
    });
}

void check(const Step& step, FindingReport& report)
{
    if (step.target().isNew || findsItThere(step) || step.moment.isVersionTable(step.target().name))
        return;
    for (const NewUnique& unique : newUniques(step)) {
        if (cannotClash(unique, step))
            continue;
        bool apart = false;
        bool notKnown = false;
        for (const std::string& column : unique.columns) {
            const Filling filling = fillingOf(column, step);
            apart = apart || (filling == Filling::Apart && !unique.nullsNotDistinct);
            notKnown = notKnown || filling == Filling::NotKnown;
        }
        if (apart)
            continue;
        const std::string table = toText(step.target().name);
        std::vector<std::string> columns = unique.columns;
        std::ranges::replace(columns, std::string(), std::string("an expression"));
        report.add(step,
                   {.title = "Rows of " + table + " may repeat (" + listed(columns) +
                             "): " + unique.words() + " fails then",
                    .detail =
                        "One pair of equal rows makes the statement fail, and one that builds "
                        "concurrently leaves an invalid index behind. Look for duplicates on "
                        "the database it will run on, clean up in an earlier revision, then "
                        "build.",
                    .object = "table " + table,
                    .confidence = notKnown ? Confidence::Possible : Confidence::Likely,
                    .unsettled = "whether (" + listed(columns) +
                                 ") holds duplicates: a query of the live database tells"});
    }
}

} // namespace

extern const Rule rule{.id = "unique-on-existing-data",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .scaling = Scaling::MayFail,
                       .checkStep = check};

} // namespace sightglass::rules::unique_on_existing_data
