// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_analysis.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass::canonical {

namespace {

constexpr int deepestArray = 200;

ExpressionPtr nullLiteral()
{
    return make({.kind = Kind::Constant, .type = {.id = type::unknown}, .null = true});
}

} // namespace

std::int32_t agreedModifier(const std::vector<ExpressionPtr>& nodes, TypeId id)
{
    const std::int32_t first = nodes.empty() ? -1 : modifierOf(*nodes.front());
    const bool agreed = std::ranges::all_of(nodes, [&](const ExpressionPtr& node) {
        return node->type == TypeUse{.id = id, .modifier = first};
    });
    return agreed ? first : -1;
}

ExpressionPtr Analysis::caseOf(const ParseNode& node)
{
    ExpressionPtr argument;
    if (node.has("arg")) {
        argument = read(node.field("arg"));
        if (argument && argument->type.id == type::unknown)
            argument = m_coercion.coerce(std::move(argument),
                                         {.id = type::text},
                                         CoercionContext::Implicit,
                                         Form::ImplicitCast);
        if (!argument)
            return nullptr;
    }
    std::vector<ExpressionPtr> conditions;
    std::vector<ExpressionPtr> results = {node.has("defresult") ? read(node.field("defresult"))
                                                                : nullLiteral()};
    for (const ParseNode& when : node.list("args")) {
        ExpressionPtr condition = read(when.field("expr"));
        if (condition && argument)
            condition = makeOperator(
                "=", make({.kind = Kind::CaseTest, .type = argument->type}), std::move(condition));
        conditions.push_back(toBoolean(std::move(condition), "CASE/WHEN"));
        results.push_back(read(when.field("result")));
        if (!conditions.back() || !results.back())
            return nullptr;
    }
    if (!results.front())
        return nullptr;
    std::vector<TypeId> types;
    for (const ExpressionPtr& result : results)
        types.push_back(result->type.id);
    const TypeId common = m_coercion.commonType(types, "CASE");
    if (common == type::none)
        return nullptr;
    for (ExpressionPtr& result : results) {
        result = m_coercion.coerceToCommon(std::move(result), common, "CASE/WHEN");
        if (!result)
            return nullptr;
    }
    Expression made{.kind = Kind::Case,
                    .type = {.id = common, .modifier = agreedModifier(results, common)}};
    made.arguments.push_back(std::move(argument));
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        made.arguments.push_back(std::move(conditions[i]));
        made.arguments.push_back(std::move(results[i + 1]));
    }
    made.arguments.push_back(std::move(results.front()));
    return make(std::move(made));
}

ExpressionPtr
Analysis::common(Kind kind, const std::vector<ParseNode>& nodes, std::string_view words)
{
    std::vector<ExpressionPtr> arguments;
    std::vector<TypeId> types;
    for (const ParseNode& node : nodes) {
        arguments.push_back(read(node));
        if (!arguments.back())
            return nullptr;
        types.push_back(arguments.back()->type.id);
    }
    const TypeId id = types.empty() ? type::none : m_coercion.commonType(types, words);
    if (id == type::none)
        return nullptr;
    for (ExpressionPtr& argument : arguments) {
        argument = m_coercion.coerceToCommon(std::move(argument), id, words);
        if (!argument)
            return nullptr;
    }
    const std::int32_t modifier = agreedModifier(arguments, id);
    return make({.kind = kind,
                 .type = {.id = id, .modifier = modifier},
                 .arguments = std::move(arguments)});
}

ExpressionPtr Analysis::coalesce(const ParseNode& node)
{
    return common(Kind::Coalesce, node.list("args"), "COALESCE");
}

ExpressionPtr Analysis::extreme(const ParseNode& node)
{
    const bool least = node.text("op") == "IS_LEAST";
    return common(
        least ? Kind::Least : Kind::Greatest, node.list("args"), least ? "LEAST" : "GREATEST");
}

ExpressionPtr Analysis::keyword(const ParseNode& node)
{
    struct Words
    {
        std::string_view operation;
        std::string_view words;
        TypeId id;
    };

    static constexpr auto table = std::to_array<Words>({
        {"SVFOP_CURRENT_DATE", "CURRENT_DATE", type::date},
        {"SVFOP_CURRENT_TIME", "CURRENT_TIME", type::timeTz},
        {"SVFOP_CURRENT_TIME_N", "CURRENT_TIME", type::timeTz},
        {"SVFOP_CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP", type::timestampTz},
        {"SVFOP_CURRENT_TIMESTAMP_N", "CURRENT_TIMESTAMP", type::timestampTz},
        {"SVFOP_LOCALTIME", "LOCALTIME", type::time},
        {"SVFOP_LOCALTIME_N", "LOCALTIME", type::time},
        {"SVFOP_LOCALTIMESTAMP", "LOCALTIMESTAMP", type::timestamp},
        {"SVFOP_LOCALTIMESTAMP_N", "LOCALTIMESTAMP", type::timestamp},
        {"SVFOP_CURRENT_ROLE", "CURRENT_ROLE", type::name},
        {"SVFOP_CURRENT_USER", "CURRENT_USER", type::name},
        {"SVFOP_USER", "USER", type::name},
        {"SVFOP_SESSION_USER", "SESSION_USER", type::name},
        {"SVFOP_CURRENT_CATALOG", "CURRENT_CATALOG", type::name},
        {"SVFOP_CURRENT_SCHEMA", "CURRENT_SCHEMA", type::name},
    });
    const auto* const found = std::ranges::find(table, node.text("op"), &Words::operation);
    if (found == table.end())
        return nullptr;
    Expression made{
        .kind = Kind::Keyword, .type = {.id = found->id}, .text = std::string(found->words)};
    if (found->operation.ends_with("_N")) {
        constexpr std::int64_t finest = 6;
        made.type.modifier = static_cast<std::int32_t>(std::min(node.integer("typmod"), finest));
        made.text += "(" + std::to_string(made.type.modifier) + ")";
    }
    m_changeable = true;
    return make(std::move(made));
}

ExpressionPtr Analysis::array(const ParseNode& node)
{
    return arrayAs(node, {}, m_depth);
}

ExpressionPtr Analysis::arrayAs(const ParseNode& node, TypeUse target, int depth)
{
    if (depth > deepestArray)
        return nullptr;
    const TypeId element = target.id == 0 ? type::none : m_types.facts(target.id).element;
    bool nested = false;
    std::vector<ExpressionPtr> elements;
    std::vector<TypeId> types;
    for (const ParseNode& item : node.list("elements")) {
        const bool inner = item.is("A_ArrayExpr");
        ExpressionPtr value = inner ? arrayAs(item, target, depth + 1) : read(item);
        if (!value)
            return nullptr;
        nested = nested || inner || m_types.facts(m_types.baseOf(value->type.id)).element != 0;
        types.push_back(value->type.id);
        elements.push_back(std::move(value));
    }
    TypeId wanted = nested ? target.id : element;
    TypeId array = target.id;
    if (target.id == type::none) {
        if (elements.empty()) {
            m_types.trouble().refuse("42P18", "cannot determine type of empty array");
            return nullptr;
        }
        wanted = m_coercion.commonType(types, "ARRAY");
        if (wanted == type::none)
            return nullptr;
        array = nested ? wanted : m_types.facts(wanted).array;
    }
    for (ExpressionPtr& value : elements) {
        value = target.id == type::none
                    ? m_coercion.coerceToCommon(std::move(value), wanted, "ARRAY")
                    : m_coercion.coerceTo(std::move(value),
                                          {.id = wanted, .modifier = target.modifier},
                                          CoercionContext::Explicit,
                                          Form::ExplicitCast);
        if (!value)
            return nullptr;
    }
    const std::int32_t modifier = elements.empty() ? -1 : agreedModifier(elements, wanted);
    return make({.kind = Kind::Array,
                 .type = {.id = array, .modifier = modifier},
                 .arguments = std::move(elements)});
}

} // namespace sightglass::canonical
