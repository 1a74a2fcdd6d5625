// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped_constraint.h"
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::drop_constraint {

namespace {

using Kind = NewObjects::Kind;

bool setsNotNull(const Step& step, const Operation& operation, const std::string& column)
{
    const auto* const set = std::get_if<change::SetNotNull>(&operation.change);
    return set != nullptr && (column.empty() || set->column == column) &&
           step.sameName(set->table, step.target().name);
}

bool validates(const Operation& operation, const std::string& name)
{
    const auto* const validate = std::get_if<change::ValidateConstraint>(&operation.change);
    return validate != nullptr && validate->name == name;
}

/// A CHECK (c IS NOT NULL) that only saved SET NOT NULL its scan.
bool isHelper(const Step& step, const DroppedConstraint& dropped)
{
    const auto setsEarlier = [&](const std::string& column) {
        return std::ranges::any_of(step.earlier(), [&](const StepRecord& each) {
            return setsNotNull(step, *each.operation, column);
        });
    };
    if (!dropped.provedColumn.empty()) {
        const Column* const column = step.moment.column(step.target().name, dropped.provedColumn);
        return (column != nullptr && !column->nullable) || setsEarlier(dropped.provedColumn) ||
               std::ranges::any_of(step.later(), [&](const Operation& each) {
                   return setsNotNull(step, each, dropped.provedColumn);
               });
    }
    // Of a table that is not known: validated here, then used for a SET NOT NULL.
    return dropped.kind == DroppedConstraint::Kind::NotKnown && setsEarlier({}) &&
           std::ranges::any_of(step.earlier(), [&](const StepRecord& each) {
               return validates(*each.operation, dropped.name);
           });
}

bool isReplaced(const Step& step, const DroppedConstraint& dropped)
{
    return step.laterChange<change::AddConstraint>([&](const change::AddConstraint& add) {
        return add.constraint.name == dropped.name && step.sameName(add.table, step.target().name);
    }) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const auto dropped = droppedConstraint(step);
    if (!dropped || dropped->kind == DroppedConstraint::Kind::PrimaryKey)
        return;
    const QualifiedName& table = step.target().name;
    if (step.target().isNew || step.moment.isNew(Kind::Constraint, table, dropped->name) ||
        isHelper(step, *dropped) || isReplaced(step, *dropped))
        return;
    report.add(step,
               {.title = "Drops constraint " + dropped->name + " of table " + toText(table),
                .detail = "From here on the database lets in rows that " + dropped->forbids() +
                          ", and no later revision can tell when the first came. If another rule "
                          "is to take its place, add that first, then drop this one.",
                .object = "constraint " + dropped->name + " of table " + toText(table)});
}

} // namespace

extern const Rule rule{.id = "drop-constraint",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::drop_constraint
