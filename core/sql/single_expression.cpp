// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/single_expression.h"

namespace sightglass {

std::optional<SingleExpression> SingleExpression::of(std::string_view sql)
{
    auto tree = parseSql("SELECT " + std::string(sql));
    if (!tree)
        return std::nullopt;
    const std::vector<ParseNode> statements = tree->statements();
    if (statements.size() != 1 || !statements.front().is("SelectStmt"))
        return std::nullopt;
    const ParseNode& select = statements.front();
    const std::vector<ParseNode> targets = select.list("targetList");
    if (targets.size() != 1 || select.has("fromClause") || select.has("whereClause") ||
        select.has("larg"))
        return std::nullopt;
    const ParseNode root = targets.front().field("val");
    if (!root)
        return std::nullopt;
    return SingleExpression(*std::move(tree), root);
}

} // namespace sightglass
