// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backup/manifest.h"
#include "core/base/file_system.h"
#include "core/base/result.h"

#include <string>
#include <vector>

namespace sightglass {

/// A backup as it lies in a folder.
struct StoredBackup
{
    BackupManifest manifest;
    /// A sentence: why it can't be restored. Empty: nothing is known against it.
    std::string problem;

    bool isVerified() const { return problem.empty() && !manifest.verifiedAt.empty(); }
};

/// A folder of backups: for each a dump and a manifest, which is written last and removed first.
class BackupStore
{
public:
    explicit BackupStore(Path folder);

    const Path& folder() const { return m_folder; }

    Path dumpOf(const BackupManifest& manifest) const;
    Path manifestOf(const std::string& id) const;
    /// While it is being made.
    Path partOf(const std::string& id) const;
    /// Held by the program that makes it; it is there as long as it is not whole.
    Path lockOf(const std::string& id) const;

    /// Newest first. A dump that is missing or of another size is told; contents are not read.
    ///
    /// shape   empty where there is no such folder
    /// errors  NotReadable
    Result<std::vector<StoredBackup>> list() const;

    /// The one whose id is, or ends in, `id`.
    ///
    /// errors  NotFound, Ambiguous
    Result<StoredBackup> find(const std::string& id) const;

    /// Makes the folder, for its owner alone.
    ///
    /// errors  NotPermitted
    Result<void> makeFolder() const;

    /// Makes an empty partOf, for its owner alone from the beginning: it is to hold all data.
    ///
    /// errors  NotPermitted
    Result<void> makePart(const std::string& id, bool isFolder) const;

    /// Makes a whole backup of what partOf holds: brings it to the disk, gives it its name, writes
    /// the manifest.
    ///
    /// errors  NotPermitted; nothing of it is a backup then
    Result<void> complete(const BackupManifest& manifest) const;

    /// Writes the manifest; it is there in full or not at all.
    Result<void> keep(const BackupManifest& manifest) const;

    /// Removes the manifest, then the dump.
    ///
    /// errors  NotPermitted; TimedOut: another program works on it
    Result<void> remove(const BackupManifest& manifest) const;

    /// Removes what runs that were killed have left half made. Gives how many.
    std::size_t removeLeftovers() const;
    /// Removes what is not whole of one, and its lock.
    void removeUnfinished(const std::string& id) const noexcept;

private:
    Path m_folder;
};

/// Those of one database that are too many: all but the newest `keep`, and never the last one that
/// is verified.
///
/// backups  newest first, of any databases
std::vector<BackupManifest> tooMany(const std::vector<StoredBackup>& backups, std::size_t keep);

} // namespace sightglass
