// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/known.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// A regular expression of Python's module re, for texts of ASCII letters. What is not supported
/// (other letters, conditional groups, possessive repeats) is Unknown, never guessed.
class RegularExpression
{
public:
    /// Values of re.IGNORECASE and its kin.
    enum Flag
    {
        IgnoreCase = 2,
        MultiLine = 8,
        DotAll = 16,
        Verbose = 64
    };

    enum class Anchor
    {
        Nowhere, ///< search
        Start,   ///< match
        Both     ///< fullmatch
    };

    /// Begin and end of the whole and of each group; no group has npos.
    struct Match
    {
        std::vector<std::pair<std::size_t, std::size_t>> groups;
    };

    static Known<RegularExpression> compile(std::string_view pattern, int flags);

    /// The first match at `from` or behind it; Unknown where a limit was reached.
    Known<std::optional<Match>> find(std::string_view text,
                                     std::size_t from,
                                     Anchor anchor,
                                     bool notEmptyAtStart = false) const;

    std::size_t groupCount() const { return m_groups; }

    const std::vector<std::pair<std::string, std::size_t>>& names() const { return m_names; }

    enum class Kind
    {
        Letter,
        Any,
        Set,
        LineStart,
        LineEnd,
        TextStart,
        TextEnd,
        WordEdge,
        Sequence,
        Choice,
        Repeat,
        Group,
        SameAgain, ///< \1
        Ahead,
        Behind
    };

    struct Node
    {
        Kind kind = Kind::Sequence;
        char letter = 0;
        std::vector<bool> set; ///< of 128
        bool negated = false;  ///< of an edge, or of looking around
        bool greedy = true;
        bool atEnd = false; ///< \Z, or $ of one line
        std::size_t least = 0;
        std::size_t most = 0;
        std::size_t group = 0;
        std::vector<std::size_t> parts; ///< further nodes
    };

private:
    friend class PatternParser;
    std::vector<Node> m_nodes;
    std::size_t m_root = 0;
    std::size_t m_groups = 0;
    std::vector<std::pair<std::string, std::size_t>> m_names;
    int m_flags = 0;
};

} // namespace sightglass
