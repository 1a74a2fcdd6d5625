// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/line_check.h"

#include <vector>

namespace sightglass {

namespace {

using Kind = QuickToken::Kind;

constexpr std::array<std::string_view, 6> joiners{
    "and", "or", "in", "is", "if", "else"}; // between operands
constexpr std::array<std::string_view, 6> aroundParameters{",", ")", ":", "=", "*", "**"};
constexpr std::array<std::string_view, 35> keywords{
    "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

/// Whether tokens can follow each other: operand, operator, operand. Inside one logical line.
class LineCheck
{
public:
    explicit LineCheck(std::span<const QuickToken> tokens, bool definition)
        : m_tokens(tokens)
        , m_definition(definition)
    {}

    bool good()
    {
        for (m_at = 0; m_at < m_tokens.size(); ++m_at) {
            if (!step(m_tokens[m_at]))
                return false;
        }
        return !m_wanted && m_levels.size() == 1 && m_levels.back().complete();
    }

private:
    /// What is open in one pair of brackets, or in the line itself.
    struct Level
    {
        char bracket = ' ';
        bool call = false; ///< the brackets of a call, or of a definition's parameters
        bool comprehension = false;
        bool several = false; ///< a comma or colon was seen
        bool valued = false;  ///< a parameter's annotation or default has begun
        int conditions = 0;   ///< `a if b` that wait for their else

        bool complete() const { return conditions == 0; }

        bool join(std::string_view word)
        {
            if (word == "for") {
                const bool first = !comprehension && !several && bracket != ' ' && complete();
                comprehension = true;
                return first;
            }
            if (word == "if" && !comprehension)
                ++conditions;
            if (word == "else")
                return !comprehension && conditions-- > 0;
            return true;
        }

        bool separate()
        {
            several = true;
            return !comprehension && complete();
        }
    };

    const QuickToken* before(std::size_t steps = 1) const
    {
        return m_at >= steps ? &m_tokens[m_at - steps] : nullptr;
    }

    bool step(const QuickToken& token)
    {
        if (before() != nullptr && before()->is(".") && token.kind != Kind::Name)
            return false;
        if (namesParameter() && token.kind != Kind::Name && !isOneOf(token.text, aroundParameters))
            return false;
        if (token.kind == Kind::String) {
            const bool joined = before() != nullptr && before()->kind == Kind::String;
            return operand(joined);
        }
        if (token.kind == Kind::Number)
            return operand(false);
        if (token.kind == Kind::Name)
            return name(token);
        return sign(token);
    }

    bool namesParameter() const
    {
        return m_definition && m_levels.size() == 2 && m_levels.back().call &&
               !m_levels.back().valued;
    }

    bool operand(bool joined)
    {
        if (!m_wanted && !joined)
            return false;
        m_wanted = false;
        return true;
    }

    bool name(const QuickToken& token)
    {
        if (before() != nullptr && before()->is("."))
            return !isKeyword(token.text) && operand(false);
        if (token.text == "None" || token.text == "True" || token.text == "False")
            return operand(false);
        if (token.text == "not")
            return m_wanted || (m_at + 1 < m_tokens.size() && m_tokens[m_at + 1].is("in"));
        if (isOneOf(token.text, joiners) || token.text == "for") {
            if (m_wanted || !m_levels.back().join(token.text))
                return false;
            m_wanted = true;
            return token.text != "for" || passTargets();
        }
        return !isKeyword(token.text) && operand(false);
    }

    /// The names between `for` and `in` of a comprehension; ends on `in`.
    bool passTargets()
    {
        for (bool name = true; m_at + 1 < m_tokens.size(); name = !name) {
            const QuickToken& next = m_tokens[++m_at];
            if (!name && next.is("in"))
                return true;
            if (name ? !isPlainName(next) : !next.is(","))
                return false;
        }
        return false;
    }

    bool sign(const QuickToken& token)
    {
        const char c = token.text.front();
        if (c == '(' || c == '[' || c == '{') {
            if (!m_wanted && c == '{')
                return false;
            m_levels.push_back({.bracket = c, .call = c == '(' && !m_wanted});
            m_wanted = true;
            return true;
        }
        if (c == ')' || c == ']' || c == '}')
            return close(c);
        if (token.text == ",")
            return comma();
        if (token.text == ":" || token.text == "->")
            return colon(token);
        if (token.text == "...")
            return operand(false);
        if (token.text == "=")
            return equals();
        if (m_wanted) {
            const bool star = token.text == "*" || token.text == "**";
            const QuickToken* last = before();
            const bool afterOpening = last != nullptr &&
                                      (last->is("(") || last->is("[") || last->is(",")) &&
                                      m_levels.size() > 1;
            return token.text == "-" || (star && afterOpening && m_levels.back().call);
        }
        if (token.text == "+=" || token.text == "-=" || token.text == "|=")
            return false; // left to the tree
        m_wanted = true;
        return true;
    }

    bool close(char)
    {
        if (m_levels.size() == 1 || !m_levels.back().complete())
            return false;
        const QuickToken* last = before();
        const bool empty = last->is("(") || last->is("[") || last->is("{");
        const bool afterComma =
            last->is(",") && !(before(2) != nullptr && (before(2)->is("*") || before(2)->is("[")));
        if (empty && m_levels.back().bracket == '[' && before(2) != nullptr &&
            endsOperand(*before(2)))
            return false; // x[]
        if (m_wanted && !empty && !afterComma)
            return false;
        m_levels.pop_back();
        m_wanted = false;
        return true;
    }

    static bool endsOperand(const QuickToken& token)
    {
        if (token.kind == Kind::Operator)
            return token.text == ")" || token.text == "]" || token.text == "}";
        return token.kind == Kind::String || token.kind == Kind::Number || isPlainName(token);
    }

    bool comma()
    {
        const QuickToken* last = before();
        const bool bareStar =
            m_definition && last != nullptr && last->is("*") && m_levels.size() == 2;
        if ((m_wanted && !bareStar) || !m_levels.back().separate())
            return false;
        m_wanted = true;
        m_levels.back().valued = false;
        // `a = 1,` ends with a comma and is fine, and rare.
        return true;
    }

    bool colon(const QuickToken& token)
    {
        const bool inDictionary = m_levels.back().bracket == '{';
        const bool inParameters =
            m_definition && m_levels.size() == 2 && m_levels.back().bracket == '(';
        const bool result = token.text == "->" && m_definition && m_levels.size() == 1;
        if (m_wanted || !(inDictionary || inParameters || result) ||
            (token.text == "->" && !result))
            return false; // slices, lambdas and annotations of a statement are seen elsewhere
        m_wanted = true;
        m_levels.back().valued = true;
        return m_levels.back().separate();
    }

    /// A keyword argument or a default; assignments of a statement are cut off before.
    bool equals()
    {
        if (m_wanted || !m_levels.back().call)
            return false;
        const QuickToken* name = before();
        const QuickToken* earlier = before(2);
        const bool keyword =
            isPlainName(*name) && earlier != nullptr && (earlier->is("(") || earlier->is(","));
        if (!keyword && !(m_definition && m_levels.size() == 2))
            return false;
        m_wanted = true;
        m_levels.back().valued = true;
        return true;
    }

    std::span<const QuickToken> m_tokens;
    bool m_definition;
    std::size_t m_at = 0;
    bool m_wanted = true; ///< an operand has to come
    std::vector<Level> m_levels{Level{}};
};

} // namespace

bool isKeyword(std::string_view word)
{
    return isOneOf(word, keywords);
}

bool isPlainName(const QuickToken& token)
{
    return token.kind == Kind::Name && !isKeyword(token.text);
}

bool isExpression(std::span<const QuickToken> tokens, bool definition)
{
    return !tokens.empty() && LineCheck(tokens, definition).good();
}

bool isTarget(std::span<const QuickToken> tokens)
{
    if (tokens.empty() || !isPlainName(tokens.front()) || !isExpression(tokens))
        return false;
    const QuickToken& last = tokens.back();
    if (!isPlainName(last) && !last.is("]"))
        return false;
    return std::ranges::all_of(tokens, [](const QuickToken& token) {
        return token.depth > 0 || isPlainName(token) || token.is(".") || token.is("[") ||
               token.is("]");
    });
}

std::size_t findAtTop(std::span<const QuickToken> tokens, std::string_view text)
{
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].depth == 0 && tokens[i].is(text))
            return i;
    }
    return tokens.size();
}

} // namespace sightglass
