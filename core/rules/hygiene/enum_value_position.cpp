// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::enum_value_position {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const add = step.as<change::AddEnumLabel>();
    if (add == nullptr || !add->before.empty() || !add->after.empty())
        return;
    const std::string type = toText(step.moment.fullTypeName(add->type));
    const EnumType* const known = step.moment.enumType(add->type);
    std::string instead;
    if (known != nullptr && !known->labels.empty())
        instead = "op.execute(\"ALTER TYPE " + toSql(add->type) + " ADD VALUE '" + add->label +
                  "' AFTER '" + known->labels.back() + "'\")";
    report.add(step,
               {.title = "Adds label " + add->label + " to " + type + " without saying where",
                .detail = "Labels sort and compare in the order of the type, and without BEFORE or "
                          "AFTER a new one goes to its end. Databases in which labels were added "
                          "in another order sort differently. Say where it belongs.",
                .object = "type " + type,
                .instead = std::move(instead)});
}

} // namespace

extern const Rule rule{.id = "enum-value-position",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::enum_value_position
