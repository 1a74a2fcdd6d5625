// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/python_outline.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr int deepestNode = 400;

struct Surroundings
{
    std::size_t function = 0;
    std::string condition;
    int depth = 0;
};

std::string lastName(SyntaxNode node)
{
    if (node.is("attribute"))
        return std::string(node.field("attribute").text());
    return node.is("identifier") ? std::string(node.text()) : std::string();
}

bool isMainCheck(SyntaxNode condition)
{
    const std::string_view text = condition.text();
    return text.find("__name__") != std::string_view::npos &&
           text.find("__main__") != std::string_view::npos;
}

class OutlineReader
{
public:
    explicit OutlineReader(const std::vector<std::string_view>& names)
        : m_names(names)
    {}

    PythonOutline read(SyntaxNode root)
    {
        m_made.functions.push_back(
            {.name = {}, .decorators = {}, .range = root.range(), .calls = {}});
        visit(root, {});
        return std::move(m_made);
    }

private:
    void visit(SyntaxNode node, const Surroundings& here)
    {
        if (here.depth > deepestNode)
            return;
        if (node.is("decorated_definition"))
            return visitDecorated(node, here);
        if (node.is("function_definition"))
            return visitFunction(node, {}, here);
        if (node.is("if_statement"))
            return visitIf(node, here);
        if (node.is("import_from_statement") || node.is("import_statement"))
            return addImports(node);
        if (node.is("attribute"))
            addAttribute(node, here);
        if (node.is("call"))
            addCall(node, here);
        visitChildren(node, here);
    }

    void visitChildren(SyntaxNode node, Surroundings here)
    {
        ++here.depth;
        for (SyntaxNode child : node.namedChildren())
            visit(child, here);
    }

    void visitDecorated(SyntaxNode node, Surroundings here)
    {
        std::string decorators;
        for (SyntaxNode child : node.namedChildren()) {
            if (child.is("decorator")) {
                decorators += std::string(child.text()) + "\n";
                visitChildren(child, here);
            }
        }
        const SyntaxNode definition = node.field("definition");
        ++here.depth;
        if (definition.is("function_definition"))
            visitFunction(definition, decorators, here);
        else
            visit(definition, here);
    }

    void visitFunction(SyntaxNode node, const std::string& decorators, Surroundings here)
    {
        m_made.functions.push_back({.name = std::string(node.field("name").text()),
                                    .decorators = decorators,
                                    .range = node.range(),
                                    .calls = {}});
        here.function = m_made.functions.size() - 1;
        here.condition.clear();
        visitChildren(node.field("parameters"), here);
        visitChildren(node.field("body"), here);
    }

    void visitIf(SyntaxNode node, const Surroundings& here)
    {
        const SyntaxNode condition = node.field("condition");
        Surroundings inside = here;
        ++inside.depth;
        if (here.function == 0 && isMainCheck(condition)) {
            m_made.functions.push_back(
                {.name = "__main__", .decorators = {}, .range = node.range(), .calls = {}});
            inside.function = m_made.functions.size() - 1;
        } else {
            inside.condition = std::string(condition.text());
        }
        visit(condition, here);
        for (SyntaxNode child : node.namedChildren()) {
            if (!(child == condition))
                visit(child, inside);
        }
    }

    void addImports(SyntaxNode node)
    {
        const SyntaxNode from = node.field("module_name");
        for (SyntaxNode child : node.namedChildren()) {
            if (child == from)
                continue;
            const SyntaxNode name = child.is("aliased_import") ? child.field("name") : child;
            const std::string written(name.text());
            std::string called =
                child.is("aliased_import") ? std::string(child.field("alias").text()) : written;
            if (from)
                m_made.imports.push_back({.name = std::move(called),
                                          .module = std::string(from.text()),
                                          .origin = written});
            else
                m_made.imports.push_back(
                    {.name = std::move(called), .module = written, .origin = {}});
        }
    }

    void addAttribute(SyntaxNode node, const Surroundings& here)
    {
        const std::string_view name = node.field("attribute").text();
        if (std::ranges::find(m_names, name) != m_names.end())
            m_made.attributes.push_back(
                {.function = here.function, .condition = here.condition, .node = node});
    }

    void addCall(SyntaxNode node, const Surroundings& here)
    {
        m_made.calls.push_back(
            {.function = here.function, .condition = here.condition, .node = node});
        auto& calls = m_made.functions[here.function].calls;
        const auto add = [&calls](SyntaxNode named) {
            if (std::string name = lastName(named); !name.empty())
                calls.emplace_back(std::move(name), named.range());
        };
        add(node.field("function"));
        // Functions that are handed on: run_sync(create), lifespan=lifespan, on_startup=[start].
        for (SyntaxNode argument : node.field("arguments").namedChildren()) {
            const SyntaxNode value =
                argument.is("keyword_argument") ? argument.field("value") : argument;
            add(value);
            if (value.is("list")) {
                for (SyntaxNode each : value.namedChildren())
                    add(each);
            }
        }
    }

    const std::vector<std::string_view>& m_names;
    PythonOutline m_made;
};

} // namespace

PythonOutline outlineOf(SyntaxNode root, const std::vector<std::string_view>& attributeNames)
{
    return OutlineReader(attributeNames).read(root);
}

} // namespace sightglass
