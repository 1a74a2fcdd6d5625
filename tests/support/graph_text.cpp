// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/graph_text.h"

#include <string>

namespace sightglass::tests {

namespace {

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool isBreak(char c)
{
    return c == ' ' || c == ',' || c == '[' || c == ']' || c == '+' || c == '<';
}

Revision revisionFromEntry(std::string_view entry)
{
    enum class Part
    {
        Id,
        Down,
        Label,
        Dependency
    } part = Part::Id;
    Revision revision;
    bool inLabels = false;
    for (std::size_t i = 0; i < entry.size();) {
        if (entry.substr(i).starts_with("<-")) {
            part = Part::Down;
            i += 2;
        } else if (entry[i] == '[') {
            inLabels = true;
            ++i;
        } else if (entry[i] == ']') {
            inLabels = false;
            ++i;
        } else if (entry[i] == '+') {
            part = Part::Dependency;
            ++i;
        } else if (isBreak(entry[i])) {
            ++i;
        } else {
            std::size_t end = i;
            while (end < entry.size() && !isBreak(entry[end]))
                ++end;
            const std::string word(entry.substr(i, end - i));
            i = end;
            const Part kind = inLabels ? Part::Label : part;
            if (kind == Part::Id)
                revision.id = word;
            const SourceSpan span{.file = revision.id + ".py", .line = 2};
            if (kind == Part::Down)
                revision.down.push_back({word, span});
            else if (kind == Part::Label)
                revision.labels.push_back({word, span});
            else if (kind == Part::Dependency)
                revision.dependsOn.push_back({word, span});
        }
    }
    revision.span = {.file = revision.id + ".py", .line = 1};
    revision.downSpan = {.file = revision.id + ".py", .line = 2};
    revision.message = revision.id;
    return revision;
}

std::string joined(const std::vector<RevisionReference>& references, std::string_view separator)
{
    std::string text;
    for (const RevisionReference& reference : references)
        text += (text.empty() ? "" : std::string(separator)) + reference.id;
    return text;
}

std::string_view nameOf(GraphProblem::Kind kind)
{
    switch (kind) {
    case GraphProblem::Kind::MissingDownRevision:
        return "missing down revision";
    case GraphProblem::Kind::MissingDependency:
        return "missing dependency";
    case GraphProblem::Kind::DuplicateId:
        return "duplicate id";
    case GraphProblem::Kind::SelfReference:
        return "self reference";
    case GraphProblem::Kind::Cycle:
        return "cycle";
    case GraphProblem::Kind::DuplicateLabel:
        return "duplicate label";
    case GraphProblem::Kind::RepeatedReference:
        return "repeated reference";
    case GraphProblem::Kind::SeveralHeads:
        return "several heads";
    case GraphProblem::Kind::SeveralBases:
        return "several bases";
    case GraphProblem::Kind::NoHead:
        return "no head";
    case GraphProblem::Kind::NoBase:
        return "no base";
    case GraphProblem::Kind::Island:
        return "island";
    case GraphProblem::Kind::InvalidId:
        return "invalid id";
    }
    return "unknown";
}

} // namespace

std::string textOf(const std::vector<Revision>& revisions)
{
    std::string text;
    for (const Revision& revision : revisions) {
        text += (text.empty() ? "" : "; ") + revision.id;
        if (!revision.down.empty())
            text += " <- " + joined(revision.down, ", ");
        if (!revision.labels.empty())
            text += " [" + joined(revision.labels, ", ") + "]";
        if (!revision.dependsOn.empty())
            text += " + " + joined(revision.dependsOn, ", ");
    }
    return text;
}

std::string textOf(const RevisionGraph& graph, std::span<const RevisionIndex> indexes)
{
    std::string text;
    for (const RevisionIndex index : indexes)
        text += (text.empty() ? "" : " ") + graph.revision(index).id;
    return text;
}

std::string textOf(const GraphProblem& problem)
{
    std::string text(nameOf(problem.kind));
    text += problem.throughDependencies ? " through dependencies:" : ":";
    for (const std::string& id : problem.ids)
        text += " " + id;
    if (!problem.label.empty())
        text += " [" + problem.label + "]";
    return problem.alembic.empty() ? text : text + " | " + problem.alembic;
}

std::vector<Revision> revisionsFromText(std::string_view text)
{
    std::vector<Revision> revisions;
    while (!text.empty()) {
        const auto end = text.find_first_of(";\n");
        const std::string_view entry = trimmed(text.substr(0, end));
        if (!entry.empty())
            revisions.push_back(revisionFromEntry(entry));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return revisions;
}

} // namespace sightglass::tests
