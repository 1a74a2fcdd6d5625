// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"

#include <map>
#include <mutex>
#include <string>

namespace sightglass {

/// A file system for one pass over a project in stages: what one stage read of a small file, the
/// next that asks gets without the disk. So stages see the same bytes, and files are opened once.
/// A third reading goes to the disk again, so nothing is held for long.
///
/// thread  safe
class FilesOnce final : public FileSystem
{
public:
    explicit FilesOnce(const FileSystem& files)
        : m_files(files)
    {}

    Result<std::string> read(const Path& file, std::size_t limit = SIZE_MAX) const override;

    Result<std::vector<DirectoryEntry>> list(const Path& folder) const override
    {
        return m_files.list(folder);
    }

    bool isFile(const Path& path) const override { return m_files.isFile(path); }

    bool isDirectory(const Path& path) const override { return m_files.isDirectory(path); }

    Result<std::uintmax_t> size(const Path& file) const override { return m_files.size(file); }

    Result<Path> canonical(const Path& path) const override { return m_files.canonical(path); }

private:
    const FileSystem& m_files;
    mutable std::mutex m_mutex; ///< of what follows
    mutable std::map<std::string, std::string> m_held;
    mutable std::size_t m_bytes = 0;
};

} // namespace sightglass
