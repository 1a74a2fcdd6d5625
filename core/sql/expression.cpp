// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/expression.h"

#include "core/sql/canonical_analysis.h"
#include "core/sql/canonical_deparse.h"
#include "core/sql/parse_tree.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

using canonical::Trouble;

constexpr std::string_view expressionLead = "SELECT ";

template <typename T>
Outcome<Known<T>, Refusal> answerOf(const Trouble& trouble)
{
    if (trouble.refusal())
        return otherwise(*trouble.refusal());
    return Known<T>(Unknown{.reason = trouble.reason()});
}

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
canonical::ExpressionPtr fitted(canonical::ExpressionPtr node,
                                canonical::Analysis& analysis,
                                ExpressionUse use,
                                std::string_view columnType,
                                std::string_view columnName)
{
    using namespace canonical;
    if (use == ExpressionUse::Check || use == ExpressionUse::Predicate)
        return analysis.toBoolean(std::move(node), use == ExpressionUse::Check ? "CHECK" : "WHERE");
    if (use == ExpressionUse::IndexKey || columnType.empty())
        return node;
    TypeSpace& types = analysis.coercion().types();
    const TypeUse target = types.readSpelling(columnType);
    if (target.id == type::none)
        return nullptr;
    const TypeId source = node->type.id;
    ExpressionPtr result = analysis.coercion().coerceTo(
        std::move(node), target, CoercionContext::Assignment, Form::ImplicitCast);
    if (!result && !types.trouble().any()) {
        if (types.facts(types.baseOf(target.id)).kind == 'o')
            types.trouble().doubt("casts to type " + types.spell(target.id) + " are not known");
        else
            types.trouble().refuse("42804",
                                   "column \"" + std::string(columnName) + "\" is of type " +
                                       types.spell(target.id) +
                                       " but default expression is of type " + types.spell(source),
                                   "column " + std::string(columnName));
    }
    return result;
}

bool mustNotChange(ExpressionUse use)
{
    return use == ExpressionUse::IndexKey || use == ExpressionUse::Predicate ||
           use == ExpressionUse::Generated;
}

std::string_view immutableWords(ExpressionUse use)
{
    return use == ExpressionUse::IndexKey ? "functions in index expression must be marked IMMUTABLE"
           : use == ExpressionUse::Predicate
               ? "functions in index predicate must be marked IMMUTABLE"
               : "generation expression is not immutable";
}

} // namespace

Outcome<Known<std::string>, Refusal> canonicalType(std::string_view sqlType, const SqlScope& scope)
{
    Trouble trouble;
    canonical::TypeSpace types(scope, trouble);
    const canonical::TypeUse use = types.readSpelling(sqlType);
    if (trouble.any())
        return answerOf<std::string>(trouble);
    return Known<std::string>(types.spell(use));
}

Outcome<Known<CanonicalExpression>, Refusal> canonicalExpression(std::string_view sql,
                                                                 ExpressionUse use,
                                                                 const SqlScope& scope,
                                                                 std::string_view columnType,
                                                                 std::string_view columnName)
{
    const std::string source = std::string(expressionLead) + std::string(sql);
    const auto tree = parseSql(source);
    if (!tree)
        return otherwise(Refusal{.state = "42601", .message = tree.error().message});
    const auto expression = onlyExpression(*tree);
    if (!expression)
        return otherwise(Refusal{.state = "42601", .message = "syntax error"});
    Trouble trouble;
    SqlScope inner = scope;
    inner.serialTypes = false;
    canonical::TypeSpace types(inner, trouble);
    canonical::Analysis analysis(types, use, source);
    canonical::ExpressionPtr node = analysis.read(*expression);
    if (node)
        node = fitted(std::move(node), analysis, use, columnType, columnName);
    if (!node && !trouble.any())
        trouble.doubt("the expression holds what is not read");
    if (!trouble.any() && mustNotChange(use) && analysis.changeable())
        trouble.refuse("42P17", std::string(immutableWords(use)));
    if (trouble.any())
        return answerOf<CanonicalExpression>(trouble);
    // PostgreSQL keeps no default that is a bare NULL.
    if (use == ExpressionUse::Default && node->kind == canonical::Kind::Constant && node->null)
        return Known(CanonicalExpression{});
    CanonicalExpression result{.text = canonical::deparse(*node, types),
                               .columns = analysis.columns()};
    const bool bareKey = node->kind == canonical::Kind::Variable || looksLikeFunction(*node);
    if (use == ExpressionUse::IndexKey && !bareKey)
        result.text = "(" + result.text + ")";
    if (trouble.any())
        return answerOf<CanonicalExpression>(trouble);
    return Known(std::move(result));
}

} // namespace sightglass
