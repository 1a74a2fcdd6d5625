// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts that package.json, pyproject.toml and a Procfile name.
#include "core/project/command_scripts.h"

#include <nlohmann/json.hpp>
#include <toml++/toml.h>

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

int lineAt(std::string_view text, std::size_t at)
{
    return 1 +
           static_cast<int>(std::ranges::count(text.substr(0, std::min(at, text.size())), '\n'));
}

/// Line of `"name": …` below "scripts".
int lineOfScript(std::string_view text, const std::string& name)
{
    const std::size_t scripts = text.find("\"scripts\"");
    const std::size_t at =
        text.find("\"" + name + "\"", scripts == std::string_view::npos ? 0 : scripts + 1);
    return at == std::string_view::npos ? 0 : lineAt(text, at);
}

void add(std::vector<CommandScript>& made,
         const CommandScript& file,
         std::string name,
         std::string_view text,
         int line)
{
    CommandScript script = file;
    script.name = std::move(name);
    script.commands = readShell(text, line);
    for (ShellCommand& each : script.commands)
        each.line = line;
    if (!script.commands.empty())
        made.push_back(std::move(script));
}

/// A task of poe, taskipy, pdm or hatch: a text, a table with cmd or shell, a list of such.
void addTask(std::vector<CommandScript>& made,
             const CommandScript& file,
             const std::string& name,
             const toml::node& task)
{
    if (const auto* const text = task.as_string()) {
        add(made, file, name, text->get(), static_cast<int>(task.source().begin.line));
    } else if (const auto* const list = task.as_array()) {
        for (const toml::node& each : *list)
            addTask(made, file, name, each);
    } else if (const auto* const table = task.as_table()) {
        for (const char* key : {"cmd", "shell", "composite", "sequence", "script"}) {
            const toml::node* const inner = table->get(key);
            if (inner != nullptr && !(std::string_view(key) == "script"))
                addTask(made, file, name, *inner);
        }
    }
}

void addTasks(std::vector<CommandScript>& made, const CommandScript& file, const toml::table* tasks)
{
    if (tasks == nullptr)
        return;
    for (const auto& [name, task] : *tasks)
        addTask(made, file, std::string(name.str()), task);
}

} // namespace

std::vector<CommandScript> command_files::ofPackageJson(std::string_view text,
                                                        const CommandScript& file)
{
    std::vector<CommandScript> made;
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (!document.is_object() || !document.contains("scripts") || !document["scripts"].is_object())
        return made;
    for (const auto& [name, command] : document["scripts"].items()) {
        if (command.is_string())
            add(made, file, name, command.get<std::string>(), lineOfScript(text, name));
    }
    return made;
}

std::vector<CommandScript> command_files::ofPyproject(std::string_view text,
                                                      const CommandScript& file)
{
    std::vector<CommandScript> made;
    try {
        const toml::table document = toml::parse(text);
        addTasks(made, file, document.at_path("tool.poe.tasks").as_table());
        addTasks(made, file, document.at_path("tool.taskipy.tasks").as_table());
        addTasks(made, file, document.at_path("tool.pdm.scripts").as_table());
        if (const toml::table* environments = document.at_path("tool.hatch.envs").as_table()) {
            for (const auto& [name, environment] : *environments) {
                if (const toml::table* table = environment.as_table())
                    addTasks(made, file, table->at_path("scripts").as_table());
            }
        }
    } catch (const toml::parse_error&) {
        made.clear(); // whoever builds the project hears of it
    }
    return made;
}

std::vector<CommandScript> command_files::ofProcfile(std::string_view text,
                                                     const CommandScript& file)
{
    std::vector<CommandScript> made;
    int number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        ++number;
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && !line.starts_with('#'))
            add(made, file, std::string(line.substr(0, colon)), line.substr(colon + 1), number);
    }
    return made;
}

} // namespace sightglass
