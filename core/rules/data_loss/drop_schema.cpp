// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::drop_schema {

namespace {

template <typename T>
bool hasIn(const Schema::Objects<T>& objects, const std::string& schema)
{
    return std::ranges::any_of(objects,
                               [&](const auto& each) { return each.first.schema == schema; });
}

bool isEmpty(const Schema& all, const std::string& schema)
{
    const bool hasFunction = std::ranges::any_of(
        all.functions, [&](const auto& each) { return each.first.first.schema == schema; });
    return !hasFunction && !hasIn(all.tables, schema) && !hasIn(all.views, schema) &&
           !hasIn(all.enums, schema) && !hasIn(all.domains, schema) &&
           !hasIn(all.sequences, schema);
}

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropSchema>();
    if (drop == nullptr || undoesUpgrade(step))
        return;
    const auto dropped = droppedObject(step);
    if (dropped->isNew)
        return;
    FindingDraft draft{
        .title = "Drops schema " + drop->schema,
        .detail = drop->cascade
                      ? "Every table, view, type and function in it is gone with it when the "
                        "revision commits. Drop the contents object by object first, so that each "
                        "loss is seen."
                      : "PostgreSQL refuses while anything is in it; what reaches it by name fails "
                        "once it is gone. Drop the contents object by object in a revision before.",
        .object = "schema " + drop->schema};
    if (step.moment.isWhole() && isEmpty(step.moment.schema(), drop->schema))
        draft.severity = Severity::Medium;
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "drop-schema",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .checkStep = check};

} // namespace sightglass::rules::drop_schema
