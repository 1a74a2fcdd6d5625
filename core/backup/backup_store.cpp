// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/backup_store.h"

#include "core/backup/dump_file.h"
#include "core/base/error.h"
#include "core/journal/run_lock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <system_error>

namespace sightglass {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view manifestEnd = ".json";
constexpr std::string_view partEnd = ".part";
constexpr std::string_view lockEnd = ".lock";

Error notWritten(const Path& file)
{
    return Error{.code = ErrorCode::NotPermitted,
                 .message = "Can't write " + printable(file.string()) + ".",
                 .nextStep = "Check the permissions of its folder and the disk.",
                 .file = file.string()};
}

bool sync(const Path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool isSynced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return isSynced;
}

/// The dump and, where it is a folder, all that is in it.
bool syncDump(const Path& dump)
{
    std::error_code code;
    bool isSynced = sync(dump);
    if (fs::is_directory(dump, code)) {
        for (fs::directory_iterator it(dump, code), end; !code && it != end; it.increment(code))
            isSynced = sync(it->path()) && isSynced;
    }
    return isSynced && !code;
}

std::string problemOf(const Path& dump, const BackupManifest& manifest)
{
    std::error_code code;
    if (!fs::exists(dump, code))
        return "Its dump is missing.";
    return sizeOfDump(dump) == manifest.bytes ? std::string() : "Its dump is of another size.";
}

/// The id in ".ID.lock".
std::optional<std::string> lockedId(const std::string& name)
{
    if (!name.starts_with('.') || !name.ends_with(lockEnd) || name.size() <= 1 + lockEnd.size())
        return std::nullopt;
    return name.substr(1, name.size() - 1 - lockEnd.size());
}

} // namespace

BackupStore::BackupStore(Path folder)
    : m_folder(std::move(folder))
{}

Path BackupStore::dumpOf(const BackupManifest& manifest) const
{
    return m_folder / manifest.file;
}

Path BackupStore::partOf(const std::string& id) const
{
    return m_folder / (id + std::string(partEnd));
}

Path BackupStore::lockOf(const std::string& id) const
{
    return m_folder / ("." + id + std::string(lockEnd));
}

Path BackupStore::manifestOf(const std::string& id) const
{
    return m_folder / (id + std::string(manifestEnd));
}

Result<std::vector<StoredBackup>> BackupStore::list() const
{
    const DiskFileSystem disk;
    const auto entries = disk.list(m_folder);
    if (!entries && entries.error().code == ErrorCode::NotFound)
        return std::vector<StoredBackup>();
    if (!entries)
        return failure(entries.error());
    std::vector<StoredBackup> backups;
    for (const DirectoryEntry& entry : *entries) {
        if (!entry.isFile || !entry.name.ends_with(manifestEnd))
            continue;
        const auto text = disk.read(m_folder / entry.name);
        auto manifest = text ? readManifest(*text) : Result<BackupManifest>(failure(text.error()));
        if (!manifest || manifestOf(manifest->id) != m_folder / entry.name)
            continue; // of another program
        std::string problem = problemOf(dumpOf(*manifest), *manifest);
        backups.push_back({.manifest = std::move(*manifest), .problem = std::move(problem)});
    }
    std::ranges::sort(backups, [](const StoredBackup& left, const StoredBackup& right) {
        return std::pair(left.manifest.begunAt, left.manifest.id) >
               std::pair(right.manifest.begunAt, right.manifest.id);
    });
    return backups;
}

Result<StoredBackup> BackupStore::find(const std::string& id) const
{
    const auto backups = list();
    if (!backups)
        return failure(backups.error());
    std::vector<const StoredBackup*> found;
    for (const StoredBackup& backup : *backups) {
        if (backup.manifest.id == id)
            return backup;
        if (!id.empty() && backup.manifest.id.ends_with(id))
            found.push_back(&backup);
    }
    if (found.size() == 1)
        return *found.front();
    return failure(found.empty() ? ErrorCode::NotFound : ErrorCode::Ambiguous,
                   (found.empty() ? "There is no backup " : "Several backups end in ") +
                       printable(id) + " in " + printable(m_folder.string()) + ".",
                   "sightglass-cli backups lists them.");
}

Result<void> BackupStore::makeFolder() const
{
    std::error_code code;
    const bool isNew = fs::create_directories(m_folder, code);
    if (isNew && !code)
        fs::permissions(m_folder, fs::perms::owner_all, code);
    if (code)
        return failure(notWritten(m_folder));
    return {};
}

Result<void> BackupStore::makePart(const std::string& id, bool isFolder) const
{
    const Path part = partOf(id);
    if (isFolder && ::mkdir(part.c_str(), 0700) == 0)
        return {};
    const int descriptor =
        isFolder ? -1 : ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failure(notWritten(part));
    ::close(descriptor);
    return {};
}

Result<void> BackupStore::complete(const BackupManifest& manifest) const
{
    const Path part = partOf(manifest.id);
    std::error_code code;
    if (!syncDump(part))
        return failure(notWritten(part));
    fs::rename(part, dumpOf(manifest), code);
    if (code || !sync(m_folder))
        return failure(notWritten(dumpOf(manifest)));
    return keep(manifest);
}

Result<void> BackupStore::keep(const BackupManifest& manifest) const
{
    const Path file = manifestOf(manifest.id);
    const Path beside = file.string() + std::string(partEnd);
    const std::string text = manifestText(manifest);
    const int descriptor =
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return failure(notWritten(file));
    const bool isWritten =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(descriptor) == 0;
    ::close(descriptor);
    std::error_code code;
    if (isWritten)
        fs::rename(beside, file, code);
    if (!isWritten || code) {
        fs::remove(beside, code);
        return failure(notWritten(file));
    }
    (void)sync(m_folder); // a manifest that a crash of the machine takes back leaves no false one
    return {};
}

Result<void> BackupStore::remove(const BackupManifest& manifest) const
{
    // Who is killed in between leaves the lock, so that the rest goes with the leftovers.
    const auto lock = FileLock::take(lockOf(manifest.id), std::chrono::milliseconds(0));
    if (!lock)
        return failure(lock.error());
    std::error_code code;
    fs::remove(manifestOf(manifest.id), code);
    if (!code)
        fs::remove_all(dumpOf(manifest), code);
    if (code)
        return failure(notWritten(dumpOf(manifest)));
    fs::remove(lockOf(manifest.id), code);
    return {};
}

void BackupStore::removeUnfinished(const std::string& id) const noexcept
{
    std::error_code code;
    fs::remove_all(partOf(id), code);
    fs::remove(manifestOf(id).string() + std::string(partEnd), code);
    if (!fs::exists(manifestOf(id), code) && !code) {
        for (const char* end : {".dump", ".dir"})
            fs::remove_all(m_folder / (id + end), code);
    }
    fs::remove(lockOf(id), code);
}

std::size_t BackupStore::removeLeftovers() const
{
    std::error_code code;
    std::vector<std::string> ids;
    for (fs::directory_iterator it(m_folder, code), end; !code && it != end; it.increment(code)) {
        // Ours alone have a lock; whoever holds it still works.
        const auto id = lockedId(it->path().filename().string());
        if (id && !FileLock::isHeld(it->path()))
            ids.push_back(*id);
    }
    for (const std::string& id : ids)
        removeUnfinished(id);
    return ids.size();
}

std::vector<BackupManifest> tooMany(const std::vector<StoredBackup>& backups, std::size_t keep)
{
    std::map<std::string, std::size_t> seen;
    std::map<std::string, bool> hasVerified;
    std::vector<BackupManifest> result;
    for (const StoredBackup& backup : backups) {
        const std::string database = databaseKey(backup.manifest);
        const bool isLastVerified = backup.isVerified() && !hasVerified[database];
        hasVerified[database] = hasVerified[database] || backup.isVerified();
        if (++seen[database] > keep && !isLastVerified)
            result.push_back(backup.manifest);
    }
    return result;
}

} // namespace sightglass
