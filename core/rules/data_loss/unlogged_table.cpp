// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::unlogged_table {

namespace {

/// The table that the operation makes one without a write-ahead log; null: it does not.
const QualifiedName* unloggedTable(const Step& step)
{
    if (const auto* const create = step.as<change::CreateTable>())
        return create->unlogged && !create->temporary ? &create->table : nullptr;
    const auto* const option = step.as<change::AlterTableOption>();
    return option != nullptr && option->unlogged == true ? &option->table : nullptr;
}

/// Only for the time of the revision: dropped, or made logged, before it ends.
bool isPassing(const Step& step, const QualifiedName& table)
{
    const auto drops = [&](const change::DropTable& drop) {
        return step.sameName(drop.table, table);
    };
    const auto logs = [&](const change::AlterTableOption& option) {
        return option.unlogged == false && step.sameName(option.table, table);
    };
    return step.laterChange<change::DropTable>(drops) != nullptr ||
           step.laterChange<change::AlterTableOption>(logs) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const QualifiedName* const table = unloggedTable(step);
    if (table == nullptr || isPassing(step, *table))
        return;
    const std::string name = toText(step.moment.fullName(*table));
    FindingDraft draft{
        .title = (step.as<change::CreateTable>() != nullptr ? "Creates unlogged table "
                                                            : "Makes table unlogged: ") +
                 name,
        .detail = "PostgreSQL empties an unlogged table after a crash, and standbys and backups of "
                  "the log never have its rows. Keep it logged unless every row can be made again.",
        .object = "table " + name};
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "unlogged-table",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::unlogged_table
