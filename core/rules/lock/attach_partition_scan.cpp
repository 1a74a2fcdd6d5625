// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"
#include "core/rules/partition_proof.h"

namespace sightglass::rules::attach_partition_scan {

namespace {

std::string safeForm(const change::AttachPartition& attach, const PartitionBound& bound)
{
    const std::string condition = conditionOf(bound);
    if (condition.empty())
        return {};
    const std::string name = attach.partition.name + "_bound";
    const std::string table = pythonText(attach.partition.name);
    const std::string schema = schemaArgument(attach.partition);
    return inTwoRevisions(
        "op.create_check_constraint(" + pythonText(name) + ", " + table + ", " +
            pythonText(condition) + schema + ", postgresql_not_valid=True)",
        executedAlterTable(attach.partition, "VALIDATE CONSTRAINT " + quotedIdentifier(name)) +
            "\n" +
            executedAlterTable(attach.table,
                               "ATTACH PARTITION " + toSql(attach.partition) + " " + attach.bound) +
            "\nop.drop_constraint(" + pythonText(name) + ", " + table + schema + ")");
}

void check(const Step& step, FindingReport& report)
{
    const auto* const attach = step.as<change::AttachPartition>();
    if (attach == nullptr)
        return;
    const Found partition = step.moment.relation(attach->partition);
    if (partition.isNew)
        return;
    const Table* const parent = step.moment.schema().table(step.target().name);
    const std::string key = parent == nullptr ? std::string() : parent->partitionKey;
    const PartitionBound bound = partitionBound(key, attach->bound);
    if (partition.table && impliesBound(*partition.table, key, attach->bound))
        return;
    const auto severity = severityOn(step, Severity::Medium, attach->partition);
    if (!severity)
        return;
    const bool certain = partition.table != nullptr && bound.parsed && !bound.column.empty();
    const std::string table = toText(partition.name);
    report.add(step,
               {.title = "Reads all of " + table + " to attach it to " + toText(step.target().name),
                .detail = "ATTACH PARTITION reads every row of the table under ACCESS EXCLUSIVE to "
                          "see that it fits the bound, unless a valid CHECK says so already: users "
                          "of the table wait. Add that CHECK as NOT VALID, validate it, attach, "
                          "then drop it.",
                .object = "table " + table,
                .instead = safeForm(*attach, bound),
                .severity = severity,
                .confidence = certain ? Confidence::Certain : Confidence::Likely,
                .unsettled = certain ? std::string()
                                     : "Whether a valid CHECK of the table implies the bound."});
}

} // namespace

extern const Rule rule{.id = "attach-partition-scan",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::attach_partition_scan
