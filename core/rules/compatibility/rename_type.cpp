// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::rename_type {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const rename = step.as<change::RenameType>();
    if (rename == nullptr || step.moment.isNewType(rename->type))
        return;
    const std::string type = toText(step.moment.fullTypeName(rename->type));
    report.add(step,
               {.title = "Renames type " + type + " to " + rename->newName,
                .detail = "Statements of running code that cast to the old name fail, and drivers "
                          "that looked the type up keep a name that is gone. Create a new type and "
                          "keep the old name until no client uses it.",
                .object = "type " + type});
}

} // namespace

extern const Rule rule{.id = "rename-type",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::rename_type
