// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"
#include "core/rules/partition_proof.h"

namespace sightglass::rules::attach_partition_default_scan {

namespace {

struct NewPartition
{
    QualifiedName parent;
    QualifiedName partition;
    std::string bound;
};

std::optional<NewPartition> newPartition(const Change& change)
{
    if (const auto* const attach = std::get_if<change::AttachPartition>(&change))
        return NewPartition{
            .parent = attach->table, .partition = attach->partition, .bound = attach->bound};
    const auto* const create = std::get_if<change::CreateTable>(&change);
    if (create == nullptr || !create->partitionOf)
        return std::nullopt;
    return NewPartition{.parent = *create->partitionOf,
                        .partition = create->table,
                        .bound = create->partitionBound};
}

void check(const Step& step, FindingReport& report)
{
    const auto made = newPartition(step.operation().change);
    if (!made)
        return;
    const Table* const other = defaultPartitionOf(step.moment, made->parent);
    if (other == nullptr || step.moment.isNewRelation(other->name))
        return;
    const Table* const parent = step.moment.schema().table(step.moment.fullName(made->parent));
    const std::string key = parent == nullptr ? std::string() : parent->partitionKey;
    const PartitionBound bound = partitionBound(key, made->bound);
    if (bound.isDefault || excludesBound(*other, key, made->bound))
        return;
    const auto severity = severityOn(step, Severity::High, other->name);
    if (!severity)
        return;
    const std::string table = toText(other->name);
    const std::string name =
        quotedIdentifier(other->name.name + "_without_" + made->partition.name);
    report.add(
        step,
        {.title = "Reads all of DEFAULT partition " + table + " for " + made->partition.name,
         .detail = "A new partition takes ACCESS EXCLUSIVE on the DEFAULT partition and "
                   "reads all of it for rows that belong to the new one: queries through "
                   "the parent wait as well. Add a CHECK to the DEFAULT partition that "
                   "keeps out the new bound, validate it beforehand, and drop it afterwards.",
         .object = "table " + table,
         .instead =
             bound.column.empty()
                 ? std::string()
                 : inTwoRevisions(executedAlterTable(other->name,
                                                     "ADD CONSTRAINT " + name + " CHECK (NOT (" +
                                                         conditionOf(bound) + ")) NOT VALID"),
                                  executedAlterTable(other->name, "VALIDATE CONSTRAINT " + name)),
         .severity = severity});
}

} // namespace

extern const Rule rule{.id = "attach-partition-default-scan",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::attach_partition_default_scan
