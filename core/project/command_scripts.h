// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project_files.h"
#include "core/project/shell_reader.h"

#include <string>
#include <vector>

namespace sightglass {

/// Commands that somebody starts as one: a shell script, a target of a Makefile, a script of
/// package.json, a step of CI.
struct CommandScript
{
    std::string name; ///< of the target or script; empty: the file as a whole
    std::string file; ///< as ProjectFile::shown
    Path path;
    ProjectPlace place = ProjectPlace::Application;
    std::vector<ShellCommand> commands;
    std::vector<std::string> needs; ///< scripts of the same file that run before it
    bool asks = false; ///< its declaration makes its program ask, or stop without a word

    /// "target clean of Makefile", "scripts/reset.sh".
    std::string shownName() const;
};

/// Reads all files that hold commands: shell scripts, Makefiles, justfiles, package.json,
/// pyproject.toml (poe, taskipy, pdm, hatch), Taskfiles, CI settings, Procfiles. Nothing is run.
///
/// notes  gets a sentence for each file that can't be read
std::vector<CommandScript> readCommandScripts(const FileSystem& files,
                                              const ProjectFiles& project,
                                              const ScanLimits& limits,
                                              std::vector<std::string>& notes);

namespace command_files {

/// Of one file's text; `file` gives names and place to what is made.
std::vector<CommandScript> ofMakefile(std::string_view text, const CommandScript& file);
std::vector<CommandScript> ofJustfile(std::string_view text, const CommandScript& file);
std::vector<CommandScript> ofPackageJson(std::string_view text, const CommandScript& file);
std::vector<CommandScript> ofPyproject(std::string_view text, const CommandScript& file);
std::vector<CommandScript> ofProcfile(std::string_view text, const CommandScript& file);
/// CI settings and Taskfiles; nothing for other YAML.
std::vector<CommandScript> ofYaml(std::string_view text, const CommandScript& file);

} // namespace command_files

} // namespace sightglass
