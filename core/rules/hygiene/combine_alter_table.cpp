// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <set>

namespace sightglass::rules::combine_alter_table {

namespace {

bool isAlterTable(const Change& change)
{
    return std::holds_alternative<change::AddColumn>(change) ||
           std::holds_alternative<change::SetColumnType>(change) ||
           std::holds_alternative<change::SetNotNull>(change) ||
           std::holds_alternative<change::AddConstraint>(change) ||
           std::holds_alternative<change::ValidateConstraint>(change) ||
           std::holds_alternative<change::AlterTableOption>(change);
}

bool readsWholeTable(const StepRecord& record)
{
    return isAlterTable(record.operation->change) &&
           (record.footprint.rewrites || record.footprint.scans || record.footprint.buildsIndex);
}

void check(const Step& step, FindingReport& report)
{
    if (!step.inTransaction() || step.target().isNew || !readsWholeTable(step.record))
        return;
    std::set<int> others;
    for (const StepRecord& each : step.earlier()) {
        if (each.transaction == step.record.transaction && each.target.name == step.target().name &&
            readsWholeTable(each))
            others.insert(each.operation->statement);
    }
    others.erase(step.operation().statement);
    if (others.size() != 1)
        return; // said at the second
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Passes over table " + table + " more than once",
                .detail = "Several ALTER TABLE statements of one transaction each read or rewrite "
                          "the whole table while it is locked. As actions of one ALTER TABLE they "
                          "share a single pass.",
                .object = "table " + table,
                .instead = "op.execute(\"ALTER TABLE " + toSql(step.target().name) +
                           " <first action>, <second action>\")"});
}

} // namespace

extern const Rule rule{.id = "combine-alter-table",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .scaling = Scaling::Duration,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::combine_alter_table
