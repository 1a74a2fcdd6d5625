// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/expression_effects.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

bool isContainer(const Literal& value)
{
    return value.kind == Literal::Kind::List || value.kind == Literal::Kind::Set ||
           value.kind == Literal::Kind::Dictionary;
}

} // namespace

void ExpressionEffects::apply(SyntaxNode node)
{
    const std::string_view text = node.text();
    if (m_hooks.onCall) {
        for (SyntaxNode call : nodesOfKind(node, "call", {"lambda"}))
            m_hooks.onCall(call, m_names.names());
    }
    if (text.find(":=") != std::string_view::npos) {
        for (SyntaxNode named : nodesOfKind(node, "named_expression", {"lambda"}))
            m_names.bind(named.field("name").text(),
                         evaluate(named.field("value"), m_names.names(), m_hooks),
                         node);
    }
    const bool lends = text.find('(') != std::string_view::npos &&
                       std::ranges::any_of(m_names.names(), [](const auto& one) {
                           return isContainer(one.second.value);
                       });
    if (lends)
        lendContainers(node);
    static constexpr std::array words{
        "globals", "locals", "vars", "exec", "setattr", "sys.modules"};
    const bool suspect = std::ranges::any_of(
        words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
    if (!suspect && m_globals.empty())
        return;
    for (SyntaxNode call : nodesOfKind(node, "call", {"lambda"}))
        called(call, node);
}

/// A function that is handed a list or dictionary may change it.
void ExpressionEffects::lendContainers(SyntaxNode statement)
{
    static constexpr std::array pure{
        "tuple", "list", "set", "frozenset", "dict", "str", "len", "sorted", "print"};
    static constexpr std::array reading{".update", ".extend", ".join", ".union"};
    std::vector<std::string> lent;
    for (SyntaxNode call : nodesOfKind(statement, "call", {"lambda"})) {
        const std::string_view function = call.field("function").text();
        const bool reads = std::ranges::any_of(
            reading, [&](std::string_view one) { return function.ends_with(one); });
        if (reads || std::ranges::find(pure, function) != pure.end())
            continue;
        for (SyntaxNode part : call.field("arguments").namedChildren()) {
            const SyntaxNode argument = part.is("keyword_argument") ? part.field("value") : part;
            const auto found = m_names.names().find(argument.text());
            if (argument.is("identifier") && found != m_names.names().end() &&
                isContainer(found->second.value)) {
                lent.emplace_back(argument.text());
            }
        }
    }
    for (const std::string& name : lent)
        m_names.bind(name,
                     Literal::unknown("passed to a call that may change it, " + inLine(statement)),
                     statement);
}

void ExpressionEffects::called(SyntaxNode call, SyntaxNode statement)
{
    const std::string_view name = call.field("function").text();
    const auto arguments = call.field("arguments").namedChildren();
    const bool own =
        name == "globals" || ((name == "locals" || name == "vars") && arguments.empty());
    const bool onModule = name == "setattr" && !arguments.empty() &&
                          arguments.front().text().find("sys.modules") != std::string_view::npos;
    if (own || onModule || name == "exec")
        m_names.forgetAll("may be rebound through " + std::string(name) + "(), " +
                          inLine(statement));
    if (const auto found = m_globals.find(name); found != m_globals.end()) {
        for (const std::string& rebound : found->second) {
            m_names.bind(rebound,
                         Literal::unknown("rebound inside the function " + std::string(name) +
                                          ", called in " + inLine(statement)),
                         statement);
        }
    }
}

void ExpressionEffects::addGlobal(std::string_view function, std::string_view name)
{
    m_globals[std::string(function)].emplace_back(name);
}

} // namespace sightglass
