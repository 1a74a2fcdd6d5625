// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/start_reader.h"

#include "core/project/case_arms.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace sightglass {

namespace {

constexpr int deepestScript = 5;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

std::string baseName(const std::string& path)
{
    return path.substr(path.rfind('/') + 1);
}

bool isShell(std::string_view program)
{
    return isOneOf(program, {"sh", "bash", "dash", "ash", "zsh", "source", "."});
}

bool isPython(std::string_view program)
{
    return program.starts_with("python") || program == "pypy3";
}

/// Programs that run until they are stopped.
bool isServer(std::string_view program)
{
    return isOneOf(program,
                   {"uvicorn",        "gunicorn", "hypercorn",   "granian",    "daphne",
                    "waitress-serve", "uwsgi",    "celery",      "flask",      "fastapi",
                    "litestar",       "sanic",    "supervisord", "honcho",     "circusd",
                    "dramatiq",       "rq",       "arq",         "taskiq",     "huey_consumer",
                    "streamlit",      "chainlit", "nginx",       "node",       "tail",
                    "sleep",          "robyn",    "twistd",      "apache2ctl", "httpd"});
}

/// Programs of the shell and around that neither upgrade nor run on.
bool isHarmless(std::string_view program)
{
    return isOneOf(program, {"echo",        "alembic",  "printf",     "set",
                             "export",      "cd",       "if",         "[",
                             "[[",          "test",     "sleep",      "true",
                             "false",       ":",        "exit",       "return",
                             "wait",        "mkdir",    "chmod",      "chown",
                             "cp",          "mv",       "ln",         "rm",
                             "touch",       "cat",      "pg_isready", "nc",
                             "psql",        "curl",     "wget",       "source",
                             ".",           "trap",     "read",       "shift",
                             "local",       "unset",    "readonly",   "declare",
                             "date",        "id",       "ulimit",     "umask",
                             "env",         "grep",     "sed",        "awk",
                             "cut",         "tr",       "head",       "until",
                             "getopts",     "kill",     "pip",        "uv",
                             "poetry",      "npm",      "yarn",       "apt-get",
                             "which",       "hash",     "type",       "alias",
                             "shopt",       "break",    "continue",   "wait-for-it.sh",
                             "wait-for-it", "find",     "sha256sum",  "openssl",
                             "basename",    "dirname",  "pwd",        "whoami",
                             "usermod",     "groupmod", "tee",        "xargs",
                             "redis-cli",   "createdb", "nproc",      "sort",
                             "uname",       "hostname", "stat",       "expr",
                             "seq",         "ls"});
}

/// Files called so, those whose path ends in the most of `wanted` first; several where it is not
/// to be told which.
template <typename Each, typename PathOf>
std::vector<const Each*>
fitting(const std::vector<Each>& all, const std::string& wanted, PathOf pathOf)
{
    std::vector<const Each*> made;
    std::size_t best = 0;
    for (const Each& each : all) {
        const std::string path = pathOf(each);
        if (baseName(path) != baseName(wanted))
            continue;
        std::size_t same = 0;
        while (same < path.size() && same < wanted.size() &&
               path[path.size() - 1 - same] == wanted[wanted.size() - 1 - same])
            ++same;
        if (same > best)
            made.clear();
        if (same >= best)
            made.push_back(&each);
        best = std::max(best, same);
    }
    return made;
}

/// `set -e` before a command: in the script's first words, or as `#!/bin/sh -e`.
bool setsErrexit(const ShellCommand& command)
{
    if (command.program() != "set")
        return false;
    for (std::size_t i = 1; i < command.words.size(); ++i) {
        const std::string& word = command.words[i];
        if (word == "errexit" || (word.size() > 1 && word[0] == '-' && word[1] != '-' &&
                                  word.find('e') != std::string::npos && word != "-o"))
            return true;
    }
    return false;
}

/// Whether what stands behind a command runs although it failed. Behind the end of its branch that
/// can't be told, and is not said.
bool goesOnAfterFailure(const std::vector<ShellCommand>& commands, std::size_t index, bool stops)
{
    const ShellCommand& command = commands[index];
    if (index + 1 == commands.size())
        return false;
    const ShellCommand& next = commands[index + 1];
    if (command.inBranch && next.branch != command.branch)
        return false;
    if (command.after == ShellOperator::And)
        return false;
    if (command.after == ShellOperator::Or)
        return next.program() != "exit" && next.program() != "return";
    return !stops && !command.inCondition;
}

} // namespace

bool isUpgradeCommand(const ShellCommand& command)
{
    const auto& words = command.words;
    std::size_t at = 0;
    if (words.empty())
        return false;
    if (isPython(baseName(words[0])) && words.size() > 2 && words[1] == "-m")
        at = 2;
    const std::string program = baseName(words[at]);
    const auto has = [&](std::string_view word) {
        return std::find(words.begin() + static_cast<std::ptrdiff_t>(at), words.end(), word) !=
               words.end();
    };
    if (has("--sql") || !has("upgrade"))
        return false;
    if (program == "alembic" || program == "flask" || program.ends_with("-db-manage") ||
        program.ends_with("-manage") || program == "quart")
        return program == "alembic" || has("db") || program.find("manage") != std::string::npos;
    return has("db"); // superset db upgrade, airflow db upgrade, app db upgrade
}

void StartReader::add(StartStepKind kind,
                      const ShellCommand& command,
                      const SourceSpan& span,
                      bool ignored,
                      std::string why)
{
    SourceSpan place = span;
    m_steps.push_back({.kind = kind,
                       .text = command.text(),
                       .why = std::move(why),
                       .span = std::move(place),
                       .failureIgnored = ignored,
                       .background = command.after == ShellOperator::Background,
                       .runsOn = m_runsOn});
}

std::vector<StartStep> StartReader::read(const std::vector<std::string>& words,
                                         const std::string& shell,
                                         const std::vector<std::string>& arguments,
                                         const SourceSpan& span)
{
    m_steps.clear();
    if (!shell.empty()) {
        follow(readShell(shell, span.line), span, arguments, false, 0);
        return std::move(m_steps);
    }
    ShellCommand command;
    command.words = words;
    command.line = span.line;
    follow({command}, span, arguments, true, 0);
    return std::move(m_steps);
}

void StartReader::follow(const std::vector<ShellCommand>& commands,
                         const SourceSpan& span,
                         const std::vector<std::string>& arguments,
                         bool stops,
                         int depth)
{
    const std::map<int, int> taken = takenArms(commands, arguments);
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const ShellCommand& command = commands[i];
        stops = stops || setsErrexit(command);
        if (command.substitution || isInOtherArm(command, taken))
            continue;
        const bool ignored = goesOnAfterFailure(commands, i, stops);
        SourceSpan place = span;
        if (depth > 0)
            place.line = command.line;
        m_runsOn = (!command.words.empty() && command.words.front() == "exec") || command.inBranch;
        followCommand(command, place, arguments, ignored, depth);
    }
}

void StartReader::followCommand(const ShellCommand& outer,
                                const SourceSpan& span,
                                const std::vector<std::string>& arguments,
                                bool ignored,
                                int depth)
{
    std::vector<ShellCommand> inner = innermostCommands(outer);
    if (inner.size() > 1) { // a text for a shell
        for (ShellCommand& each : inner)
            each.line = span.line;
        follow(inner, span, arguments, false, depth + 1);
        return;
    }
    if (inner.empty() || inner.front().words.empty())
        return;
    ShellCommand command = std::move(inner.front());
    const std::string program = baseName(command.program());
    if (command.program() == "$@" || command.program() == "${@}" || command.program() == "$*") {
        if (arguments.empty())
            return add(StartStepKind::Unknown,
                       command,
                       span,
                       ignored,
                       "it runs what it is given, and nothing is");
        ShellCommand given;
        given.words = arguments;
        return followCommand(given, span, {}, ignored, depth + 1);
    }
    if (isUpgradeCommand(command))
        return add(StartStepKind::Upgrade, command, span, ignored);
    if (isPython(program))
        return static_cast<void>(followPython(command, span, ignored));
    if (depth < deepestScript && followScript(command, arguments, depth))
        return;
    if (isServer(program) && !(program == "sleep" && outer.inBranch))
        return add(StartStepKind::Application, command, span, ignored);
    if (isHarmless(program))
        return;
    if (program.starts_with('$'))
        return add(StartStepKind::Unknown, command, span, ignored, "a variable names it");
    // A program that is not known may upgrade by itself.
    add(StartStepKind::Unknown, command, span, ignored, "what it does is not known");
}

bool StartReader::followScript(const ShellCommand& command,
                               const std::vector<std::string>& arguments,
                               int depth)
{
    std::string wanted = command.program();
    std::size_t behind = 1;
    if (isShell(baseName(wanted))) {
        const auto script = std::find_if(
            command.words.begin() + 1, command.words.end(), [](const std::string& word) {
                return !word.starts_with('-') && !word.starts_with('+');
            });
        if (script == command.words.end())
            return false;
        wanted = *script;
        behind = static_cast<std::size_t>(script - command.words.begin()) + 1;
    }
    const bool path = wanted.find('/') != std::string::npos || wanted.ends_with(".sh");
    if (!path && wanted.find('.') != std::string::npos)
        return false;
    std::vector<CommandScript> shells;
    for (const CommandScript& script : m_input.scripts) {
        if (script.name.empty())
            shells.push_back(script);
    }
    const auto found =
        fitting(shells, wanted, [](const CommandScript& script) { return script.file; });
    if (found.empty())
        return false;
    if (found.size() > 1) {
        add(StartStepKind::Unknown,
            command,
            {.file = found.front()->path.string(), .line = 1},
            false,
            "several files are called " + baseName(wanted));
        return true;
    }
    std::vector<std::string> given(
        command.words.begin() + static_cast<std::ptrdiff_t>(std::min(behind, command.words.size())),
        command.words.end());
    if (given.size() == 1 && (given[0] == "$@" || given[0] == "$*"))
        given = arguments;
    follow(found.front()->commands,
           {.file = found.front()->path.string(), .line = 1},
           given.empty() ? arguments : given,
           false,
           depth + 1);
    return true;
}

bool StartReader::followPython(const ShellCommand& command, const SourceSpan& span, bool ignored)
{
    std::string wanted;
    for (std::size_t i = 1; i < command.words.size(); ++i) {
        const std::string& word = command.words[i];
        if (word == "-m" && i + 1 < command.words.size()) {
            wanted = command.words[i + 1];
            std::ranges::replace(wanted, '.', '/');
            wanted += ".py";
            break;
        }
        if (word == "-c")
            break;
        if (!word.starts_with('-')) {
            wanted = word;
            break;
        }
    }
    std::vector<ProjectFile> python;
    for (const ProjectFile& file : m_input.project.files) {
        if (file.kind == ProjectFileKind::Python)
            python.push_back(file);
    }
    std::string package =
        wanted.substr(0, wanted.size() - std::min<std::size_t>(3, wanted.size())) + "/__main__.py";
    auto found = wanted.empty()
                     ? std::vector<const ProjectFile*>()
                     : fitting(python, wanted, [](const ProjectFile& file) { return file.shown; });
    if (found.empty() && !wanted.empty())
        found = fitting(python, package, [](const ProjectFile& file) { return file.shown; });
    bool upgrades = false;
    bool creates = false;
    bool open = false;
    for (const SchemaCall& call : m_input.calls) {
        if (found.size() != 1 || call.file != found.front()->shown)
            continue;
        // A command of the program runs only when it is named.
        const bool named = std::ranges::find(command.words, call.command) != command.words.end();
        if (!call.command.empty() && !named)
            continue;
        const bool reached = named || call.reached != ReachedFrom::NotKnown;
        open = open || (call.kind == SchemaCallKind::Upgrade && !reached);
        upgrades = upgrades || (call.kind == SchemaCallKind::Upgrade && reached);
        creates = creates || (call.kind == SchemaCallKind::CreateAll && call.likely && reached);
    }
    if (upgrades)
        add(StartStepKind::Upgrade, command, span, ignored);
    if (creates)
        add(StartStepKind::CreateAll, command, span, ignored);
    if (!upgrades && open)
        add(StartStepKind::Unknown,
            command,
            span,
            ignored,
            "whether it upgrades could not be told");
    else if (!upgrades && !creates)
        add(StartStepKind::Application, command, span, ignored);
    return true;
}

} // namespace sightglass
