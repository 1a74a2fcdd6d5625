// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/run_context.h"
#include "core/scripts/project.h"

#include <string>
#include <vector>

namespace sightglass {

enum class ProjectFileKind
{
    Python,
    Shell,
    Makefile,
    Justfile,
    PackageJson,
    Pyproject,
    Yaml,
    Dockerfile,
    Sql,
    Procfile,
    Other
};

/// What a file is there for, told by where it lies.
enum class ProjectPlace
{
    Application,
    Test,
    Example,   ///< documentation and samples
    Ci,        ///< run by a service on machines that are thrown away
    Migration, ///< in the folder of env.py
};

struct ProjectFile
{
    Path path;
    std::string shown; ///< below the root of the scan
    ProjectFileKind kind = ProjectFileKind::Other;
    ProjectPlace place = ProjectPlace::Application;
};

struct ScanLimits
{
    std::size_t files = 20'000;
    std::size_t folders = 6'000;
    int depth = 14;
    std::size_t fileBytes = 2'000'000; ///< larger files are named and not read
    std::size_t sqlBytes = 8'000'000;  ///< the same for SQL
};

/// The files around an Alembic environment that a scan looks at.
struct ProjectFiles
{
    Path root;                      ///< the repository, or the project's folder where there is none
    std::vector<ProjectFile> files; ///< sorted by `shown`
    std::vector<std::string> notes; ///< sentences: what was left out, and why

    /// Files of a kind, in order.
    std::vector<const ProjectFile*> of(ProjectFileKind kind) const;
    const ProjectFile* at(const Path& path) const;
};

/// Lists the files of the repository that holds `project`. Folders of tools, installed packages,
/// links, and other Alembic projects beside this one are not entered.
///
/// shape  sorted; what a limit left out is a note
/// cost   one listing a folder, and the head of files without an extension
ProjectFiles listProjectFiles(const FileSystem& files,
                              const Project& project,
                              const RunContext& run,
                              const ScanLimits& limits = {});

/// Whether `text` has one of the words "test", "tests", "testing", "ci", "e2e", "integration"
/// between other characters than letters.
bool namesTests(std::string_view text);

} // namespace sightglass
