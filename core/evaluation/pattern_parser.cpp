// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/pattern.h"

#include <algorithm>

namespace sightglass {

namespace {

using Node = RegularExpression::Node;
using Kind = RegularExpression::Kind;

constexpr int deepestPattern = 100;
constexpr std::size_t mostNodes = 5'000;
constexpr std::size_t withoutEnd = static_cast<std::size_t>(-1);
constexpr std::size_t setSize = 128;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isWordLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
}

/// \d and its kin; false: `c` names no class.
bool addClass(char c, std::vector<bool>& set)
{
    const char kind = static_cast<char>(c | 0x20);
    if (kind != 'd' && kind != 'w' && kind != 's')
        return false;
    for (std::size_t i = 0; i < setSize; ++i) {
        const char each = static_cast<char>(i);
        const bool in = kind == 'd'   ? isDigit(each)
                        : kind == 'w' ? isWordLetter(each)
                                      : isSpace(each) || (i >= 0x1c && i <= 0x1f);
        if (in == (c == kind))
            set[i] = true;
    }
    return true;
}

/// \n and its kin; 0: `c` names no such letter.
char controlLetter(char c)
{
    constexpr std::string_view names = "abfnrtv";
    constexpr std::string_view letters = "\a\b\f\n\r\t\v";
    const std::size_t at = names.find(c);
    return at == std::string_view::npos ? '\0' : letters[at];
}

} // namespace

/// Reads a pattern into nodes; the first thing that is not supported makes it Unknown.
class PatternParser
{
public:
    PatternParser(std::string_view pattern, int flags)
        : m_pattern(pattern)
    {
        m_made.m_flags = flags;
    }

    Known<RegularExpression> run()
    {
        for (const char c : m_pattern) {
            if (static_cast<unsigned char>(c) >= 0x80)
                fail("letters that are not ASCII");
        }
        leadingFlags();
        m_made.m_root = choice(0);
        if (!atEnd())
            fail("a closing bracket too many");
        if (!m_problem.empty())
            return Unknown{"the pattern \"" + std::string(m_pattern) + "\" has " + m_problem +
                           ", which is not followed"};
        return std::move(m_made);
    }

private:
    bool atEnd() const { return m_at >= m_pattern.size() || !m_problem.empty(); }

    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_pattern.size() ? m_pattern[m_at + ahead] : '\0';
    }

    bool take(std::string_view what)
    {
        if (!m_pattern.substr(std::min(m_at, m_pattern.size())).starts_with(what))
            return false;
        m_at += what.size();
        return true;
    }

    void fail(std::string problem)
    {
        if (m_problem.empty())
            m_problem = std::move(problem);
    }

    std::size_t add(Node node)
    {
        if (m_made.m_nodes.size() >= mostNodes)
            fail("too many parts");
        m_made.m_nodes.push_back(std::move(node));
        return m_made.m_nodes.size() - 1;
    }

    bool verbose() const { return (m_made.m_flags & RegularExpression::Verbose) != 0; }

    /// (?im) at the very start.
    void leadingFlags()
    {
        std::size_t end = 2;
        int flags = 0;
        if (!m_pattern.starts_with("(?"))
            return;
        for (; end < m_pattern.size() && m_pattern[end] != ')'; ++end) {
            const char c = m_pattern[end];
            flags |= c == 'i'   ? RegularExpression::IgnoreCase
                     : c == 'm' ? RegularExpression::MultiLine
                     : c == 's' ? RegularExpression::DotAll
                     : c == 'x' ? RegularExpression::Verbose
                                : 0;
            if (std::string_view("imsxau").find(c) == std::string_view::npos)
                return;
        }
        m_made.m_flags |= flags;
        m_at = end + 1;
    }

    void skipVerbose()
    {
        while (verbose() && m_at < m_pattern.size()) {
            if (isSpace(peek()))
                ++m_at;
            else if (peek() == '#')
                m_at = std::min(m_pattern.find('\n', m_at), m_pattern.size());
            else
                break;
        }
    }

    std::size_t choice(int depth)
    {
        Node node{.kind = Kind::Choice, .set = {}, .parts = {}};
        if (depth > deepestPattern)
            fail("too many groups in each other");
        do {
            node.parts.push_back(sequence(depth));
        } while (!atEnd() && take("|"));
        return node.parts.size() == 1 ? node.parts.front() : add(std::move(node));
    }

    std::size_t sequence(int depth)
    {
        Node node{.kind = Kind::Sequence, .set = {}, .parts = {}};
        for (skipVerbose(); !atEnd() && peek() != '|' && peek() != ')'; skipVerbose()) {
            if (take("(?#")) {
                m_at = std::min(m_pattern.find(')', m_at), m_pattern.size() - 1) + 1;
                continue;
            }
            const std::size_t part = atom(depth);
            skipVerbose();
            node.parts.push_back(repeated(part));
        }
        return add(std::move(node));
    }

    std::size_t repeated(std::size_t part)
    {
        Node node{.kind = Kind::Repeat, .set = {}, .most = withoutEnd, .parts = {part}};
        if (take("+"))
            node.least = 1;
        else if (take("?"))
            node.most = 1;
        else if (!take("*") && !counted(node))
            return part;
        if (take("?"))
            node.greedy = false;
        else if (peek() == '+' || peek() == '*')
            fail("a repeat of a repeat");
        return add(std::move(node));
    }

    std::optional<std::size_t> count(std::size_t& at) const
    {
        std::optional<std::size_t> value;
        for (; at < m_pattern.size() && isDigit(m_pattern[at]); ++at)
            value = std::min<std::size_t>(
                value.value_or(0) * 10 + static_cast<std::size_t>(m_pattern[at] - '0'), 100'000);
        return value;
    }

    /// {2}, {2,}, {,3}, {2,3}; anything else is a plain bracket.
    bool counted(Node& node)
    {
        if (peek() != '{')
            return false;
        std::size_t at = m_at + 1;
        const auto least = count(at);
        const bool comma = at < m_pattern.size() && m_pattern[at] == ',';
        at += comma ? 1 : 0;
        const auto most = comma ? count(at) : least;
        const bool closes = at < m_pattern.size() && m_pattern[at] == '}';
        if (!closes || (!comma && !least))
            return false;
        node.least = least.value_or(0);
        node.most = most.value_or(withoutEnd);
        m_at = at + 1;
        return true;
    }

    std::size_t atom(int depth)
    {
        const char c = m_pattern[m_at++];
        switch (c) {
        case '.':
            return add({.kind = Kind::Any, .set = {}, .parts = {}});
        case '^':
            return add({.kind = Kind::LineStart, .set = {}, .parts = {}});
        case '$':
            return add({.kind = Kind::LineEnd, .set = {}, .parts = {}});
        case '[':
            return set();
        case '(':
            return group(depth);
        case '\\':
            return escape();
        case '*':
        case '+':
        case '?':
            fail("a repeat of nothing");
            break;
        default:
            break;
        }
        return add({.kind = Kind::Letter, .letter = c, .set = {}, .parts = {}});
    }

    std::size_t group(int depth)
    {
        Node node{.kind = Kind::Group, .set = {}, .parts = {}};
        bool plain = false;
        if (take("?:")) {
            plain = true;
        } else if (take("?=") || take("?!")) {
            node.kind = Kind::Ahead;
            node.negated = m_pattern[m_at - 1] == '!';
        } else if (take("?<=") || take("?<!")) {
            node.kind = Kind::Behind;
            node.negated = m_pattern[m_at - 1] == '!';
        } else if (take("?P=")) {
            return sameName();
        } else {
            node.group = ++m_made.m_groups;
            if (take("?P<"))
                m_made.m_names.emplace_back(nameUpTo('>'), node.group);
            else if (peek() == '?')
                fail("a kind of group");
        }
        const std::size_t inner = choice(depth + 1);
        if (!take(")"))
            fail("a bracket that is not closed");
        if (plain)
            return inner;
        node.parts = {inner};
        return add(std::move(node));
    }

    std::string nameUpTo(char end)
    {
        const std::size_t close = m_pattern.find(end, m_at);
        if (close == std::string_view::npos) {
            fail("a name that does not end");
            return {};
        }
        const std::string name(m_pattern.substr(m_at, close - m_at));
        m_at = close + 1;
        return name;
    }

    std::size_t sameName()
    {
        const std::string name = nameUpTo(')');
        const auto found =
            std::ranges::find(m_made.m_names, name, &std::pair<std::string, std::size_t>::first);
        if (found == m_made.m_names.end()) {
            fail("a name of no group");
            return add({});
        }
        return add({.kind = Kind::SameAgain, .set = {}, .group = found->second, .parts = {}});
    }

    std::size_t escape()
    {
        const char c = peek();
        ++m_at;
        Node node{.kind = Kind::Set, .set = std::vector<bool>(setSize), .parts = {}};
        if (addClass(c, node.set))
            return add(std::move(node));
        if (c == 'b' || c == 'B')
            return add({.kind = Kind::WordEdge, .set = {}, .negated = c == 'B', .parts = {}});
        if (c == 'A' || c == 'Z')
            return add(
                {.kind = c == 'A' ? Kind::TextStart : Kind::TextEnd, .set = {}, .parts = {}});
        if (c >= '1' && c <= '9' && !isDigit(peek()))
            return add({.kind = Kind::SameAgain,
                        .set = {},
                        .group = backwards(static_cast<std::size_t>(c - '0')),
                        .parts = {}});
        return add({.kind = Kind::Letter, .letter = escapedLetter(c), .set = {}, .parts = {}});
    }

    std::size_t backwards(std::size_t group)
    {
        if (group > m_made.m_groups)
            fail("a reference to no group");
        return std::min(group, m_made.m_groups);
    }

    char escapedLetter(char c)
    {
        if (const char control = controlLetter(c))
            return control;
        if (isWordLetter(c) && c != '_')
            fail(std::string("the escape \\") + c);
        return c;
    }

    std::size_t set()
    {
        Node node{.kind = Kind::Set, .set = std::vector<bool>(setSize), .parts = {}};
        node.negated = take("^");
        for (bool first = true; first || peek() != ']'; first = false) {
            if (m_at >= m_pattern.size()) {
                fail("a set that is not closed");
                break;
            }
            const char from = m_pattern[m_at++];
            if (from == '\\' && addClass(peek(), node.set)) {
                ++m_at;
                continue;
            }
            addRange(from == '\\' ? setEscape() : from, node);
        }
        ++m_at;
        return add(std::move(node));
    }

    char setEscape()
    {
        const char c = peek();
        ++m_at;
        return c == 'b' ? '\b' : escapedLetter(c);
    }

    void addRange(char from, Node& node)
    {
        char to = from;
        if (peek() == '-' && peek(1) != ']' && peek(1) != '\0') {
            ++m_at;
            const char last = m_pattern[m_at++];
            to = last == '\\' ? setEscape() : last;
        }
        if (to < from)
            fail("a range in the wrong order");
        for (int each = from; each >= 0 && each <= to; ++each)
            node.set[static_cast<std::size_t>(each)] = true;
    }

    std::string_view m_pattern;
    std::size_t m_at = 0;
    RegularExpression m_made;
    std::string m_problem;
};

Known<RegularExpression> RegularExpression::compile(std::string_view pattern, int flags)
{
    constexpr int known =
        IgnoreCase | MultiLine | DotAll | Verbose | 32 /* UNICODE */ | 256 /* ASCII */;
    if ((flags & ~known) != 0)
        return Unknown{"a flag of the pattern is not followed"};
    return PatternParser(pattern, flags).run();
}

} // namespace sightglass
