// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL's lexical rules (src/backend/parser/scan.l, version 15, standard_conforming_strings
// on), for what the parser's answer lacks: where an expression ends, where a statement ends in a
// text that can't be parsed.
#include "core/sql/statement_tokens.h"

#include <array>

namespace sightglass {

namespace {

constexpr std::string_view operatorBytes = "~!@#^&|`?+-*/%<>=";
/// Tokens that may stand nested or chained without a comma between; measured: libpg_query needs
/// about 1 kB of stack for each level, threads have 8 MB.
constexpr std::size_t nestingLimit = 4000;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool startsWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool continuesWord(char c)
{
    return startsWord(c) || isDigit(c) || c == '$';
}

bool isOperator(char c)
{
    return operatorBytes.find(c) != std::string_view::npos;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Walks over one text; every function takes and returns offsets.
class Lexer
{
public:
    explicit Lexer(std::string_view text)
        : m_text(text)
    {}

    std::optional<SqlToken> next(std::size_t offset) const
    {
        bool closed = true;
        const std::size_t begin = skipBlank(offset, closed);
        if (begin >= m_text.size())
            return std::nullopt;
        if (!closed)
            return token(SqlTokenKind::Bad, begin, m_text.size());
        const char c = m_text[begin];
        if (c == '\'')
            return text(begin, begin, false);
        if (c == '"')
            return quoted(begin, begin);
        if (const auto prefixed = prefixedText(begin))
            return prefixed;
        if (startsWord(c))
            return token(SqlTokenKind::Word, begin, whileIn(begin + 1, continuesWord));
        if (isDigit(c) || (c == '.' && isDigit(at(begin + 1))))
            return token(SqlTokenKind::Number, begin, numberEnd(begin));
        if (c == '$')
            return dollar(begin);
        if (isOperator(c))
            return token(SqlTokenKind::Operator, begin, operatorEnd(begin));
        return mark(begin);
    }

private:
    char at(std::size_t offset) const { return offset < m_text.size() ? m_text[offset] : '\0'; }

    bool startsWith(std::size_t offset, std::string_view what) const
    {
        return offset <= m_text.size() && m_text.substr(offset).starts_with(what);
    }

    SqlToken token(SqlTokenKind kind, std::size_t begin, std::size_t end) const
    {
        return {
            .kind = kind, .begin = begin, .end = end, .text = m_text.substr(begin, end - begin)};
    }

    template <typename Predicate>
    std::size_t whileIn(std::size_t offset, Predicate predicate) const
    {
        while (offset < m_text.size() && predicate(m_text[offset]))
            ++offset;
        return offset;
    }

    /// Behind the nested comment at `offset`; npos when it never ends.
    std::size_t commentEnd(std::size_t offset) const
    {
        std::size_t depth = 0;
        while (offset < m_text.size()) {
            if (startsWith(offset, "/*")) {
                ++depth;
                offset += 2;
            } else if (startsWith(offset, "*/")) {
                offset += 2;
                if (--depth == 0)
                    return offset;
            } else {
                ++offset;
            }
        }
        return std::string_view::npos;
    }

    std::size_t skipBlank(std::size_t offset, bool& closed) const
    {
        for (;;) {
            offset = whileIn(offset, isSpace);
            if (startsWith(offset, "--")) {
                offset = whileIn(offset, [](char c) { return c != '\n' && c != '\r'; });
            } else if (startsWith(offset, "/*")) {
                const std::size_t end = commentEnd(offset);
                closed = end != std::string_view::npos;
                if (!closed)
                    return offset;
                offset = end;
            } else {
                return offset;
            }
        }
    }

    /// Behind the closing `quote`, doubled ones skipped; npos when there is none.
    std::size_t quoteEnd(std::size_t offset, char quote, bool escapes) const
    {
        while (offset < m_text.size()) {
            if (escapes && m_text[offset] == '\\') {
                offset += 2;
            } else if (m_text[offset] != quote) {
                ++offset;
            } else if (at(offset + 1) == quote) {
                offset += 2;
            } else {
                return offset + 1;
            }
        }
        return std::string_view::npos;
    }

    /// A string goes on behind white space that holds a line end.
    std::size_t continuation(std::size_t offset) const
    {
        bool closed = true;
        const std::size_t next = skipBlank(offset, closed);
        const std::string_view between = m_text.substr(offset, next - offset);
        const bool lineEnd = between.find_first_of("\n\r") != std::string_view::npos &&
                             between.find("/*") == std::string_view::npos;
        return closed && lineEnd && at(next) == '\'' ? next : std::string_view::npos;
    }

    SqlToken text(std::size_t begin, std::size_t quote, bool escapes) const
    {
        for (;;) {
            const std::size_t end = quoteEnd(quote + 1, '\'', escapes);
            if (end == std::string_view::npos)
                return token(SqlTokenKind::Bad, begin, m_text.size());
            quote = continuation(end);
            if (quote == std::string_view::npos)
                return token(SqlTokenKind::Text, begin, end);
        }
    }

    SqlToken quoted(std::size_t begin, std::size_t quote) const
    {
        const std::size_t end = quoteEnd(quote + 1, '"', false);
        return end == std::string_view::npos ? token(SqlTokenKind::Bad, begin, m_text.size())
                                             : token(SqlTokenKind::Quoted, begin, end);
    }

    /// E'…', B'…', X'…', N'…', U&'…', U&"…".
    std::optional<SqlToken> prefixedText(std::size_t begin) const
    {
        const char first = lower(m_text[begin]);
        if (at(begin + 1) == '\'' && std::string_view("ebxn").find(first) != std::string_view::npos)
            return text(begin, begin + 1, first == 'e');
        if (first != 'u' || at(begin + 1) != '&')
            return std::nullopt;
        if (at(begin + 2) == '\'')
            return text(begin, begin + 2, false);
        if (at(begin + 2) == '"')
            return quoted(begin, begin + 2);
        return std::nullopt;
    }

    std::size_t numberEnd(std::size_t offset) const
    {
        offset = whileIn(offset, isDigit);
        if (at(offset) == '.' && at(offset + 1) != '.')
            offset = whileIn(offset + 1, isDigit);
        if (lower(at(offset)) != 'e')
            return offset;
        const std::size_t sign = at(offset + 1) == '-' || at(offset + 1) == '+' ? 2 : 1;
        return isDigit(at(offset + sign)) ? whileIn(offset + sign, isDigit) : offset;
    }

    SqlToken dollar(std::size_t begin) const
    {
        if (isDigit(at(begin + 1)))
            return token(SqlTokenKind::Parameter, begin, whileIn(begin + 1, isDigit));
        std::size_t tagEnd = begin + 1;
        if (startsWord(at(tagEnd)))
            tagEnd = whileIn(tagEnd, [](char c) { return startsWord(c) || isDigit(c); });
        if (at(tagEnd) != '$')
            return token(SqlTokenKind::Bad, begin, begin + 1);
        const std::string_view tag = m_text.substr(begin, tagEnd + 1 - begin);
        const std::size_t close = m_text.find(tag, tagEnd + 1);
        return close == std::string_view::npos
                   ? token(SqlTokenKind::Bad, begin, m_text.size())
                   : token(SqlTokenKind::Dollar, begin, close + tag.size());
    }

    std::size_t operatorEnd(std::size_t begin) const
    {
        std::size_t end = begin + 1;
        while (end < m_text.size() && isOperator(m_text[end]) && !startsWith(end, "--") &&
               !startsWith(end, "/*"))
            ++end;
        // "=-1" is = and -: a sign ends an operator only among these characters
        const std::string_view text = m_text.substr(begin, end - begin);
        if (text.find_first_of("~!@#^&|`?%") == std::string_view::npos) {
            while (end > begin + 1 && (m_text[end - 1] == '+' || m_text[end - 1] == '-'))
                --end;
        }
        return end;
    }

    SqlToken mark(std::size_t begin) const
    {
        if (startsWith(begin, "::") || startsWith(begin, ":=") || startsWith(begin, ".."))
            return token(SqlTokenKind::Operator, begin, begin + 2);
        const bool known =
            std::string_view("()[],;.:").find(m_text[begin]) != std::string_view::npos;
        return token(known ? SqlTokenKind::Mark : SqlTokenKind::Bad, begin, begin + 1);
    }

    std::string_view m_text;
};

/// Length of the UTF-8 sequence at `offset`; 0: none is there.
std::size_t utf8Length(std::string_view text, std::size_t offset)
{
    const auto byte = [&](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const unsigned first = byte(offset);
    if (first < 0x80U)
        return first == 0 ? 0 : 1;
    const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
    if (first < 0xC2U || first > 0xF4U)
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(offset + i) & 0xC0U) != 0x80U)
            return 0;
    }
    const unsigned second = byte(offset + 1);
    const bool tooLong = (first == 0xE0U && second < 0xA0U) || (first == 0xF0U && second < 0x90U);
    const bool outside = (first == 0xEDU && second >= 0xA0U) || (first == 0xF4U && second >= 0x90U);
    return tooLong || outside ? 0 : length;
}

std::string hexByte(unsigned char byte)
{
    constexpr std::string_view digits = "0123456789abcdef";
    return {'0', 'x', digits[byte >> 4U], digits[byte & 0x0FU]};
}

/// How many tokens stand around the deepest one without a comma between: a bound for the depth of
/// the parser's and its printers' recursion.
class NestingMeter
{
public:
    std::size_t add(const SqlToken& token)
    {
        if (token.isMark(',') || token.isMark(';') || (token.is("when") && m_levels.back().isCase))
            restart();
        else if (token.isMark('(') || token.isMark('[') || token.is("case"))
            open(token.is("case"));
        else if (token.isMark(')') || token.isMark(']') ||
                 (token.is("end") && m_levels.back().isCase))
            close();
        else
            ++m_levels.back().count, ++m_total;
        return m_total;
    }

private:
    struct Level
    {
        std::size_t count = 0;
        bool isCase = false;
    };

    void restart()
    {
        m_total -= m_levels.back().count;
        m_levels.back().count = 0;
    }

    void open(bool isCase)
    {
        ++m_levels.back().count;
        ++m_total;
        m_levels.push_back({.count = 1, .isCase = isCase});
        ++m_total;
    }

    void close()
    {
        restart();
        if (m_levels.size() > 1)
            m_levels.pop_back();
        ++m_levels.back().count;
        ++m_total;
    }

    std::vector<Level> m_levels = std::vector<Level>(1);
    std::size_t m_total = 0;
};

} // namespace

bool SqlToken::is(std::string_view word) const
{
    if (kind != SqlTokenKind::Word || text.size() != word.size())
        return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (lower(text[i]) != word[i])
            return false;
    }
    return true;
}

std::optional<SqlToken> nextSqlToken(std::string_view text, std::size_t offset)
{
    return Lexer(text).next(offset);
}

std::vector<SqlToken> sqlTokens(std::string_view text)
{
    std::vector<SqlToken> result;
    const Lexer lexer(text);
    for (auto token = lexer.next(0); token; token = lexer.next(token->end))
        result.push_back(*token);
    return result;
}

std::optional<ParseFailure> refusedBeforeParsing(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8Length(text, at);
        if (length == 0)
            return ParseFailure{"invalid byte sequence for encoding \"UTF8\": " +
                                    hexByte(static_cast<unsigned char>(text[at])),
                                at};
        at += length;
    }
    NestingMeter meter;
    const Lexer lexer(text);
    for (auto token = lexer.next(0); token; token = lexer.next(token->end)) {
        if (meter.add(*token) > nestingLimit)
            return ParseFailure{"stack depth limit exceeded", token->begin};
    }
    return std::nullopt;
}

} // namespace sightglass
