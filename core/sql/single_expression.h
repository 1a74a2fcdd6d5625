// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/parse_tree.h"

#include <optional>
#include <string>
#include <string_view>

namespace sightglass {

/// SQL text of one expression as a tree.
class SingleExpression
{
public:
    /// Absent: it does not parse, or is more than one expression.
    static std::optional<SingleExpression> of(std::string_view sql);

    const ParseNode& root() const { return m_root; }

private:
    SingleExpression(ParseTree tree, ParseNode root)
        : m_tree(std::move(tree))
        , m_root(root)
    {}

    ParseTree m_tree;
    ParseNode m_root;
};

} // namespace sightglass
