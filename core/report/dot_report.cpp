// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/dot_report.h"

#include "core/base/error.h"

#include <algorithm>
#include <string_view>

namespace sightglass {

namespace {

/// A quoted DOT string; \n in `text` becomes a line break of the label.
std::string dotString(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += std::string("\\") + c;
        else if (c == '\n')
            result += "\\n";
        else
            result += c;
    }
    return result + "\"";
}

/// Nodes are named by index, so that duplicates of an id stay two.
std::string nodeName(RevisionIndex index)
{
    return "r" + std::to_string(index);
}

std::string nodeText(const Inspection& inspection, RevisionIndex index)
{
    const RevisionGraph& graph = *inspection.graph;
    const Revision& revision = graph.revision(index);
    std::string label = printable(revision.id);
    const std::string message = printable(revision.message.substr(0, revision.message.find('\n')));
    if (!message.empty())
        label += "\n" + message;
    const auto& at = inspection.databaseAt;
    if (std::find(at.begin(), at.end(), index) != at.end())
        label += "\ndatabase is here";
    const bool applied = index < inspection.applied.size() && inspection.applied[index];
    std::string attributes = "label=" + dotString(label);
    if (applied)
        attributes += ", style=\"rounded,filled\", fillcolor=\"#d9eeec\"";
    if (graph.isHead(index))
        attributes += ", penwidth=2";
    return "  " + nodeName(index) + " [" + attributes + "];\n";
}

std::string edgesOf(const RevisionGraph& graph, RevisionIndex index)
{
    std::string text;
    for (const RevisionIndex down : graph.down(index))
        text += "  " + nodeName(index) + " -> " + nodeName(down) + ";\n";
    for (const RevisionIndex dependency : graph.dependencies(index))
        text += "  " + nodeName(index) + " -> " + nodeName(dependency) +
                " [style=dotted, constraint=false];\n";
    return text;
}

} // namespace

std::string graphDot(const Inspection& inspection)
{
    const RevisionGraph& graph = *inspection.graph;
    std::string text = "digraph revisions {\n  rankdir=TB;\n  node [shape=box, style=rounded, "
                       "fontname=\"Inter\"];\n"
                       "  edge [dir=back];\n";
    for (const RevisionIndex index : graph.walkOrder())
        text += nodeText(inspection, index);
    for (const RevisionIndex index : graph.walkOrder())
        text += edgesOf(graph, index);
    std::size_t number = 0;
    for (const MissingRevision& missing : graph.missing()) {
        const std::string name = "m" + std::to_string(number++);
        text += "  " + name + " [label=" + dotString(printable(missing.id) + "\nmissing revision") +
                ", style=\"rounded,dashed\", color=\"#c2362b\", fontcolor=\"#c2362b\"];\n";
        for (const RevisionIndex index : missing.referencedBy)
            text +=
                "  " + nodeName(index) + " -> " + name + " [style=dashed, color=\"#c2362b\"];\n";
    }
    return text + "}\n";
}

} // namespace sightglass
