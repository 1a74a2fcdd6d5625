// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scripts/script_directory.h"

#include <string>
#include <vector>

namespace sightglass {

/// A file that Alembic would load.
struct VersionFile
{
    Path path;         ///< where it lies, links not followed
    std::string shown; ///< the path, with the name that Alembic sees
};

/// Files of the version locations in Alembic's load order, and what was left out.
struct VersionFiles
{
    std::vector<VersionFile> files;
    std::vector<FileProblem> problems;
    std::vector<IgnoredFile> ignored;
    std::size_t locationsListed = 0;
    std::vector<Error> failures; ///< locations that exist and can't be listed
};

/// Lists the version locations with Alembic's file filter.
///
/// cost    one listing a folder; the real path of what is a link
/// source  Alembic 1.19 script/base.py, Script._list_py_dir and ScriptDirectory._load_revisions
Result<VersionFiles>
listVersionFiles(const FileSystem& files, const Project& project, const RunContext& run);

} // namespace sightglass
