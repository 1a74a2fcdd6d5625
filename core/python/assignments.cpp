// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/assignments.h"

#include "core/python/dictionary.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

SyntaxNode rootOf(SyntaxNode target)
{
    while (target.is("attribute") || target.is("subscript"))
        target = target.field(target.is("attribute") ? "object" : "value");
    return target;
}

} // namespace

void Assignments::assignment(SyntaxNode node)
{
    std::vector<SyntaxNode> targets{node.field("left")};
    SyntaxNode right = node.field("right");
    while (right.is("assignment")) {
        targets.push_back(right.field("left"));
        right = right.field("right");
    }
    if (right.isNull())
        return; // only an annotation
    const Literal result =
        right.is("augmented_assignment") || right.is("yield")
            ? Literal::unknown("computed by an expression that is not followed here, " +
                               inLine(node))
            : value(right);
    for (SyntaxNode target : targets)
        assign(target, result, node);
}

void Assignments::assign(SyntaxNode target, const Literal& result, SyntaxNode statement)
{
    std::vector<std::pair<SyntaxNode, Literal>> open{{target, result}};
    while (!open.empty()) {
        auto [one, item] = std::move(open.back());
        open.pop_back();
        if (one.is("identifier")) {
            m_names.bind(one.text(), std::move(item), statement);
        } else if (one.is("attribute") || one.is("subscript")) {
            changePart(one, item, statement);
        } else {
            const auto parts = one.namedChildren();
            const bool fits = item.isSequence() && item.kind != Literal::Kind::Set &&
                              item.items.size() == parts.size() &&
                              std::ranges::none_of(parts, [](SyntaxNode part) {
                                  return part.is("list_splat_pattern");
                              });
            for (std::size_t i = 0; i < parts.size(); ++i) {
                const SyntaxNode part =
                    parts[i].is("list_splat_pattern") || parts[i].is("parenthesized_expression")
                        ? parts[i].firstNamed()
                        : parts[i];
                open.emplace_back(
                    part,
                    fits ? item.items[i]
                         : Literal::unknown("unpacked from a value that is not known, " +
                                            inLine(statement)));
            }
        }
    }
}

/// `x["key"] = value` on a dictionary that is known; any other change makes x Unknown.
void Assignments::changePart(SyntaxNode target, const Literal& item, SyntaxNode statement)
{
    const SyntaxNode object = target.field("value");
    const auto found = m_names.names().find(object.text());
    const bool dictionary = target.is("subscript") && object.is("identifier") &&
                            found != m_names.names().end() &&
                            found->second.value.kind == Literal::Kind::Dictionary &&
                            found->second.value.items.size() < 1'000;
    const Literal key = dictionary ? value(target.field("subscript")) : Literal::unknown({});
    if (!key.isText()) {
        changeInside(target, statement);
        return;
    }
    Literal changed = found->second.value;
    forgetTwins(object.text(), changed, statement);
    putEntry(changed, key, item);
    changed.range = {};
    m_names.bind(object.text(), std::move(changed), statement);
}

/// Other names of the same value may be names of the same thing, which has just changed.
void Assignments::forgetTwins(std::string_view name, const Literal& before, SyntaxNode statement)
{
    std::vector<std::string> twins;
    for (const auto& [other, binding] : m_names.names()) {
        if (other != name && binding.value.kind == before.kind &&
            binding.value.items.size() == before.items.size() && binding.value.sameValue(before))
            twins.push_back(other);
    }
    for (const std::string& twin : twins)
        m_names.bind(
            twin,
            Literal::unknown("changed in place, perhaps under another name, " + inLine(statement)),
            statement);
}

/// `x.y = …`, `x[0] = …`: whatever x was, it is something else now.
void Assignments::changeInside(SyntaxNode target, SyntaxNode statement)
{
    const SyntaxNode root = rootOf(target);
    const auto found = m_names.names().find(root.text());
    if (!root.is("identifier") || found == m_names.names().end() ||
        found->second.value.kind == Literal::Kind::Module)
        return;
    forgetTwins(root.text(), Literal(found->second.value), statement);
    m_names.bind(
        root.text(), Literal::unknown("changed in place, " + inLine(statement)), statement);
}

void Assignments::augmented(SyntaxNode node)
{
    const SyntaxNode target = node.field("left");
    if (!target.is("identifier")) {
        changeInside(target, node);
        return;
    }
    const auto found = m_names.names().find(target.text());
    Literal before = found == m_names.names().end()
                         ? Literal::unknown("not bound above " + inLine(node))
                         : valueOf(found->second, m_hooks);
    const Literal after = value(node.field("right"));
    const bool plus = node.field("operator").text() == "+=";
    Literal result =
        Literal::unknown("computed by an operator that is not followed here, " + inLine(node));
    if (plus && before.isText() && after.isText() &&
        before.text.size() + after.text.size() < 1'000'000) {
        result = Literal::ofText(before.text + after.text);
    } else if (plus && before.items.size() + after.items.size() < 100'000 &&
               ((before.kind == Literal::Kind::List && after.isSequence()) ||
                (before.kind == Literal::Kind::Tuple && after.kind == Literal::Kind::Tuple))) {
        result = std::move(before);
        result.items.insert(result.items.end(), after.items.begin(), after.items.end());
    }
    result.range = {};
    m_names.bind(target.text(), std::move(result), node);
}

void Assignments::mutation(SyntaxNode call)
{
    const SyntaxNode function = call.field("function");
    const SyntaxNode object = function.field("object");
    const auto found = m_names.names().find(object.text());
    if (!function.is("attribute") || !object.is("identifier") || found == m_names.names().end())
        return;
    Literal before = found->second.value;
    const bool container = before.kind == Literal::Kind::List ||
                           before.kind == Literal::Kind::Set ||
                           before.kind == Literal::Kind::Dictionary;
    if (!container)
        return;
    const auto arguments = call.field("arguments").namedChildren();
    const std::string_view method = function.field("attribute").text();
    if (method == "update" && before.kind == Literal::Kind::Dictionary && arguments.size() == 1) {
        const Literal more = value(arguments.front());
        if (more.kind == Literal::Kind::Dictionary &&
            more.items.size() + before.items.size() < 1'000) {
            forgetTwins(object.text(), before, call);
            for (std::size_t i = 0; i + 1 < more.items.size(); i += 2)
                putEntry(before, more.items[i], more.items[i + 1]);
            m_names.bind(object.text(), std::move(before), call);
            return;
        }
    }
    forgetTwins(object.text(), before, call);
    if (method == "append" && before.kind == Literal::Kind::List && arguments.size() == 1 &&
        before.items.size() < 10'000) {
        before.items.push_back(value(arguments.front()));
        m_names.bind(object.text(), std::move(before), call);
    } else {
        changeInside(function, call);
    }
}

Literal Assignments::value(SyntaxNode expression) const
{
    return evaluate(expression, m_names.names(), m_hooks);
}

} // namespace sightglass
