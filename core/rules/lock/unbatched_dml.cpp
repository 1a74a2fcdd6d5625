// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/operation_sql.h"
#include "core/sql/statement_text.h"

#include <algorithm>

namespace sightglass::rules::unbatched_dml {

namespace {

constexpr std::int64_t batch = 10'000;

/// An integer key; empty: ranges of it can't be made.
std::string keyOf(const Found& target)
{
    if (!target.table)
        return "id";
    if (!target.table->primaryKey || target.table->primaryKey->columns.size() != 1)
        return {};
    const std::string& key = target.table->primaryKey->columns.front();
    const Column* const column = target.table->column(key);
    const bool counts =
        column != nullptr &&
        (column->type == "integer" || column->type == "bigint" || column->type == "smallint");
    return counts ? key : std::string();
}

/// `sql` with a range of keys added to its WHERE; empty where that is not plain to do.
std::string withRange(const std::string& sql, const std::string& column)
{
    const StatementText statement(sql);
    const TokenRange all = statement.all();
    const bool plain = statement.is(0, "update") || statement.is(0, "delete");
    if (!plain || statement.find(all, "returning") < all.end || sql.find(':') != std::string::npos)
        return {};
    const std::string range = column + " >= :first AND " + column + " < :first + 5000";
    const std::size_t where = statement.find(all, "where");
    if (where >= all.end)
        return statement.cut(all) + " WHERE " + range;
    return statement.cut({0, where}) + " WHERE (" + statement.cut({where + 1, all.end}) + ") AND " +
           range;
}

std::string inBatches(const Step& step, const change::ChangeData& data)
{
    const std::string key = keyOf(step.target());
    if (data.table.name.empty() || key.empty())
        return {};
    const std::string column = quotedIdentifier(key);
    const std::string statement = withRange(sqlOf(step.operation()), column);
    if (statement.empty())
        return {};
    return "statement = sa.text(" + pythonText(statement) +
           ")\n"
           "with op.get_context().autocommit_block():\n"
           "    connection = op.get_bind()\n"
           "    last = connection.scalar(sa.text(" +
           pythonText("SELECT max(" + column + ") FROM " + toSql(data.table)) +
           ")) or 0\n"
           "    for first in range(0, last + 1, 5000):\n"
           "        connection.execute(statement, {\"first\": first})";
}

bool isWatched(const change::ChangeData& data)
{
    return data.command == "UPDATE" || data.command == "DELETE" || data.command == "MERGE";
}

/// What another rule says in stronger words.
bool losesData(const Step& step,
               const change::ChangeData& data,
               const std::optional<DataFacts>& facts)
{
    return takesEveryRow(data, facts) &&
           (data.command == "DELETE" || !writesOnlyNewColumns(step, data, facts));
}

/// Once for each of many things: rows of a query, as a rule.
bool isInLoop(const Operation& operation)
{
    return std::ranges::any_of(
        operation.guards, [](const Guard& guard) { return guard.text.starts_with("for each "); });
}

void check(const Step& step, FindingReport& report)
{
    const auto* const data = step.as<change::ChangeData>();
    if (data == nullptr || !isWatched(*data) || step.target().isNew ||
        step.moment.isVersionTable(data->table))
        return;
    const std::optional<DataFacts> facts = dataFactsOf(step.revision, step.record.index);
    if (!facts && data->filtered && isInLoop(step.operation()))
        return; // row by row already
    if (losesData(step, *data, facts))
        return;
    if (data->command != "MERGE" && isBoundedByKey(step.target(), facts))
        return;
    const std::optional<std::int64_t> rows = step.moment.rows(data->table);
    if (rows && *rows < batch)
        return;
    const std::string table = tableWords(step.target());
    FindingDraft draft{.title = "Changes rows of " + table + " in one " + data->command,
                       .detail = "Nothing holds the statement to a few rows by key: it reads the "
                                 "whole table and keeps every row it changes locked until the "
                                 "revision commits. Work in ranges of some thousand keys, each in "
                                 "a transaction of its own.",
                       .object = {},
                       .instead = inBatches(step, *data)};
    if (!rows) {
        draft.confidence = Confidence::Likely;
        draft.unsettled = "the number of rows; below 10 000 one statement is fine";
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "unbatched-dml",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::unbatched_dml
