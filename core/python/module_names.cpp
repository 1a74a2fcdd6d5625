// SPDX-License-Identifier: GPL-3.0-or-later
// Statements of module_names.h. Branches are followed one after another on the same names; a
// journal takes back what a branch changed, so that a branch costs what it binds and not what is
// bound.
#include "core/python/module_names.h"

#include "core/python/assignments.h"
#include "core/python/expression_effects.h"
#include "core/python/name_journal.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

constexpr int deepestBlock = 100; // CPython refuses more levels of indentation

class Follower
{
public:
    Follower(Names given, const EvaluationHooks& hooks)
        : m_hooks(hooks)
        , m_names(std::move(given))
        , m_effects(m_names, hooks)
        , m_assignments(m_names, hooks)
    {}

    ModuleNames take()
    {
        ModuleNames result = m_names.take();
        result.raises = m_raises;
        return result;
    }

    void block(SyntaxNode node)
    {
        if (m_depth >= deepestBlock)
            return;
        ++m_depth;
        for (SyntaxNode statement : node.namedChildren()) {
            if (m_ended)
                break;
            follow(statement);
        }
        --m_depth;
    }

private:
    void follow(SyntaxNode node)
    {
        const std::string_view kind = node.kind();
        if (kind == "if_statement")
            ifStatement(node);
        else if (kind == "try_statement")
            tryStatement(node);
        else if (kind == "for_statement" || kind == "while_statement")
            loop(node);
        else if (kind == "with_statement")
            withStatement(node);
        else if (kind == "match_statement")
            matchStatement(node);
        else if (kind == "function_definition" || kind == "class_definition" ||
                 kind == "decorated_definition")
            definition(node);
        else if (kind == "ERROR" || kind == "block")
            block(node);
        else
            simple(node, kind);
    }

    void simple(SyntaxNode node, std::string_view kind)
    {
        m_effects.apply(node);
        if (kind == "expression_statement") {
            const SyntaxNode inner = node.firstNamed();
            if (inner.is("assignment"))
                m_assignments.assignment(inner);
            else if (inner.is("augmented_assignment"))
                m_assignments.augmented(inner);
            else if (inner.is("call"))
                m_assignments.mutation(inner);
        } else if (kind == "assignment") {
            m_assignments.assignment(node); // inside an error node statements lose their wrapping
        } else if (kind == "import_statement") {
            importModules(node);
        } else if (kind == "import_from_statement") {
            importNames(node);
        } else if (kind == "delete_statement") {
            for (SyntaxNode target : nodesOfKind(node, "identifier", {"subscript", "attribute"}))
                m_names.unbind(target.text());
        } else if (kind == "raise_statement" || kind == "return_statement") {
            if (kind == "raise_statement" && !m_names.isTrying())
                m_raises = node.range();
            m_ended = true;
        } else if (kind == "type_alias_statement") {
            for (SyntaxNode name : nodesOfKind(node.firstNamed(), "identifier"))
                m_names.bind(name.text(), Literal::object("a type"), node);
        }
    }

    Literal value(SyntaxNode expression) const
    {
        return evaluate(expression, m_names.names(), m_hooks);
    }

    // ways

    /// Follows one way and takes it back.
    template <typename Way>
    Changes tried(const Way& way)
    {
        m_names.begin();
        const bool endedBefore = std::exchange(m_ended, false);
        way();
        Changes changes = m_names.takeBack();
        changes.ended = std::exchange(m_ended, endedBefore);
        return changes;
    }

    /// Makes one of several ways happen, none knows which.
    void merge(const std::vector<Changes>& ways, SyntaxNode statement)
    {
        if (!m_names.merge(ways, statement))
            m_ended = true;
    }

    void choose(const std::vector<Changes>& ways, SyntaxNode node)
    {
        if (ways.size() == 1) { // certain: as if it stood there without a condition
            for (const auto& [name, binding] : ways.front().now)
                m_names.set(name, binding);
            m_ended = ways.front().ended;
            return;
        }
        merge(ways, node);
    }

    // imports

    void importModules(SyntaxNode node)
    {
        for (SyntaxNode part : node.namedChildren()) {
            Literal module{.kind = Literal::Kind::Module, .text = {}, .items = {}, .range = {}};
            if (part.is("aliased_import")) {
                module.text = part.field("name").text();
                m_names.bind(part.field("alias").text(), std::move(module), node);
            } else if (part.is("dotted_name")) {
                const std::string_view first = part.text().substr(0, part.text().find('.'));
                module.text = first;
                m_names.bind(first, std::move(module), node);
            }
        }
    }

    void importNames(SyntaxNode node)
    {
        SyntaxNode source = node.field("module_name");
        ImportedName from;
        if (source.is("relative_import")) {
            const SyntaxNode dots = source.firstNamed();
            from.level = static_cast<int>(std::ranges::count(dots.text(), '.'));
            const auto parts = source.namedChildren();
            source = parts.size() > 1 ? parts[1] : SyntaxNode();
        }
        from.module = source.text();
        for (SyntaxNode part : node.namedChildren()) {
            if (part == source || part == node.field("module_name"))
                continue;
            if (part.is("wildcard_import")) {
                importAll(from, node);
                continue;
            }
            const bool renamed = part.is("aliased_import");
            from.name = renamed ? part.field("name").text() : part.text();
            const std::string_view as = renamed ? part.field("alias").text() : part.text();
            m_names.set(
                as,
                Binding{.value = Literal::unknown("imported from " +
                                                  std::string(node.field("module_name").text()) +
                                                  ", which is not in the project, " + inLine(node)),
                        .range = node.range(),
                        .imported = from});
        }
    }

    void importAll(const ImportedName& from, SyntaxNode node)
    {
        if (m_hooks.importAll) {
            if (auto names = m_hooks.importAll(from.module, from.level)) {
                for (auto& [name, binding] : *names)
                    m_names.bind(name, valueOf(binding, m_hooks), node);
                return;
            }
        }
        // Installed packages bring no name that anybody here asks for; the project's own may.
        const std::string top = from.module.substr(0, from.module.find('.'));
        const bool own =
            from.level > 0 || (m_hooks.import && m_hooks.import(top, 0, {}).has_value());
        if (own)
            m_names.open("imported by * from " + from.module + ", which could not be followed, " +
                         inLine(node));
    }

    // compound statements

    void ifStatement(SyntaxNode node)
    {
        std::vector<Changes> ways;
        bool open = true; // no condition so far held for certain
        const auto arm = [&](SyntaxNode condition, SyntaxNode body) {
            if (!open)
                return;
            m_effects.apply(condition);
            const auto decided = truth(value(condition));
            if (decided && !*decided)
                return;
            open = !decided.has_value();
            ways.push_back(tried([&] { block(body); }));
        };
        arm(node.field("condition"), node.field("consequence"));
        for (SyntaxNode part : node.namedChildren()) {
            if (part.is("elif_clause"))
                arm(part.field("condition"), part.field("consequence"));
            if (part.is("else_clause") && open) {
                ways.push_back(tried([&] { block(part.field("body")); }));
                open = false;
            }
        }
        if (open)
            ways.emplace_back();
        choose(ways, node);
    }

    static bool cannotFail(SyntaxNode body, Follower& follower)
    {
        return std::ranges::all_of(body.namedChildren(), [&](SyntaxNode statement) {
            const SyntaxNode inner = statement.firstNamed();
            return statement.is("pass_statement") ||
                   (statement.is("expression_statement") && inner.is("assignment") &&
                    inner.field("left").is("identifier") &&
                    follower.value(inner.field("right")).isKnown());
        });
    }

    void tryStatement(SyntaxNode node)
    {
        const SyntaxNode body = node.field("body");
        const bool safe = cannotFail(body, *this);
        SyntaxNode elseBody;
        std::vector<SyntaxNode> handlers;
        SyntaxNode finallyBody;
        for (SyntaxNode part : node.namedChildren()) {
            if (part.is("except_clause") || part.is("except_group_clause"))
                handlers.push_back(part);
            else if (part.is("else_clause"))
                elseBody = part.field("body");
            else if (part.is("finally_clause"))
                finallyBody =
                    part.namedChildren().empty() ? SyntaxNode() : part.namedChildren().back();
        }
        std::vector<Changes> ways{tried([&] {
            block(body);
            if (!m_ended && elseBody)
                block(elseBody);
        })};
        for (SyntaxNode handler : handlers) {
            if (!safe)
                ways.push_back(tried([&] { failedThenHandled(body, handler); }));
        }
        choose(ways, node);
        const bool ended = std::exchange(m_ended, false);
        if (finallyBody)
            block(finallyBody);
        m_ended = m_ended || ended;
    }

    void failedThenHandled(SyntaxNode body, SyntaxNode handler)
    {
        Changes reached = tried([&] { block(body); });
        reached.ended = false;
        merge({reached, Changes{}}, body);
        for (SyntaxNode name : nodesOfKind(handler, "as_pattern_target", {"block"}))
            m_names.bind(name.text(), Literal::object("an exception"), handler);
        const auto parts = handler.namedChildren();
        if (!parts.empty() && parts.back().is("block"))
            block(parts.back());
    }

    void loop(SyntaxNode node)
    {
        m_effects.apply(node.field(node.is("for_statement") ? "right" : "condition"));
        Changes once = tried([&] {
            if (node.is("for_statement"))
                m_assignments.assign(node.field("left"),
                                     Literal::unknown("bound by the loop in " + inLine(node)),
                                     node);
            block(node.field("body"));
        });
        once.ended = false;
        for (auto& [name, binding] : once.now)
            m_names.set(name,
                        Binding{.value = Literal::unknown("bound in the loop in " + inLine(node)),
                                .range = node.range()});
        if (const SyntaxNode otherwise = node.field("alternative"))
            merge({tried([&] { block(otherwise.field("body")); }), Changes{}}, node);
    }

    void withStatement(SyntaxNode node)
    {
        for (SyntaxNode part : node.namedChildren()) {
            if (!part.is("with_clause"))
                continue;
            m_effects.apply(part);
            for (SyntaxNode target : nodesOfKind(part, "as_pattern_target"))
                m_assignments.assign(target.firstNamed(),
                                     Literal::unknown("bound by the with in " + inLine(node)),
                                     node);
        }
        block(node.field("body"));
    }

    void matchStatement(SyntaxNode node)
    {
        std::vector<Changes> ways(1); // no case may fit
        for (SyntaxNode clause : nodesOfKind(node.field("body"), "case_clause", {"case_clause"}))
            ways.push_back(tried([&] { block(clause.field("consequence")); }));
        merge(ways, node);
    }

    void definition(SyntaxNode node)
    {
        const SyntaxNode inner = node.is("decorated_definition") ? node.field("definition") : node;
        const std::string_view name = inner.field("name").text();
        if (inner.is("function_definition") &&
            inner.text().find("global") != std::string_view::npos) {
            for (SyntaxNode statement : nodesOfKind(inner, "global_statement")) {
                for (SyntaxNode rebound : statement.namedChildren())
                    m_effects.addGlobal(name, rebound.text());
            }
        }
        if (!(inner == node)) {
            for (SyntaxNode part : node.namedChildren()) {
                if (part.is("decorator"))
                    m_effects.apply(part);
            }
        }
        if (inner.is("class_definition"))
            classAttributes(name, inner.field("body"), node);
        m_names.bind(
            name, Literal::object(inner.is("class_definition") ? "a class" : "a function"), node);
    }

    /// Binds `Class.attribute` for what the class's body binds to known values.
    void classAttributes(std::string_view name, SyntaxNode body, SyntaxNode node)
    {
        const std::string prefix = std::string(name) + ".";
        std::vector<std::string> old;
        for (auto one = m_names.names().lower_bound(prefix);
             one != m_names.names().end() && one->first.starts_with(prefix);
             ++one)
            old.push_back(one->first);
        for (const std::string& attribute : old)
            m_names.unbind(attribute);
        const Changes inside = tried([&] { block(body); });
        for (const auto& [attribute, binding] : inside.now) {
            if (binding && !binding->imported && binding->value.isKnown())
                m_names.bind(prefix + attribute, binding->value, node);
        }
    }

    const EvaluationHooks& m_hooks;
    NameJournal m_names;
    ExpressionEffects m_effects;
    Assignments m_assignments;
    TextRange m_raises; ///< line 0 when none is reached for certain
    bool m_ended = false;
    int m_depth = 0;
};

} // namespace

const Binding* ModuleNames::find(std::string_view name) const
{
    const auto found = names.find(name);
    return found == names.end() ? nullptr : &found->second;
}

ModuleNames followStatements(SyntaxNode block, Names given, const EvaluationHooks& hooks)
{
    Follower follower(std::move(given), hooks);
    follower.block(block);
    return follower.take();
}

Literal docstringOf(SyntaxNode module)
{
    const SyntaxNode first = module.firstNamed();
    if (!first.is("expression_statement") || first.namedChildren().size() != 1)
        return Literal::none();
    SyntaxNode inner = first.firstNamed();
    for (int depth = 0; inner.is("parenthesized_expression") && depth < deepestBlock; ++depth)
        inner = inner.firstNamed();
    if (!inner.is("string") && !inner.is("concatenated_string"))
        return Literal::none();
    for (SyntaxNode start : nodesOfKind(inner, "string_start")) {
        if (start.text().find_first_of("fF") != std::string_view::npos)
            return Literal::none();
    }
    Literal result = evaluate(inner, {});
    if (!result.isKnown()) { // an escape by a character's name: shown as written
        std::string raw;
        for (SyntaxNode content : nodesOfKind(inner, "string_content"))
            raw += decodeStringPart(content.text(), "r").value_or(std::string());
        result = Literal::ofText(std::move(raw));
        result.range = inner.range();
    }
    return result.kind == Literal::Kind::Bytes ? Literal::none() : result;
}

} // namespace sightglass