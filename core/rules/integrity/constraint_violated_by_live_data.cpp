// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"
#include "core/rules/new_unique.h"
#include "core/rules/operation_sql.h"
#include "core/rules/type_step.h"
#include "core/sql/data_facts.h"
#include "core/sql/expression_facts.h"

#include <algorithm>

namespace sightglass::rules::constraint_violated_by_live_data {

namespace {

using Kind = ConstraintDefinition::Kind;

struct Violation
{
    std::string column;
    std::string what; ///< "42 rows without a value"
    bool certain = true;
};

/// Live facts are of the time before the run: an earlier change of the data may have cleaned up.
bool isCleaned(const Operation& operation, const QualifiedName& table, const std::string& column)
{
    const auto* const data = std::get_if<change::ChangeData>(&operation.change);
    if (data == nullptr || data->table.name != table.name)
        return false;
    if (data->command == "DELETE" || data->command == "TRUNCATE" || data->command == "MERGE")
        return true;
    if (data->command != "UPDATE")
        return false;
    const auto facts = dataFacts(sqlOf(operation));
    return facts.empty() || std::ranges::any_of(facts, [&](const DataFacts& each) {
               return std::ranges::find(each.assigned, column) != each.assigned.end();
           });
}

class Violations
{
public:
    explicit Violations(const Step& step)
        : m_step(step)
        , m_table(step.target().name)
    {}

    std::vector<Violation> all()
    {
        if (const auto* const set = m_step.as<change::SetNotNull>();
            set != nullptr && !set->notValid)
            takeNulls(set->column, true);
        for (const NewUnique& unique : newUniques(m_step))
            takeUnique(unique);
        for (const AddedConstraint& added : addedConstraints(m_step.operation().change)) {
            if (!added.definition->notValid && !added.definition->notEnforced &&
                added.column == nullptr)
                takeConstraint(*added.definition, added.columns);
        }
        if (const auto* const validate = m_step.as<change::ValidateConstraint>())
            takeValidated(validate->name);
        if (const auto* const type = m_step.as<change::SetColumnType>())
            takeType(*type);
        return std::move(m_violations);
    }

private:
    const ColumnFacts* factsOf(const std::string& column) const
    {
        if (m_step.moment.isNewColumn(m_table, column))
            return nullptr;
        const auto cleans = [&](const StepRecord& each) {
            return isCleaned(*each.operation, m_table, column);
        };
        if (std::ranges::any_of(m_step.earlier(), cleans))
            return nullptr;
        for (const RevisionReview& revision : m_step.run.revisions) {
            if (std::ranges::any_of(revision.steps, cleans))
                return nullptr;
        }
        return m_step.moment.facts().column(m_table, column);
    }

    void add(const std::string& column, std::int64_t count, std::string what, bool certain)
    {
        m_violations.push_back({.column = column,
                                .what = std::to_string(count) + " " + std::move(what),
                                .certain = certain});
    }

    void takeNulls(const std::string& column, bool certain)
    {
        const ColumnFacts* const facts = factsOf(column);
        if (facts != nullptr && facts->nulls.value_or(0) > 0)
            add(column, *facts->nulls, "rows without a value", certain);
    }

    void takeUnique(const NewUnique& unique)
    {
        if (unique.primaryKey) {
            for (const std::string& column : unique.columns)
                takeNulls(column, true);
        }
        if (unique.columns.size() != 1)
            return; // values that repeat alone need not repeat together
        const std::string& column = unique.columns.front();
        const ColumnFacts* const facts = factsOf(column);
        if (facts == nullptr)
            return;
        if (facts->duplicates.value_or(0) > 0)
            add(column, *facts->duplicates, "values that occur more than once", !unique.partial);
        else if (unique.nullsNotDistinct && facts->nulls.value_or(0) > 1)
            add(column, *facts->nulls, "rows without a value", !unique.partial);
    }

    void takeConstraint(const ConstraintDefinition& definition,
                        const std::vector<std::string>& columns)
    {
        if (definition.kind == Kind::ForeignKey)
            takeOrphans(columns);
        else if (definition.kind == Kind::Check && definition.expression.isKnown())
            takeCheck(definition.expression.value());
    }

    void takeOrphans(const std::vector<std::string>& columns)
    {
        for (const std::string& column : columns) {
            const ColumnFacts* const facts = factsOf(column);
            if (facts != nullptr && facts->orphans.value_or(0) > 0)
                add(column, *facts->orphans, "values that the referenced table lacks", true);
        }
    }

    void takeCheck(const std::string& expression)
    {
        for (const std::string& column : expressionFacts(expression).columns) {
            if (demandsValue(expression, column))
                takeNulls(column, true);
        }
    }

    void takeValidated(const std::string& name)
    {
        const Table* const table = m_step.moment.schema().table(m_table);
        if (table == nullptr)
            return;
        for (const ForeignKey& key : table->foreignKeys) {
            if (key.name == name && !key.validated)
                takeOrphans(key.columns);
        }
        for (const CheckConstraint& each : table->checks) {
            if (each.name == name && !each.validated)
                takeCheck(each.expression);
        }
    }

    void takeType(const change::SetColumnType& type)
    {
        const ColumnFacts* const facts = factsOf(type.column);
        if (facts == nullptr || !facts->longest || type.usingExpression)
            return;
        const SpelledType spelled(typeSpelling(type.type, m_step.moment));
        const bool limited = spelled.name == "character varying" || spelled.name == "character" ||
                             spelled.name == "bpchar";
        const auto limit = spelled.number(0);
        if (limited && limit && spelled.dimensions == 0 && *facts->longest > *limit)
            add(type.column,
                *facts->longest,
                "characters in its longest value, and room for " + std::to_string(*limit),
                true);
    }

    const Step& m_step;
    const QualifiedName& m_table;
    std::vector<Violation> m_violations;
};

void check(const Step& step, FindingReport& report)
{
    if (step.target().isNew || step.target().name.name.empty() ||
        step.moment.facts().columns.empty() || findsItThere(step))
        return;
    for (const Violation& violation : Violations(step).all()) {
        const std::string column = toText(step.target().name) + "." + violation.column;
        report.add(step,
                   {.title = "Fails on the data: " + column + " has " + violation.what,
                    .detail = "The live database was asked, and the rows that are there break what "
                              "this demands: the statement fails and the revision with it. Clean "
                              "the data up in an earlier revision.",
                    .object = "column " + column,
                    .confidence = violation.certain ? Confidence::Certain : Confidence::Possible,
                    .unsettled = violation.certain
                                     ? std::string()
                                     : "whether these rows are among those of the predicate"});
    }
}

} // namespace

extern const Rule rule{.id = "constraint-violated-by-live-data",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Critical,
                       .scaling = Scaling::MayFail,
                       .checkStep = check};

} // namespace sightglass::rules::constraint_violated_by_live_data
