// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/validation.h"

#include "core/rules/alembic_words.h"
#include "core/rules/old_tables.h"

namespace sightglass {

const StepRecord* addedNotValid(const Step& step, std::span<const StepRecord> steps)
{
    const auto* const validate = step.as<change::ValidateConstraint>();
    if (validate == nullptr || !step.inTransaction())
        return nullptr;
    const StepRecord* found = nullptr;
    for (const StepRecord& each : steps) {
        const auto* const add = each.as<change::AddConstraint>();
        if (add == nullptr || !add->constraint.notValid ||
            each.transaction != step.record.transaction || each.target.name != step.target().name)
            continue;
        if (constraintName(add->constraint, add->table) == validate->name)
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
