// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"

#include "app/user_folders.h"
#include "app/visit.h"
#include "core/base/error.h"

#include <algorithm>

namespace sightglass {

namespace {

/// Why what a stamp leaves can't be told.
std::string chainStopsOf(const Inspection& inspection)
{
    const Diagnosis& diagnosis = inspection.diagnosis;
    const bool isBroken = diagnosis.state == DatabaseState::BrokenChain ||
                          std::ranges::find(diagnosis.alsoHolds, DatabaseState::BrokenChain) !=
                              diagnosis.alsoHolds.end();
    if (isBroken)
        return "Alembic can't load the chain, so it can't stamp. " +
               (diagnosis.state == DatabaseState::BrokenChain ? diagnosis.title : std::string());
    for (const FileProblem& problem : inspection.scripts->problems) {
        if (problem.kind == FileProblem::Kind::ComputedIdentifier)
            return "What a stamp leaves can't be told: an identifier of " +
                   printable(Path(problem.span.file).filename().string()) +
                   " can't be known without running the file.";
    }
    return {};
}

} // namespace

Result<ActionJournal> userJournal()
{
    const Path folder = userDataFolder();
    if (folder.empty())
        return failure(ErrorCode::NotFound,
                       "There is no folder to keep the journal in: HOME is not set.",
                       "Name one with $SIGHTGLASS_DATA.");
    return ActionJournal(folder);
}

PlanTarget
planTargetOf(const FileSystem& files, const Inspection& inspection, const ConnectionTarget& target)
{
    const Project& project = inspection.scripts->project;
    const ServerFacts& server = inspection.live->server;
    EnvironmentHints hints = environmentHints(files, project);
    hints.connectedHost = server.host;
    hints.connectedPort = server.port;
    hints.connectedDatabase = server.database;
    EnvironmentJudgement judged = judgeEnvironment(target, hints);
    return {.place = {.shown = target.shown,
                      .host = server.host,
                      .port = server.port,
                      .database = server.database,
                      .user = server.user,
                      .systemIdentifier = server.systemIdentifier,
                      .databaseOid = server.databaseOid,
                      .environment = std::string(toText(judged.environment)),
                      .project = project.root.string()},
            .environment = judged.environment,
            .environmentWhy = std::move(judged.why)};
}

StampSituation stampSituationOf(const Inspection& inspection)
{
    return {.project = inspection.scripts->project,
            .graph = *inspection.graph,
            .live = *inspection.live,
            .chainStops = chainStopsOf(inspection)};
}

} // namespace sightglass
