// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/sql_script.h"

#include "core/revisions/revision_range.h"

#include <utility>

namespace sightglass {

namespace {

std::vector<std::string> idsOf(const RevisionGraph& graph, std::span<const RevisionIndex> indexes)
{
    std::vector<std::string> ids;
    for (const RevisionIndex index : indexes)
        ids.push_back(graph.revision(index).id);
    return ids;
}

std::vector<RevisionParents> parentsIn(const RevisionGraph& graph)
{
    std::vector<RevisionParents> all;
    for (RevisionIndex index = 0; index < graph.size(); ++index) {
        if (graph.isReplaced(index))
            continue;
        RevisionParents parents{.revision = graph.revision(index).id,
                                .parents = idsOf(graph, graph.down(index)),
                                .allParents = idsOf(graph, graph.down(index))};
        for (const std::string& id : idsOf(graph, graph.normalizedDependencies(index)))
            parents.parents.push_back(id);
        for (const std::string& id : idsOf(graph, graph.dependencies(index)))
            parents.allParents.push_back(id);
        all.push_back(std::move(parents));
    }
    return all;
}

std::string known(const ReadFact& fact)
{
    return fact.value.isKnown() ? fact.value.value() : std::string();
}

ScriptStep stepOf(const RevisionGraph& graph,
                  const History& history,
                  RevisionIndex index,
                  bool downgrade,
                  VersionRows& rows)
{
    const Revision& revision = graph.revision(index);
    const RevisionSteps& steps = history.steps(index);
    ScriptStep step{.revision = revision.id,
                    .downRevisions = {},
                    .operations = downgrade ? steps.downgrade.operations : steps.upgrade.operations,
                    .rows = downgrade ? rows.downgrade(revision.id) : rows.upgrade(revision.id)};
    for (const RevisionReference& down : revision.down)
        step.downRevisions.push_back(down.id);
    return step;
}

/// Why a revision's function can't be written down as a whole; empty: it can.
std::string remainderOf(const RevisionReading& reading)
{
    using End = RevisionReading::End;
    switch (reading.end) {
    case End::Done:
        return {};
    case End::NoFunction:
        return "it has no such function";
    case End::Raises:
        return "it raises " + reading.raised;
    case End::Limit:
    case End::NeedsSchema:
        break;
    }
    return "it could not be read to its end: " + reading.raised;
}

void noteWhatIsMissing(const RevisionGraph& graph,
                       const History& history,
                       const std::vector<RevisionIndex>& path,
                       SqlScript& script)
{
    for (const RevisionIndex index : path) {
        const RevisionSteps& steps = history.steps(index);
        const std::string why = remainderOf(script.downgrade ? steps.downgrade : steps.upgrade);
        if (!why.empty())
            script.notRendered.push_back("Revision " + graph.revision(index).id + ": " + why + ".");
    }
    for (const ScriptLine& line : script.lines) {
        if (line.kind == ScriptLine::Kind::Unknown && line.step < path.size()) {
            script.notRendered.push_back("Revision " + graph.revision(path[line.step]).id + ": " +
                                         line.text);
        }
    }
}

} // namespace

Result<SqlScript> sqlScript(const Project& project,
                            const RevisionGraph& graph,
                            const History& history,
                            std::string_view range,
                            bool downgrade)
{
    const auto colon = range.find(':');
    SqlScript script;
    script.downgrade = downgrade;
    script.from = colon == std::string_view::npos ? "base" : std::string(range.substr(0, colon));
    script.to = std::string(colon == std::string_view::npos ? range : range.substr(colon + 1));
    if (downgrade && colon == std::string_view::npos) {
        return failure(ErrorCode::Usage,
                       "A downgrade as SQL needs to know where it starts.",
                       "Write FROM:TO, for example head:-1.");
    }
    const auto start = resolveRevisions(graph, script.from.empty() ? "base" : script.from);
    if (!start)
        return failure(start.error());
    const auto rows = idsOf(graph, *start);
    const auto path =
        downgrade ? downgradePath(graph, rows, script.to) : upgradePath(graph, rows, script.to);
    if (!path)
        return failure(path.error());

    ScriptSettings settings;
    settings.downgrade = downgrade;
    settings.startRows = rows;
    const std::string table = known(project.versionTable);
    settings.versionTable = {.schema = known(project.versionTableSchema),
                             .name = table.empty() ? "alembic_version" : table};
    VersionRows versionRows(parentsIn(graph), rows);
    std::vector<ScriptStep> steps;
    for (const RevisionIndex index : *path)
        steps.push_back(stepOf(graph, history, index, downgrade, versionRows));
    script.lines = scriptLines(steps, settings);
    noteWhatIsMissing(graph, history, *path, script);
    return script;
}

} // namespace sightglass
