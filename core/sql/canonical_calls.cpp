// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_analysis.h"

#include <algorithm>

namespace sightglass::canonical {

bool Analysis::coerceArguments(std::vector<ExpressionPtr>& arguments,
                               const std::vector<TypeId>& declared)
{
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i]->type.id == declared[i])
            continue;
        arguments[i] = m_coercion.coerce(std::move(arguments[i]),
                                         {.id = declared[i]},
                                         CoercionContext::Implicit,
                                         Form::ImplicitCast);
        if (!arguments[i])
            return false;
    }
    return true;
}

bool Analysis::callable(const ParseNode& node)
{
    if (node.has("over")) {
        m_types.trouble().refuse("42P20",
                                 "window functions are not allowed in " + std::string(place()));
        return false;
    }
    if (node.flag("agg_star") || node.flag("agg_distinct") || node.has("agg_filter") ||
        node.has("agg_order")) {
        m_types.trouble().refuse("42803",
                                 "aggregate functions are not allowed in " + std::string(place()));
        return false;
    }
    return true;
}

ExpressionPtr Analysis::call(const ParseNode& node)
{
    const std::vector<std::string> names = node.strings("funcname");
    if (names.empty() || !callable(node))
        return nullptr;
    const FunctionCall called{.schema = names.size() > 1 ? names[names.size() - 2] : std::string(),
                              .name = names.back(),
                              .variadic = node.flag("func_variadic")};
    std::vector<ExpressionPtr> arguments;
    for (const ParseNode& argument : node.list("args")) {
        if (argument.is("NamedArgExpr")) {
            m_types.trouble().doubt("function " + called.name + " is called with named arguments");
            return nullptr;
        }
        arguments.push_back(read(argument));
        if (!arguments.back())
            return nullptr;
    }
    const bool syntax = node.text("funcformat") == "COERCE_SQL_SYNTAX";
    return callOf(called, std::move(arguments), syntax ? Form::Syntax : Form::Call);
}

ExpressionPtr
Analysis::callAsCast(const FunctionCall& called, const ExpressionPtr& argument, bool& done)
{
    const TypeId target = m_types.lookup(called.schema, called.name);
    if (target == type::none || m_types.facts(target).kind == 'c')
        return nullptr;
    const TypeId source = argument->type.id;
    if (source != type::unknown) {
        const CoercionPath way = m_coercion.path(target, source, CoercionContext::Explicit);
        if (way != CoercionPath::Relabel && way != CoercionPath::ThroughText)
            return nullptr;
    }
    done = true;
    return m_coercion.coerce(
        argument, {.id = target}, CoercionContext::Explicit, Form::ExplicitCast);
}

ExpressionPtr
Analysis::callOf(const FunctionCall& called, std::vector<ExpressionPtr> arguments, Form form)
{
    std::vector<TypeId> actual;
    for (const ExpressionPtr& argument : arguments)
        actual.push_back(argument->type.id);
    const std::vector<Candidate> candidates = functionCandidates(called, arguments.size(), m_types);
    const auto exact = std::ranges::find(candidates, actual, &Candidate::arguments);
    if (exact != candidates.end())
        return finishCall(called, *exact, std::move(arguments), form);
    if (arguments.size() == 1) {
        bool done = false;
        ExpressionPtr result = callAsCast(called, arguments.front(), done);
        if (done)
            return result;
    }
    const auto possible = fitting(candidates, actual, m_coercion);
    const Candidate* const best = possible.empty()       ? nullptr
                                  : possible.size() == 1 ? possible.front()
                                                         : bestOf(possible, actual, m_coercion);
    if (best == nullptr) {
        missingFunction(called, actual, !possible.empty());
        return nullptr;
    }
    return finishCall(called, *best, std::move(arguments), form);
}

void Analysis::missingFunction(const FunctionCall& called,
                               const std::vector<TypeId>& actual,
                               bool ambiguous)
{
    std::string words = called.schema.empty() ? called.name : called.schema + "." + called.name;
    words += "(";
    for (std::size_t i = 0; i < actual.size(); ++i)
        words += (i == 0 ? "" : ", ") + m_types.spell(actual[i]);
    words += ")";
    const auto& functions = m_types.scope().schema.functions;
    const bool own = std::ranges::any_of(
        functions, [&](const auto& entry) { return entry.first.first.name == called.name; });
    const bool foreign = std::ranges::any_of(
        actual, [&](TypeId id) { return m_types.facts(m_types.baseOf(id)).kind == 'o'; });
    if (own || foreign || !m_types.unlistedExtension().empty())
        m_types.trouble().doubt("function " + words + " can't be told from what is known");
    else if (ambiguous)
        m_types.trouble().refuse("42725", "function " + words + " is not unique");
    else if (!called.schema.empty() && called.schema != "pg_catalog" &&
             called.schema != "information_schema" &&
             !m_types.scope().schema.namespaces.contains(called.schema))
        m_types.trouble().refuse("3F000", "schema \"" + called.schema + "\" does not exist");
    else
        m_types.trouble().refuse(
            "42883", "function " + words + " does not exist", "function " + called.name);
}

namespace {

std::string
spelledName(const FunctionCall& called, const Candidate& candidate, const TypeSpace& types)
{
    std::string schema;
    if (candidate.own) {
        if (!types.pathPosition(candidate.schema))
            schema = candidate.schema;
    } else if (candidate.origin != 0 && !types.visible(candidate.origin)) {
        schema = called.schema;
    }
    return toSql(QualifiedName{.schema = schema, .name = called.name});
}

} // namespace

ExpressionPtr Analysis::finishCall(const FunctionCall& called,
                                   const Candidate& candidate,
                                   std::vector<ExpressionPtr> arguments,
                                   Form form)
{
    if (candidate.kind != 'f' || candidate.set) {
        const std::string words = candidate.kind == 'a'   ? "aggregate"
                                  : candidate.kind == 'w' ? "window"
                                                          : "set-returning";
        m_types.trouble().refuse(candidate.kind == 'f' ? "0A000" : "42803",
                                 words + " functions are not allowed in " + std::string(place()));
        return nullptr;
    }
    std::vector<TypeId> actual;
    for (const ExpressionPtr& argument : arguments)
        actual.push_back(argument->type.id);
    const auto resolved = m_coercion.resolve(actual, candidate.arguments, candidate.result);
    if (resolved.undetermined) {
        m_types.trouble().refuse(
            "42P18", "could not determine polymorphic type because input has type unknown");
        return nullptr;
    }
    if (resolved.result == type::none || isPolymorphic(resolved.result)) {
        m_types.trouble().doubt("what function " + called.name + " returns is not known");
        return nullptr;
    }
    if (!coerceArguments(arguments, resolved.declared))
        return nullptr;
    use(candidate.volatility);
    Expression made{.kind = Kind::Call,
                    .type = {.id = resolved.result},
                    .form = form,
                    .text = spelledName(called, candidate, m_types),
                    .variadic = called.variadic,
                    .arguments = std::move(arguments)};
    if (candidate.variadic && candidate.arguments.back() != type::any) {
        const auto declared =
            std::ranges::find_if(functionsNamed(called.name), [&](const CatalogFunction& row) {
                return row.variadic == candidate.arguments.back();
            });
        const std::size_t first = declared != functionsNamed(called.name).end()
                                      ? declared->arguments - std::size_t{1}
                                      : made.arguments.size() - 1;
        const auto begin = made.arguments.begin() + static_cast<std::ptrdiff_t>(first);
        std::vector<ExpressionPtr> last(begin, made.arguments.end());
        made.arguments.erase(begin, made.arguments.end());
        const TypeId element = last.front()->type.id;
        made.arguments.push_back(make({.kind = Kind::Array,
                                       .type = {.id = m_types.facts(element).array},
                                       .arguments = std::move(last)}));
        made.variadic = true;
    }
    return make(std::move(made));
}

} // namespace sightglass::canonical
