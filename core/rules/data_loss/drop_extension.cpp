// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_extension {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropExtension>();
    if (drop == nullptr || undoesUpgrade(step) || droppedObject(step)->isNew)
        return;
    FindingDraft draft{
        .title = "Drops extension " + drop->extension + (drop->cascade ? " with CASCADE" : ""),
        .detail = drop->cascade
                      ? "Columns of its types are dropped with their data, and so are indexes, "
                        "defaults and views that use it. Convert them away from the extension "
                        "first, then drop it without CASCADE."
                      : "Its types, functions and operators are gone; PostgreSQL refuses while a "
                        "column or an index uses one. Convert them away from the extension first.",
        .object = "extension " + drop->extension};
    if (drop->cascade)
        draft.severity = Severity::Critical;
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "drop-extension",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::drop_extension
