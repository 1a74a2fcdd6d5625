// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

using Path = std::filesystem::path;

struct DirectoryEntry
{
    std::string name;
    bool isDirectory = false; ///< after following links
    bool isFile = false;      ///< regular, after following links
    bool isLink = false;      ///< a symbolic link itself

    friend bool operator==(const DirectoryEntry&, const DirectoryEntry&) = default;
};

/// The seam between our stages and a disk. Thread safe for reading.
///
/// errors  NotFound      nothing is there (also: it vanished while being read)
///         NotReadable   no right, or not a file or folder
class FileSystem
{
public:
    virtual ~FileSystem() = default;

    /// Bytes of a file, at most `limit` of them from its start.
    virtual Result<std::string> read(const Path& file, std::size_t limit = SIZE_MAX) const = 0;
    /// Entries of a folder, sorted by name, without . and ..
    virtual Result<std::vector<DirectoryEntry>> list(const Path& folder) const = 0;
    virtual bool isFile(const Path& path) const = 0;
    virtual bool isDirectory(const Path& path) const = 0;
    /// Size in bytes.
    virtual Result<std::uintmax_t> size(const Path& file) const = 0;
    /// Absolute path without links; the identity of a file.
    virtual Result<Path> canonical(const Path& path) const = 0;
};

/// The real disk.
class DiskFileSystem final : public FileSystem
{
public:
    Result<std::string> read(const Path& file, std::size_t limit = SIZE_MAX) const override;
    Result<std::vector<DirectoryEntry>> list(const Path& folder) const override;
    bool isFile(const Path& path) const override;
    bool isDirectory(const Path& path) const override;
    Result<std::uintmax_t> size(const Path& file) const override;
    Result<Path> canonical(const Path& path) const override;
};

/// Files that exist only in memory. Paths are absolute; folders exist by their files.
class MemoryFileSystem final : public FileSystem
{
public:
    void put(const Path& file, std::string text);

    Result<std::string> read(const Path& file, std::size_t limit = SIZE_MAX) const override;
    Result<std::vector<DirectoryEntry>> list(const Path& folder) const override;
    bool isFile(const Path& path) const override;
    bool isDirectory(const Path& path) const override;
    Result<std::uintmax_t> size(const Path& file) const override;
    Result<Path> canonical(const Path& path) const override;

private:
    std::map<std::string, std::string> m_files;
};

} // namespace sightglass
