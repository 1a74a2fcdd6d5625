// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/graph_builder.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

using Kind = GraphProblem::Kind;

/// Where a reference stands; the assignment around it when it has no place of its own.
SourceSpan placeOf(const RevisionReference& reference, const Revision& revision)
{
    if (!reference.span.file.empty())
        return reference.span;
    return revision.downSpan.file.empty() ? revision.span : revision.downSpan;
}

/// Characters of the id that Alembic refuses, sorted, each once. The colon since 1.17.1.
std::vector<std::string> refusedCharacters(std::string_view id)
{
    std::vector<std::string> refused;
    for (const char c : {'+', '-', ':', '@'}) {
        if (id.find(c) != std::string_view::npos)
            refused.emplace_back(1, c);
    }
    return refused;
}

std::string joinedCharacters(const std::vector<std::string>& characters)
{
    std::string text;
    for (const std::string& character : characters)
        text += (text.empty() ? "" : ", ") + character;
    return text;
}

const RevisionReference* referenceTo(const std::vector<RevisionReference>& references,
                                     std::string_view id)
{
    const auto it = std::ranges::find(references, id, &RevisionReference::id);
    return it == references.end() ? nullptr : &*it;
}

} // namespace

void RevisionGraph::Builder::addProblem(GraphProblem problem)
{
    graph.m_problems.push_back(std::move(problem));
}

void RevisionGraph::Builder::listProblems()
{
    listRefusedFiles();
    listDuplicateLabels();
    listMissing(true);
    listMissing(false);
    listCycles();
    listDuplicates();
    listRepeatedReferences();
    listSeveral(Kind::SeveralHeads, graph.m_heads);
    listSeveral(Kind::SeveralBases, graph.m_bases);
    listNothingAtAnEnd();
    listIslands();
}

/// Problems that Alembic meets while it reads a single file.
void RevisionGraph::Builder::listRefusedFiles()
{
    for (const Revision& revision : revisions) {
        const std::string& id = revision.id;
        if (const auto* itself = referenceTo(revision.down, id)) {
            addProblem(
                {.kind = Kind::SelfReference,
                 .ids = {id},
                 .spans = {placeOf(*itself, revision)},
                 .label = {},
                 .alembic = "LoopDetected: Self-loop is detected in revisions (" + id + ")"});
        }
        if (const auto* itself = referenceTo(revision.dependsOn, id)) {
            addProblem({.kind = Kind::SelfReference,
                        .ids = {id},
                        .spans = {placeOf(*itself, revision)},
                        .label = {},
                        .alembic = "DependencyLoopDetected: Dependency self-loop is detected in "
                                   "revisions (" +
                                   id + ")",
                        .throughDependencies = true});
        }
        const std::string characters = joinedCharacters(refusedCharacters(id));
        if (!characters.empty()) {
            addProblem({.kind = Kind::InvalidId,
                        .ids = {id},
                        .spans = {revision.span},
                        .label = characters,
                        .alembic = "RevisionError: Character(s) '" + characters +
                                   "' not allowed in revision identifier '" + id + "'"});
        } else if (id.empty()) {
            addProblem({.kind = Kind::InvalidId,
                        .ids = {id},
                        .spans = {revision.span},
                        .label = {},
                        .alembic = {}});
        }
    }
}

void RevisionGraph::Builder::listDuplicateLabels()
{
    std::set<std::string, std::less<>> taken;
    for (const Revision& revision : revisions) {
        for (const RevisionReference& label : revision.labels) {
            const auto id = graph.find(label.id);
            if (!id && taken.insert(label.id).second)
                continue;
            const Revision& other = graph.revision(id ? *id : *graph.findLabel(label.id));
            addProblem({.kind = Kind::DuplicateLabel,
                        .ids = {revision.id, other.id},
                        .spans = {placeOf(label, revision), other.span},
                        .label = label.id,
                        .alembic = "RevisionError: Branch name '" + label.id + "' in revision " +
                                   revision.id + " already used by revision " + other.id});
        }
    }
}

/// Alembic looks names in depends_on up first, so an id missing from both is a dependency's
/// KeyError.
void RevisionGraph::Builder::listMissing(bool dependencies)
{
    for (const MissingRevision& missing : graph.m_missing) {
        GraphProblem problem{.kind = missing.kind == MissingRevision::Kind::Down
                                         ? Kind::MissingDownRevision
                                         : Kind::MissingDependency,
                             .ids = {missing.id},
                             .spans = {},
                             .label = graph.findLabel(missing.id) ? missing.id : std::string(),
                             .alembic = unknownNameWords(missing)};
        bool isDependency = false;
        for (const RevisionIndex by : missing.referencedBy) {
            const Revision& revision = revisions[by];
            const auto* down = referenceTo(revision.down, missing.id);
            const auto* dependency = referenceTo(revision.dependsOn, missing.id);
            isDependency = isDependency || (dependency != nullptr && problem.label.empty());
            problem.ids.push_back(revision.id);
            problem.spans.push_back(placeOf(down != nullptr ? *down : *dependency, revision));
        }
        if (isDependency == dependencies)
            addProblem(std::move(problem));
    }
}

void RevisionGraph::Builder::listCycles()
{
    for (const bool withDependencies : {false, true}) {
        const auto& cycles = withDependencies ? dependencyCycles : versionedCycles;
        const std::string words = cycles.empty() ? std::string() : cycleWords(withDependencies);
        for (const std::vector<RevisionIndex>& cycle : cycles) {
            GraphProblem problem{.kind = Kind::Cycle,
                                 .ids = {},
                                 .spans = {},
                                 .label = {},
                                 .alembic = words,
                                 .throughDependencies = withDependencies};
            for (std::size_t i = 0; i < cycle.size(); ++i) {
                const Revision& revision = revisions[cycle[i]];
                problem.ids.push_back(revision.id);
                if (i + 1 == cycle.size())
                    break;
                const auto* to = referenceTo(revision.down, revisions[cycle[i + 1]].id);
                if (to == nullptr)
                    to = referenceTo(revision.dependsOn, revisions[cycle[i + 1]].id);
                problem.spans.push_back(to == nullptr ? revision.span : placeOf(*to, revision));
            }
            addProblem(std::move(problem));
        }
    }
}

void RevisionGraph::Builder::listDuplicates()
{
    std::map<RevisionIndex, std::vector<SourceSpan>> files; // by first index
    for (RevisionIndex i = 0; i < count; ++i) {
        if (graph.m_firstOfId[i] != live[i])
            files[graph.m_firstOfId[i]].push_back(revisions[i].span);
    }
    if (files.empty())
        return;
    // A replaced file can leave a revision that nothing leads to, or a head in the middle of a
    // line.
    std::string words;
    if (!graph.stopsAlembic())
        words = cycleWords(false);
    if (!graph.stopsAlembic() && words.empty())
        words = cycleWords(true);
    if (!graph.stopsAlembic() && words.empty())
        words = overlapWords();
    for (auto& [first, spans] : files) {
        addProblem({.kind = Kind::DuplicateId,
                    .ids = {revisions[first].id},
                    .spans = std::move(spans),
                    .label = {},
                    .alembic = words});
    }
}

void RevisionGraph::Builder::listRepeatedReferences()
{
    for (const Revision& revision : revisions) {
        std::set<std::string_view> seen;
        std::set<std::string_view> listed;
        for (const RevisionReference& reference : revision.down) {
            if (seen.insert(reference.id).second || !listed.insert(reference.id).second)
                continue;
            addProblem({.kind = Kind::RepeatedReference,
                        .ids = {revision.id, reference.id},
                        .spans = {placeOf(reference, revision)},
                        .label = {},
                        .alembic = {}});
        }
    }
}

void RevisionGraph::Builder::listSeveral(Kind kind, const std::vector<RevisionIndex>& several)
{
    if (several.size() < 2)
        return;
    GraphProblem problem{.kind = kind, .ids = {}, .spans = {}, .label = {}, .alembic = {}};
    for (const RevisionIndex index : several) {
        problem.ids.push_back(revisions[index].id);
        problem.spans.push_back(revisions[index].span);
    }
    addProblem(std::move(problem));
}

/// No head or no base while no file or id is missing: only a cycle can do that. It is listed beside
/// it.
void RevisionGraph::Builder::listNothingAtAnEnd()
{
    if (count == 0 || !graph.m_missing.empty())
        return;
    for (const Kind kind : {Kind::NoHead, Kind::NoBase}) {
        const bool isSo = kind == Kind::NoHead ? graph.m_heads.empty() : graph.m_bases.empty();
        if (!isSo)
            continue;
        GraphProblem problem{
            .kind = kind, .ids = {}, .spans = {}, .label = {}, .alembic = cycleWords(false)};
        for (const Revision& revision : revisions) {
            problem.ids.push_back(revision.id);
            problem.spans.push_back(revision.span);
        }
        addProblem(std::move(problem));
    }
}

void RevisionGraph::Builder::listIslands()
{
    GraphProblem problem{.kind = Kind::Island, .ids = {}, .spans = {}, .label = {}, .alembic = {}};
    for (RevisionIndex i = 0; i < count; ++i) {
        const bool namesSomething = !revisions[i].down.empty() || !revisions[i].dependsOn.empty();
        if (namesSomething || !graph.isEffectiveHead(i) || !isLive(i) || graph.m_firstOfId[i] != i)
            continue;
        problem.ids.push_back(revisions[i].id);
        problem.spans.push_back(revisions[i].span);
    }
    if (!problem.ids.empty() && problem.ids.size() < graph.m_byId.size())
        addProblem(std::move(problem));
}

} // namespace sightglass
