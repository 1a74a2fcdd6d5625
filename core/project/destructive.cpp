// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/destructive.h"

#include "core/sql/statement_split.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <string_view>

namespace sightglass {

namespace {

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

std::string_view nameOf(const std::string& program)
{
    return std::string_view(program).substr(program.rfind('/') + 1);
}

std::string upper(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(
        made, made.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return made;
}

bool hasWord(const ShellCommand& command, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(command.words,
                               [words](const std::string& word) { return isOneOf(word, words); });
}

/// `-v` alone or among short flags (`-fv`).
bool hasShortFlag(const ShellCommand& command, char flag)
{
    return std::ranges::any_of(command.words, [flag](const std::string& word) {
        return word.size() > 1 && word[0] == '-' && word[1] != '-' && word.size() <= 5 &&
               word.find(flag) != std::string::npos && word.find('=') == std::string::npos;
    });
}

/// A command of compose: what it works on, and the rest behind its name.
struct ComposeCall
{
    bool is = false;
    std::vector<std::string> files;
    std::string project;
    ShellCommand rest; ///< "down -v"
};

ComposeCall composeCallOf(const ShellCommand& command)
{
    ComposeCall made;
    const std::string_view program = nameOf(command.program());
    std::size_t at = 1;
    if (isOneOf(program, {"docker", "podman", "nerdctl"}) && command.words.size() > 1 &&
        command.words[1] == "compose")
        at = 2;
    else if (!program.ends_with("-compose"))
        return made;
    made.is = true;
    for (; at < command.words.size() && command.words[at].starts_with('-'); ++at) {
        const std::string& flag = command.words[at];
        const std::size_t equal = flag.find('=');
        const std::string name = flag.substr(0, equal);
        const bool takes = isOneOf(name,
                                   {"-f",
                                    "--file",
                                    "-p",
                                    "--project-name",
                                    "--profile",
                                    "--env-file",
                                    "--project-directory",
                                    "--ansi",
                                    "--progress",
                                    "--parallel"});
        std::string value = equal == std::string::npos ? std::string() : flag.substr(equal + 1);
        if (takes && equal == std::string::npos && at + 1 < command.words.size())
            value = command.words[++at];
        if (isOneOf(name, {"-f", "--file"}))
            made.files.push_back(std::move(value));
        else if (isOneOf(name, {"-p", "--project-name"}))
            made.project = std::move(value);
    }
    made.rest = command;
    made.rest.words.assign(command.words.begin() +
                               static_cast<std::ptrdiff_t>(std::min(at, command.words.size())),
                           command.words.end());
    return made;
}

std::string baseName(const std::string& path)
{
    return path.substr(path.rfind('/') + 1);
}

/// The compose files that a call works on: those it names, else the usual one beside the script
/// or above it.
std::vector<const ComposeFile*>
worksOn(const ComposeCall& call, const CommandScript& script, const std::vector<ComposeFile>& files)
{
    std::vector<const ComposeFile*> made;
    for (const std::string& name : call.files) {
        std::vector<const ComposeFile*> fitting;
        for (const ComposeFile& file : files) {
            if (baseName(file.file) == baseName(name))
                fitting.push_back(&file);
        }
        const auto exact = std::ranges::find_if(fitting, [&](const ComposeFile* file) {
            return file->file == name || file->file.ends_with("/" + name) ||
                   "./" + file->file == name;
        });
        if (exact != fitting.end())
            made.push_back(*exact);
        else if (fitting.size() == 1)
            made.push_back(fitting.front());
    }
    if (!call.files.empty())
        return made.size() == call.files.size() ? made : std::vector<const ComposeFile*>();
    for (Path folder = script.path.parent_path();; folder = folder.parent_path()) {
        for (const char* name :
             {"compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"}) {
            const auto found = std::ranges::find(files, folder / name, &ComposeFile::path);
            if (found != files.end())
                return {&*found};
        }
        if (folder == folder.parent_path())
            return {};
    }
}

bool isDatabaseVolume(const ComposeFile& file, const ComposeVolume& volume)
{
    return std::ranges::any_of(file.services, [&](const ComposeService& service) {
        if (!runsPostgres(service))
            return false;
        const DataMount data = dataMountOf(service);
        return data.mount && data.mount->kind == MountKind::Named &&
               data.mount->source == volume.key;
    });
}

void addVolumes(const ComposeCall& call,
                const CommandScript& script,
                const std::vector<ComposeFile>& files,
                DestructiveCommand& made)
{
    const auto targets = worksOn(call, script, files);
    made.volumesKnown = !targets.empty();
    made.forTests = namesTests(call.project);
    for (const std::string& name : call.files)
        made.forTests = made.forTests || namesTests(name);
    for (const ComposeFile* file : targets) {
        made.forTests = made.forTests || (file->isForTests && call.project.empty());
        for (const ComposeVolume& volume : file->volumes) {
            if (volume.external)
                continue;
            const bool renamed =
                !call.project.empty() && volume.fullName == file->projectName + "_" + volume.key;
            made.volumes.push_back(renamed ? call.project + "_" + volume.key : volume.fullName);
            made.databaseVolume = made.databaseVolume || isDatabaseVolume(*file, volume);
        }
        // The image's own volume goes too.
        for (const ComposeService& service : file->services) {
            if (runsPostgres(service) && !dataMountOf(service).mount)
                made.databaseVolume = true;
        }
    }
}

/// Words of SQL given to psql: -c, here document, or what is printed into it.
std::string sqlOf(const std::vector<ShellCommand>& commands, std::size_t index)
{
    const ShellCommand& command = commands[index];
    std::string sql = command.input;
    for (std::size_t i = 1; i < command.words.size(); ++i) {
        const std::string& word = command.words[i];
        const bool flag =
            word == "-c" || word == "--command" ||
            (word.size() > 2 && word[0] == '-' && word[1] != '-' && word.ends_with('c'));
        if (flag && i + 1 < command.words.size())
            sql += command.words[++i] + ";\n";
        else if (word.starts_with("--command="))
            sql += word.substr(10) + ";\n";
    }
    if (command.before == ShellOperator::Pipe && index > 0) {
        const ShellCommand& from = commands[index - 1];
        if (isOneOf(from.program(), {"echo", "printf"})) {
            for (std::size_t i = 1; i < from.words.size(); ++i)
                sql += from.words[i] + " ";
        } else if (from.program() == "cat") {
            sql += from.input;
        }
    }
    return sql;
}

struct DroppedBySql
{
    DestructiveKind kind = DestructiveKind::Database;
    std::string statement;
};

std::optional<DroppedBySql> droppedBySql(const std::string& sql)
{
    for (const StatementRange& range : splitStatements(sql, true)) {
        const std::string text = sql.substr(range.begin, range.end - range.begin);
        const std::string words = upper(text);
        if (words.starts_with("DROP DATABASE"))
            return DroppedBySql{DestructiveKind::Database, text};
        if (words.starts_with("DROP SCHEMA") || words.starts_with("DROP OWNED"))
            return DroppedBySql{DestructiveKind::Schema, text};
    }
    return std::nullopt;
}

bool isTemporary(const std::string& path)
{
    const std::string big = upper(path);
    return path.starts_with("/tmp/") || path.starts_with("/var/tmp/") || big.starts_with("$TMP") ||
           big.starts_with("${TMP") || big.starts_with("$TEMP") || big.starts_with("${TEMP") ||
           big.find("TMPDIR") != std::string::npos;
}

bool isDataFolder(const std::string& path, const std::vector<ComposeFile>& files)
{
    const std::string big = upper(path);
    const std::string last =
        upper(baseName(path.ends_with('/') ? path.substr(0, path.size() - 1) : path));
    static constexpr std::array names{"PGDATA",
                                      "POSTGRES-DATA",
                                      "POSTGRES_DATA",
                                      "POSTGRESQL-DATA",
                                      "PG_DATA",
                                      "PG-DATA",
                                      "DB-DATA",
                                      "DB_DATA",
                                      "POSTGRESQL_DATA",
                                      "$PGDATA",
                                      "${PGDATA}",
                                      "*PGDATA*"};
    if (std::ranges::find(names, last) != names.end() ||
        big.find("/VAR/LIB/POSTGRESQL") != std::string::npos)
        return true;
    const std::string bare = path.starts_with("./") ? path.substr(2) : path;
    for (const ComposeFile& file : files) {
        for (const ComposeService& service : file.services) {
            const auto mount = runsPostgres(service) ? dataMountOf(service).mount : std::nullopt;
            if (!mount || mount->kind != MountKind::Bind)
                continue;
            const std::string source =
                mount->source.starts_with("./") ? mount->source.substr(2) : mount->source;
            if (!bare.empty() &&
                (bare == source || bare == source + "/" || source.starts_with(bare + "/")))
                return true;
        }
    }
    return false;
}

class DestructiveReader
{
public:
    DestructiveReader(const std::vector<CommandScript>& scripts,
                      const std::vector<ComposeFile>& files)
        : m_scripts(scripts)
        , m_files(files)
    {}

    std::vector<DestructiveCommand> read()
    {
        for (const CommandScript& script : m_scripts) {
            for (std::size_t i = 0; i < script.commands.size(); ++i) {
                const auto inner = innermostCommands(script.commands[i]);
                for (std::size_t k = 0; k < inner.size(); ++k)
                    readCommand(script, i, inner, k);
            }
        }
        return std::move(m_made);
    }

private:
    void readCommand(const CommandScript& script,
                     std::size_t index,
                     const std::vector<ShellCommand>& inner,
                     std::size_t which)
    {
        const ShellCommand& command = inner[which];
        m_now = {.script = script.shownName(),
                 .file = script.path.string(),
                 .line = command.line,
                 .text = command.text(),
                 .place = script.place};
        // A text given to a shell has its own pipes.
        const bool whole = inner.size() == 1;
        if (!seeCompose(command, script) && !seeVolume(command) && !seeRemove(command) &&
            !seeTables(command) &&
            !seeSql(whole ? script.commands : inner, whole ? index : which, command))
            return;
        m_now.asks = m_now.asks || isAskedBefore(m_scripts, script, index);
        m_made.push_back(std::move(m_now));
    }

    bool seeCompose(const ShellCommand& command, const CommandScript& script)
    {
        const ComposeCall call = composeCallOf(command);
        if (!call.is || call.rest.program() != "down")
            return false;
        if (!hasWord(call.rest, {"--volumes", "--volumes=true"}) && !hasShortFlag(call.rest, 'v'))
            return false;
        m_now.kind = DestructiveKind::VolumesOfProject;
        addVolumes(call, script, m_files, m_now);
        return true;
    }

    bool seeVolume(const ShellCommand& command)
    {
        const auto& words = command.words;
        if (!isOneOf(nameOf(command.program()), {"docker", "podman", "nerdctl"}) ||
            words.size() < 3)
            return false;
        const bool forced = hasWord(command, {"--force"}) || hasShortFlag(command, 'f');
        const bool prune = words[1] == "volume" && words[2] == "prune";
        const bool system =
            words[1] == "system" && words[2] == "prune" && hasWord(command, {"--volumes"});
        const bool remove = words[1] == "volume" && isOneOf(words[2], {"rm", "remove"});
        if (!prune && !system && !remove)
            return false;
        m_now.kind = DestructiveKind::Volume;
        // Docker itself asks before it prunes, unless it is told not to.
        m_now.asks = (prune || system) && !forced;
        for (std::size_t i = 3; remove && i < words.size(); ++i) {
            if (!words[i].starts_with('-'))
                addRemoved(words[i]);
        }
        return true;
    }

    void addRemoved(const std::string& name)
    {
        m_now.volumes.push_back(name);
        m_now.forTests = m_now.forTests || namesTests(name);
        for (const ComposeFile& file : m_files) {
            for (const ComposeVolume& volume : file.volumes) {
                if (volume.fullName != name && volume.key != name &&
                    !name.ends_with("_" + volume.key))
                    continue;
                m_now.volumesKnown = true;
                m_now.databaseVolume = m_now.databaseVolume || isDatabaseVolume(file, volume);
            }
        }
    }

    bool seeRemove(const ShellCommand& command)
    {
        if (nameOf(command.program()) != "rm" ||
            !(hasShortFlag(command, 'r') || hasShortFlag(command, 'R') ||
              hasWord(command, {"--recursive"})) ||
            hasShortFlag(command, 'i') || hasShortFlag(command, 'I'))
            return false;
        for (std::size_t i = 1; i < command.words.size(); ++i) {
            const std::string& path = command.words[i];
            if (path.starts_with('-') || isTemporary(path) || !isDataFolder(path, m_files))
                continue;
            m_now.kind = DestructiveKind::DataFolder;
            m_now.forTests = namesTests(path);
            return true;
        }
        return false;
    }

    bool seeTables(const ShellCommand& command)
    {
        const auto& words = command.words;
        std::size_t alembic = nameOf(command.program()) == "alembic" ? 1 : 0;
        if (words.size() > 3 && words[1] == "-m" && words[2] == "alembic")
            alembic = 3;
        const bool flask =
            nameOf(command.program()) == "flask" && words.size() > 2 && words[1] == "db";
        if (alembic == 0 && !flask)
            return false;
        const auto downgrade = std::ranges::find(words, "downgrade");
        if (downgrade == words.end() || std::find(downgrade, words.end(), "base") == words.end() ||
            hasWord(command, {"--sql"}))
            return false;
        m_now.kind = DestructiveKind::Tables;
        return true;
    }

    bool seeSql(const std::vector<ShellCommand>& commands,
                std::size_t index,
                const ShellCommand& command)
    {
        const std::string_view program = nameOf(command.program());
        if (program == "dropdb") {
            if (hasShortFlag(command, 'i') ||
                hasWord(command, {"--interactive", "--help", "--version"}))
                return false;
            m_now.kind = DestructiveKind::Database;
            m_now.forTests = namesTests(command.words.back());
            return true;
        }
        if (!isOneOf(program, {"psql", "pgcli"}))
            return false;
        std::vector<ShellCommand> seen = commands;
        seen[index].words = command.words;
        const auto dropped = droppedBySql(sqlOf(seen, index));
        if (!dropped)
            return false;
        m_now.kind = dropped->kind;
        m_now.text = dropped->statement;
        m_now.forTests = namesTests(dropped->statement);
        return true;
    }

    const std::vector<CommandScript>& m_scripts;
    const std::vector<ComposeFile>& m_files;
    DestructiveCommand m_now;
    std::vector<DestructiveCommand> m_made;
};

} // namespace

std::vector<DestructiveCommand> destructiveCommands(const std::vector<CommandScript>& scripts,
                                                    const std::vector<ComposeFile>& composeFiles)
{
    return DestructiveReader(scripts, composeFiles).read();
}

} // namespace sightglass
