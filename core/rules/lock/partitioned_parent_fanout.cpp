// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"

#include <algorithm>

namespace sightglass::rules::partitioned_parent_fanout {

namespace {

constexpr std::ptrdiff_t fewest = 4;

/// Partitions that are locked because their parent is.
std::ptrdiff_t lockedPartitions(const Step& step)
{
    const auto isPartition = [&](const RelationLock& lock) {
        if (!lock.further || !isStrong(lock.mode))
            return false;
        // A partition of a partition is one too; only partitions have a parent.
        const Table* const table = step.moment.schema().table(lock.relation);
        return table != nullptr && table->partitionOf.has_value();
    };
    return std::ranges::count_if(step.footprint().locks, isPartition);
}

/// Statements that are about tables, not about what is in them or whether they are there.
bool changesTable(const Step& step)
{
    return step.as<change::DropTable>() == nullptr && step.as<change::ChangeData>() == nullptr &&
           step.as<change::LockTable>() == nullptr &&
           step.as<change::AttachPartition>() == nullptr &&
           step.as<change::DetachPartition>() == nullptr &&
           step.as<change::DropSchema>() == nullptr && step.as<change::CreateTable>() == nullptr;
}

std::string insteadOf(const Step& step)
{
    const auto* const index = step.as<change::CreateIndex>();
    if (index == nullptr)
        return executeCall("SET LOCAL lock_timeout = '3s'");
    const std::string table = toSql(step.target().name);
    const std::string name = index->index.name.empty() ? "ix" : index->index.name;
    std::string columns;
    for (const IndexElement& element : index->index.elements)
        columns += (columns.empty() ? "" : ", ") + quotedIdentifier(element.column);
    if (columns.empty() || columns.find("\"\"") != std::string::npos)
        return {};
    return executeCall("CREATE INDEX " + quotedIdentifier(name) + " ON ONLY " + table + " (" +
                       columns + ")") +
           "\nwith op.get_context().autocommit_block():\n    # for each partition\n    " +
           executeCall("CREATE INDEX CONCURRENTLY " + quotedIdentifier(name + "_p1") +
                       " ON partition_1 (" + columns + ")") +
           "\n    " +
           executeCall("ALTER INDEX " + quotedIdentifier(name) + " ATTACH PARTITION " +
                       quotedIdentifier(name + "_p1"));
}

void check(const Step& step, FindingReport& report)
{
    const Found& target = step.target();
    if (!target.table || target.table->kind != TableKind::PartitionedTable || target.isNew ||
        !changesTable(step))
        return;
    const std::ptrdiff_t count = lockedPartitions(step);
    if (count < fewest)
        return;
    const std::string table = toText(target.name);
    FindingDraft draft;
    draft.title = "Locks " + table + " and all its " + std::to_string(count) + " partitions";
    draft.detail =
        "The lock on the parent is taken on each of the " + std::to_string(count) +
        " partitions as well, and the work is done once for each. Do it partition by partition "
        "where PostgreSQL allows it, and set a short lock_timeout.";
    draft.instead = insteadOf(step);
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "partitioned-parent-fanout",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::partitioned_parent_fanout
