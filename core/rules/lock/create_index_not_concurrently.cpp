// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/render.h"
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::create_index_not_concurrently {

namespace {

/// ON ONLY a partitioned parent touches no row.
bool isOnlyOfParent(const Step& step, const IndexDefinition& index)
{
    const auto& table = step.target().table;
    return index.only && (!table || table->kind == TableKind::PartitionedTable);
}

bool isPlain(const IndexDefinition& index)
{
    const bool columns = std::ranges::all_of(index.elements, [](const IndexElement& element) {
        return !element.column.empty() && element.collation.empty() &&
               element.operatorClass.empty() && element.order.empty() && element.nulls.empty();
    });
    return columns && !index.name.empty() && index.include.empty() && index.storage.empty() &&
           index.tablespace.empty() && !index.predicate && !index.nullsNotDistinct;
}

std::string directive(const IndexDefinition& index)
{
    std::vector<std::string> columns;
    for (const IndexElement& element : index.elements)
        columns.push_back(element.column);
    const std::string unique = index.unique ? ", unique=True" : "";
    const std::string method =
        index.method.empty() ? "" : ", postgresql_using=" + pythonText(index.method);
    return "op.create_index(" + pythonText(index.name) + ", " + pythonText(index.table.name) +
           ", " + pythonNames(columns) + unique + schemaArgument(index.table) + method +
           ", postgresql_concurrently=True)";
}

std::string concurrentForm(const change::CreateIndex& create)
{
    if (isPlain(create.index))
        return inAutocommitBlock(directive(create.index));
    change::CreateIndex concurrent = create;
    concurrent.concurrently = true;
    concurrent.ifNotExists = false;
    const auto sql = toSql(Change(std::move(concurrent)));
    return sql.isKnown() ? inAutocommitBlock(executeCall(sql.value())) : std::string();
}

/// CONCURRENTLY is refused on a partitioned parent: the index goes together partition by partition.
std::string partitionForm(const change::CreateIndex& create)
{
    change::CreateIndex parent = create;
    parent.index.only = true;
    parent.ifNotExists = false;
    const auto sql = toSql(Change(std::move(parent)));
    if (!sql.isKnown() || create.index.name.empty())
        return {};
    return executeCall(sql.value()) +
           "\n# for every partition: build its index concurrently in an autocommit block, then\n"
           "# ALTER INDEX " +
           quotedIdentifier(create.index.name) + " ATTACH PARTITION it";
}

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateIndex>();
    if (create == nullptr || create->concurrently || step.target().isNew ||
        isOnlyOfParent(step, create->index))
        return;
    const auto& table = step.target().table;
    const bool partitioned = table && table->kind == TableKind::PartitionedTable;
    const std::string name = toText(step.target().name);
    const std::string index =
        create->index.name.empty() ? "an index" : "index " + create->index.name;
    report.add(step,
               {.title = "Builds " + index + " while writes to " + name + " wait",
                .detail = "CREATE INDEX without CONCURRENTLY keeps a SHARE lock on the table until "
                          "the transaction ends: every INSERT, UPDATE and DELETE waits for the "
                          "whole build. Build it concurrently in an autocommit block, alone in "
                          "its revision.",
                .instead = partitioned ? partitionForm(*create) : concurrentForm(*create)});
}

} // namespace

extern const Rule rule{.id = "create-index-not-concurrently",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::create_index_not_concurrently
