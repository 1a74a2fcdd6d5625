// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/verify_backup.h"

#include "core/backup/dump_file.h"
#include "core/backup/restore_dump.h"
#include "core/base/error.h"
#include "core/cluster/private_server.h"
#include "core/journal/run_lock.h"
#include "core/schema/relation.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <system_error>

namespace sightglass {

namespace {

constexpr const char* rehearsalName = "rehearsal";

/// Held while a manifest is written again; what a kill leaves of that goes with the lock.
class ManifestLock
{
public:
    ManifestLock(const BackupStore& store, const std::string& id)
        : m_store(store)
        , m_id(id)
        , m_lock(FileLock::take(store.lockOf(id), std::chrono::milliseconds(0)))
    {}

    ManifestLock(const ManifestLock&) = delete;
    ManifestLock& operator=(const ManifestLock&) = delete;

    ~ManifestLock()
    {
        if (m_lock)
            m_store.removeUnfinished(m_id);
    }

    const Result<FileLock>& taken() const { return m_lock; }

private:
    const BackupStore& m_store;
    const std::string& m_id;
    Result<FileLock> m_lock;
};

std::string rolesSql(const std::vector<std::string>& roles)
{
    std::string sql;
    for (const std::string& role : roles) {
        if (role != "postgres")
            sql += "CREATE ROLE " + quotedIdentifier(role) + ";\n";
    }
    return sql;
}

Result<void> restoredAndCompared(const BackupManifest& manifest,
                                 const Path& dump,
                                 const DumpTools& tools,
                                 const ServerDoor& door,
                                 const RunContext& run)
{
    const auto server = PrivateServer::start(run);
    if (!server)
        return failure(server.error());
    if (auto made = (*server)->createDatabase(rehearsalName, run); !made)
        return failure(made.error());
    if (auto made = (*server)->runSql("postgres", rolesSql(manifest.roles), run); !made)
        return failure(made.error());
    const auto into = parseConnectionTarget((*server)->conninfo(rehearsalName));
    if (!into)
        return failure(into.error());
    if (auto restored = restoreDump(
            {.dump = dump, .tools = tools, .into = *into, .owners = false}, manifest.tables, run);
        !restored)
        return failure(restored.error());
    const auto missing = missingAfterRestore(manifest, *into, door, run);
    if (!missing)
        return failure(missing.error());
    if (missing->empty())
        return {};
    return failure(
        damagedDump(dump, "restored, it is not what was backed up. " + missing->front()));
}

std::optional<Time> timeIn(const std::string& text)
{
    std::tm parts{};
    const int read = std::sscanf(text.c_str(), // NOLINT(cert-err34-c): the count says it
                                 "%d-%d-%dT%d:%d:%dZ",
                                 &parts.tm_year,
                                 &parts.tm_mon,
                                 &parts.tm_mday,
                                 &parts.tm_hour,
                                 &parts.tm_min,
                                 &parts.tm_sec);
    if (read != 6)
        return std::nullopt;
    parts.tm_year -= 1900;
    parts.tm_mon -= 1;
    return std::chrono::system_clock::from_time_t(::timegm(&parts));
}

} // namespace

Result<void> checkDump(const BackupManifest& manifest,
                       const Path& dump,
                       const DumpTools& tools,
                       const RunContext& run)
{
    const auto digest = digestOf(dump, run);
    if (!digest)
        return failure(digest.error());
    if (digest->checksum != manifest.checksum || digest->bytes != manifest.bytes)
        return failure(damagedDump(dump, "its checksum is not the one it was made with"));
    const auto contents = contentsOf(dump, tools, run);
    if (!contents)
        return failure(contents.error());
    if (contents->entries != manifest.contents)
        return failure(damagedDump(dump, "its table of contents is not as long as it was"));
    return {};
}

Result<BackupManifest> verifyBackup(const BackupStore& store,
                                    const StoredBackup& backup,
                                    const DumpTools& tools,
                                    const Clock& clock,
                                    const RunContext& run)
{
    BackupManifest manifest = backup.manifest;
    const ManifestLock lock(store, backup.manifest.id);
    if (!lock.taken())
        return failure(lock.taken().error());
    if (auto sound = checkDump(manifest, store.dumpOf(manifest), tools, run); !sound) {
        const ErrorCode code = sound.error().code;
        const bool isDamaged = code == ErrorCode::Malformed || code == ErrorCode::NotReadable;
        if (isDamaged && !manifest.verifiedAt.empty()) {
            manifest.verifiedAt.clear();
            manifest.rehearsedAt.clear();
            (void)store.keep(manifest); // the error is told either way
        }
        return failure(sound.error());
    }
    manifest.verifiedAt = toRfc3339(clock.now());
    if (auto kept = store.keep(manifest); !kept)
        return failure(kept.error());
    return manifest;
}

Result<BackupManifest> rehearseRestore(const BackupStore& store,
                                       const StoredBackup& backup,
                                       const DumpTools& tools,
                                       const ServerDoor& door,
                                       const Clock& clock,
                                       const RunContext& run)
{
    auto manifest = verifyBackup(store, backup, tools, clock, run);
    if (!manifest)
        return manifest;
    const auto same = restoredAndCompared(*manifest, store.dumpOf(*manifest), tools, door, run);
    const bool isDamaged = !same && same.error().code == ErrorCode::Malformed;
    if (!same && !isDamaged)
        return failure(same.error());
    const std::string now = toRfc3339(clock.now());
    manifest->rehearsedAt = isDamaged ? "" : now;
    manifest->verifiedAt = isDamaged ? "" : now;
    const ManifestLock lock(store, backup.manifest.id);
    if (!lock.taken())
        return failure(lock.taken().error());
    auto kept = store.keep(*manifest);
    if (isDamaged)
        return failure(same.error());
    return kept ? manifest : Result<BackupManifest>(failure(kept.error()));
}

const StoredBackup* lastVerified(const std::vector<StoredBackup>& backups,
                                 const std::string& systemIdentifier,
                                 const std::string& database,
                                 const std::string& target)
{
    BackupManifest wanted;
    wanted.systemIdentifier = systemIdentifier;
    wanted.database = database;
    wanted.target = target;
    for (const StoredBackup& backup : backups) {
        if (backup.isVerified() && databaseKey(backup.manifest) == databaseKey(wanted))
            return &backup;
    }
    return nullptr;
}

std::string ageText(const std::string& time, Time now)
{
    struct Unit
    {
        long long seconds;
        const char* one;
        const char* many;
    };

    constexpr std::array units{Unit{86'400, "1 day", " days"},
                               Unit{3'600, "1 hour", " hours"},
                               Unit{60, "1 minute", " minutes"}};
    const auto then = timeIn(time);
    if (!then)
        return {};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - *then).count();
    for (const Unit& unit : units) {
        if (const long long count = seconds / unit.seconds; count > 0)
            return count == 1 ? unit.one : std::to_string(count) + unit.many;
    }
    return "less than a minute";
}

} // namespace sightglass
