// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/source_index.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// Where a name is bound by something else than an assignment to it alone.
constexpr std::array<std::string_view, 9> otherBindings{"for_statement",
                                                        "for_in_clause",
                                                        "pattern_list",
                                                        "parameters",
                                                        "lambda_parameters",
                                                        "as_pattern_target",
                                                        "named_expression",
                                                        "import_from_statement",
                                                        "import_statement"};

} // namespace

SourceIndex::SourceIndex(const SourceModule& file)
    : m_file(file)
{
    for (SyntaxNode call : nodesOfKind(file.tree.root(), "call"))
        m_calls.emplace(std::pair(call.begin(), call.end()), call);
    m_lines.push_back(0);
    const std::string& text = file.tree.text();
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n')
            m_lines.push_back(at + 1);
    }
}

SourceIndex::Bindings SourceIndex::findBindings() const
{
    const SyntaxNode root = m_file.tree.root();
    Bindings bindings;
    for (SyntaxNode assignment : nodesOfKind(root, "assignment")) {
        if (const SyntaxNode left = assignment.field("left"); left.is("identifier"))
            bindings[std::string(left.text())].values.push_back(assignment.field("right"));
    }
    for (SyntaxNode addition : nodesOfKind(root, "augmented_assignment")) {
        const auto found = bindings.find(addition.field("left").text());
        if (found == bindings.end())
            continue;
        found->second.values.push_back(addition);
        found->second.otherwise |= addition.field("operator").text() != "+=";
    }
    for (auto& [name, binding] : bindings)
        std::ranges::sort(binding.values, {}, &SyntaxNode::begin);
    for (std::string_view kind : otherBindings) {
        for (SyntaxNode other : nodesOfKind(root, kind)) {
            const SyntaxNode left = other.field("left");
            for (SyntaxNode name : nodesOfKind(left ? left : other, "identifier", {"block"})) {
                if (const auto found = bindings.find(name.text()); found != bindings.end())
                    found->second.otherwise = true;
            }
        }
    }
    return bindings;
}

SyntaxNode SourceIndex::callAt(const SourceSpan& span) const
{
    if (span.file != m_file.file)
        return {};
    const auto found = m_calls.find({span.begin, span.end});
    return found == m_calls.end() ? SyntaxNode() : found->second;
}

std::vector<SyntaxNode> SourceIndex::allValuesOf(std::string_view name) const
{
    if (!m_bindings)
        m_bindings = findBindings();
    const auto found = m_bindings->find(name);
    if (found == m_bindings->end() || found->second.otherwise)
        return {};
    return found->second.values;
}

SourceSpan SourceIndex::spanOf(std::size_t begin, std::size_t end) const
{
    const auto placeOf = [&](std::size_t at, int& line, int& column) {
        const auto next = std::ranges::upper_bound(m_lines, at);
        const auto number = next - m_lines.begin();
        line = static_cast<int>(number);
        column = static_cast<int>(at - m_lines[static_cast<std::size_t>(number - 1)]) + 1;
    };
    SourceSpan span;
    span.file = m_file.file;
    span.begin = begin;
    span.end = end;
    placeOf(begin, span.line, span.column);
    placeOf(end, span.endLine, span.endColumn);
    return span;
}

} // namespace sightglass
