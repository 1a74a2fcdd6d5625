// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/pattern.h"

#include <algorithm>

namespace sightglass {

namespace {

using Node = RegularExpression::Node;
using Kind = RegularExpression::Kind;
using Next = std::function<bool(std::size_t)>;

constexpr std::size_t mostSteps = 200'000;
constexpr int deepestMatch = 2'000;
constexpr std::size_t nowhere = std::string_view::npos;

bool isLetterOfWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// One attempt at one place: backtracking with a bound on its steps and its depth.
class Attempt
{
public:
    Attempt(const std::vector<Node>& nodes, std::string_view text, int flags, std::size_t groups)
        : m_nodes(nodes)
        , m_text(text)
        , m_flags(flags)
        , found(groups + 1, {nowhere, nowhere})
    {}

    bool node(std::size_t index, std::size_t at, const Next& next)
    {
        if (tired || ++m_steps > mostSteps || ++m_depth > deepestMatch) {
            tired = true;
            return false;
        }
        const bool matched = dispatch(m_nodes[index], at, next);
        --m_depth;
        return matched;
    }

    bool tired = false;

private:
    bool has(int flag) const { return (m_flags & flag) != 0; }

    bool takesLetter(const Node& node, char c) const
    {
        switch (node.kind) {
        case Kind::Letter:
            return has(RegularExpression::IgnoreCase) ? folded(c) == folded(node.letter)
                                                      : c == node.letter;
        case Kind::Any:
            return c != '\n' || has(RegularExpression::DotAll);
        default:
            break;
        }
        const auto in = [&](char each) { return node.set[static_cast<unsigned char>(each)]; };
        if (!has(RegularExpression::IgnoreCase))
            return in(c) != node.negated;
        const char other = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : folded(c);
        return (in(c) || in(other)) != node.negated;
    }

    static bool isLetter(const Node& node)
    {
        return node.kind == Kind::Letter || node.kind == Kind::Any || node.kind == Kind::Set;
    }

    bool atEdge(const Node& node, std::size_t at) const
    {
        const std::size_t size = m_text.size();
        const bool lines = has(RegularExpression::MultiLine);
        switch (node.kind) {
        case Kind::LineStart:
            return at == 0 || (lines && m_text[at - 1] == '\n');
        case Kind::LineEnd:
            return at == size || (at + 1 == size && m_text[at] == '\n') ||
                   (lines && m_text[at] == '\n');
        case Kind::TextStart:
            return at == 0;
        case Kind::TextEnd:
            return at == size;
        default:
            break;
        }
        const bool before = at > 0 && isLetterOfWord(m_text[at - 1]);
        const bool after = at < size && isLetterOfWord(m_text[at]);
        return (before != after) != node.negated;
    }

    bool dispatch(const Node& node, std::size_t at, const Next& next)
    {
        if (isLetter(node))
            return at < m_text.size() && takesLetter(node, m_text[at]) && next(at + 1);
        switch (node.kind) {
        case Kind::Sequence:
            return sequence(node, 0, at, next);
        case Kind::Choice:
            return std::ranges::any_of(
                node.parts, [&](std::size_t part) { return this->node(part, at, next); });
        case Kind::Repeat:
            return isLetter(m_nodes[node.parts.front()]) ? repeatLetter(node, at, next)
                                                         : repeat(node, 0, at, next);
        case Kind::Group:
            return group(node, at, next);
        case Kind::SameAgain:
            return again(node, at, next);
        case Kind::Ahead:
            return this->node(node.parts.front(), at, [](std::size_t) { return true; }) !=
                       node.negated &&
                   !tired && next(at);
        case Kind::Behind:
            return behind(node, at) != node.negated && !tired && next(at);
        default:
            return atEdge(node, at) && next(at);
        }
    }

    bool sequence(const Node& node, std::size_t part, std::size_t at, const Next& next)
    {
        if (part == node.parts.size())
            return next(at);
        return this->node(node.parts[part], at, [&, part](std::size_t behind) {
            return sequence(node, part + 1, behind, next);
        });
    }

    bool repeatLetter(const Node& node, std::size_t at, const Next& next)
    {
        const Node& letter = m_nodes[node.parts.front()];
        std::size_t count = 0;
        const auto more = [&] {
            return count < node.most && at + count < m_text.size() &&
                   takesLetter(letter, m_text[at + count]);
        };
        if (!node.greedy) {
            for (;; ++count) {
                if (count >= node.least && next(at + count))
                    return true;
                if (tired || !more())
                    return false;
            }
        }
        while (more())
            ++count;
        for (;; --count) {
            if (count < node.least || tired)
                return false;
            if (next(at + count))
                return true;
            if (count == 0)
                return false;
        }
    }

    bool repeat(const Node& node, std::size_t count, std::size_t at, const Next& next)
    {
        const auto again = [&, count, at](std::size_t behind) {
            // A turn that takes nothing would go on for ever.
            if (behind == at && count >= node.least)
                return false;
            return repeat(node, count + 1, behind, next);
        };
        const bool enough = count >= node.least;
        if (!node.greedy && enough && next(at))
            return true;
        if (count < node.most && this->node(node.parts.front(), at, again))
            return true;
        return node.greedy && enough && !tired && next(at);
    }

    bool group(const Node& node, std::size_t at, const Next& next)
    {
        const auto before = found[node.group];
        const bool matched = this->node(node.parts.front(), at, [&](std::size_t behind) {
            const auto inner = found[node.group];
            found[node.group] = {at, behind};
            if (next(behind))
                return true;
            found[node.group] = inner;
            return false;
        });
        if (!matched)
            found[node.group] = before;
        return matched;
    }

    bool again(const Node& node, std::size_t at, const Next& next)
    {
        const auto [begin, end] = found[node.group];
        if (begin == nowhere)
            return false;
        const std::string_view wanted = m_text.substr(begin, end - begin);
        return m_text.substr(at).starts_with(wanted) && next(at + wanted.size());
    }

    bool behind(const Node& node, std::size_t at)
    {
        for (std::size_t start = at + 1; start-- > 0;) {
            if (this->node(
                    node.parts.front(), start, [at](std::size_t behind) { return behind == at; }))
                return true;
        }
        return false;
    }

    const std::vector<Node>& m_nodes;
    std::string_view m_text;
    int m_flags;
    std::size_t m_steps = 0;
    int m_depth = 0;

public:
    std::vector<std::pair<std::size_t, std::size_t>> found;
};

} // namespace

Known<std::optional<RegularExpression::Match>> RegularExpression::find(std::string_view text,
                                                                       std::size_t from,
                                                                       Anchor anchor,
                                                                       bool notEmptyAtStart) const
{
    const bool plain =
        std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!plain)
        return Unknown{"a pattern is matched with letters that are not ASCII"};
    for (std::size_t start = from; start <= text.size(); ++start) {
        Attempt attempt(m_nodes, text, m_flags, m_groups);
        std::size_t end = 0;
        const bool matched = attempt.node(m_root, start, [&](std::size_t behind) {
            if (anchor == Anchor::Both && behind != text.size())
                return false;
            if (notEmptyAtStart && behind == start && start == from)
                return false;
            end = behind;
            return true;
        });
        if (attempt.tired)
            return Unknown{"a pattern takes too many steps to be matched"};
        if (matched) {
            attempt.found.front() = {start, end};
            return std::optional(Match{.groups = std::move(attempt.found)});
        }
        if (anchor != Anchor::Nowhere)
            break;
    }
    return std::optional<Match>();
}

} // namespace sightglass
