// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::rename_schema {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const rename = step.as<change::RenameSchema>();
    if (rename == nullptr ||
        step.moment.isNew(NewObjects::Kind::Schema, {.schema = {}, .name = rename->schema}))
        return;
    report.add(step,
               {.title = "Renames schema " + rename->schema + " to " + rename->newName,
                .detail = "Every name that is written with the schema, and every search path with "
                          "it, stops working at once. Create the new schema and move tables one by "
                          "one, with a view of the old name for one release.",
                .object = "schema " + rename->schema});
}

} // namespace

extern const Rule rule{.id = "rename-schema",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::rename_schema
