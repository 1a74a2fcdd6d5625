// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/old_tables.h"

#include "core/rules/alembic_words.h"
#include "core/rules/severity.h"
#include "core/sql/expression_facts.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>
#include <array>

namespace sightglass {

const change::AddColumn* columnAddedToOldTable(const Step& step)
{
    const auto* const add = step.as<change::AddColumn>();
    if (add == nullptr || step.target().isNew)
        return nullptr;
    if (add->ifNotExists && step.moment.column(add->table, add->column.name) != nullptr)
        return nullptr;
    return add;
}

std::string ConstraintOnOldTable::name() const
{
    if (column == nullptr || !constraint->columns.empty())
        return constraintName(*constraint, table);
    ConstraintDefinition known = *constraint;
    known.columns = {column->name};
    return constraintName(known, table);
}

std::string ConstraintOnOldTable::words(std::string_view unnamed) const
{
    return constraint->name.empty() ? std::string(unnamed) : "constraint " + constraint->name;
}

std::vector<std::string> ConstraintOnOldTable::columns() const
{
    if (column != nullptr && constraint->columns.empty())
        return {column->name};
    return constraint->columns;
}

ConstraintOnOldTable constraintAddedToOldTable(const Step& step, ConstraintDefinition::Kind kind)
{
    if (const auto* const add = step.as<change::AddConstraint>()) {
        if (add->constraint.kind != kind || step.target().isNew)
            return {};
        return {.constraint = &add->constraint, .column = nullptr, .table = add->table};
    }
    const auto* const add = columnAddedToOldTable(step);
    if (add == nullptr)
        return {};
    const auto& constraints = add->column.constraints;
    const auto found = std::ranges::find(constraints, kind, &ConstraintDefinition::kind);
    if (found == constraints.end())
        return {};
    return {.constraint = &*found, .column = &add->column, .table = add->table};
}

bool givesValues(const ColumnDefinition& column)
{
    if (column.identity || (column.generated && !column.generatedVirtual) || isSerial(column))
        return true;
    if (!column.defaultExpression)
        return false;
    return !column.defaultExpression->isKnown() ||
           !expressionFacts(column.defaultExpression->value()).isNull;
}

bool isSerial(const ColumnDefinition& column)
{
    if (!column.type.isKnown())
        return false;
    constexpr std::array names{std::string_view("serial"),
                               std::string_view("bigserial"),
                               std::string_view("smallserial"),
                               std::string_view("serial2"),
                               std::string_view("serial4"),
                               std::string_view("serial8")};
    const std::vector<SqlToken> tokens = sqlTokens(column.type.value());
    return tokens.size() == 1 && std::ranges::any_of(names, [&](std::string_view name) {
               return tokens.front().is(name);
           });
}

std::string columnThenDefault(const change::AddColumn& add)
{
    const ColumnDefinition& column = add.column;
    if (!column.type.isKnown() || !column.defaultExpression || !column.defaultExpression->isKnown())
        return {};
    const std::string name = quotedIdentifier(column.name);
    return executedAlterTable(add.table, "ADD COLUMN " + name + " " + column.type.value()) + "\n" +
           executedAlterTable(add.table,
                              "ALTER COLUMN " + name + " SET DEFAULT " +
                                  column.defaultExpression->value()) +
           "\n# then fill the rows that are there in batches, in a later revision";
}

std::optional<Severity> severityOn(const Step& step,
                                   Severity base,
                                   const QualifiedName& relation,
                                   std::optional<LockMode> held)
{
    StepRecord record = step.record;
    record.target = step.moment.relation(relation);
    if (held)
        record.footprint.locks = {{.relation = record.target.name, .mode = *held}};
    return severityWithFacts(base, Scaling::Duration, record, step.moment.facts());
}

} // namespace sightglass
