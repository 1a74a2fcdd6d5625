// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "core/project/command_scripts.h"
#include "core/project/compose.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

enum class DestructiveKind
{
    VolumesOfProject, ///< compose down -v
    Volume,           ///< docker volume rm, prune
    Database,         ///< dropdb, DROP DATABASE
    Schema,           ///< DROP SCHEMA, DROP OWNED
    Tables,           ///< drop_all, alembic downgrade base
    DataFolder,       ///< rm -r of the server's files
};

/// A command that takes a database or its volume away.
struct DestructiveCommand
{
    DestructiveKind kind = DestructiveKind::Database;
    std::string script; ///< CommandScript::shownName
    std::string file;
    int line = 0;
    std::string text;                 ///< the command, for people
    bool asks = false;                ///< somebody is asked before it
    std::vector<std::string> volumes; ///< that it deletes, by full name, where that is known
    bool databaseVolume = false;      ///< one of them holds a database
    bool volumesKnown = false;        ///< the compose file it works on was found
    bool forTests = false;            ///< its object is named as one for tests
    ProjectPlace place = ProjectPlace::Application;
};

/// Every such command of the project's scripts, those that ask included. Text that is only printed
/// is none.
std::vector<DestructiveCommand> destructiveCommands(const std::vector<CommandScript>& scripts,
                                                    const std::vector<ComposeFile>& composeFiles);

/// Those that nobody is asked about, as findings "destructive-without-prompt".
std::vector<Finding> destructiveFindings(const std::vector<DestructiveCommand>& commands);

/// Whether a person is asked, or has to give a word, before the command at `index` of `script`
/// runs: in the script, in the functions on the way, or in the targets it needs.
bool isAskedBefore(const std::vector<CommandScript>& scripts,
                   const CommandScript& script,
                   std::size_t index);

} // namespace sightglass
