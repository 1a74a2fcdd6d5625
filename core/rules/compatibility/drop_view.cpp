// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_view {

namespace {

/// Something takes the name over before the revision ends.
bool comesBack(const Step& step, const QualifiedName& view)
{
    const auto creates = [&](const change::CreateView& create) {
        return step.sameName(create.view, view);
    };
    const auto becomesTable = [&](const change::CreateTable& create) {
        return step.sameName(create.table, view);
    };
    const auto renames = [&](const auto& rename) { return rename.newName == view.name; };
    return step.laterChange<change::CreateView>(creates) != nullptr ||
           step.laterChange<change::CreateTable>(becomesTable) != nullptr ||
           step.laterChange<change::RenameView>(renames) != nullptr ||
           step.laterChange<change::RenameTable>(renames) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropView>();
    if (drop == nullptr || drop->materialized || step.moment.isNewRelation(drop->view) ||
        comesBack(step, drop->view) || undoesUpgrade(step))
        return;
    const std::string name = toText(step.moment.fullName(drop->view));
    report.add(step,
               {.title = "Drops view " + name,
                .detail = "Queries of running code, reports and other clients that read it fail at "
                          "once. Keep it until no reader is left, or replace it with CREATE OR "
                          "REPLACE VIEW.",
                .object = "view " + name});
}

} // namespace

extern const Rule rule{.id = "drop-view",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::drop_view
