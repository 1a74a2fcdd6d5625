// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/expression.h"

#include "core/sql/canonical_deparse.h"
#include "core/sql/canonical_key.h"
#include "core/sql/parse_tree.h"

#include <utility>

namespace sightglass {

namespace {

using canonical::Trouble;
using canonical::TypeSpace;

template <typename T>
Outcome<Known<T>, Refusal> answerOf(const Trouble& trouble)
{
    if (trouble.refusal())
        return otherwise(*trouble.refusal());
    return Known<T>(Unknown{.reason = trouble.reason()});
}

CanonicalExpression keyExpression(std::string_view sql, TypeSpace& types)
{
    auto key = canonical::keyOf(sql, types);
    if (!key)
        return {};
    if (!key->collation.empty())
        key->text += " COLLATE " + key->collation;
    return {.text = std::move(key->text), .columns = std::move(key->columns)};
}

CanonicalExpression plainExpression(std::string_view sql,
                                    ExpressionUse use,
                                    TypeSpace& types,
                                    std::string_view columnType,
                                    std::string_view columnName)
{
    CanonicalExpression result;
    canonical::TypeUse target;
    const bool coerced = use == ExpressionUse::Default || use == ExpressionUse::Generated;
    if (coerced && !columnType.empty()) {
        target = types.readSpelling(columnType);
        if (target.id == canonical::type::none)
            return result;
    }
    const auto node = canonical::analysed(sql, use, types, target, columnName, result.columns);
    // PostgreSQL keeps no default that is a bare NULL.
    const bool none = use == ExpressionUse::Default && node &&
                      node->kind == canonical::Kind::Constant && node->null;
    if (node && !none)
        result.text = canonical::deparse(*node, types);
    return result;
}

} // namespace

Outcome<Known<std::string>, Refusal> canonicalType(std::string_view sqlType, const SqlScope& scope)
{
    Trouble trouble;
    TypeSpace types(scope, trouble);
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
    Trouble trouble;
    SqlScope inner = scope;
    inner.serialTypes = false;
    TypeSpace types(inner, trouble);
    CanonicalExpression result = use == ExpressionUse::IndexKey
                                     ? keyExpression(sql, types)
                                     : plainExpression(sql, use, types, columnType, columnName);
    if (trouble.any())
        return answerOf<CanonicalExpression>(trouble);
    return Known(std::move(result));
}

std::optional<Refusal> refusedInColumnDefinition(std::string_view defaultSql)
{
    const auto tree =
        parseSql("CREATE TABLE t (c integer DEFAULT " + std::string(defaultSql) + "\n)");
    if (tree)
        return std::nullopt;
    return Refusal{.state = canonical::parserState(tree.error().message),
                   .message = tree.error().message};
}

} // namespace sightglass
