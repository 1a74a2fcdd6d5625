// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/run_backup.h"

#include "core/backup/dump_file.h"
#include "core/backup/row_counts.h"
#include "core/backup/schema_shape.h"
#include "core/backup/table_watch.h"
#include "core/base/error.h"
#include "core/journal/run_lock.h"
#include "core/process/run_process.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <system_error>
#include <utility>

namespace sightglass {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// How long pg_dump waits for a table that another session holds.
constexpr const char* lockWait = "--lock-wait-timeout=10000";
constexpr milliseconds leastCounting{2'000};
constexpr int countingShare = 20; ///< counting takes at most one part of so many

Error stoppedDump(const BackupJob& job, const Path& folder, const std::string& complaint)
{
    if (complaint.find("No space left") != std::string::npos)
        return {.code = ErrorCode::NotPermitted,
                .message = "The disk of " + printable(folder.string()) + " is full.",
                .nextStep = "Make room there, or name another folder with --out."};
    const bool isLost = complaint.find("server closed the connection") != std::string::npos ||
                        complaint.find("terminating connection") != std::string::npos;
    if (isLost)
        return {.code = ErrorCode::ConnectionLost,
                .message = "The server of " + printable(job.target.shown) +
                           " ended the connection while it was dumped.",
                .nextStep = "Nothing of the dump is kept. See that the server runs, then back up "
                            "again."};
    return {.code = ErrorCode::QueryFailed,
            .message = "pg_dump could not back up " + printable(job.target.shown) + ": " +
                       (complaint.empty() ? "it gave no reason" : complaint) + ".",
            .nextStep = "Nothing of it is kept. Mend that, then back up again."};
}

/// Removes what was begun; what is whole by then stays.
class Unfinished
{
public:
    Unfinished(const BackupStore& store, std::string id)
        : m_store(store)
        , m_id(std::move(id))
    {}

    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    ~Unfinished() { m_store.removeUnfinished(m_id); }

private:
    const BackupStore& m_store;
    std::string m_id;
};

/// A snapshot that stays as long as the session's transaction.
Result<std::string> exportedSnapshot(WritingSession& session, const RunContext& run)
{
    if (auto begun = session.begin(WritingSession::Access::ReadOnly, run); !begun)
        return failure(begun.error());
    for (const char* sql : {"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                            "SET LOCAL idle_in_transaction_session_timeout = 0"}) {
        if (auto set = session.execute("setting the snapshot", sql, run); !set)
            return failure(set.error());
    }
    const auto name =
        session.execute("taking a snapshot", "SELECT pg_catalog.pg_export_snapshot()", run);
    if (!name)
        return failure(name.error());
    return name->rows.empty() ? std::string() : name->rows.front().front().value_or("");
}

Result<void> readVersionRows(const BackupJob& job,
                             WritingSession& session,
                             BackupManifest& manifest,
                             const RunContext& run)
{
    manifest.versionRows.clear();
    if (!job.versionTable)
        return {};
    const auto rows =
        session.execute("reading the version rows",
                        "SELECT version_num::text FROM " + toSql(*job.versionTable) + " ORDER BY 1",
                        run);
    if (!rows)
        return failure(rows.error());
    for (const auto& row : rows->rows)
        manifest.versionRows.push_back(row[0].value_or(""));
    return {};
}

void describeSchema(const Schema& schema, BackupManifest& manifest)
{
    std::set<std::string> roles;
    manifest.tables.clear();
    for (const auto& [name, table] : schema.tables) {
        if (holdsRows(*table))
            manifest.tables.push_back({.name = toText(name),
                                       .rows = table->rowEstimate,
                                       .counted = std::nullopt,
                                       .bytes = table->bytes});
        for (const Policy& policy : table->policies)
            roles.insert(policy.roles.begin(), policy.roles.end());
    }
    roles.erase("public");
    manifest.roles = {roles.begin(), roles.end()};
    manifest.shapes = shapesOf(schema);
    manifest.fingerprint = fingerprintOf(manifest.shapes);
}

/// Asks the server, through the session that holds the snapshot, how far COPY is.
class CopyProgress
{
public:
    CopyProgress(WritingSession& session, const ServerFacts& server)
        : m_session(session)
        , m_isKnown(server.versionNumber >= firstVersion)
    {}

    void tell(TableWatch& watch)
    {
        const auto now = steady_clock::now();
        if (!m_isKnown || now - m_asked < pauseBetween)
            return;
        m_asked = now;
        const auto fresh =
            m_session.execute("looking again", "SELECT pg_catalog.pg_stat_clear_snapshot()", {});
        const auto answer =
            fresh ? m_session.execute("reading how far the dump is", sql, {}) : fresh;
        m_isKnown = answer.has_value();
        if (!answer || answer->rows.empty() || !answer->rows[0][0])
            return;
        std::size_t bytes = 0;
        const std::string& text = *answer->rows[0][0];
        std::from_chars(text.data(), text.data() + text.size(), bytes);
        watch.within(bytes);
    }

private:
    static constexpr int firstVersion = 140'000; ///< has pg_stat_progress_copy
    static constexpr milliseconds pauseBetween{500};
    static constexpr const char* sql =
        "SELECT sum(p.bytes_processed)::bigint FROM pg_catalog.pg_stat_progress_copy p JOIN "
        "pg_catalog.pg_stat_activity a ON a.pid = p.pid WHERE a.application_name = "
        "'sightglass backup' AND p.datname = pg_catalog.current_database()";

    WritingSession& m_session;
    bool m_isKnown;
    steady_clock::time_point m_asked = steady_clock::now();
};

Result<void> dumped(const BackupJob& job,
                    const Path& part,
                    const std::string& snapshot,
                    CopyProgress progress,
                    const RunContext& run)
{
    TableWatch watch(job.manifest.tables, "dumping", "dumping contents of table \"", run);
    const CommandWork command = dumpCommand(job, part, snapshot);
    const auto outcome = runProcess({.program = command.argv.front(),
                                     .arguments = {command.argv.begin() + 1, command.argv.end()},
                                     .environment = command.environment,
                                     .workingDirectory = {},
                                     .input = {},
                                     .limit = command.limit,
                                     .onOutput = [&](std::string_view said) { watch.take(said); },
                                     .onWait = [&] { progress.tell(watch); },
                                     .withChildren = true},
                                    run);
    if (!outcome)
        return failure(outcome.error());
    if (outcome->exitCode != 0)
        return failure(stoppedDump(job, part.parent_path(), complaintIn(outcome->errors)));
    return {};
}

Result<void> countRows(const Schema& schema,
                       WritingSession& session,
                       milliseconds limit,
                       BackupManifest& manifest,
                       const RunContext& run)
{
    const auto counted = countedRows(schema, session, limit, run);
    if (!counted)
        return failure(counted.error());
    std::map<std::string, std::int64_t> byName;
    for (const auto& [name, rows] : *counted)
        byName[toText(name)] = rows;
    for (BackedUpTable& table : manifest.tables) {
        if (const auto found = byName.find(table.name); found != byName.end())
            table.counted = found->second;
    }
    return {};
}

/// Everything that needs the snapshot.
Result<void> dumpSnapshot(const BackupJob& job,
                          const Path& part,
                          const ServerDoor& door,
                          BackupManifest& manifest,
                          const RunContext& run)
{
    const auto session = door.open(job.target, run);
    if (!session)
        return failure(session.error());
    const auto snapshot = exportedSnapshot(**session, run);
    if (!snapshot)
        return failure(snapshot.error());
    if (auto read = readVersionRows(job, **session, manifest, run); !read)
        return failure(read.error());
    const auto live = door.read(job.target, *snapshot, run);
    if (!live)
        return failure(live.error());
    describeSchema(live->schema, manifest);
    const auto begun = steady_clock::now();
    BackupJob described = job;
    described.manifest = manifest;
    if (auto made = dumped(described, part, *snapshot, CopyProgress(**session, live->server), run);
        !made)
        return failure(made.error());
    const auto took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begun);
    auto counted = countRows(
        live->schema, **session, std::max(leastCounting, took / countingShare), manifest, run);
    (*session)->rollback();
    return counted;
}

Result<FileLock> lockFor(const BackupStore& store, const std::string& id)
{
    auto lock = FileLock::take(store.lockOf(id), milliseconds(0));
    std::error_code code;
    const bool isTaken =
        lock && fs::exists(store.lockOf(id), code) && !fs::exists(store.manifestOf(id), code);
    if (isTaken)
        return lock;
    if (lock || lock.error().code == ErrorCode::TimedOut)
        return failure(ErrorCode::NotPermitted,
                       "A backup with the name " + printable(id) + " is there already.",
                       "Back up again in a second.");
    return failure(lock.error());
}

} // namespace

CommandWork dumpCommand(const BackupJob& job, const Path& part, const std::string& snapshot)
{
    const ClientConnection connection = clientConnection(job.target, "sightglass backup");
    CommandWork command{.argv = {job.tools.dump,
                                 "--format=" + job.manifest.format,
                                 "--file=" + part.string(),
                                 "--no-password",
                                 "--verbose",
                                 lockWait},
                        .directory = {},
                        .environment = connection.environment,
                        .limit = std::chrono::hours(48)};
    if (job.jobs > 1)
        command.argv.push_back("--jobs=" + std::to_string(job.jobs));
    if (!snapshot.empty())
        command.argv.push_back("--snapshot=" + snapshot);
    command.argv.push_back(connection.argument);
    return command;
}

Result<BackupManifest> runBackup(const BackupJob& job,
                                 const BackupStore& store,
                                 const ServerDoor& door,
                                 const Clock& clock,
                                 const RunContext& run)
{
    if (auto made = store.makeFolder(); !made)
        return failure(made.error());
    (void)store.removeLeftovers();
    BackupManifest manifest = job.manifest;
    const auto lock = lockFor(store, manifest.id);
    if (!lock)
        return failure(lock.error());
    const Unfinished unfinished(store, manifest.id);
    const Path part = store.partOf(manifest.id);
    if (auto made = store.makePart(manifest.id, manifest.format == "directory"); !made)
        return failure(made.error());
    manifest.begunAt = toRfc3339(clock.now());
    if (auto made = dumpSnapshot(job, part, door, manifest, run); !made)
        return failure(made.error());
    const auto contents = contentsOf(part, job.tools, run);
    if (!contents)
        return failure(contents.error());
    const auto digest = digestOf(part, run);
    if (!digest)
        return failure(digest.error());
    manifest.contents = contents->entries;
    manifest.bytes = digest->bytes;
    manifest.checksum = digest->checksum;
    manifest.endedAt = toRfc3339(clock.now());
    manifest.verifiedAt = manifest.endedAt;
    if (auto kept = store.complete(manifest); !kept)
        return failure(kept.error());
    return manifest;
}

} // namespace sightglass
