// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What stands between a command and the next one.
enum class ShellOperator
{
    Sequence,   ///< ; or a new line
    And,        ///< &&
    Or,         ///< ||
    Pipe,       ///< |
    Background, ///< &
};

/// The branch of a `case` that a command stands in.
struct ShellCase
{
    int number = 0;   ///< of the `case` in its text
    int arm = 0;      ///< of the branch in its `case`
    std::string word; ///< "$1", without quotes
    std::vector<std::string> patterns;
};

/// One simple command of a shell text, as words with quotes taken off. `$X`, `${X}` and `$(…)` stay
/// as written; what stands in `$(…)` is a command of its own before it.
struct ShellCommand
{
    std::vector<std::string> words;       ///< the program first
    std::vector<std::string> assignments; ///< NAME=value before the program
    std::string input;                    ///< here document or here string
    int line = 0;                         ///< of its first word
    ShellOperator before = ShellOperator::Sequence;
    ShellOperator after = ShellOperator::Sequence;
    std::string function;         ///< in whose body it stands; empty: none
    bool inCondition = false;     ///< between if, while, until and then or do
    bool inLoopHead = false;      ///< between while or until and do
    bool inBranch = false;        ///< between then, else, a case's pattern and its end
    int branch = 0;               ///< commands that stand in one branch have the same number
    std::vector<ShellCase> cases; ///< outermost first
    bool substitution = false;    ///< inside $(…) or `…`

    const std::string& program() const;
    /// Its words with blanks between, for people.
    std::string text() const;
};

/// Commands of a shell text in order. POSIX and bash grammar as far as it separates commands;
/// nothing is expanded or run. Any bytes are accepted.
///
/// firstLine  of the text in its file
/// cost       linear
std::vector<ShellCommand> readShell(std::string_view text, int firstLine = 1);

/// A command as the programs that only start others leave it: sudo, env, exec, `uv run`,
/// `docker compose exec app`, `sh -c "…"`, xargs. Several where a text is given to a shell.
///
/// shape  the command itself where nothing is wrapped
std::vector<ShellCommand> innermostCommands(const ShellCommand& command);

} // namespace sightglass
