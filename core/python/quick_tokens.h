// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/syntax_tree.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace sightglass {

/// A token of a logical line.
struct QuickToken
{
    enum class Kind
    {
        Name, ///< keywords too
        Number,
        String,
        Operator,
    };
    Kind kind = Kind::Operator;
    std::string_view text;
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;
    std::size_t begin = 0;
    int depth = 0; ///< brackets open around it

    bool is(std::string_view other) const { return kind != Kind::String && text == other; }
};

/// Cuts a text into logical lines of tokens. Gives up at whatever is unusual or no Python.
class QuickTokens
{
public:
    explicit QuickTokens(std::string_view text)
        : m_text(text)
    {}

    enum class State
    {
        Line,
        End,
        GivenUp,
    };

    /// Reads the next logical line that has tokens into `tokens` and `indent` (blanks before it).
    State next(std::vector<QuickToken>& tokens, int& indent);

private:
    bool readIndent(int& indent);
    bool skipBlanks();
    bool readToken(std::vector<QuickToken>& tokens);
    bool readString(std::size_t prefix, QuickToken& token);
    bool readNumber(QuickToken& token);
    bool readOperator(QuickToken& token);
    bool atNewline() const;
    void passNewline();

    char at(std::size_t offset) const
    {
        return m_at + offset < m_text.size() ? m_text[m_at + offset] : '\0';
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_lineBegin = 0;
    int m_line = 1;
    std::vector<char> m_brackets;
};

} // namespace sightglass
