// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::drop_not_null {

namespace {

/// It only prepares the column's end: a revision that comes drops it.
bool isDroppedSoon(const Step& step, const change::DropNotNull& drop)
{
    const auto drops = [&](const Operation& operation) {
        const auto* const column = std::get_if<change::DropColumn>(&operation.change);
        return column != nullptr && column->column == drop.column &&
               step.sameName(column->table, drop.table);
    };
    if (std::ranges::any_of(step.later(), drops))
        return true;
    return std::ranges::any_of(step.run.after(step.revision), [&](const RevisionReading* reading) {
        return std::ranges::any_of(reading->operations, drops);
    });
}

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropNotNull>();
    if (drop == nullptr || step.moment.isNewColumn(drop->table, drop->column) ||
        isDroppedSoon(step, *drop))
        return;
    // Of a table that is known, a column may be nullable already.
    const Column* const column = step.moment.column(drop->table, drop->column);
    if (step.target().table && column != nullptr && column->nullable)
        return;
    const std::string name = toText(step.target().name) + "." + drop->column;
    report.add(step,
               {.title = "Column " + name + " may be NULL from now on",
                .detail =
                    "Readers that rely on a value meet NULL once the first row without one is "
                    "written, and comparisons with NULL quietly drop rows. Make the readers "
                    "safe first."});
}

} // namespace

extern const Rule rule{.id = "drop-not-null",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Low,
                       .checkStep = check};

} // namespace sightglass::rules::drop_not_null
