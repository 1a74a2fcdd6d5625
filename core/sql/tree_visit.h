// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/parse_tree.h"

namespace sightglass {

/// Calls `visit` for `node` and every node in it, outermost first; not below a depth that no
/// statement of a person reaches.
template <typename Visit>
void visitTree(const ParseNode& node, const Visit& visit, int depth = 0)
{
    constexpr int deepest = 600;
    if (!node || depth > deepest)
        return;
    visit(node);
    for (const auto& [name, field] : node.fields()) {
        visitTree(field, visit, depth + 1);
        for (const ParseNode& item : node.list(name))
            visitTree(item, visit, depth + 1);
    }
}

} // namespace sightglass
