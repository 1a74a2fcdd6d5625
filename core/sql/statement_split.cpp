// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/statement_split.h"

#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass {

namespace {

/// Follows where a statement stands, as psql's own scanner does (psqlscan.l).
class Splitter
{
public:
    Splitter(std::string_view text, bool script)
        : m_text(text)
        , m_script(script)
    {}

    std::vector<StatementRange> run()
    {
        std::size_t offset = 0;
        while (const auto token = nextSqlToken(m_text, offset)) {
            offset = token->end;
            if (m_script && isBackslash(*token))
                offset = command(*token);
            else if (endsStatement(*token))
                offset = finish(offset);
            else
                take(*token);
        }
        finish(m_text.size());
        return std::move(m_result);
    }

private:
    static bool isBackslash(const SqlToken& token)
    {
        return token.kind == SqlTokenKind::Bad && token.text.front() == '\\';
    }

    /// A semicolon inside of parentheses (CREATE RULE) or of BEGIN ATOMIC … END does not end it.
    bool endsStatement(const SqlToken& token) const
    {
        return token.isMark(';') && m_parentheses == 0 && m_blocks == 0;
    }

    bool isRoutine() const
    {
        if (m_words.empty() || m_words.front() != "create")
            return false;
        const std::size_t at = m_words.size() > 3 && m_words[1] == "or" ? 3 : 1;
        return m_words.size() > at && (m_words[at] == "function" || m_words[at] == "procedure");
    }

    void take(const SqlToken& token)
    {
        if (!m_begun)
            m_current.begin = token.begin;
        m_begun = true;
        m_current.end = token.end;
        if (token.isMark('('))
            ++m_parentheses;
        else if (token.isMark(')') && m_parentheses > 0)
            --m_parentheses;
        if (token.kind != SqlTokenKind::Word)
            return;
        if (m_words.size() < 4)
            m_words.push_back(lowered(token.text));
        if (m_words.front() == "copy" && m_words.size() <= 4)
            m_copy = true;
        m_stdin = (m_stdin || token.is("stdin") || token.is("stdout")) && !token.is("stdout");
        if (m_parentheses > 0 || !isRoutine())
            return;
        const bool block = token.is("begin") || (token.is("case") && m_blocks > 0);
        if (block)
            ++m_blocks;
        else if (token.is("end") && m_blocks > 0)
            --m_blocks;
    }

    /// Ends the statement at hand and says where reading goes on.
    std::size_t finish(std::size_t offset)
    {
        const bool data = m_script && m_begun && m_copy && m_stdin;
        if (m_begun)
            m_result.push_back(m_current);
        m_current = {};
        m_begun = m_copy = m_stdin = false;
        m_parentheses = m_blocks = 0;
        m_words.clear();
        return data ? behindData(offset) : offset;
    }

    std::size_t lineEnd(std::size_t offset) const
    {
        const std::size_t end = m_text.find('\n', offset);
        return end == std::string_view::npos ? m_text.size() : end;
    }

    /// Data of COPY … FROM stdin end with a line of a backslash and a dot.
    std::size_t behindData(std::size_t offset) const
    {
        std::size_t line = lineEnd(offset);
        while (line < m_text.size()) {
            const std::size_t begin = line + 1;
            line = lineEnd(begin);
            std::string_view text = m_text.substr(begin, line - begin);
            if (text.ends_with('\r'))
                text.remove_suffix(1);
            if (text == "\\.")
                return line;
        }
        return m_text.size();
    }

    /// A backslash command goes to the end of its line; `\g` and its kin also end the statement.
    std::size_t command(const SqlToken& token)
    {
        std::size_t end = lineEnd(token.begin);
        std::string_view text = m_text.substr(token.begin, end - token.begin);
        while (!text.empty() && (text.back() == '\r' || text.back() == ' ' || text.back() == '\t'))
            text.remove_suffix(1);
        if (text.starts_with("\\;")) // a semicolon that psql sends on
            return token.begin + 2;
        if (text == "\\.")
            return end;
        finish(token.begin);
        m_result.push_back(
            {.begin = token.begin, .end = token.begin + text.size(), .command = true});
        return end;
    }

    static std::string lowered(std::string_view text)
    {
        std::string result(text.substr(0, 16));
        for (char& c : result)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return result;
    }

    std::string_view m_text;
    bool m_script;
    std::vector<StatementRange> m_result;
    StatementRange m_current;
    bool m_begun = false;
    bool m_copy = false;
    bool m_stdin = false;
    std::size_t m_parentheses = 0;
    std::size_t m_blocks = 0;
    std::vector<std::string> m_words;
};

} // namespace

std::vector<StatementRange> splitStatements(std::string_view text, bool script)
{
    return Splitter(text, script).run();
}

} // namespace sightglass
