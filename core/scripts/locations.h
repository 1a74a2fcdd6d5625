// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/scripts/settings.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// `folder` and the folders above it, nearest first, up to the one that holds .git; without a
/// repository at most eight, and never the root of the disk.
std::vector<Path> foldersUpward(const FileSystem& files, const Path& folder);

/// Where modules of the project may lie: prepend_sys_path, the settings' folder, the folders above,
/// each with its src.
std::vector<Path> importRootsOf(const FileSystem& files,
                                const Path& folder,
                                const std::vector<std::string>& prepended);

/// Splits an ini's list of paths as Alembic does.
///
/// separator  path_separator or version_path_separator; empty optional = the old rule
/// errors     Malformed  a separator that Alembic does not know
Result<std::vector<std::string>> splitPaths(const std::string& text,
                                            const std::optional<Setting>& separator,
                                            std::string_view legacySeparators);

/// A place named in the settings.
struct ResolvedPath
{
    Path path;
    bool exists = false;
    std::string note; ///< a sentence when it took more than looking beside the settings
};

/// A path or `package:path` of the settings.
///
/// shape  relative paths are tried against `folder` and each folder above it, and stay beside the
///        settings when none exists; packages are searched in `roots`
ResolvedPath resolvePath(const FileSystem& files,
                         const std::string& text,
                         const Path& folder,
                         const std::vector<Path>& roots);

} // namespace sightglass
