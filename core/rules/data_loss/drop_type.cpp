// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_type {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropType>();
    if (drop == nullptr || undoesUpgrade(step))
        return;
    const auto dropped = droppedObject(step);
    if (dropped->isNew)
        return;
    const std::vector<std::string> columns = dependentsOf(step.moment, *dropped);
    const std::string used = columns.empty() ? "" : ": " + listed(columns);
    FindingDraft draft{.title =
                           "Drops " + dropped->words() + (drop->cascade ? " with CASCADE" : ""),
                       .object = dropped->words()};
    if (drop->cascade) {
        draft.detail = "Every column of that type is dropped with its data" + used +
                       ". Convert the columns first: add a new one, fill it, swap; then drop "
                       "without CASCADE.";
        draft.severity = Severity::Critical;
    } else if (columns.empty() && step.moment.isWhole()) {
        draft.detail = "No column uses it, so no data is lost. Clients that cast to it fail from "
                       "then on.";
        draft.severity = Severity::Info;
    } else {
        draft.detail = "PostgreSQL refuses while a column uses it" + used +
                       ". Convert the columns first: add a new one, fill it, swap; then drop the "
                       "type. Clients that cast to it fail from then on.";
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "drop-type",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::drop_type
