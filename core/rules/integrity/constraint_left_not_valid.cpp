// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"

#include <algorithm>
#include <span>

namespace sightglass::rules::constraint_left_not_valid {

namespace {

/// A later operation that settles it: validated, gone with its table, or under another name.
bool settles(const Step& step, const Operation& operation, const std::string& name)
{
    const QualifiedName& table = step.target().name;
    const Change& change = operation.change;
    if (const auto* const validate = std::get_if<change::ValidateConstraint>(&change))
        return validate->name == name && step.sameName(validate->table, table);
    if (const auto* const drop = std::get_if<change::DropConstraint>(&change))
        return drop->name == name && step.sameName(drop->table, table);
    if (const auto* const rename = std::get_if<change::RenameConstraint>(&change))
        return rename->name == name && step.sameName(rename->table, table);
    if (const auto* const drop = std::get_if<change::DropTable>(&change))
        return step.sameName(drop->table, table);
    if (const auto* const rename = std::get_if<change::RenameTable>(&change))
        return step.sameName(rename->table, table);
    if (const auto* const moved = std::get_if<change::SetTableSchema>(&change))
        return step.sameName(moved->table, table);
    return false;
}

bool isSettled(const Step& step,
               const std::vector<const RevisionReading*>& after,
               const std::string& name)
{
    const auto among = [&](std::span<const Operation> operations) {
        return std::ranges::any_of(
            operations, [&](const Operation& each) { return settles(step, each, name); });
    };
    return among(step.later()) || std::ranges::any_of(after, [&](const RevisionReading* reading) {
               return among(reading->operations);
           });
}

/// Of the constraint that is added without a look at the rows; empty: none is.
std::string notValidName(const Step& step)
{
    if (const auto* const add = step.as<change::AddConstraint>())
        return add->constraint.notValid ? constraintName(add->constraint, step.target().name)
                                        : std::string();
    const auto* const set = step.as<change::SetNotNull>();
    if (set == nullptr || !set->notValid)
        return {};
    return set->constraint.empty() ? step.target().name.name + "_" + set->column + "_not_null"
                                   : set->constraint;
}

void check(const Step& step, FindingReport& report)
{
    const std::string name = notValidName(step);
    if (name.empty() || step.target().isNew || step.revision.direction == Direction::Downgrade)
        return;
    const auto after = step.run.after(step.revision);
    // Of the newest revision, the one that validates may still be to come.
    if (after.empty() || isSettled(step, after, name))
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Constraint " + name + " of table " + table + " is never validated",
                .detail = "It is added as NOT VALID and no later revision validates it: rows from "
                          "before stay unchecked, and the planner can't rely on it. Add a revision "
                          "that validates it.",
                .object = "constraint " + name + " of table " + table,
                .instead = "op.execute(\"ALTER TABLE " + toSql(step.target().name) +
                           " VALIDATE CONSTRAINT " + quotedIdentifier(name) + "\")"});
}

} // namespace

extern const Rule rule{.id = "constraint-left-not-valid",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Low,
                       .checkStep = check};

} // namespace sightglass::rules::constraint_left_not_valid
