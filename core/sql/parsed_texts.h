// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/parse_tree.h"

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sightglass {

/// The trees of short texts that come again and again: types, defaults. A chain writes
/// VARCHAR(255) thousands of times. Holds a bounded number of them.
///
/// thread  safe
class ParsedTexts
{
public:
    /// As parseSql.
    Outcome<ParseTree, ParseFailure> parse(std::string_view text);

private:
    std::mutex m_mutex;
    std::unordered_map<std::string, ParseTree> m_trees;
};

/// Through `known` where there is one.
Outcome<ParseTree, ParseFailure> parseSql(std::string_view text, ParsedTexts* known);

} // namespace sightglass
