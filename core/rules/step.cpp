// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/step.h"

namespace sightglass {

std::span<const StepRecord> Step::earlier() const
{
    return revision.steps;
}

std::span<const Operation> Step::later() const
{
    return revision.operations().subspan(record.index + 1);
}

bool Step::sameName(const QualifiedName& left, const QualifiedName& right) const
{
    return moment.fullName(left) == moment.fullName(right);
}

} // namespace sightglass
