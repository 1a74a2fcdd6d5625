// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"

#include "app/visit.h"
#include "core/base/error.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace sightglass {

namespace {

std::optional<std::string> variable(const char* name)
{
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets any
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

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

Path userDataFolder()
{
    if (const auto own = variable("SIGHTGLASS_DATA"); own && !own->empty())
        return *own;
    if (const auto given = variable("XDG_DATA_HOME"); given && Path(*given).is_absolute())
        return Path(*given) / "sightglass";
    if (const auto home = variable("HOME"); home && Path(*home).is_absolute())
        return Path(*home) / ".local" / "share" / "sightglass";
    return {};
}

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
