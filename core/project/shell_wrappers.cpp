// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that only start another one.
#include "core/project/shell_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <span>
#include <utility>

namespace sightglass {

namespace {

constexpr int deepestWrapping = 12;

/// `program sub [flags] positional… command`
struct Wrapper
{
    std::string_view program;
    std::string_view sub;        ///< second word; empty: none
    std::string_view valueFlags; ///< flags that take the next word, with blanks around each
    int positional = 0;          ///< words between flags and the command
    bool afterDashes = false;    ///< the command begins behind `--`
};

constexpr std::string_view execFlags =
    " -e --env -u --user -w --workdir --index --env-file --name --entrypoint -v --volume -p "
    "--publish -l --label ";
constexpr std::string_view runFlags =
    " --with --project --directory --python -p --env-file --group --only-group --extra --package "
    "-n --name -C --no-group ";

constexpr std::array wrappers{
    Wrapper{"sudo", "", " -u -g -h -p -C --user --group "},
    Wrapper{"doas", "", " -u "},
    Wrapper{"env", "", " -u -C --unset "},
    Wrapper{"exec", "", " -a "},
    Wrapper{"command", "", ""},
    Wrapper{"builtin", "", ""},
    Wrapper{"time", "", ""},
    Wrapper{"nohup", "", ""},
    Wrapper{"setsid", "", ""},
    Wrapper{"chronic", "", ""},
    Wrapper{"nice", "", " -n "},
    Wrapper{"ionice", "", " -c -n "},
    Wrapper{"timeout", "", " -s -k --signal --kill-after ", 1},
    Wrapper{"gosu", "", "", 1},
    Wrapper{"su-exec", "", "", 1},
    Wrapper{"runuser", "", " -u -g ", 0},
    Wrapper{"setpriv", "", ""},
    Wrapper{"tini", "", " -p -e "},
    Wrapper{"dumb-init", "", " -r --rewrite "},
    Wrapper{"catatonit", "", ""},
    Wrapper{"uv", "run", runFlags},
    Wrapper{"poetry", "run", runFlags},
    Wrapper{"pipenv", "run", runFlags},
    Wrapper{"pdm", "run", runFlags},
    Wrapper{"rye", "run", runFlags},
    Wrapper{"hatch", "run", runFlags},
    Wrapper{"pixi", "run", runFlags},
    Wrapper{"conda", "run", runFlags},
    Wrapper{"coverage", "run", " --source --rcfile "},
    Wrapper{"opentelemetry-instrument", "", ""},
    Wrapper{"ddtrace-run", "", ""},
    Wrapper{"newrelic-admin", "run-program", ""},
    Wrapper{"docker", "exec", execFlags, 1},
    Wrapper{"podman", "exec", execFlags, 1},
    Wrapper{"xargs", "", " -n -I -P -L -d "},
    Wrapper{"kubectl", "exec", "", 0, true},
    Wrapper{"doppler", "run", "", 0, true},
    Wrapper{"op", "run", "", 0, true},
    Wrapper{"dotenv", "run", "", 0, true},
    Wrapper{"infisical", "run", "", 0, true},
    Wrapper{"dockerize", "", "", 0, true},
    Wrapper{"wait-for-it", "", "", 0, true},
    Wrapper{"wait-for-it.sh", "", "", 0, true},
    Wrapper{"wait-for", "", "", 0, true},
};

constexpr std::string_view composeFlags =
    " -f --file -p --project-name --profile --env-file --project-directory --ansi --parallel "
    "--progress -H --host --context ";

std::string_view nameOf(std::string_view program)
{
    return program.substr(program.rfind('/') + 1);
}

bool takesValue(std::string_view flags, const std::string& word)
{
    return flags.find(" " + word + " ") != std::string_view::npos;
}

/// Index of the first word behind flags and assignments.
std::size_t behindFlags(std::span<const std::string> words, std::size_t at, std::string_view flags)
{
    while (at < words.size()) {
        const std::string& word = words[at];
        if (word == "--")
            return at + 1;
        const bool assignment =
            word.find('=') != std::string::npos && !word.starts_with('-') &&
            (std::isalpha(static_cast<unsigned char>(word.front())) != 0 || word.front() == '_') &&
            word.find('/') > word.find('=');
        if (word.size() > 1 && word.starts_with('-'))
            at += takesValue(flags, word) ? 2 : 1;
        else if (assignment)
            ++at;
        else
            return at;
    }
    return at;
}

using Rest = std::optional<std::size_t>; ///< where the command inside begins

Rest composeCommand(std::span<const std::string> words)
{
    std::size_t at = 1;
    if (words.size() > 1 && words[1] == "compose")
        at = 2;
    else if (!nameOf(words[0]).ends_with("-compose"))
        return std::nullopt;
    at = behindFlags(words, at, composeFlags);
    if (at >= words.size() || (words[at] != "exec" && words[at] != "run"))
        return std::nullopt;
    return behindFlags(words, at + 1, execFlags) + 1; // the service
}

Rest wrappedCommand(std::span<const std::string> words)
{
    const std::string_view program = nameOf(words[0]);
    if (const Rest inside = composeCommand(words))
        return inside;
    for (const Wrapper& each : wrappers) {
        if (each.program != program)
            continue;
        std::size_t at = 1;
        if (!each.sub.empty() && (words.size() < 2 || words[1] != each.sub))
            continue;
        at += each.sub.empty() ? 0 : 1;
        if (each.afterDashes) {
            const auto dashes = std::ranges::find(words, "--");
            return dashes == words.end() ? Rest() : Rest(dashes - words.begin() + 1);
        }
        if (each.program == "uv" && at + 1 < words.size() && words[at] == "-m")
            return at + 1; // a module
        return behindFlags(words, at, each.valueFlags) + static_cast<std::size_t>(each.positional);
    }
    return std::nullopt;
}

bool isShell(std::string_view program)
{
    static constexpr std::array shells{"sh", "bash", "zsh", "dash", "ash", "ksh"};
    return std::ranges::find(shells, program) != shells.end();
}

std::string joined(std::span<const std::string> words)
{
    std::string made;
    for (const std::string& word : words)
        made += (made.empty() ? "" : " ") + word;
    return made;
}

/// The text that a shell would run; empty optional: none is given.
std::optional<std::string> shellText(std::span<const std::string> words)
{
    const std::string_view program = nameOf(words[0]);
    if (program == "eval")
        return joined(words.subspan(1));
    if (program == "trap")
        return words.size() > 2 ? std::optional(words[1]) : std::nullopt;
    if (program == "ssh") {
        const std::size_t host = behindFlags(words, 1, " -i -p -o -l -F -J ");
        if (host + 1 < words.size())
            return joined(words.subspan(host + 1));
        return std::nullopt;
    }
    if (!isShell(program) && program != "su")
        return std::nullopt;
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        const std::string& flag = words[i];
        if (flag.starts_with('-') && !flag.starts_with("--") && flag.ends_with('c'))
            return words[i + 1];
        if (!flag.starts_with('-') && program != "su")
            return std::nullopt; // a script's name
    }
    return std::nullopt;
}

void unwrap(ShellCommand command, int depth, std::vector<ShellCommand>& made)
{
    if (command.words.empty() || depth > deepestWrapping) {
        made.push_back(std::move(command));
        return;
    }
    if (const auto text = shellText(command.words)) {
        for (ShellCommand& each : readShell(*text, command.line)) {
            each.line = command.line;
            each.function = command.function;
            each.inCondition = each.inCondition || command.inCondition;
            each.inBranch = each.inBranch || command.inBranch;
            unwrap(std::move(each), depth + 1, made);
        }
        return;
    }
    const Rest rest = wrappedCommand(command.words);
    if (!rest || *rest >= command.words.size()) {
        made.push_back(std::move(command));
        return;
    }
    command.words.erase(command.words.begin(),
                        command.words.begin() + static_cast<std::ptrdiff_t>(*rest));
    unwrap(std::move(command), depth + 1, made);
}

} // namespace

std::vector<ShellCommand> innermostCommands(const ShellCommand& command)
{
    std::vector<ShellCommand> made;
    unwrap(command, 0, made);
    return made;
}

} // namespace sightglass
