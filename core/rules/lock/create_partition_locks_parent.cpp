// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::create_partition_locks_parent {

namespace {

std::string safeForm(const change::CreateTable& create)
{
    const std::string table = toSql(create.table);
    return executeCall("CREATE TABLE " + table + " (LIKE " + toSql(*create.partitionOf) +
                       " INCLUDING ALL)") +
           "\n" +
           executedAlterTable(*create.partitionOf,
                              "ATTACH PARTITION " + table + " " + create.partitionBound);
}

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateTable>();
    if (create == nullptr || !create->partitionOf ||
        step.moment.isNewRelation(*create->partitionOf))
        return;
    // Found already: nothing is locked.
    if (create->ifNotExists && step.moment.replay().findRelation(create->table))
        return;
    const std::string parent = toText(step.moment.fullName(*create->partitionOf));
    report.add(
        step,
        {.title = "Creates partition " + create->table.name + " while users of " + parent + " wait",
         .detail = "CREATE TABLE … PARTITION OF takes ACCESS EXCLUSIVE on the parent: reads "
                   "and writes of all partitions through it wait while it queues for the "
                   "lock and until the transaction ends. Create the table like the parent "
                   "and attach it, which blocks neither.",
         .object = "table " + parent,
         .instead = safeForm(*create)});
}

} // namespace

extern const Rule rule{.id = "create-partition-locks-parent",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::create_partition_locks_parent
