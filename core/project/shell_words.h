// SPDX-License-Identifier: GPL-3.0-or-later
// Words of a shell text; for the shell reader alone.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// Goes over a shell text word by word. Quotes are taken off, expansions stay as written.
class ShellWords
{
public:
    static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

protected:
    /// The text of a $(…) or `…`, and its line.
    struct Substitution
    {
        std::string text;
        int line = 0;
    };

    ShellWords(std::string_view text, int line)
        : m_text(text)
        , m_line(line)
    {}

    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }

    bool isNext(std::string_view words) const { return m_text.substr(m_at).starts_with(words); }

    std::string readWord();

    /// Of the words read since the last call.
    std::vector<Substitution> takeSubstitutions() { return std::exchange(m_substitutions, {}); }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line;

private:
    void readEscape(std::string& word);
    void readSingle(std::string& word);
    void readDouble(std::string& word);
    void readDollar(std::string& word);
    void readSubstitution(std::string& word);
    void readBackticks(std::string& word);
    void takeInner(std::string& word, std::size_t end, std::string_view inside);

    std::vector<Substitution> m_substitutions;
};

} // namespace sightglass
