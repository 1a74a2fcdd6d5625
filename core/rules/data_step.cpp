// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"

#include "core/rules/operation_sql.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// Columns that are keys wherever nothing is known of the table.
constexpr std::array<std::string_view, 3> usualKeys{"id", "uuid", "pk"};

bool holdsAll(const std::vector<std::string>& bounded, const std::vector<std::string>& key)
{
    return !key.empty() && std::ranges::all_of(key, [&](const std::string& column) {
        return std::ranges::find(bounded, column) != bounded.end();
    });
}

/// Columns of the keys of a table; a unique index that covers only some rows is none.
std::vector<std::vector<std::string>> keysOf(const Table& table)
{
    std::vector<std::vector<std::string>> keys;
    if (table.primaryKey)
        keys.push_back(table.primaryKey->columns);
    for (const KeyConstraint& unique : table.uniques)
        keys.push_back(unique.columns);
    for (const Index& index : table.indexes) {
        if (index.unique && !index.predicate)
            keys.push_back(index.columns);
    }
    return keys;
}

bool isSameStatement(const Operation& left, const Operation& right)
{
    return left.statement == right.statement && left.call == right.call;
}

bool isAlike(const change::ChangeData& change, const DataFacts& facts)
{
    return change.command == facts.command && change.table == facts.table;
}

} // namespace

std::optional<DataFacts> dataFactsOf(const RevisionReview& revision, std::size_t index)
{
    const std::span<const Operation> operations = revision.operations();
    if (index >= operations.size())
        return std::nullopt;
    const Operation& operation = operations[index];
    const auto* const change = std::get_if<change::ChangeData>(&operation.change);
    if (change == nullptr)
        return std::nullopt;
    // The n-th change of its kind to its table in the statement has the n-th facts of them.
    std::size_t before = 0;
    for (std::size_t i = index; i-- > 0 && isSameStatement(operations[i], operation);) {
        const auto* const other = std::get_if<change::ChangeData>(&operations[i].change);
        if (other != nullptr && other->command == change->command && other->table == change->table)
            ++before;
    }
    for (DataFacts& facts : dataFacts(sqlOf(operation))) {
        if (isAlike(*change, facts) && before-- == 0)
            return std::move(facts);
    }
    return std::nullopt;
}

bool takesEveryRow(const change::ChangeData& change, const std::optional<DataFacts>& facts)
{
    if (change.command != "UPDATE" && change.command != "DELETE")
        return false;
    return facts ? !facts->hasWhere || facts->whereIsAlwaysTrue : !change.filtered;
}

std::vector<std::string> assignedColumns(const change::ChangeData& change,
                                         const std::optional<DataFacts>& facts)
{
    std::vector<std::string> columns = facts ? facts->assigned : change.columns;
    std::ranges::sort(columns);
    const auto repeated = std::ranges::unique(columns);
    columns.erase(repeated.begin(), repeated.end());
    return columns;
}

bool writesOnlyNewColumns(const Step& step,
                          const change::ChangeData& change,
                          const std::optional<DataFacts>& facts)
{
    const std::vector<std::string> columns = assignedColumns(change, facts);
    return !columns.empty() && std::ranges::all_of(columns, [&](const std::string& column) {
        return step.moment.isNewColumn(change.table, column);
    });
}

bool isBoundedByKey(const Found& target, const std::optional<DataFacts>& facts)
{
    if (!facts)
        return false;
    if (facts->limited)
        return true;
    const std::vector<std::vector<std::string>> keys =
        target.table ? keysOf(*target.table) : std::vector<std::vector<std::string>>();
    if (std::ranges::any_of(keys, [&](const std::vector<std::string>& key) {
            return holdsAll(facts->boundedColumns, key);
        }))
        return true;
    return keys.empty() &&
           std::ranges::any_of(facts->boundedColumns, [](const std::string& column) {
               return std::ranges::find(usualKeys, column) != usualKeys.end();
           });
}

bool isFirstOfStatement(const Step& step)
{
    return step.earlier().empty() ||
           !isSameStatement(*step.earlier().back().operation, step.operation());
}

std::string tableWords(const Found& target)
{
    return target.name.name.empty() ? "a table that is not known" : toText(target.name);
}

} // namespace sightglass
