// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/sql_script.h"

#include "core/revisions/revision_range.h"
#include "core/scripts/transaction_facts.h"

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

/// What a revision prints, and what it sends where it can't be printed.
struct PrintedRevision
{
    const RevisionReading* reading = nullptr;
    std::string stopsAlembic; ///< the exception for which Alembic can't print it; empty: it can
};

PrintedRevision printedRevision(const RevisionReading& online, const RevisionReading* offline)
{
    using End = RevisionReading::End;
    if (offline == nullptr || offline->end == End::Limit || offline->end == End::NeedsSchema)
        return {.reading = &online, .stopsAlembic = {}};
    if (offline->end == End::Raises)
        return {.reading = &online, .stopsAlembic = offline->raised};
    return {.reading = offline, .stopsAlembic = {}};
}

ScriptStep stepOf(const RevisionGraph& graph,
                  RevisionIndex index,
                  const PrintedRevision& printed,
                  bool downgrade,
                  VersionRows& rows)
{
    const Revision& revision = graph.revision(index);
    ScriptStep step{.revision = revision.id,
                    .downRevisions = {},
                    .operations = printed.reading->operations,
                    .rows = downgrade ? rows.downgrade(revision.id) : rows.upgrade(revision.id)};
    for (const RevisionReference& down : revision.down)
        step.downRevisions.push_back(down.id);
    if (!printed.stopsAlembic.empty())
        step.note = "alembic --sql stops here; this is what it sends to a database";
    return step;
}

/// How env.py wraps revisions in transactions; where that is not known, as Alembic does by itself.
void setTransactions(const TransactionFacts& facts, ScriptSettings& settings, SqlScript& script)
{
    for (const Known<bool>* fact : {&facts.perMigration, &facts.transactionalDdl}) {
        if (!fact->isKnown())
            script.notRendered.push_back("BEGIN and COMMIT may stand elsewhere: " + fact->reason() +
                                         ".");
    }
    settings.transactionPerMigration = facts.perMigration.isKnown() && facts.perMigration.value();
    settings.transactionalDdl = !facts.transactionalDdl.isKnown() || facts.transactionalDdl.value();
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
                       const std::vector<RevisionIndex>& path,
                       const std::vector<PrintedRevision>& printed,
                       SqlScript& script)
{
    for (std::size_t i = 0; i < path.size(); ++i) {
        const std::string revision = "Revision " + graph.revision(path[i]).id + ": ";
        const std::string why = remainderOf(*printed[i].reading);
        if (!why.empty())
            script.notRendered.push_back(revision + why + ".");
        else if (!printed[i].stopsAlembic.empty())
            script.onlineOnly.push_back(revision + "alembic --sql stops in it with " +
                                        printed[i].stopsAlembic +
                                        "; what it sends to a database stands here instead.");
    }
    for (const ScriptLine& line : script.lines) {
        if (line.kind == ScriptLine::Kind::Unknown && line.step < path.size()) {
            script.notRendered.push_back("Revision " + graph.revision(path[line.step]).id + ": " +
                                         line.text);
        }
    }
}

} // namespace

Result<SqlScript> sqlScript(const FileSystem& files,
                            const Project& project,
                            const RevisionGraph& graph,
                            const History& history,
                            std::string_view range,
                            bool downgrade,
                            const RunContext& run)
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
    setTransactions(readTransactionFacts(files, project.environmentFile), settings, script);
    VersionRows versionRows(parentsIn(graph), rows);
    const OfflineReadings offline = history.readOffline(
        files, *path, downgrade ? Direction::Downgrade : Direction::Upgrade, run);
    std::vector<ScriptStep> steps;
    std::vector<PrintedRevision> printed;
    for (const RevisionIndex index : *path) {
        const RevisionSteps& online = history.steps(index);
        const auto found = offline.find(index);
        printed.push_back(printedRevision(downgrade ? online.downgrade : online.upgrade,
                                          found == offline.end() ? nullptr : &found->second));
        steps.push_back(stepOf(graph, index, printed.back(), downgrade, versionRows));
    }
    script.lines = scriptLines(steps, settings);
    noteWhatIsMissing(graph, *path, printed, script);
    return script;
}

} // namespace sightglass
