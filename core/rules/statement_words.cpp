// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/statement_words.h"

#include <algorithm>

namespace sightglass {

namespace {

/// What is between the tags of $tag$ … $tag$.
std::string_view bodyOf(std::string_view dollar)
{
    const std::size_t tag = dollar.find('$', 1);
    if (tag == std::string_view::npos || dollar.size() < 2 * (tag + 1))
        return {};
    return dollar.substr(tag + 1, dollar.size() - 2 * (tag + 1));
}

} // namespace

StatementWords::StatementWords(std::string_view sql)
    : m_tokens(sqlTokens(sql))
{
    if (!is(0, "do"))
        return;
    const auto body = std::ranges::find(m_tokens, SqlTokenKind::Dollar, &SqlToken::kind);
    if (body != m_tokens.end())
        m_tokens = sqlTokens(bodyOf(body->text));
}

bool StatementWords::is(std::size_t index, std::string_view word) const
{
    return index < m_tokens.size() && m_tokens[index].is(word);
}

std::string_view StatementWords::text(std::size_t index) const
{
    return index < m_tokens.size() ? m_tokens[index].text : std::string_view();
}

bool StatementWords::isMark(std::size_t index, char mark) const
{
    return index < m_tokens.size() && m_tokens[index].isMark(mark);
}

std::optional<std::size_t> StatementWords::find(std::initializer_list<std::string_view> words,
                                                std::size_t from) const
{
    for (std::size_t start = from; start + words.size() <= m_tokens.size(); ++start) {
        std::size_t at = start;
        if (std::ranges::all_of(words, [&](std::string_view word) { return is(at++, word); }))
            return start + words.size();
    }
    return std::nullopt;
}

std::size_t StatementWords::end(std::size_t from) const
{
    std::size_t at = from;
    while (at < m_tokens.size() && !isMark(at, ';'))
        ++at;
    return at;
}

std::string StatementWords::name(std::size_t index) const
{
    if (index >= m_tokens.size())
        return {};
    const SqlToken& token = m_tokens[index];
    if (token.kind == SqlTokenKind::Quoted && token.text.size() >= 2) {
        std::string result;
        const std::string_view inner = token.text.substr(1, token.text.size() - 2);
        for (std::size_t i = 0; i < inner.size(); ++i) {
            result += inner[i];
            i += inner[i] == '"' ? 1 : 0;
        }
        return result;
    }
    if (token.kind != SqlTokenKind::Word)
        return {};
    std::string result(token.text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

} // namespace sightglass
