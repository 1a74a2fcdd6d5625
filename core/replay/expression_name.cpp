// SPDX-License-Identifier: GPL-3.0-or-later
//
// source  FigureColnameInternal
#include "core/replay/naming.h"
#include "core/sql/parse_tree.h"
#include "core/sql/statement_text.h"

#include <algorithm>
#include <array>

namespace sightglass::replaying {

namespace {

constexpr int deepest = 64;

/// A name that a cast or a CASE around it takes over where it is `strong`.
struct Figured
{
    std::string name;
    bool strong = false;
};

struct Word
{
    std::string_view kind;
    std::string_view name;
};

constexpr auto kindNames = std::to_array<Word>({
    {"CoalesceExpr", "coalesce"},
    {"RowExpr", "row"},
    {"A_ArrayExpr", "array"},
    {"GroupingFunc", "grouping"},
    {"XmlSerialize", "xmlserialize"},
});

std::string lastOf(const std::vector<std::string>& parts)
{
    return parts.empty() || parts.back() == "*" ? std::string() : parts.back();
}

/// "SVFOP_CURRENT_TIMESTAMP_N" is current_timestamp.
std::string keywordName(std::string_view operation)
{
    constexpr std::string_view prefix = "SVFOP_";
    if (operation.starts_with(prefix))
        operation.remove_prefix(prefix.size());
    if (operation.ends_with("_N"))
        operation.remove_suffix(2);
    return lowerCase(operation);
}

Figured figured(const ParseNode& node, int depth);

Figured around(const ParseNode& inner, std::string otherwise, int depth)
{
    Figured found = figured(inner, depth + 1);
    if (found.strong || otherwise.empty())
        return found;
    return {.name = std::move(otherwise), .strong = false};
}

Figured figured(const ParseNode& node, int depth)
{
    if (depth > deepest)
        return {};
    if (node.is("ColumnRef"))
        return {.name = lastOf(node.strings("fields")), .strong = true};
    if (node.is("FuncCall"))
        return {.name = lastOf(node.strings("funcname")), .strong = true};
    if (node.is("TypeCast"))
        return around(node.field("arg"), lastOf(node.field("typeName").strings("names")), depth);
    if (node.is("CaseExpr"))
        return around(node.field("defresult"), "case", depth);
    if (node.is("CollateClause"))
        return figured(node.field("arg"), depth + 1);
    if (node.is("A_Indirection")) {
        const std::string field = lastOf(node.strings("indirection"));
        return field.empty() ? figured(node.field("arg"), depth + 1)
                             : Figured{.name = field, .strong = true};
    }
    if (node.is("A_Expr") && node.text("kind") == "AEXPR_NULLIF")
        return {.name = "nullif", .strong = true};
    if (node.is("MinMaxExpr"))
        return {.name = node.text("op") == "IS_GREATEST" ? "greatest" : "least", .strong = true};
    if (node.is("SQLValueFunction"))
        return {.name = keywordName(node.text("op")), .strong = true};
    const auto word = std::ranges::find(kindNames, node.kind(), &Word::kind);
    return word == kindNames.end() ? Figured{}
                                   : Figured{.name = std::string(word->name), .strong = true};
}

} // namespace

std::string nameOfExpression(std::string_view expression)
{
    const auto tree = parseSql("SELECT " + std::string(expression));
    if (!tree || tree->statements().empty())
        return "expr";
    const auto targets = tree->statements().front().list("targetList");
    if (targets.size() != 1)
        return "expr";
    const std::string name = figured(targets.front().field("val"), 0).name;
    return name.empty() ? "expr" : name;
}

std::string nameOfOutput(const ParseNode& value)
{
    const std::string name = figured(value, 0).name;
    return name.empty() ? "?column?" : name;
}

} // namespace sightglass::replaying
