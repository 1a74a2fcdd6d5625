// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/partition_proof.h"

namespace sightglass::rules::detach_partition_not_concurrently {

namespace {

constexpr int firstConcurrent = 140'000;

void check(const Step& step, FindingReport& report)
{
    const auto* const detach = step.as<change::DetachPartition>();
    if (detach == nullptr || detach->concurrently || step.target().isNew ||
        step.moment.serverVersion() < firstConcurrent)
        return;
    // CONCURRENTLY is refused beside a DEFAULT partition.
    if (defaultPartitionOf(step.moment, detach->table) != nullptr)
        return;
    const std::string parent = toText(step.target().name);
    report.add(
        step,
        {.title = "Detaches " + detach->partition.name + " while users of " + parent + " wait",
         .detail = "DETACH PARTITION takes ACCESS EXCLUSIVE on the parent and the "
                   "partition: it is quick, but everybody waits while it queues for the "
                   "locks and until the transaction ends. Detach it concurrently in an "
                   "autocommit block.",
         .instead = inAutocommitBlock(executedAlterTable(
             detach->table, "DETACH PARTITION " + toSql(detach->partition) + " CONCURRENTLY"))});
}

} // namespace

extern const Rule rule{.id = "detach-partition-not-concurrently",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::detach_partition_not_concurrently
