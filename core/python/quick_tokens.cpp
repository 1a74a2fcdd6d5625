// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/quick_tokens.h"

#include "core/python/line_check.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr std::size_t deepestBrackets = 90; // Python stops at 200 open ones, the tree's reader too

/// "{name}" or "{name.of.another}" at the beginning of a text; 0: another field, or none.
std::size_t lengthOfPlainField(std::string_view text)
{
    std::size_t at = 0;
    do {
        const std::size_t begin = ++at;
        while (at < text.size() && (isLetter(text[at]) || (at > begin && isDigit(text[at]))))
            ++at;
        if (at == begin || isKeyword(text.substr(begin, at - begin)))
            return 0;
    } while (at < text.size() && text[at] == '.');
    return text.front() == '{' && at < text.size() && text[at] == '}' ? at + 1 : 0;
}

} // namespace

bool QuickTokens::atNewline() const
{
    return at(0) == '\n' || (at(0) == '\r' && at(1) == '\n');
}

void QuickTokens::passNewline()
{
    m_at += at(0) == '\r' ? 2 : 1;
    m_lineBegin = m_at;
    ++m_line;
}

bool QuickTokens::readIndent(int& indent)
{
    indent = 0;
    for (; at(0) == ' '; ++m_at)
        ++indent;
    return at(0) != '\t' && at(0) != '\f';
}

/// Blanks and comments inside a line; newlines only inside brackets. False to give up.
bool QuickTokens::skipBlanks()
{
    while (m_at < m_text.size()) {
        if (at(0) == ' ' || at(0) == '\t') {
            ++m_at;
        } else if (at(0) == '#') {
            while (m_at < m_text.size() && at(0) != '\n' && at(0) != '\r')
                ++m_at;
            if (at(0) == '\r' && at(1) != '\n')
                return false;
        } else if (!m_brackets.empty() && atNewline()) {
            passNewline();
        } else {
            return at(0) != '\\' && at(0) != '\f';
        }
    }
    return true;
}

QuickTokens::State QuickTokens::next(std::vector<QuickToken>& tokens, int& indent)
{
    tokens.clear();
    while (tokens.empty()) {
        if (m_at >= m_text.size())
            return State::End;
        if (!readIndent(indent) || !skipBlanks())
            return State::GivenUp;
        while (m_at < m_text.size() && !atNewline()) {
            if (!readToken(tokens) || !skipBlanks())
                return State::GivenUp;
        }
        if (!m_brackets.empty())
            return State::GivenUp;
        if (m_at < m_text.size())
            passNewline();
    }
    return State::Line;
}

bool QuickTokens::readToken(std::vector<QuickToken>& tokens)
{
    QuickToken token;
    token.begin = m_at;
    token.line = m_line;
    token.column = static_cast<int>(m_at - m_lineBegin) + 1;
    token.depth = static_cast<int>(m_brackets.size());
    const char c = at(0);
    bool good = false;
    if (isLetter(c)) {
        std::size_t length = 1;
        while (isLetter(at(length)) || isDigit(at(length)))
            ++length;
        if (at(length) == '\'' || at(length) == '"') {
            good = length <= 2 && readString(length, token);
        } else {
            token.kind = QuickToken::Kind::Name;
            m_at += length;
            good = static_cast<unsigned char>(at(0)) < 0x80;
        }
    } else if (isDigit(c)) {
        good = readNumber(token);
    } else if (c == '\'' || c == '"') {
        good = readString(0, token);
    } else {
        good = readOperator(token);
    }
    token.text = m_text.substr(token.begin, m_at - token.begin);
    token.endLine = m_line;
    token.endColumn = static_cast<int>(m_at - m_lineBegin) + 1;
    tokens.push_back(token);
    return good;
}

bool QuickTokens::readString(std::size_t prefix, QuickToken& token)
{
    for (std::size_t i = 0; i < prefix; ++i) {
        if (std::string_view("rRuUbBfF").find(at(i)) == std::string_view::npos)
            return false;
    }
    const std::string_view letters = m_text.substr(m_at, prefix);
    if (letters.find_first_of("fFbB") != std::string_view::npos ||
        (prefix == 2 && letters.find_first_of("uU") != std::string_view::npos)) {
        // What stands between the braces of an f-string is Python again: names alone are read here.
        // Bytes know fewer letters.
        const bool format = letters.find_first_of("fF") != std::string_view::npos;
        if (!format || prefix == 2)
            return false;
    }
    token.kind = QuickToken::Kind::String;
    m_at += prefix;
    const bool format = prefix > 0 && letters.find_first_of("fF") != std::string_view::npos;
    const char quote = at(0);
    const bool triple = at(1) == quote && at(2) == quote;
    m_at += triple ? 3 : 1;
    while (m_at < m_text.size()) {
        const char c = at(0);
        if (format && (c == '{' || c == '}')) {
            const std::size_t field = lengthOfPlainField(m_text.substr(m_at));
            if (field == 0)
                return false;
            m_at += field;
        } else if (c == '\\') {
            if (m_at + 1 >= m_text.size() || at(1) == '\r')
                return false;
            ++m_at;
            if (at(0) == '\n')
                passNewline();
            else
                ++m_at;
        } else if (c == '\n' || c == '\r') {
            if (!triple || !atNewline())
                return false;
            passNewline();
        } else if (c == quote && (!triple || (at(1) == quote && at(2) == quote))) {
            m_at += triple ? 3 : 1;
            return true;
        } else {
            ++m_at;
        }
    }
    return false;
}

bool QuickTokens::readNumber(QuickToken& token)
{
    token.kind = QuickToken::Kind::Number;
    const std::size_t first = m_at;
    while (isDigit(at(0)))
        ++m_at;
    const bool zero = m_text[first] == '0' && m_at - first > 1;
    if (at(0) == '.' && isDigit(at(1))) {
        ++m_at;
        while (isDigit(at(0)))
            ++m_at;
    }
    return !zero && !isLetter(at(0)) && at(0) != '.';
}

bool QuickTokens::readOperator(QuickToken& token)
{
    token.kind = QuickToken::Kind::Operator;
    static constexpr std::array<std::string_view, 22> operators{
        "...", "**", "//", "==", "!=", "<=", ">=", "->", "+=", "-=", "|=",
        "+",   "-",  "*",  "/",  "%",  "<",  ">",  "|",  "&",  "@",  "="};
    const std::string_view rest = m_text.substr(m_at, 3);
    const char c = at(0);
    if (c == '(' || c == '[' || c == '{') {
        m_brackets.push_back(c);
        ++m_at;
        return m_brackets.size() <= deepestBrackets;
    }
    if (c == ')' || c == ']' || c == '}') {
        const char opening = c == ')' ? '(' : c == ']' ? '[' : '{';
        if (m_brackets.empty() || m_brackets.back() != opening)
            return false;
        m_brackets.pop_back();
        token.depth = static_cast<int>(m_brackets.size());
        ++m_at;
        return true;
    }
    if (c == ',' || c == ':' || (c == '.' && !rest.starts_with("..."))) {
        ++m_at;
        return !(c == ':' && at(0) == '=');
    }
    const auto found = std::ranges::find_if(
        operators, [&](std::string_view one) { return rest.starts_with(one); });
    if (found == operators.end())
        return false;
    m_at += found->size();
    return true;
}

} // namespace sightglass
