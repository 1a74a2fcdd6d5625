// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/command_scripts.h"

#include "core/project/yaml_document.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

using Reader = std::vector<CommandScript> (*)(std::string_view, const CommandScript&);

std::vector<CommandScript> ofShell(std::string_view text, const CommandScript& file)
{
    CommandScript made = file;
    made.commands = readShell(text);
    return {std::move(made)};
}

struct ReaderOfKind
{
    ProjectFileKind kind;
    Reader read;
};

constexpr std::array readers{
    ReaderOfKind{ProjectFileKind::Shell, ofShell},
    ReaderOfKind{ProjectFileKind::Makefile, command_files::ofMakefile},
    ReaderOfKind{ProjectFileKind::Justfile, command_files::ofJustfile},
    ReaderOfKind{ProjectFileKind::PackageJson, command_files::ofPackageJson},
    ReaderOfKind{ProjectFileKind::Pyproject, command_files::ofPyproject},
    ReaderOfKind{ProjectFileKind::Procfile, command_files::ofProcfile},
    ReaderOfKind{ProjectFileKind::Yaml, command_files::ofYaml},
};

/// Walks over a CI file: every `run`, `script`, `command` is text for a shell.
class CiWalk
{
public:
    explicit CiWalk(const CommandScript& file)
        : m_file(file)
    {}

    void walk(const YamlValue& value, const std::string& name)
    {
        for (const auto& [key, each] : value.entries) {
            if (isCommandKey(key) && (each.isText() || each.isList()))
                add(each, name);
            else
                walk(each, each.isMap() ? key : name);
        }
        for (const YamlValue& each : value.items) {
            const std::string& own = each["name"].text;
            walk(each, own.empty() ? name : own);
        }
    }

    std::vector<CommandScript> take() { return std::move(m_made); }

private:
    static bool isCommandKey(const std::string& key)
    {
        static constexpr std::array keys{"run",
                                         "script",
                                         "before_script",
                                         "after_script",
                                         "command",
                                         "commands",
                                         "cmd",
                                         "install"};
        return std::ranges::find(keys, key) != keys.end();
    }

    void add(const YamlValue& value, const std::string& name)
    {
        CommandScript made = m_file;
        made.name = name;
        const auto read = [&made](const YamlValue& text) {
            for (ShellCommand& each : readShell(text.text, text.line + (text.block ? 1 : 0)))
                made.commands.push_back(std::move(each));
        };
        if (value.isText())
            read(value);
        for (const YamlValue& each : value.items) {
            if (each.isText())
                read(each);
        }
        if (!made.commands.empty())
            m_made.push_back(std::move(made));
    }

    const CommandScript& m_file;
    std::vector<CommandScript> m_made;
};

/// Taskfile.yml of go-task.
std::vector<CommandScript> ofTaskfile(const YamlValue& document, const CommandScript& file)
{
    std::vector<CommandScript> made;
    for (const auto& [name, task] : document["tasks"].entries) {
        CommandScript script = file;
        script.name = name;
        script.asks = task.has("prompt");
        const YamlValue& commands = task.isMap() ? task["cmds"] : task;
        for (const YamlValue& each : commands.items) {
            const YamlValue& text = each.isMap() ? each["cmd"] : each;
            if (each.has("task"))
                script.needs.push_back(each["task"].text);
            for (ShellCommand& command : readShell(text.text, text.line + (text.block ? 1 : 0)))
                script.commands.push_back(std::move(command));
        }
        for (const std::string& each : task["deps"].texts())
            script.needs.push_back(each);
        made.push_back(std::move(script));
    }
    return made;
}

} // namespace

std::string CommandScript::shownName() const
{
    if (name.empty())
        return file;
    const std::string_view base = std::string_view(file).substr(file.rfind('/') + 1);
    const bool target = base.starts_with("Makefile") || base.ends_with(".mk") ||
                        base.starts_with("makefile") || base == "GNUmakefile";
    return (target ? "target " : "") + printable(name) + " of " + file;
}

std::vector<CommandScript> command_files::ofYaml(std::string_view text, const CommandScript& file)
{
    const std::string base = file.file.substr(file.file.rfind('/') + 1);
    const bool task = base.starts_with("Taskfile.") || base.starts_with("taskfile.");
    if (!task && file.place != ProjectPlace::Ci)
        return {};
    const auto documents = readYaml(text, file.file);
    if (!documents)
        return {};
    if (task)
        return documents->empty() ? std::vector<CommandScript>()
                                  : ofTaskfile(documents->front(), file);
    CiWalk walk(file);
    for (const YamlValue& document : *documents)
        walk.walk(document, {});
    return walk.take();
}

std::vector<CommandScript> readCommandScripts(const FileSystem& files,
                                              const ProjectFiles& project,
                                              const ScanLimits& limits,
                                              std::vector<std::string>& notes)
{
    std::vector<CommandScript> made;
    for (const ProjectFile& file : project.files) {
        const auto reader = std::ranges::find(readers, file.kind, &ReaderOfKind::kind);
        if (reader == readers.end())
            continue;
        const auto size = files.size(file.path);
        if (size && *size > limits.fileBytes) {
            notes.push_back(file.shown + " is too large and was not read.");
            continue;
        }
        const auto text = files.read(file.path, limits.fileBytes);
        if (!text) {
            notes.push_back(file.shown + " can't be read: " + text.error().message);
            continue;
        }
        CommandScript base;
        base.file = file.shown;
        base.path = file.path;
        base.place = file.place;
        for (CommandScript& each : reader->read(*text, base))
            made.push_back(std::move(each));
    }
    return made;
}

} // namespace sightglass
