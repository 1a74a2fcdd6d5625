// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::enum_created {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateEnum>();
    if (create == nullptr)
        return;
    const std::string type = toText(step.moment.fullTypeName(create->type));
    report.add(step,
               {.title = "Creates enum type " + type,
                .detail = "A label of an enum type can be added and renamed, but never removed or "
                          "moved without a rewrite of every column of the type. A lookup table "
                          "with a foreign key changes with plain rows.",
                .object = "type " + type});
}

} // namespace

extern const Rule rule{.id = "enum-created",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::enum_created
