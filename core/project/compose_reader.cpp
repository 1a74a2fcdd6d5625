// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/compose.h"
#include "core/project/shell_reader.h"
#include "core/project/yaml_document.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace sightglass {

namespace {

/// `${X:-text}` as its text; other variables stay as written.
std::string interpolated(const std::string& text)
{
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end =
            text.substr(at).starts_with("${") ? text.find('}', at) : std::string::npos;
        if (end == std::string::npos) {
            made += text[at++];
            continue;
        }
        const std::string inside = text.substr(at + 2, end - at - 2);
        std::size_t sign = inside.find(":-");
        std::size_t length = 2;
        if (sign == std::string::npos) {
            sign = inside.find('-');
            length = 1;
        }
        made += sign == std::string::npos ? text.substr(at, end + 1 - at)
                                          : inside.substr(sign + length);
        at = end + 1;
    }
    return made;
}

/// As compose makes a project's name of a folder's.
std::string normalName(std::string_view text)
{
    std::string made;
    for (const char c : text) {
        const auto letter = static_cast<unsigned char>(c);
        if (std::isalnum(letter) != 0 || c == '_' || c == '-')
            made += static_cast<char>(std::tolower(letter));
    }
    const std::size_t begin = made.find_first_not_of("-_");
    return begin == std::string::npos ? std::string() : made.substr(begin);
}

std::optional<std::vector<std::string>> commandOf(const YamlValue& value)
{
    if (value.isList())
        return value.texts();
    if (!value.isText())
        return std::nullopt;
    std::vector<std::string> words;
    // Compose splits a text into words and starts no shell.
    for (const ShellCommand& each : readShell(value.text))
        if (!each.substitution)
            words.insert(words.end(), each.words.begin(), each.words.end());
    return words;
}

std::optional<int> numberOf(const YamlValue& value)
{
    int number = 0;
    const std::string text = interpolated(value.text);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && !text.empty() ? std::optional(number) : std::nullopt;
}

ComposeMount shortMount(const std::string& written, int line)
{
    const std::string text = interpolated(written);
    ComposeMount made{.kind = MountKind::Anonymous, .source = {}, .target = text, .line = line};
    std::size_t colon = text.find(':');
    // C:\data:/data or C:/data:/data; d:/data is a volume called d.
    const bool drive = colon == 1 && text.size() > 2 &&
                       (text[2] == '\\' || text.find(":/", 2) != std::string::npos);
    if (drive)
        colon = text.find(':', 2);
    if (colon == std::string::npos)
        return made;
    made.source = text.substr(0, colon);
    made.target = text.substr(colon + 1, text.find(':', colon + 1) - colon - 1);
    const char first = made.source.empty() ? '.' : made.source.front();
    const bool path = first == '.' || first == '/' || first == '~' || first == '$' ||
                      made.source.find('/') != std::string::npos ||
                      made.source.find('\\') != std::string::npos;
    made.kind = path ? MountKind::Bind : MountKind::Named;
    return made;
}

ComposeMount mountOf(const YamlValue& value)
{
    if (value.isText())
        return shortMount(value.text, value.line);
    const std::string type = value["type"].text;
    ComposeMount made{.kind = MountKind::Named,
                      .source = interpolated(value["source"].text),
                      .target = interpolated(value["target"].text),
                      .line = value.line};
    if (made.source.empty())
        made.source = interpolated(value["src"].text);
    if (type == "bind")
        made.kind = MountKind::Bind;
    else if (type == "tmpfs")
        made.kind = MountKind::Tmpfs;
    else if (made.source.empty())
        made.kind = MountKind::Anonymous;
    return made;
}

void readEnvironment(const YamlValue& value, ComposeService& service)
{
    for (const auto& [name, text] : value.entries)
        service.environment.emplace_back(name, interpolated(text.text));
    for (const std::string& each : value.isList() ? value.texts() : std::vector<std::string>()) {
        const std::size_t equal = each.find('=');
        service.environment.emplace_back(
            each.substr(0, equal),
            equal == std::string::npos ? std::string() : interpolated(each.substr(equal + 1)));
    }
}

void readBuild(const YamlValue& value, ComposeService& service)
{
    service.builds = !(value.kind == YamlValue::Kind::Null);
    service.buildContext = interpolated(value.isText() ? value.text : value["context"].text);
    service.dockerfile = interpolated(value["dockerfile"].text);
    service.buildTarget = interpolated(value["target"].text);
    if (service.builds && service.buildContext.empty())
        service.buildContext = ".";
}

void readDependencies(const YamlValue& value, ComposeService& service)
{
    for (const auto& [name, each] : value.entries) {
        const std::string condition = each["condition"].text;
        service.dependsOn.push_back({name, condition.empty() ? "service_started" : condition});
    }
    if (value.isList()) {
        for (const std::string& name : value.texts())
            service.dependsOn.push_back({name, "service_started"});
    }
}

/// "127.0.0.1:5433:5432/tcp" → "5433", where the container's port is PostgreSQL's.
void readPorts(const YamlValue& value, ComposeService& service)
{
    for (const YamlValue& each : value.items) {
        std::string text = interpolated(each.text);
        if (each.isMap())
            text = interpolated(each["published"].text) + ":" + each["target"].text;
        text = text.substr(0, text.find('/'));
        if (!text.ends_with(":5432"))
            continue;
        text.resize(text.size() - 5);
        service.ports.push_back(text.substr(text.rfind(':') + 1));
    }
}

ComposeService serviceOf(const std::string& name, const YamlValue& value)
{
    ComposeService made;
    made.name = name;
    made.line = value.line;
    made.image = interpolated(value["image"].text);
    readBuild(value["build"], made);
    made.command = commandOf(value["command"]);
    made.entrypoint = commandOf(value["entrypoint"]);
    made.commandLine = value.has("command") ? value["command"].line : value["entrypoint"].line;
    readEnvironment(value["environment"], made);
    for (const YamlValue& each : value["volumes"].items)
        made.mounts.push_back(mountOf(each));
    for (const std::string& each : value["tmpfs"].texts())
        made.mounts.push_back({.kind = MountKind::Tmpfs,
                               .source = {},
                               .target = each.substr(0, each.find(':')),
                               .line = value["tmpfs"].line});
    readDependencies(value["depends_on"], made);
    made.replicas = numberOf(value["deploy"]["replicas"]);
    if (!made.replicas)
        made.replicas = numberOf(value["scale"]);
    made.profiles = value["profiles"].texts();
    readPorts(value["ports"], made);
    return made;
}

/// `extends` within the same file, and the settings of an override file.
void layOver(ComposeService& base, const ComposeService& over)
{
    if (!over.image.empty())
        base.image = over.image;
    if (over.builds) {
        base.builds = true;
        base.buildContext = over.buildContext;
        base.dockerfile = over.dockerfile;
        base.buildTarget = over.buildTarget;
    }
    if (over.command)
        base.command = over.command;
    if (over.entrypoint)
        base.entrypoint = over.entrypoint;
    if (over.commandLine > 0)
        base.commandLine = over.commandLine;
    for (const auto& entry : over.environment) {
        std::erase_if(base.environment, [&](const auto& own) { return own.first == entry.first; });
        base.environment.push_back(entry);
    }
    for (const ComposeMount& mount : over.mounts) {
        std::erase_if(base.mounts, [&](const auto& own) { return own.target == mount.target; });
        base.mounts.push_back(mount);
    }
    for (const ComposeDependency& each : over.dependsOn)
        base.dependsOn.push_back(each);
    if (over.replicas)
        base.replicas = over.replicas;
}

/// COMPOSE_PROJECT_NAME of the .env beside a compose file.
std::string nameFromDotEnv(const FileSystem& files, const Path& folder)
{
    const auto text = files.read(folder / ".env", 100'000);
    static constexpr std::string_view key = "COMPOSE_PROJECT_NAME=";
    for (std::size_t at = 0; text && at < text->size();) {
        const std::size_t end = std::min(text->find('\n', at), text->size());
        std::string_view line = std::string_view(*text).substr(at, end - at);
        at = end + 1;
        if (!line.starts_with(key))
            continue;
        line.remove_prefix(key.size());
        return normalName(line);
    }
    return {};
}

ComposeFile fileOf(const FileSystem& files, const ProjectFile& file, const YamlValue& document)
{
    ComposeFile made{.file = file.shown, .path = file.path, .place = file.place};
    made.projectName = normalName(interpolated(document["name"].text));
    const Path folder = file.path.parent_path();
    if (made.projectName.empty())
        made.projectName = nameFromDotEnv(files, folder);
    if (made.projectName.empty()) {
        made.projectName = normalName(folder.filename().string());
        made.projectNameFromFolder = true;
    }
    for (const auto& [name, value] : document["services"].entries) {
        ComposeService service = serviceOf(name, value);
        const YamlValue& base = value["extends"];
        const std::string from = base.isText() ? base.text : base["service"].text;
        if (!from.empty() && !base.has("file") && document["services"].has(from)) {
            ComposeService whole = serviceOf(name, document["services"][from]);
            whole.line = service.line;
            layOver(whole, service);
            service = std::move(whole);
        }
        made.services.push_back(std::move(service));
    }
    for (const auto& [key, value] : document["volumes"].entries) {
        ComposeVolume volume{.key = key,
                             .fullName = interpolated(value["name"].text),
                             .external =
                                 value["external"].text == "true" || value["external"].isMap(),
                             .line = value.line};
        if (volume.fullName.empty())
            volume.fullName = volume.external ? key : made.projectName + "_" + key;
        made.volumes.push_back(std::move(volume));
    }
    for (const YamlValue& each : document["include"].items)
        made.includes.push_back(each.isText() ? each.text : each["path"].text);
    made.isForTests = file.place == ProjectPlace::Test || file.place == ProjectPlace::Ci ||
                      namesTests(file.path.filename().string()) || namesTests(made.projectName);
    return made;
}

bool isComposeName(const std::string& name)
{
    return name.starts_with("docker-compose") || name.starts_with("compose") ||
           name.find(".compose.") != std::string::npos || name.ends_with("-compose.yml") ||
           name.ends_with("-compose.yaml");
}

bool isCompose(const ProjectFile& file, const YamlValue& document)
{
    if (!document["services"].isMap())
        return false;
    if (isComposeName(file.path.filename().string()))
        return true;
    // Another name: its services have to look like it.
    return file.place != ProjectPlace::Ci && !document.has("apiVersion") && !document.has("jobs") &&
           std::ranges::any_of(document["services"].entries, [](const auto& entry) {
               return entry.second.has("image") || entry.second.has("build");
           });
}

/// docker-compose.override.yml over docker-compose.yml of the same folder.
void applyOverrides(std::vector<ComposeFile>& composeFiles)
{
    for (const ComposeFile& over : composeFiles) {
        const std::string stem = over.path.stem().string();
        if (!stem.ends_with(".override"))
            continue;
        const std::string base = stem.substr(0, stem.size() - 9);
        for (ComposeFile& each : composeFiles) {
            if (each.path.parent_path() != over.path.parent_path() || each.path.stem() != base)
                continue;
            for (const ComposeService& service : over.services) {
                const auto own =
                    std::ranges::find(each.services, service.name, &ComposeService::name);
                if (own != each.services.end())
                    layOver(*own, service);
            }
            for (const ComposeVolume& volume : over.volumes) {
                if (each.volume(volume.key) == nullptr)
                    each.volumes.push_back(volume);
            }
        }
    }
    std::erase_if(composeFiles, [&](const ComposeFile& file) {
        const std::string stem = file.path.stem().string();
        return stem.ends_with(".override") &&
               std::ranges::any_of(composeFiles, [&](const ComposeFile& other) {
                   return other.path.parent_path() == file.path.parent_path() &&
                          other.path.stem() == stem.substr(0, stem.size() - 9);
               });
    });
}

} // namespace

std::vector<ComposeFile> readComposeFiles(const FileSystem& files,
                                          const ProjectFiles& project,
                                          const ScanLimits& limits,
                                          std::vector<std::string>& notes)
{
    std::vector<ComposeFile> made;
    for (const ProjectFile* file : project.of(ProjectFileKind::Yaml)) {
        const auto text = files.read(file->path, limits.fileBytes);
        if (!text || text->find("services") == std::string::npos)
            continue;
        const auto documents = readYaml(*text, file->shown);
        if (!documents) {
            if (isComposeName(file->path.filename().string()))
                notes.push_back(file->shown + " can't be read: " + documents.error().message);
            continue;
        }
        if (!documents->empty() && isCompose(*file, documents->front()))
            made.push_back(fileOf(files, *file, documents->front()));
    }
    applyOverrides(made);
    return made;
}

} // namespace sightglass
