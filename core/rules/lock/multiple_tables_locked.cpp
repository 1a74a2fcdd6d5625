// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/table_locks.h"

#include <algorithm>
#include <vector>

namespace sightglass::rules::multiple_tables_locked {

namespace {

/// The existing table that a statement names and locks against everybody; null: none. Who drops a
/// table expects that nobody uses it.
const QualifiedName* shutTable(const StepRecord& record, std::span<const StepRecord> before)
{
    if (!record.runs || record.as<change::DropTable>() != nullptr)
        return nullptr;
    for (const RelationLock& lock : record.footprint.locks) {
        if (lock.mode == LockMode::AccessExclusive && !lock.further && !lock.ofIndex &&
            isOnExistingTable(lock, record, before))
            return &lock.relation;
    }
    return nullptr;
}

/// A table that an earlier statement of the transaction shut.
struct ShutTable
{
    const StepRecord* by = nullptr;
    const QualifiedName* name = nullptr; ///< as it was then
    QualifiedName now;
};

/// A renamed table is still the same one.
void follow(const StepRecord& record, std::vector<ShutTable>& shut)
{
    const auto* const rename = record.as<change::RenameTable>();
    const auto* const move = record.as<change::SetTableSchema>();
    for (ShutTable& each : shut) {
        if (each.now != record.target.name)
            continue;
        if (rename != nullptr)
            each.now.name = rename->newName;
        if (move != nullptr)
            each.now.schema = move->newSchema;
    }
}

/// Oldest first.
std::vector<ShutTable> shutBefore(const Step& step)
{
    std::vector<ShutTable> shut;
    for (std::size_t i = 0; i < step.earlier().size(); ++i) {
        const StepRecord& earlier = step.earlier()[i];
        if (earlier.transaction != step.record.transaction ||
            earlier.operation->statement == step.operation().statement)
            continue;
        const QualifiedName* const table = shutTable(earlier, step.earlier().first(i));
        if (table != nullptr)
            shut.push_back({.by = &earlier, .name = table, .now = *table});
        follow(earlier, shut);
    }
    return shut;
}

void check(const Step& step, FindingReport& report)
{
    if (!step.inTransaction())
        return;
    const QualifiedName* const table = shutTable(step.record, step.earlier());
    if (table == nullptr)
        return;
    const std::vector<ShutTable> shut = shutBefore(step);
    if (shut.empty() || std::ranges::find(shut, *table, &ShutTable::now) != shut.end())
        return; // nothing, or this one, is held already
    const StepRecord* const first = shut.front().by;
    const QualifiedName* const other = shut.front().name;
    FindingDraft draft;
    draft.title = "Locks " + toText(*table) + " while " + toText(*other) + " is locked";
    draft.detail = "Both tables are held with ACCESS EXCLUSIVE until the transaction commits. An "
                   "application that uses them in the other order deadlocks with the migration. "
                   "Put each table into a revision of its own and run each in its own transaction.";
    draft.related.push_back(first->operation->span);
    draft.instead = "# env.py\ncontext.configure(..., transaction_per_migration=True)\n# and one "
                    "revision for " +
                    toText(*other) + ", one for " + toText(*table);
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "multiple-tables-locked",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Low,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::multiple_tables_locked
