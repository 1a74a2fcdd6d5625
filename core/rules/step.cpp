// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/step.h"

namespace sightglass {

std::vector<const RevisionReading*> RunReview::after(const RevisionReview& revision) const
{
    std::vector<const RevisionReading*> result;
    for (std::size_t i = revision.position + 1; i < readings.size(); ++i)
        result.push_back(readings[i]);
    for (const RevisionReview& next : following)
        result.push_back(next.reading);
    return result;
}

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
