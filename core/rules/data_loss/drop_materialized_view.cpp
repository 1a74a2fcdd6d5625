// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_materialized_view {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropView>();
    if (drop == nullptr || !drop->materialized || step.moment.isNewRelation(drop->view) ||
        undoesUpgrade(step))
        return;
    const auto isSame = [&](const change::CreateView& create) {
        return step.sameName(create.view, drop->view);
    };
    if (step.laterChange<change::CreateView>(isSame) != nullptr)
        return;
    const std::string name = toText(step.moment.fullName(drop->view));
    report.add(step,
               {.title = "Drops materialized view " + name,
                .detail = "Its stored rows and indexes are gone, and building it again reads the "
                          "tables below in full. Create the replacement under a new name, let "
                          "readers switch, then drop the old one.",
                .object = "materialized view " + name});
}

} // namespace

extern const Rule rule{.id = "drop-materialized-view",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Low,
                       .checkStep = check};

} // namespace sightglass::rules::drop_materialized_view
