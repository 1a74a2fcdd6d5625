// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/existing_object.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::if_not_exists_mismatch {

namespace {

void check(const Step& step, FindingReport& report)
{
    const ExistingObject existing = existingObject(step);
    if (existing.state != ExistingObject::State::Differs)
        return;
    std::string title = existing.words + " is there already, and differs";
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
    report.add(step,
               {.title = std::move(title),
                .detail = "IF NOT EXISTS leaves it as it is, and " + existing.difference +
                          ". The revision succeeds without doing what it says. Change the object "
                          "to the wanted shape instead.",
                .object = existing.words});
}

} // namespace

extern const Rule rule{.id = "if-not-exists-mismatch",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::if_not_exists_mismatch
