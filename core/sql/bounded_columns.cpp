// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/bounded_columns.h"

#include "core/sql/statement_text.h"
#include "core/sql/tree_visit.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace sightglass {

namespace {

constexpr int deepestCondition = 200;

/// Columns by how a condition holds them. Only both ends of a range bound a column.
struct Bounds
{
    std::set<std::string> held;
    std::set<std::string> below; ///< c < x, c <= x
    std::set<std::string> above;

    void merge(const Bounds& other)
    {
        held.insert(other.held.begin(), other.held.end());
        below.insert(other.below.begin(), other.below.end());
        above.insert(other.above.begin(), other.above.end());
    }

    std::set<std::string> all() const
    {
        std::set<std::string> result = held;
        std::ranges::set_intersection(below, above, std::inserter(result, result.end()));
        return result;
    }
};

ParseNode withoutCasts(ParseNode node)
{
    while (node.is("TypeCast") || node.is("CollateClause"))
        node = node.field("arg");
    return node;
}

std::string_view mirrored(std::string_view operation)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> pairs{
        {{"<", ">"}, {"<=", ">="}, {">", "<"}, {">=", "<="}}};
    const auto found =
        std::ranges::find(pairs, operation, &std::pair<std::string_view, std::string_view>::first);
    return found == pairs.end() ? operation : found->second;
}

class ConditionReader
{
public:
    ConditionReader(std::string_view relation, const std::set<std::string>& variables)
        : m_relation(relation)
        , m_variables(variables)
    {}

    Bounds boundsOf(const ParseNode& node, int depth = 0) const
    {
        if (depth > deepestCondition)
            return {};
        if (node.is("BoolExpr"))
            return combined(node, depth);
        if (node.is("A_Expr"))
            return compared(node);
        return {};
    }

private:
    Bounds combined(const ParseNode& node, int depth) const
    {
        const std::vector<ParseNode> parts = node.list("args");
        Bounds result;
        if (node.text("boolop") == "AND_EXPR") {
            for (const ParseNode& part : parts)
                result.merge(boundsOf(part, depth + 1));
        } else if (node.text("boolop") == "OR_EXPR" && !parts.empty()) {
            result.held = boundsOf(parts.front(), depth + 1).all();
            for (std::size_t i = 1; i < parts.size(); ++i) {
                const std::set<std::string> other = boundsOf(parts[i], depth + 1).all();
                std::erase_if(result.held,
                              [&](const std::string& column) { return !other.contains(column); });
            }
        }
        return result;
    }

    bool isVariable(const ParseNode& columnRef) const
    {
        const std::vector<std::string> parts = columnRef.strings("fields");
        return !parts.empty() && m_variables.contains(parts.front());
    }

    /// A value that is the same for every row: it names no column and asks no table.
    bool isSteady(const ParseNode& node) const
    {
        if (!node)
            return false;
        bool steady = true;
        visitTree(node, [&](const ParseNode& each) {
            steady = steady && !each.is("SubLink") && (!each.is("ColumnRef") || isVariable(each));
        });
        return steady;
    }

    /// Of this table, without or with its name; empty: none.
    std::string columnOf(const ParseNode& given) const
    {
        const ParseNode node = withoutCasts(given);
        if (!node.is("ColumnRef") || (isVariable(node) && node.strings("fields").size() == 1))
            return {};
        const std::vector<std::string> parts = node.strings("fields");
        if (parts.empty() || (parts.size() > 1 && parts[parts.size() - 2] != m_relation))
            return {};
        return parts.back();
    }

    Bounds compared(const ParseNode& node) const
    {
        const std::string_view kind = node.text("kind");
        const std::vector<std::string> names = node.strings("name");
        const std::string operation = names.empty() ? std::string() : names.back();
        const std::string column = columnOf(node.field("lexpr"));
        const ParseNode right = node.field("rexpr");
        if (kind == "AEXPR_OP")
            return simple(operation, node);
        if (column.empty())
            return {};
        const bool holds = (kind == "AEXPR_IN" && operation == "=") ||
                           (kind == "AEXPR_OP_ANY" && operation == "=") ||
                           kind == "AEXPR_BETWEEN" || kind == "AEXPR_BETWEEN_SYM" ||
                           kind == "AEXPR_NOT_DISTINCT";
        if (!holds || !isSteady(right))
            return {};
        return {.held = {column}, .below = {}, .above = {}};
    }

    Bounds simple(std::string_view operation, const ParseNode& node) const
    {
        const ParseNode left = node.field("lexpr");
        const ParseNode right = node.field("rexpr");
        std::string column = columnOf(left);
        std::string_view way = operation;
        if (!column.empty() && !isSteady(right))
            column.clear();
        if (column.empty() && isSteady(left)) {
            column = columnOf(right);
            way = mirrored(operation);
        }
        Bounds result;
        if (column.empty())
            return result;
        if (way == "=")
            result.held.insert(column);
        else if (way == "<" || way == "<=")
            result.below.insert(column);
        else if (way == ">" || way == ">=")
            result.above.insert(column);
        return result;
    }

    std::string_view m_relation;
    const std::set<std::string>& m_variables;
};

/// How two constants compare; absent: that is not plain.
std::optional<int> compared(const ParseNode& left, const ParseNode& right)
{
    const auto first = integerOf(left);
    const auto second = integerOf(right);
    if (first && second)
        return *first < *second ? -1 : *first > *second ? 1 : 0;
    if (plainValueOf(left) == plainValueOf(right))
        return 0;
    const bool texts = left.has("sval") && right.has("sval");
    return texts ? std::optional(1) : std::nullopt;
}

std::optional<bool> constantComparison(const ParseNode& node)
{
    const ParseNode left = withoutCasts(node.field("lexpr"));
    const ParseNode right = withoutCasts(node.field("rexpr"));
    const std::vector<std::string> names = node.strings("name");
    if (!left.is("A_Const") || !right.is("A_Const") || left.flag("isnull") ||
        right.flag("isnull") || names.size() != 1 || node.text("kind") != "AEXPR_OP")
        return std::nullopt;
    const std::optional<int> order = compared(left, right);
    if (!order)
        return std::nullopt;
    const std::string& way = names.front();
    if (way == "=" || way == "<>")
        return (*order == 0) == (way == "=");
    if (!integerOf(left)) // the order of texts is the collation's
        return std::nullopt;
    if (way == "<" || way == ">=")
        return (*order < 0) == (way == "<");
    if (way == ">" || way == "<=")
        return (*order > 0) == (way == ">");
    return std::nullopt;
}

std::optional<bool> constantTruth(const ParseNode& given, int depth);

std::optional<bool> combinedTruth(const ParseNode& node, int depth)
{
    const std::vector<ParseNode> parts = node.list("args");
    const std::string_view operation = node.text("boolop");
    if (operation == "NOT_EXPR") {
        const auto inner = parts.empty() ? std::nullopt : constantTruth(parts.front(), depth + 1);
        return inner ? std::optional(!*inner) : std::nullopt;
    }
    const bool decisive = operation == "OR_EXPR";
    bool allKnown = true;
    for (const ParseNode& part : parts) {
        const auto one = constantTruth(part, depth + 1);
        if (one == decisive)
            return decisive;
        allKnown = allKnown && one.has_value();
    }
    return allKnown ? std::optional(!decisive) : std::nullopt;
}

/// Of a condition made of constants; absent: it depends on the row, or is not known.
std::optional<bool> constantTruth(const ParseNode& given, int depth)
{
    const ParseNode node = withoutCasts(given);
    if (depth > deepestCondition)
        return std::nullopt;
    if (node.is("A_Expr"))
        return constantComparison(node);
    if (node.is("BoolExpr"))
        return combinedTruth(node, depth);
    if (node.is("NullTest") && withoutCasts(node.field("arg")).is("A_Const")) {
        const bool null = withoutCasts(node.field("arg")).flag("isnull");
        return null == (node.text("nulltesttype") == "IS_NULL");
    }
    if (!node.is("A_Const"))
        return std::nullopt;
    if (node.has("boolval"))
        return node.field("boolval").flag("boolval");
    const std::string text = lowerCase(plainValueOf(node));
    if (node.has("sval") && given.is("TypeCast"))
        return text == "t" || text == "true" || text == "1" || text == "on" || text == "yes";
    return std::nullopt;
}

/// c IN (SELECT … LIMIT n), c = ANY (ARRAY(SELECT … LIMIT n)), under AND only.
bool isLimited(const ParseNode& node, int depth)
{
    if (depth > deepestCondition)
        return false;
    if (node.is("BoolExpr")) {
        return node.text("boolop") == "AND_EXPR" &&
               std::ranges::any_of(node.list("args"), [&](const ParseNode& part) {
                   return isLimited(part, depth + 1);
               });
    }
    if (node.is("A_Expr")) {
        const ParseNode right = node.field("rexpr");
        return node.strings("name") == std::vector<std::string>{"="} && right.is("SubLink") &&
               right.field("subselect").has("limitCount");
    }
    return node.is("SubLink") && node.text("subLinkType") == "ANY_SUBLINK" &&
           node.field("subselect").has("limitCount");
}

} // namespace

WhereFacts whereFacts(const ParseNode& where,
                      std::string_view relation,
                      const std::set<std::string>& variables)
{
    WhereFacts result;
    result.alwaysTrue = constantTruth(where, 0).value_or(false);
    const std::set<std::string> bounded =
        ConditionReader(relation, variables).boundsOf(where).all();
    result.bounded.assign(bounded.begin(), bounded.end());
    result.limited = where.is("CurrentOfExpr") || isLimited(where, 0);
    return result;
}

} // namespace sightglass
