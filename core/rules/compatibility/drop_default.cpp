// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_default {

namespace {

bool isSetAgain(const Step& step, const change::DropDefault& drop)
{
    const auto sets = [&](const auto& set) {
        return set.column == drop.column && step.sameName(set.table, drop.table);
    };
    return step.laterChange<change::SetDefault>(sets) != nullptr ||
           step.laterChange<change::AddIdentity>(sets) != nullptr ||
           step.laterChange<change::DropColumn>(sets) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropDefault>();
    if (drop == nullptr || step.target().isNew || isSetAgain(step, *drop))
        return;
    const Column* const column = step.moment.column(drop->table, drop->column);
    const bool required = column != nullptr && !column->nullable;
    if (step.moment.isNewColumn(drop->table, drop->column) && !required)
        return;
    // Of a table that is known, a column without a default has none to lose.
    if (step.target().table && column != nullptr && !column->defaultExpression)
        return;
    const std::string name = toText(step.target().name) + "." + drop->column;
    FindingDraft draft{
        .title = "Drops the default of column " + name,
        .detail =
            required ? "The column is NOT NULL, so every INSERT that leaves it out fails from then "
                       "on. Deploy code that always sends the value first."
                     : "An INSERT that leaves it out stores NULL from then on, and fails where the "
                       "column is NOT NULL. Deploy code that always sends the value first."};
    if (required)
        draft.severity = Severity::Medium;
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "drop-default",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Low,
                       .checkStep = check};

} // namespace sightglass::rules::drop_default
