// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/known.h"
#include "core/base/result.h"
#include "core/base/source_span.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What somebody asked for: a place to start from and overrides of what files say.
struct ProjectRequest
{
    Path start; ///< a folder, an ini or toml file, or a bare folder of revision files
    std::string section = "alembic"; ///< alembic's -n
    std::string versionTable;        ///< empty = what env.py says
    std::string versionTableSchema;
};

/// A fact and where it was read; `span.file` empty = a default.
struct ReadFact
{
    Known<std::string> value = std::string();
    SourceSpan span;
};

/// An Alembic environment as its files describe it. Nothing was executed.
struct Project
{
    Path root;   ///< folder of the ini or toml; the folder itself when bare
    Path config; ///< alembic.ini or pyproject.toml; empty when there is none
    std::string section;
    Path scriptLocation;                ///< folder with env.py
    std::vector<Path> versionLocations; ///< existing or not, in order
    bool recursive = false;
    bool sourceless = false;
    Path environmentFile;        ///< env.py; empty when there is none
    ReadFact versionTable;       ///< "alembic_version" unless said otherwise
    ReadFact versionTableSchema; ///< empty text = search path
    ReadFact
        databaseUrl; ///< sqlalchemy.url, interpolated; empty when absent or a placeholder. SECRET
    /// Below a version location, with revision files that Alembic does not look for there.
    std::vector<Path> unreadFolders;
    std::vector<Path> importRoots;  ///< where the project's own modules are searched
    std::vector<std::string> notes; ///< sentences: what was odd in the settings, what was assumed
};

/// Finds the environment that `request` means: the nearest alembic.ini, pyproject.toml with
/// [tool.alembic], or folder holding versions/, upward; else a bare folder of revision files.
///
/// errors  NotFound   nothing there; names the paths looked at
///         Malformed  the ini or toml can't be read as Alembic would; file and line
///         Usage      no such section
/// source  Alembic 1.19 config.py and script/base.py
Result<Project> findProject(const FileSystem& files, const ProjectRequest& request);

} // namespace sightglass
