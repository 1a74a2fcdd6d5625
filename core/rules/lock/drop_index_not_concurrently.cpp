// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_index_not_concurrently {

namespace {

/// CONCURRENTLY is not possible for the index of a partitioned table.
bool isPartitioned(const FoundIndex& index)
{
    return index.table && index.table->kind == TableKind::PartitionedTable;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropIndex>();
    if (drop == nullptr || drop->concurrently)
        return;
    const FoundIndex index = step.moment.index(drop->index);
    if (index.isNew || isPartitioned(index) ||
        (index.table && step.moment.isEmpty(index.table->name)))
        return;
    const std::string table = index.table ? toText(index.table->name) : "its table";
    const std::string argument =
        index.table ? ", table_name=" + pythonText(index.table->name.name) : "";
    report.add(step,
               {.title = "Drops index " + drop->index.name + " under a lock on " + table,
                .detail = "DROP INDEX takes ACCESS EXCLUSIVE on the table as well: reads and "
                          "writes of it wait while it queues for the lock, and until the "
                          "transaction ends. Drop it concurrently in an autocommit block, or set "
                          "a short lock_timeout first.",
                .object = "index " + toText(index.name),
                .instead = inAutocommitBlock("op.drop_index(" + pythonText(drop->index.name) +
                                             argument + schemaArgument(drop->index) +
                                             ", postgresql_concurrently=True)")});
}

} // namespace

extern const Rule rule{.id = "drop-index-not-concurrently",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Low,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::drop_index_not_concurrently
