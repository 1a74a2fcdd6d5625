// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"

namespace sightglass::rules::rename_enum_value {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const rename = step.as<change::RenameEnumLabel>();
    if (rename == nullptr || step.moment.isNewType(rename->type))
        return;
    const std::string type = toText(step.moment.fullTypeName(rename->type));
    report.add(step,
               {.title = "Renames value '" + rename->label + "' of enum " + type + " to '" +
                         rename->newLabel + "'",
                .detail =
                    "Code that runs now still writes and compares the old value, which PostgreSQL "
                    "refuses from then on. Add the new value, let the code know both, convert the "
                    "rows, and leave the old value unused.",
                .object = "enum " + type,
                .instead = "with op.get_context().autocommit_block():\n    " +
                           executeCall("ALTER TYPE " + toSql(rename->type) +
                                       " ADD VALUE IF NOT EXISTS '" + rename->newLabel + "'")});
}

} // namespace

extern const Rule rule{.id = "rename-enum-value",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::rename_enum_value
