// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/shell_words.h"

#include <algorithm>

namespace sightglass {

namespace {

bool endsWord(char c)
{
    return ShellWords::isBlank(c) || c == '\n' || c == ';' || c == '&' || c == '|' || c == '(' ||
           c == ')' || c == '<' || c == '>';
}

} // namespace

std::string ShellWords::readWord()
{
    std::string word;
    while (m_at < m_text.size() && !endsWord(peek())) {
        const char c = peek();
        if (c == '\\')
            readEscape(word);
        else if (c == '\'')
            readSingle(word);
        else if (c == '"')
            readDouble(word);
        else if (c == '$')
            readDollar(word);
        else if (c == '`')
            readBackticks(word);
        else {
            word += c;
            ++m_at;
        }
    }
    return word;
}

void ShellWords::readEscape(std::string& word)
{
    if (peek(1) == '\n') {
        ++m_line;
    } else if (m_at + 1 < m_text.size()) {
        word += peek(1);
    }
    m_at = std::min(m_at + 2, m_text.size());
}

void ShellWords::readSingle(std::string& word)
{
    const std::size_t end = std::min(m_text.find('\'', m_at + 1), m_text.size());
    const std::string_view inside = m_text.substr(m_at + 1, end - m_at - 1);
    m_line += static_cast<int>(std::ranges::count(inside, '\n'));
    word += inside;
    m_at = std::min(end + 1, m_text.size());
}

void ShellWords::readDouble(std::string& word)
{
    ++m_at;
    while (m_at < m_text.size() && peek() != '"') {
        const char c = peek();
        if (c == '\\' && (peek(1) == '"' || peek(1) == '\\' || peek(1) == '$' || peek(1) == '`' ||
                          peek(1) == '\n')) {
            readEscape(word);
        } else if (c == '$') {
            readDollar(word);
        } else if (c == '`') {
            readBackticks(word);
        } else {
            m_line += c == '\n' ? 1 : 0;
            word += c;
            ++m_at;
        }
    }
    ++m_at;
}

void ShellWords::readDollar(std::string& word)
{
    if (peek(1) == '(' && peek(2) != '(') {
        readSubstitution(word);
        return;
    }
    if (peek(1) == '{' || peek(1) == '(') {
        const char close = peek(1) == '{' ? '}' : ')';
        const char open = peek(1);
        int depth = 0;
        do {
            depth += peek() == open ? 1 : peek() == close ? -1 : 0;
            m_line += peek() == '\n' ? 1 : 0;
            word += m_text[m_at++];
        } while (m_at < m_text.size() && (depth > 0 || word.back() == '$'));
        return;
    }
    word += m_text[m_at++];
}

void ShellWords::readSubstitution(std::string& word)
{
    std::size_t end = m_at + 2;
    int depth = 1;
    char quote = '\0';
    for (; end < m_text.size() && depth > 0; ++end) {
        const char c = m_text[end];
        if (c == '\\')
            ++end;
        else if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    end = std::min(end, m_text.size());
    takeInner(word, end, m_text.substr(m_at + 2, end - std::min(m_at + 3, end)));
}

void ShellWords::readBackticks(std::string& word)
{
    const std::size_t close = std::min(m_text.find('`', m_at + 1), m_text.size());
    takeInner(word, std::min(close + 1, m_text.size()), m_text.substr(m_at + 1, close - m_at - 1));
}

void ShellWords::takeInner(std::string& word, std::size_t end, std::string_view inside)
{
    m_substitutions.push_back({.text = std::string(inside), .line = m_line});
    const std::string_view whole = m_text.substr(m_at, end - m_at);
    m_line += static_cast<int>(std::ranges::count(whole, '\n'));
    word += whole;
    m_at = end;
}

} // namespace sightglass
