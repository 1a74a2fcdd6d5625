// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/operation_sql.h"
#include "core/rules/sql_words.h"

#include <algorithm>

namespace sightglass::rules::sequence_not_advanced {

namespace {

bool isNumber(const WrittenValue& value)
{
    if (!value.literal || value.literal->empty())
        return false;
    return value.isNumber ||
           std::ranges::all_of(*value.literal, [](char c) { return c >= '0' && c <= '9'; });
}

bool isFedBySequence(const Column& column)
{
    return column.identity ||
           (column.defaultExpression && callsFunction(*column.defaultExpression, "nextval"));
}

/// Whether values written to `column` are those that a sequence would give.
bool isGenerated(const Found& target, const std::string& column)
{
    if (!target.table)
        return column == "id";
    const Column* const known = target.table->column(column);
    return known != nullptr && isFedBySequence(*known);
}

/// The column of a value; those of an INSERT without columns are the table's, in order.
std::string columnOf(const Found& target, const WrittenValue& value, std::size_t place)
{
    if (!value.column.empty())
        return value.column;
    if (target.table && place < target.table->columns.size())
        return target.table->columns[place].name;
    return {};
}

/// The generated column that an INSERT gives numbers to; empty: none.
std::string writtenKey(const Found& target, const DataFacts& facts)
{
    for (const std::vector<WrittenValue>& row : facts.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string column = columnOf(target, row[i], i);
            if (!column.empty() && isNumber(row[i]) && isGenerated(target, column))
                return column;
        }
    }
    if (!facts.overridingSystemValue)
        return {};
    if (target.table) {
        for (const Column& column : target.table->columns) {
            if (column.identity)
                return column.name;
        }
    }
    return "id";
}

std::optional<std::string>
keyOf(const RevisionReview& revision, std::size_t index, const Found& target)
{
    const auto* const data = std::get_if<change::ChangeData>(&revision.operations()[index].change);
    if (data == nullptr || data->command != "INSERT")
        return std::nullopt;
    const std::optional<DataFacts> facts = dataFactsOf(revision, index);
    if (!facts)
        return std::nullopt;
    std::string key = writtenKey(target, *facts);
    return key.empty() ? std::nullopt : std::optional(std::move(key));
}

/// Whether SQL text that sets a sequence can mean the one of this table: it names the table, or the
/// sequence of the column's default, or nothing that can be read.
bool canMean(const std::string& sql, const Found& target, const std::string& key)
{
    if (!target.table)
        return true;
    const Column* const column = target.table->column(key);
    const std::vector<std::string> literals = literalsOf(sql);
    if (literals.empty())
        return true;
    const std::string written = column != nullptr ? column->defaultExpression.value_or("") : "";
    return std::ranges::any_of(literals, [&](const std::string& literal) {
        return !literal.empty() && (literal.find(target.name.name) != std::string::npos ||
                                    written.find(literal) != std::string::npos);
    });
}

bool setsSequence(const Operation& operation)
{
    if (const auto* const data = std::get_if<change::ChangeData>(&operation.change))
        return data->command == "SETVAL";
    if (std::holds_alternative<change::Query>(operation.change))
        return callsFunction(operation.sql, "setval");
    return std::holds_alternative<change::Opaque>(operation.change) &&
           operation.sql.find("setval") != std::string::npos;
}

bool isAdvanced(const Step& step, const std::string& key)
{
    return std::ranges::any_of(step.later(), [&](const Operation& later) {
        if (setsSequence(later))
            return canMean(sqlOf(later), step.target(), key);
        if (const auto* const identity = std::get_if<change::SetIdentity>(&later.change))
            return identity->restart && step.moment.fullName(identity->table) == step.target().name;
        return std::holds_alternative<change::AlterSequence>(later.change) &&
               hasSqlWords(later.sql, {"restart"});
    });
}

/// Rows of op.bulk_insert are statements of their own: one of them is enough.
bool isReported(const Step& step)
{
    return std::ranges::any_of(step.earlier(), [&](const StepRecord& record) {
        return record.target.name == step.target().name &&
               keyOf(step.revision, record.index, record.target);
    });
}

void check(const Step& step, FindingReport& report)
{
    const std::optional<std::string> key = keyOf(step.revision, step.record.index, step.target());
    if (!key || isAdvanced(step, *key) || isReported(step))
        return;
    const auto* const data = step.as<change::ChangeData>();
    const std::string table = tableWords(step.target());
    const std::string name = toSql(data->table);
    FindingDraft draft{
        .title = "Rows of " + table + " get " + *key + " by hand, its sequence stays behind",
        .detail = "The sequence of " + table + "." + *key +
                  " does not know of the numbers that are written here. It will give out the same "
                  "ones, and the INSERT of the application then fails on the key. Move it behind "
                  "the highest number in the same revision.",
        .object = "column " + table + "." + *key,
        .instead =
            executeCall("SELECT setval(pg_get_serial_sequence('" + name + "', '" + *key +
                        "'), (SELECT max(" + quotedIdentifier(*key) + ") FROM " + name + "))")};
    if (!step.target().table) {
        draft.confidence = Confidence::Possible;
        draft.unsettled = "whether a sequence feeds " + table + "." + *key;
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "sequence-not-advanced",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::sequence_not_advanced
