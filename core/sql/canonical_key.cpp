// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_key.h"

#include "core/sql/canonical_deparse.h"
#include "core/sql/parsed_texts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass::canonical {

namespace {

// In parentheses, so that a fault is told as in CHECK ( … ); the end is on a line of its own for
// text that ends in a comment.
constexpr std::string_view expressionLead = "SELECT (";
constexpr std::string_view expressionEnd = "\n)";

/// The one expression of "SELECT <expression>"; absent: the text is more, or less, than one.
std::optional<ParseNode> onlyExpression(const ParseTree& tree)
{
    const auto statements = tree.statements();
    if (statements.size() != 1 || !statements.front().is("SelectStmt"))
        return std::nullopt;
    const ParseNode select = statements.front();
    const auto targets = select.list("targetList");
    for (const std::string_view clause : {"fromClause",
                                          "whereClause",
                                          "groupClause",
                                          "sortClause",
                                          "limitCount",
                                          "larg",
                                          "intoClause",
                                          "havingClause",
                                          "windowClause",
                                          "distinctClause",
                                          "lockingClause"}) {
        if (select.has(clause) || !select.list(clause).empty())
            return std::nullopt;
    }
    if (targets.size() != 1 || !targets.front().text("name").empty())
        return std::nullopt;
    return targets.front().field("val");
}

/// What the place asks of an expression's type; null with trouble when it can't be.
ExpressionPtr fitted(ExpressionPtr node,
                     Analysis& analysis,
                     ExpressionUse use,
                     TypeUse target,
                     std::string_view columnName)
{
    if (use == ExpressionUse::Check || use == ExpressionUse::Predicate)
        return analysis.toBoolean(std::move(node), use == ExpressionUse::Check ? "CHECK" : "WHERE");
    if (use == ExpressionUse::Trigger)
        return analysis.toBoolean(std::move(node), "WHEN");
    if (use == ExpressionUse::IndexKey || target.id == type::none)
        return node;
    TypeSpace& types = analysis.coercion().types();
    const TypeId source = node->type.id;
    ExpressionPtr result = analysis.coercion().coerceTo(
        std::move(node), target, CoercionContext::Assignment, Form::ImplicitCast);
    if (result || types.trouble().any())
        return result;
    if (types.facts(types.baseOf(target.id)).kind == 'o' ||
        types.facts(types.baseOf(source)).kind == 'o')
        types.trouble().doubt("casts to type " + types.spell(target.id) + " are not known");
    else
        types.trouble().refuse("42804",
                               "column \"" + std::string(columnName) + "\" is of type " +
                                   types.spell(target.id) + " but default expression is of type " +
                                   types.spell(source),
                               "column " + std::string(columnName));
    return nullptr;
}

/// What PostgreSQL says of a changeable function there; empty: it may stand there.
std::string_view immutableWords(ExpressionUse use)
{
    switch (use) {
    case ExpressionUse::IndexKey:
        return "functions in index expression must be marked IMMUTABLE";
    case ExpressionUse::Predicate:
        return "functions in index predicate must be marked IMMUTABLE";
    case ExpressionUse::Generated:
        return "generation expression is not immutable";
    case ExpressionUse::Default:
    case ExpressionUse::Check:
    case ExpressionUse::Trigger:
        break;
    }
    return {};
}

/// A doubt ends the analysis before every name was seen. A column that is not there is an error
/// whatever the rest means.
void refuseMissingColumn(std::string_view sql, TypeSpace& types)
{
    constexpr auto system =
        std::to_array<std::string_view>({"tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"});
    const Table* const table = types.scope().table;
    Trouble& trouble = types.trouble();
    if (table == nullptr || !trouble.any() || trouble.refusal())
        return;
    for (const std::string& name : columnsOf(sql)) {
        if (table->column(name) != nullptr || name == table->name.name ||
            std::ranges::find(system, name) != system.end())
            continue;
        trouble = {};
        trouble.refuse("42703",
                       "column \"" + name + "\" does not exist",
                       "column " + table->name.name + "." + name);
        return;
    }
}

} // namespace

ExpressionPtr analysed(std::string_view sql,
                       ExpressionUse use,
                       TypeSpace& types,
                       TypeUse target,
                       std::string_view columnName,
                       std::vector<std::string>& columns)
{
    Trouble& trouble = types.trouble();
    const std::string source =
        std::string(expressionLead) + std::string(sql) + std::string(expressionEnd);
    const auto tree = parseSql(source, types.scope().parsedTexts);
    if (!tree) {
        trouble.refuse(parserState(tree.error().message), tree.error().message);
        return nullptr;
    }
    const auto expression = onlyExpression(*tree);
    const bool list = expression && expression->is("RowExpr") &&
                      expression->location() == expressionLead.size() - 1;
    if (!expression || list) {
        trouble.refuse("42601",
                       list ? "syntax error at or near \",\"" : "syntax error in expression");
        return nullptr;
    }
    Analysis analysis(types, use, source);
    ExpressionPtr node = analysis.read(*expression);
    if (node)
        node = fitted(std::move(node), analysis, use, target, columnName);
    if (!node && !trouble.any())
        trouble.doubt("the expression holds what is not read");
    const std::string_view words = immutableWords(use);
    if (!words.empty() && analysis.changeable())
        trouble.refuse("42P17", std::string(words));
    if (use != ExpressionUse::Default && use != ExpressionUse::Trigger)
        refuseMissingColumn(sql, types);
    columns = analysis.columns();
    types.setSource({});
    return trouble.any() ? nullptr : node;
}

std::optional<Key> keyOf(std::string_view sql, TypeSpace& types)
{
    Key key;
    ExpressionPtr node = analysed(sql, ExpressionUse::IndexKey, types, {}, {}, key.columns);
    if (!node)
        return std::nullopt;
    while (node->kind == Kind::Collate) {
        if (key.collation.empty())
            key.collation = node->text;
        node = node->arguments.front();
    }
    key.type = node->type.id;
    key.text = deparse(*node, types);
    if (node->kind == Kind::Variable)
        key.column = node->text;
    else if (!looksLikeFunction(*node))
        key.text = "(" + key.text + ")";
    if (key.type == type::unknown)
        types.trouble().doubt("the index is on a constant");
    return types.trouble().any() ? std::nullopt : std::optional<Key>(std::move(key));
}

} // namespace sightglass::canonical
