// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"
#include "core/rules/statement_words.h"

namespace sightglass::rules::set_tablespace {

namespace {

/// What is moved to another tablespace.
struct Moved
{
    std::string words;   ///< "table orders"; empty: nothing
    QualifiedName table; ///< that is blocked; empty name: many, or not known
    bool harmless = false;
};

bool isPartitioned(const std::shared_ptr<const Table>& table)
{
    return table && table->kind == TableKind::PartitionedTable;
}

Moved movedByAction(const Step& step, const change::AlterTableOption& option)
{
    if (!StatementWords(option.what).find({"set", "tablespace"}))
        return {};
    return {.words = "table " + toText(step.target().name),
            .table = option.table,
            .harmless = step.target().isNew || isPartitioned(step.target().table)};
}

Moved movedIndex(const Step& step, const QualifiedName& written)
{
    const FoundIndex index = step.moment.index(written);
    return {.words = "index " + toText(index.name),
            .table = index.table ? index.table->name : QualifiedName(),
            .harmless = index.isNew || isPartitioned(index.table)};
}

/// ALTER INDEX, ALTER MATERIALIZED VIEW, ALTER … ALL IN TABLESPACE.
Moved movedByStatement(const Step& step, const change::Other& other)
{
    const StatementWords words(step.operation().sql);
    if (!other.statement.starts_with("ALTER") || !words.find({"set", "tablespace"}))
        return {};
    if (words.find({"all", "in", "tablespace"}))
        return {.words = "every relation of a tablespace", .table = {}};
    if (other.statement == "ALTER INDEX")
        return movedIndex(step, other.object);
    if (other.statement.starts_with("ALTER MATERIALIZED"))
        return {.words = "materialized view " + toText(step.moment.fullName(other.object)),
                .table = other.object,
                .harmless = step.moment.isNewRelation(other.object)};
    return {};
}

Moved movedBy(const Step& step)
{
    if (const auto* const option = step.as<change::AlterTableOption>())
        return movedByAction(step, *option);
    if (const auto* const other = step.as<change::Other>())
        return movedByStatement(step, *other);
    return {};
}

void check(const Step& step, FindingReport& report)
{
    const Moved moved = movedBy(step);
    if (moved.words.empty() || moved.harmless)
        return;
    const auto severity = moved.table.name.empty() ? std::optional(Severity::High)
                                                   : severityOn(step, Severity::High, moved.table);
    if (!severity)
        return;
    report.add(step,
               {.title = "Copies " + moved.words + " to another tablespace",
                .detail = "SET TABLESPACE copies all blocks under ACCESS EXCLUSIVE: reads and "
                          "writes wait until the last one is copied. pg_repack --tablespace "
                          "moves a table online; else plan a maintenance window.",
                .object = moved.words,
                .severity = severity});
}

} // namespace

extern const Rule rule{.id = "set-tablespace",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::set_tablespace
