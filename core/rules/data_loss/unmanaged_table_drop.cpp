// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/unmanaged.h"

namespace sightglass::rules::unmanaged_table_drop {

namespace {

void check(const Step& step, FindingReport& report)
{
    if (step.as<change::DropTable>() == nullptr)
        return;
    const auto unmanaged = unmanagedTable(step);
    if (!unmanaged)
        return;
    const std::string table = toText(unmanaged->name);
    const std::string owner =
        unmanaged->owner.name.empty() ? "" : ", probably of " + unmanaged->owner.name;
    FindingDraft draft{
        .title = "Drops " + table + ", which no revision makes" + owner,
        .detail = "Autogenerate drops every table that the models lack, whoever it belongs to. " +
                  unmanaged->owner.evidence +
                  " Remove the operation, and leave such tables out in env.py.",
        .instead = "# env.py, given to context.configure(include_name=include_name)\n"
                   "def include_name(name, type_, parent_names):\n"
                   "    if type_ == \"table\":\n"
                   "        return name not in {" +
                   pythonText(unmanaged->name.name) +
                   "}\n"
                   "    return True"};
    if (unmanaged->maybeOurs) {
        draft.confidence = Confidence::Possible;
        draft.unsettled = "which tables were there before the first revision";
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "unmanaged-table-drop",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .checkStep = check};

} // namespace sightglass::rules::unmanaged_table_drop
