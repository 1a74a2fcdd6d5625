// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// One file as it would be; the folder it is in is there.
struct FileEdit
{
    Path file;                           ///< absolute
    std::optional<std::string> contents; ///< absent: it goes

    friend bool operator==(const FileEdit&, const FileEdit&) = default;
};

/// Another file system with some files edited: what a folder would be after a plan. Writes nothing.
class EditedFiles final : public FileSystem
{
public:
    EditedFiles(const FileSystem& below, const std::vector<FileEdit>& edits);

    Result<std::string> read(const Path& file, std::size_t limit = SIZE_MAX) const override;
    Result<std::vector<DirectoryEntry>> list(const Path& folder) const override;
    bool isFile(const Path& path) const override;
    bool isDirectory(const Path& path) const override;
    Result<std::uintmax_t> size(const Path& file) const override;
    Result<Path> canonical(const Path& path) const override;

private:
    const std::optional<std::string>* edited(const Path& file) const; ///< null: as it is below

    const FileSystem& m_below;
    std::map<Path, std::optional<std::string>> m_edits;
};

} // namespace sightglass
