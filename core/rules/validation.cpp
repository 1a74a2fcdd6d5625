// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/validation.h"

#include "core/rules/alembic_words.h"
#include "core/rules/old_tables.h"

namespace sightglass {

namespace {

/// The constraint that a step adds NOT VALID; empty: it adds none, or the name is not known.
std::string nameOfNotValid(const StepRecord& step)
{
    if (const auto* const add = step.as<change::AddConstraint>())
        return add->constraint.notValid ? constraintName(add->constraint, add->table)
                                        : std::string();
    const auto* const set = step.as<change::SetNotNull>();
    if (set == nullptr || !set->notValid)
        return {};
    return set->constraint.empty() ? set->table.name + "_" + set->column + "_not_null"
                                   : set->constraint;
}

} // namespace

bool addsNotValid(const StepRecord& earlier, const Step& step)
{
    const auto* const validate = step.as<change::ValidateConstraint>();
    return validate != nullptr && step.inTransaction() &&
           earlier.transaction == step.record.transaction &&
           earlier.target.name == step.target().name && nameOfNotValid(earlier) == validate->name;
}

const StepRecord* addedNotValid(const Step& step, std::span<const StepRecord> steps)
{
    const StepRecord* found = nullptr;
    for (const StepRecord& each : steps) {
        if (addsNotValid(each, step))
            found = &each;
    }
    return found;
}

std::optional<Severity> severityUnderLock(const Step& step, const StepRecord& earlier)
{
    const LockMode held = earlier.footprint.lockOn(step.target().name);
    return severityOn(step,
                      Severity::High,
                      step.target().name,
                      held == LockMode::None ? std::nullopt : std::optional(held));
}

} // namespace sightglass
