// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/sql/expression_facts.h"

#include <algorithm>

namespace sightglass::rules::required_by_check {

namespace {

/// Added by a revision before this one that no database has yet: both are deployed at once.
bool isAddedInThisRun(const Step& step, const QualifiedName& table, const std::string& column)
{
    bool added = false;
    for (const StepPlace& place : step.run.about(table)) {
        const StepRecord& record = step.run.at(place);
        if (record.as<change::CreateTable>() != nullptr)
            return false; // nobody uses the table yet
        const auto* const add = record.as<change::AddColumn>();
        added = added || (add != nullptr && add->column.name == column &&
                          !step.run.revisions[place.revision].applied);
    }
    return added;
}

bool hasDefault(const Step& step, const QualifiedName& table, const std::string& column)
{
    const Column* const known = step.moment.column(table, column);
    if (known != nullptr && (known->defaultExpression || known->identity || known->generated))
        return true;
    const auto sets = [&](const change::SetDefault& set) {
        return set.column == column && step.sameName(set.table, table);
    };
    return step.laterChange<change::SetDefault>(sets) != nullptr;
}

/// The running code does not know the column yet.
bool isComing(const Step& step, const QualifiedName& table, const std::string& column)
{
    return step.moment.isNewColumn(table, column) ||
           isAddedInThisRun(step, step.target().name, column);
}

void tell(const Step& step, const std::string& column, FindingReport& report)
{
    const std::string name = toText(step.target().name) + "." + column;
    report.add(step,
               {.title = "A check demands column " + name + ", which is new",
                .detail = "The running code does not know the column, so each of its INSERTs and "
                          "UPDATEs on the table fails from then on, NOT VALID or not. Ship the "
                          "column first, and the check once the code that fills it is everywhere.",
                .object = "column " + name});
}

/// The check stands at the column that it demands.
void checkAdded(const Step& step, const change::AddColumn& add, FindingReport& report)
{
    if (step.target().isNew || add.column.defaultExpression || add.column.identity ||
        add.column.generated)
        return;
    for (const ConstraintDefinition& each : add.column.constraints) {
        if (each.kind != ConstraintDefinition::Kind::Check || each.notEnforced ||
            !each.expression.isKnown() || !demandsValue(each.expression.value(), add.column.name))
            continue;
        if (!hasDefault(step, add.table, add.column.name))
            tell(step, add.column.name, report);
        return;
    }
}

void check(const Step& step, FindingReport& report)
{
    if (const auto* const add = step.as<change::AddColumn>()) {
        checkAdded(step, *add, report);
        return;
    }
    // ADD CONSTRAINT … NOT NULL c NOT VALID, PostgreSQL 18: such a check under another name.
    if (const auto* const set = step.as<change::SetNotNull>()) {
        if (set->notValid && !step.target().isNew && !hasDefault(step, set->table, set->column) &&
            isComing(step, set->table, set->column))
            tell(step, set->column, report);
        return;
    }
    const auto* const add = step.as<change::AddConstraint>();
    if (add == nullptr || step.target().isNew ||
        add->constraint.kind != ConstraintDefinition::Kind::Check || add->constraint.notEnforced ||
        !add->constraint.expression.isKnown())
        return;
    const std::string& expression = add->constraint.expression.value();
    for (const std::string& column : expressionFacts(expression).columns) {
        if (!demandsValue(expression, column) || hasDefault(step, add->table, column))
            continue;
        if (isComing(step, add->table, column))
            tell(step, column, report);
    }
}

} // namespace

extern const Rule rule{.id = "required-by-check",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::required_by_check
