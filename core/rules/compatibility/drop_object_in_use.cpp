// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_object_in_use {

namespace {

/// What readers of the table will miss; empty: nothing.
std::string missed(const Step& step)
{
    const std::string table = toText(step.target().name);
    if (step.as<change::DropTable>() != nullptr)
        return "Drops table " + table;
    if (const auto* const drop = step.as<change::DropColumn>())
        return "Drops column " + table + "." + drop->column;
    if (step.as<change::RenameTable>() != nullptr)
        return "Renames table " + table;
    if (const auto* const rename = step.as<change::RenameColumn>())
        return "Renames column " + table + "." + rename->column;
    return {};
}

bool isNewPart(const Step& step)
{
    const ChangedObject object = objectOf(step.operation().change);
    return !object.column.empty() && step.moment.isNewColumn(object.table, object.column);
}

bool isUsed(const TableFacts& facts)
{
    return facts.used || facts.readsPerSecond.value_or(0) > 0 ||
           facts.writesPerSecond.value_or(0) > 0;
}

void check(const Step& step, FindingReport& report)
{
    const std::string what = missed(step);
    if (what.empty() || step.target().isNew || isNewPart(step) || isBatchCopy(step.operation()))
        return;
    const TableFacts* const facts = step.moment.facts().table(step.target().name);
    if (facts == nullptr || !isUsed(*facts))
        return;
    report.add(step,
               {.title = what + ", and the table is in use",
                .detail = "Somebody reads or writes the table now, so a client breaks the moment "
                          "this commits. Find it by application_name in pg_stat_activity and stop "
                          "or change it first."});
}

} // namespace

extern const Rule rule{.id = "drop-object-in-use",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::drop_object_in_use
