// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace sightglass {

/// Exit statuses of sightglass-cli; their meaning never changes.
enum class ExitStatus
{
    Done = 0,          ///< nothing at or over the threshold
    FindingsFound = 1, ///< findings at or over --fail-on, or an unhealthy diagnosis
    UsageError = 2,    ///< usage or unreadable input
    NoDatabase = 3,    ///< the database could not be reached or refused
    Refused = 4,       ///< an action was refused or not confirmed; nothing changed
    ActionFailed = 5,  ///< an action failed
    Interrupted = 130, ///< ended by Ctrl+C, as a shell says it
};

/// Options that every command takes.
struct CommonOptions
{
    std::string project = ".";
    std::string section = "alembic";
    std::string dsn;
    bool dsnFromProject = false;
    std::string versionTable;
    std::string versionTableSchema;
    std::string format = "text";
    std::string failOn = "high";
};

/// Where a command writes and what it may use. JSON and asked-for text go to `out` alone.
struct CommandContext
{
    std::ostream& out;
    std::ostream& err;
    RunContext run;
};

/// One command of the terminal program: a file of app/cli/commands, a line in its CMakeLists.txt.
struct Command
{
    std::string_view name;
    std::string_view summary;
    std::string_view examples;            ///< lines for --help, each a whole command
    std::string_view furtherFormats = {}; ///< of --format beside text and json, with blanks between
    /// Declares the command's own options on `app` and what happens when it is chosen: `*status` is
    /// set.
    void (*declare)(CLI::App& app,
                    const CommonOptions& common,
                    CommandContext& context,
                    ExitStatus* status);
};

/// All commands, in the order of `--help`.
std::span<const Command* const> commandTable();

/// The whole program: parses, runs, gives the exit status. Used by main and by tests, in process.
/// `arguments` are without the program's name.
int runCommandLine(std::span<const std::string> arguments, CommandContext& context);

} // namespace sightglass
