// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// A place that looks like an Alembic environment, before its settings are understood.
struct Candidate
{
    Path ini;     ///< alembic.ini or the ini that was named; empty = none
    Path toml;    ///< pyproject.toml with [tool.alembic]; empty = none
    Path scripts; ///< folder with env.py and no settings; or a bare folder of revision files
    bool bare = false;

    bool hasSettings() const { return !ini.empty() || !toml.empty(); }

    /// The file or folder to name in a sentence.
    Path place() const { return !ini.empty() ? ini : !toml.empty() ? toml : scripts; }
};

/// Settings files of exactly this folder. A pyproject.toml counts only with [tool.alembic].
std::optional<Candidate> settingsIn(const FileSystem& files, const Path& folder);

/// Whether a folder holds an env.py of Alembic together with versions/ or script.py.mako, or
/// versions/ with revision files in it.
bool isScriptFolder(const FileSystem& files, const Path& folder);

/// Whether a folder directly holds a file that binds `revision` and `down_revision`.
bool holdsRevisions(const FileSystem& files, const Path& folder);

/// A folder below `folder` that holds revision files; empty when there is none within a few levels.
std::optional<Path> subfolderWithRevisions(const FileSystem& files, const Path& folder);

/// Environments in the folders below, breadth first, a few levels deep; folders of tools and
/// installed packages are not entered. Folders with env.py that belong to settings found are not
/// listed again.
///
/// cost  at most 2,000 listings
std::vector<Candidate> environmentsBelow(const FileSystem& files, const Path& folder);

} // namespace sightglass
