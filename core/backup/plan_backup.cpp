// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/plan_backup.h"

#include "core/backup/backup_name.h"
#include "core/backup/row_counts.h"
#include "core/base/blake2b.h"
#include "core/base/error.h"

#include <algorithm>
#include <system_error>

namespace sightglass {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t chainHashBytes = 8;
constexpr int versionsAMajor = 10'000;
constexpr std::int64_t leastRoom = 16'000'000; ///< bytes: below it not even a small dump is begun

std::vector<BackedUpTable> tablesOf(const Schema& schema)
{
    std::vector<BackedUpTable> tables;
    for (const auto& [name, table] : schema.tables) {
        if (holdsRows(*table))
            tables.push_back({.name = toText(name),
                              .rows = table->rowEstimate,
                              .counted = std::nullopt,
                              .bytes = table->bytes});
    }
    return tables;
}

std::int64_t bytesOf(const std::vector<BackedUpTable>& tables)
{
    std::int64_t bytes = 0;
    for (const BackedUpTable& table : tables)
        bytes += table.bytes.value_or(0);
    return bytes;
}

std::string megabytes(std::int64_t bytes)
{
    return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

/// The nearest folder that is there already.
Path existing(Path folder)
{
    std::error_code code;
    while (!fs::exists(folder, code) && folder.has_parent_path() && folder != folder.parent_path())
        folder = folder.parent_path();
    return folder;
}

Precondition roomFor(const BackupJob& job, const Path& folder)
{
    std::error_code code;
    const auto space = fs::space(existing(folder), code);
    const std::int64_t room = code ? -1 : static_cast<std::int64_t>(space.available);
    const std::int64_t needed = bytesOf(job.manifest.tables);
    Precondition room_{.id = "room",
                       .text = "There is room for the dump in " + printable(folder.string()) + ".",
                       .state = PreconditionState::Met,
                       .detail = megabytes(room) + " are free; the tables take " +
                                 megabytes(needed) + " with their indexes."};
    if (room < 0)
        room_ = {room_.id, room_.text, PreconditionState::Unknown, "The disk does not say."};
    else if (room < leastRoom)
        room_.state = PreconditionState::NotMet;
    else if (room < needed)
        room_ = {room_.id,
                 room_.text,
                 PreconditionState::Unknown,
                 room_.detail + " A dump is compressed and has no indexes, so it may fit; when it "
                                "does not, nothing is left of it."};
    return room_;
}

Precondition clientOf(const BackupJob& job, const ServerFacts& server)
{
    const int serverMajor = server.versionNumber / versionsAMajor;
    const bool isEnough = job.tools.major >= serverMajor;
    return {
        .id = "client-version",
        .text = "pg_dump is not older than the server.",
        .state = isEnough ? PreconditionState::Met : PreconditionState::NotMet,
        .detail =
            "pg_dump is " + job.tools.version + ", the server " + server.versionText +
            (isEnough ? "." : ". Install postgresql-client-" + std::to_string(serverMajor) + ".")};
}

Precondition secretsOf(const ConnectionTarget& connection)
{
    const bool isSafe = connection.value("sslpassword").empty();
    return {.id = "no-secret-argument",
            .text = "No password has to stand in an argument of pg_dump.",
            .state = isSafe ? PreconditionState::Met : PreconditionState::NotMet,
            .detail = isSafe ? "" : "sslpassword can be given in no other way; use a key without."};
}

BackupManifest manifestFor(const BackupSituation& situation,
                           const PlanTarget& target,
                           const BackupRequest& request,
                           const DumpTools& tools)
{
    const ServerFacts& server = situation.live.server;
    BackupManifest manifest{.format = request.jobs > 1 ? "directory" : "custom"};
    manifest.target = target.place.shown;
    manifest.database = server.database;
    manifest.databaseOid = server.databaseOid;
    manifest.systemIdentifier = server.systemIdentifier;
    manifest.serverVersion = server.versionText;
    manifest.toolVersion = tools.version;
    manifest.environment = std::string(toText(target.environment));
    manifest.project = target.place.project;
    manifest.chain = chainHash(situation.graph);
    manifest.tables = tablesOf(situation.live.schema);
    return manifest;
}

void describe(Plan& plan, const BackupJob& job, const BackupStore& store)
{
    const BackupManifest& manifest = job.manifest;
    plan.title = "Back up " + printable(manifest.database);
    plan.summary = "The database is read in one snapshot; nothing in it changes.";
    plan.lines = {{.label = "Database", .text = manifest.target, .values = {}},
                  {.label = "Tables",
                   .text = std::to_string(manifest.tables.size()) + ", " +
                           megabytes(bytesOf(manifest.tables)) + " with indexes",
                   .values = {}},
                  {.label = "Written to", .text = store.dumpOf(manifest).string(), .values = {}}};
    const std::string part = store.partOf(manifest.id).string();
    plan.steps = {{.title = "Dump it and read the dump again",
                   .work = OwnWork{.kind = "dump",
                                   .lines = {shownCommand(dumpCommand(job, part, "SNAPSHOT")),
                                             job.tools.restore + " --list " + part},
                                   .leaves = store.manifestOf(manifest.id).string(),
                                   .whenCutShort = "The database was not changed. What is left of "
                                                   "the dump goes with the next backup.",
                                   .cleansUp = true}}};
    plan.protection = {
        .needed = false, .text = "Nothing in the database changes.", .backup = {}, .backupAt = {}};
    plan.undo.text = "sightglass-cli backups remove " + manifest.id + " removes it.";
    plan.confirmation = {.level = ConfirmationLevel::Click,
                         .phrase = manifest.database.empty() ? "backup" : manifest.database,
                         .numberOf = {}};
}

} // namespace

std::string chainHash(const RevisionGraph& graph)
{
    std::vector<std::string> lines;
    for (const Revision& revision : graph.revisions()) {
        std::string line = revision.id;
        for (const RevisionReference& each : revision.down)
            line += " <" + each.id;
        for (const RevisionReference& each : revision.dependsOn)
            line += " +" + each.id;
        lines.push_back(std::move(line));
    }
    std::ranges::sort(lines);
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return hexDigits(blake2b(text, chainHashBytes));
}

BackupPlan planBackup(const BackupSituation& situation,
                      const PlanTarget& target,
                      const BackupRequest& request,
                      const DumpTools& tools,
                      Time now)
{
    const BackupStore store(request.folder);
    BackupPlan made{.plan = {.action = "backup"},
                    .job = {.target = situation.connection,
                            .tools = tools,
                            .manifest = manifestFor(situation, target, request, tools),
                            .versionTable = std::nullopt,
                            .jobs = std::max(1, request.jobs)}};
    BackupManifest& manifest = made.job.manifest;
    manifest.id = newBackupId(store, manifest.database, now);
    manifest.file = manifest.id + (made.job.jobs > 1 ? ".dir" : ".dump");
    if (situation.versionTable != nullptr && situation.versionTable->readable) {
        made.job.versionTable = situation.versionTable->name;
        manifest.versionTable = toText(situation.versionTable->name);
    }
    manifest.versionRowsKnown = situation.versionTable == nullptr || made.job.versionTable;

    Plan& plan = made.plan;
    plan.target = target;
    describe(plan, made.job, store);
    plan.preconditions = {clientOf(made.job, situation.live.server),
                          roomFor(made.job, request.folder),
                          secretsOf(situation.connection)};
    return made;
}

} // namespace sightglass
