// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/sql_words.h"

#include "core/sql/statement_text.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass {

namespace {

bool standAt(const std::vector<SqlToken>& tokens,
             std::size_t index,
             std::initializer_list<std::string_view> words)
{
    for (const std::string_view word : words) {
        if (index >= tokens.size() || !tokens[index].is(word))
            return false;
        ++index;
    }
    return true;
}

/// Behind the first place where they stand; absent: nowhere.
std::optional<std::size_t> behind(const std::vector<SqlToken>& tokens,
                                  std::initializer_list<std::string_view> words)
{
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (standAt(tokens, i, words))
            return i + words.size();
    }
    return std::nullopt;
}

} // namespace

bool hasSqlWords(std::string_view sql, std::initializer_list<std::string_view> words)
{
    return behind(sqlTokens(sql), words).has_value();
}

std::string nameBehindWords(std::string_view sql, std::initializer_list<std::string_view> words)
{
    const std::vector<SqlToken> tokens = sqlTokens(sql);
    auto at = behind(tokens, words);
    if (!at)
        return {};
    if (standAt(tokens, *at, {"if", "exists"}))
        *at += 2;
    if (*at >= tokens.size())
        return {};
    const SqlToken& name = tokens[*at];
    if (name.kind == SqlTokenKind::Quoted && name.text.size() > 1)
        return std::string(name.text.substr(1, name.text.size() - 2));
    return name.kind == SqlTokenKind::Word ? lowerCase(name.text) : std::string();
}

bool callsFunction(std::string_view sql, std::string_view function)
{
    const std::vector<SqlToken> tokens = sqlTokens(sql);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].is(function) && tokens[i + 1].isMark('('))
            return true;
    }
    return false;
}

} // namespace sightglass
