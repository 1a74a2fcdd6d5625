// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project_files.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// CMD or ENTRYPOINT: words in exec form, or one text for a shell. ARG and ENV stay as text.
struct DockerCommand
{
    std::vector<std::string> words; ///< exec form
    std::string shell;              ///< shell form; empty: exec form
    int line = 0;

    bool empty() const { return words.empty() && shell.empty(); }
};

struct DockerCopy
{
    std::vector<std::string> sources;
    std::string target; ///< absolute: below the folder that WORKDIR says
    int line = 0;
};

struct DockerStage
{
    std::string name; ///< of AS; empty: none
    std::string base;
    int line = 0;
    std::string workingDirectory = "/";
    std::optional<DockerCommand> command;
    std::optional<DockerCommand> entrypoint;
    std::vector<DockerCopy> copies;
};

struct Dockerfile
{
    std::string file; ///< as ProjectFile::shown
    Path path;
    ProjectPlace place = ProjectPlace::Application;
    std::vector<DockerStage> stages;

    /// The stage of a name, or the last; with what it inherits from stages of this file.
    DockerStage stage(std::string_view name) const;
};

/// The instructions that say what a container starts and which files it has. Continuation lines,
/// comments, the escape directive and here documents are understood.
Dockerfile readDockerfile(std::string_view text);

std::vector<Dockerfile>
readDockerfiles(const FileSystem& files, const ProjectFiles& project, const ScanLimits& limits);

} // namespace sightglass
