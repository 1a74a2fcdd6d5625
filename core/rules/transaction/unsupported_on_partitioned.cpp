// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"
#include "core/rules/index_keys.h"

#include <algorithm>

namespace sightglass::rules::unsupported_on_partitioned {

namespace {

using Kind = ConstraintDefinition::Kind;

/// What PostgreSQL answers, and what to do instead; empty words: it is supported.
struct Answer
{
    std::string words;
    std::string way;
};

class Question
{
public:
    explicit Question(const Step& step)
        : m_step(step)
        , m_version(step.moment.serverVersion())
    {}

    Answer answer() const
    {
        if (const auto* const create = m_step.as<change::CreateTable>())
            return create->partitionBy.empty() ? Answer() : ofNewTable(*create);
        if (const auto* const drop = m_step.as<change::DropIndex>())
            return ofDrop(*drop);
        if (const auto* const reindex = m_step.as<change::Reindex>())
            return ofReindex(*reindex);
        const Table* const table = m_step.moment.schema().table(m_step.target().name);
        if (table == nullptr || table->kind != TableKind::PartitionedTable)
            return {};
        if (const auto* const create = m_step.as<change::CreateIndex>())
            return ofIndex(*create, *table);
        if (const auto* const detach = m_step.as<change::DetachPartition>())
            return ofDetach(*detach, table->name);
        if (const auto* const option = m_step.as<change::AlterTableOption>())
            return ofOption(*option);
        for (const AddedConstraint& added : addedConstraints(m_step.operation().change)) {
            const Answer each = ofConstraint(*added.definition, added.columns, table->partitionKey);
            if (!each.words.empty())
                return each;
        }
        return {};
    }

private:
    Answer ofNewTable(const change::CreateTable& create) const
    {
        if (create.unlogged && m_version >= 180000)
            return {.words = "a partitioned table can't be unlogged",
                    .way = "Make its partitions unlogged"};
        for (const AddedConstraint& added : addedConstraints(m_step.operation().change)) {
            const Answer each = ofConstraint(*added.definition, added.columns, create.partitionBy);
            if (!each.words.empty())
                return each;
        }
        return {};
    }

    Answer ofDrop(const change::DropIndex& drop) const
    {
        if (!drop.concurrently)
            return {};
        const FoundIndex found = m_step.moment.index(drop.index);
        if (!found.table || found.table->kind != TableKind::PartitionedTable)
            return {};
        return {.words = "an index of a partitioned table can't be dropped concurrently",
                .way = "Drop it plainly, with a short lock_timeout"};
    }

    Answer ofReindex(const change::Reindex& reindex) const
    {
        if (m_version >= 140000)
            return {};
        const bool isTable = reindex.kind == "table";
        const Found found = isTable ? m_step.moment.relation(reindex.name) : Found();
        const auto table = isTable ? found.table : m_step.moment.index(reindex.name).table;
        if (!table || table->kind != TableKind::PartitionedTable)
            return {};
        return {.words = "REINDEX of a partitioned table came with PostgreSQL 14",
                .way = "Reindex each partition"};
    }

    Answer ofIndex(const change::CreateIndex& create, const Table& table) const
    {
        if (create.concurrently)
            return {.words = "an index can't be built concurrently on a partitioned table",
                    .way = "Create it with ON ONLY on the parent, build it concurrently on every "
                           "partition, then attach each"};
        if (create.index.unique && lacksKey(keyColumns(create.index), table.partitionKey))
            return lackingKey(table.partitionKey);
        return {};
    }

    Answer ofDetach(const change::DetachPartition& detach, const QualifiedName& parent) const
    {
        const auto& tables = m_step.moment.schema().tables;
        const bool hasDefault = std::ranges::any_of(tables, [&](const auto& each) {
            return each.second->partitionOf == parent && each.second->partitionBound == "DEFAULT";
        });
        if (!detach.concurrently || !hasDefault)
            return {};
        return {.words = "a partition can't be detached concurrently beside a DEFAULT partition",
                .way = "Detach it plainly, with a short lock_timeout"};
    }

    Answer ofOption(const change::AlterTableOption& option) const
    {
        if (!option.unlogged || m_version < 180000)
            return {};
        return {.words = "a partitioned table can't be logged or unlogged as a whole",
                .way = "Change each partition"};
    }

    Answer ofConstraint(const ConstraintDefinition& definition,
                        const std::vector<std::string>& columns,
                        const std::string& partitionKey) const
    {
        switch (definition.kind) {
        case Kind::ForeignKey:
            if (!definition.notValid || m_version >= 180000)
                return {};
            return {.words = "a foreign key of a partitioned table can't be NOT VALID before "
                             "PostgreSQL 18",
                    .way = "Add it to each partition as NOT VALID, validate those, then add it to "
                           "the parent"};
        case Kind::Exclude:
            if (m_version >= 170000)
                return {};
            return {.words = "a partitioned table can't have an exclusion constraint before "
                             "PostgreSQL 17",
                    .way = "Add it to each partition"};
        case Kind::PrimaryKey:
        case Kind::Unique:
            if (!definition.usingIndex.empty())
                return {.words = "a key of a partitioned table can't be made USING INDEX",
                        .way = "Build the unique index on each partition concurrently, then add "
                               "the key to the parent"};
            return lacksKey(columns, partitionKey) ? lackingKey(partitionKey) : Answer();
        case Kind::Check:
            break;
        }
        return {};
    }

    static bool lacksKey(const std::vector<std::string>& columns, const std::string& partitionKey)
    {
        const std::vector<std::string> key = partitionColumns(partitionKey);
        // With an expression as its key, no unique index is possible at all.
        return key.empty() || !containsAll(columns, key);
    }

    static Answer lackingKey(const std::string& partitionKey)
    {
        return {.words = "a unique key of a partitioned table has to hold its partition key, " +
                         partitionKey,
                .way = "Add those columns to the key"};
    }

    const Step& m_step;
    int m_version = 0;
};

QualifiedName concernedTable(const Step& step)
{
    if (!step.target().name.name.empty())
        return step.target().name;
    if (const auto* const drop = step.as<change::DropIndex>()) {
        const FoundIndex found = step.moment.index(drop->index);
        return found.table ? found.table->name : found.name;
    }
    const auto* const reindex = step.as<change::Reindex>();
    return reindex == nullptr ? QualifiedName() : step.moment.fullName(reindex->name);
}

void check(const Step& step, FindingReport& report)
{
    const Answer answer = Question(step).answer();
    if (answer.words.empty())
        return;
    const std::string table = toText(concernedTable(step));
    report.add(step,
               {.title = "PostgreSQL refuses this on partitioned table " + table,
                .detail = "The statement fails: " + answer.words + ". " + answer.way + ".",
                .object = "table " + table});
}

} // namespace

extern const Rule rule{.id = "unsupported-on-partitioned",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Critical,
                       .exclusive = true,
                       .checkStep = check};

} // namespace sightglass::rules::unsupported_on_partitioned
