// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/index_keys.h"

#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string identifierOf(const SqlToken& token)
{
    if (token.kind == SqlTokenKind::Word)
        return std::string(token.text);
    std::string name;
    const std::string_view inner = token.text.substr(1, token.text.size() - 2);
    for (std::size_t i = 0; i < inner.size(); ++i) {
        name += inner[i];
        if (inner[i] == '"')
            ++i;
    }
    return name;
}

} // namespace

std::string columnOfKey(std::string_view key)
{
    const std::vector<SqlToken> tokens = sqlTokens(key);
    if (tokens.empty() ||
        (tokens[0].kind != SqlTokenKind::Word && tokens[0].kind != SqlTokenKind::Quoted))
        return {};
    const bool isCall = tokens.size() > 1 && (tokens[1].isMark('(') || tokens[1].isMark('.'));
    return isCall ? std::string() : identifierOf(tokens[0]);
}

std::vector<std::string> keyColumns(const Index& index)
{
    std::vector<std::string> result;
    for (const std::string& key : index.columns)
        result.push_back(columnOfKey(key));
    return result;
}

std::vector<std::string> keyColumns(const IndexDefinition& index)
{
    std::vector<std::string> result;
    for (const IndexElement& element : index.elements)
        result.push_back(element.column);
    return result;
}

bool leadsWith(std::span<const std::string> keys, std::span<const std::string> columns)
{
    return !columns.empty() && keys.size() >= columns.size() &&
           containsAll(keys.first(columns.size()), columns);
}

bool containsAll(std::span<const std::string> whole, std::span<const std::string> part)
{
    return std::ranges::all_of(part, [&](const std::string& each) {
        return std::ranges::find(whole, each) != whole.end();
    });
}

std::vector<std::vector<std::string>> uniqueKeysOf(const Table& table)
{
    std::vector<std::vector<std::string>> result;
    if (table.primaryKey)
        result.push_back(table.primaryKey->columns);
    for (const KeyConstraint& key : table.uniques)
        result.push_back(key.columns);
    for (const Index& index : table.indexes) {
        std::vector<std::string> columns = keyColumns(index);
        const bool whole = !index.predicate && std::ranges::find(columns, "") == columns.end();
        if (index.unique && index.valid && whole)
            result.push_back(std::move(columns));
    }
    return result;
}

bool isIndexed(const Table& table, std::span<const std::string> columns)
{
    if (table.primaryKey && leadsWith(table.primaryKey->columns, columns))
        return true;
    const auto keyLeads = [&](const KeyConstraint& key) { return leadsWith(key.columns, columns); };
    return std::ranges::any_of(table.uniques, keyLeads) ||
           std::ranges::any_of(table.indexes,
                               [&](const Index& index) { return servesLookup(index, columns); });
}

bool servesLookup(const Index& index, std::span<const std::string> columns)
{
    if (index.method != "btree" && index.method != "hash")
        return false;
    if (index.predicate && !leavesOutOnlyNulls(*index.predicate, columns))
        return false;
    return leadsWith(keyColumns(index), columns);
}

bool leavesOutOnlyNulls(std::string_view predicate, std::span<const std::string> columns)
{
    const std::vector<SqlToken> tokens = sqlTokens(predicate);
    std::vector<SqlToken> words;
    std::ranges::copy_if(tokens, std::back_inserter(words), [](const SqlToken& token) {
        return token.kind != SqlTokenKind::Mark;
    });
    return words.size() == 4 && words[1].is("is") && words[2].is("not") && words[3].is("null") &&
           std::ranges::find(columns, identifierOf(words[0])) != columns.end();
}

std::vector<std::string> partitionColumns(std::string_view partitionKey)
{
    std::vector<std::string> result;
    const auto open = partitionKey.find('(');
    const auto close = partitionKey.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return result;
    const std::string_view inner = partitionKey.substr(open + 1, close - open - 1);
    std::size_t begin = 0;
    int depth = 0;
    const auto take = [&](std::size_t end) {
        result.push_back(columnOfKey(inner.substr(begin, end - begin)));
        begin = end + 1;
    };
    for (const SqlToken& token : sqlTokens(inner)) {
        depth += token.isMark('(') ? 1 : token.isMark(')') ? -1 : 0;
        if (depth == 0 && token.isMark(','))
            take(token.begin);
    }
    take(inner.size());
    if (std::ranges::find(result, "") != result.end())
        result.clear();
    return result;
}

std::string listed(std::span<const std::string> names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace sightglass
