// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_sequence {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropSequence>();
    if (drop == nullptr || undoesUpgrade(step))
        return;
    const auto dropped = droppedObject(step);
    if (dropped->isNew)
        return;
    report.add(
        step,
        {.title = "Drops sequence " + toText(dropped->name),
         .detail = std::string("Its position is lost: a sequence made anew hands out numbers "
                               "that were used. ") +
                   (drop->cascade ? "CASCADE also removes the defaults that use it. "
                                  : "PostgreSQL refuses while a default uses it. ") +
                   "Keep the last value, and give it as START if the sequence comes back.",
         .object = dropped->words()});
}

} // namespace

extern const Rule rule{.id = "drop-sequence",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Low,
                       .checkStep = check};

} // namespace sightglass::rules::drop_sequence
