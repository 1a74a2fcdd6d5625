// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"

#include "app/user_folders.h"
#include "app/visit.h"
#include "core/backup/verify_backup.h"
#include "core/base/error.h"
#include "core/postgres/snapshot_catalog.h"
#include "core/postgres/writing_session.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

/// A dump takes as long as it takes; whoever holds a lock is not waited for that long.
constexpr SessionLimits dumpLimits{.connect = std::chrono::seconds(10),
                                   .statement = std::chrono::hours(12),
                                   .lock = std::chrono::seconds(10)};

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

BackupStore backupsIn(const std::string& folder)
{
    std::error_code code;
    return BackupStore(folder.empty() ? userDataFolder() / "backups"
                                      : std::filesystem::absolute(folder, code));
}

ServerDoor serverDoor()
{
    return {.read = catalogReader(dumpLimits),
            .open = [](const ConnectionTarget& target, const RunContext& run) {
                return connectForAction(target, dumpLimits, run);
            }};
}

void tellLastBackup(Plan& plan, const BackupStore& backups, Time now)
{
    const JournalTarget& place = plan.target.place;
    if (place.database.empty())
        return;
    const auto list = backups.list();
    const std::string database = printable(place.database);
    std::string sentence = "There is no verified backup of " + database + ".";
    const StoredBackup* const last =
        list ? lastVerified(*list, place.systemIdentifier, place.database, place.shown) : nullptr;
    if (!list)
        sentence = "The backups of " + database + " can't be listed. " + list.error().message;
    if (last != nullptr) {
        plan.protection.backup = last->manifest.id;
        plan.protection.backupAt = last->manifest.begunAt;
        sentence = "The last verified backup of " + database + " is " + last->manifest.id + ", " +
                   ageText(last->manifest.begunAt, now) + " old.";
    }
    plan.protection.text += (plan.protection.text.empty() ? "" : " ") + sentence;
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

StampOffer stampOfferOf(const Inspection& inspection)
{
    std::set<QualifiedName> versionTables;
    for (const VersionTable& table : inspection.live->versionTables)
        versionTables.insert(table.name);
    const auto prints =
        Fingerprints::of(*inspection.history, *inspection.graph, inspection.live->unread);
    const ReplayedSchema live{.schema = inspection.live->schema};
    const InferenceResult result = inferRevisions(
        prints,
        *inspection.history,
        *inspection.graph,
        live,
        {.leftOut = [&](const QualifiedName& name) { return versionTables.contains(name); }});
    return {.candidates = stampCandidates(*inspection.graph, result), .whyNot = result.whyNot};
}

StampSituation stampSituationOf(const Inspection& inspection)
{
    return {.project = inspection.scripts->project,
            .graph = *inspection.graph,
            .live = *inspection.live,
            .chainStops = chainStopsOf(inspection)};
}

} // namespace sightglass
