// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/parsed_texts.h"

#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t longestText = 200; // bytes
constexpr std::size_t mostTexts = 500;

} // namespace

Outcome<ParseTree, ParseFailure> ParsedTexts::parse(std::string_view text)
{
    if (text.size() > longestText)
        return parseSql(text);
    std::string key(text);
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_trees.find(key); found != m_trees.end())
            return found->second;
    }
    auto tree = parseSql(text);
    if (tree) {
        const std::scoped_lock lock(m_mutex);
        if (m_trees.size() >= mostTexts)
            m_trees.clear();
        m_trees.insert_or_assign(std::move(key), *tree);
    }
    return tree;
}

Outcome<ParseTree, ParseFailure> parseSql(std::string_view text, ParsedTexts* known)
{
    return known != nullptr ? known->parse(text) : parseSql(text);
}

} // namespace sightglass
