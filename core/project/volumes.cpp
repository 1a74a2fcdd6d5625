// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/volumes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace sightglass {

std::vector<DatabaseVolume> databaseVolumes(const std::vector<ComposeFile>& files)
{
    std::vector<DatabaseVolume> made;
    for (const ComposeFile& file : files) {
        for (const ComposeService& service : file.services) {
            if (!runsPostgres(service))
                continue;
            const DataMount data = dataMountOf(service);
            DatabaseVolume one{.file = file.file, .service = service.name, .image = service.image};
            one.span = {.file = file.path.string(),
                        .line = data.mount     ? data.mount->line
                                : data.covered ? data.covered->line
                                               : service.line};
            one.folder = data.folder;
            one.forTests = file.isForTests || namesTests(service.name);
            one.projectNameFromFolder = file.projectNameFromFolder;
            one.covered = !data.mount && data.covered;
            if (data.mount) {
                one.kind = data.mount->kind;
                one.key = one.name = data.mount->source;
            }
            if (one.kind == MountKind::Named) {
                const ComposeVolume* volume = file.volume(one.key);
                one.declared = volume != nullptr;
                one.name = volume != nullptr ? volume->fullName : file.projectName + "_" + one.key;
                one.external = volume != nullptr && volume->external;
            }
            made.push_back(std::move(one));
        }
    }
    return made;
}

std::vector<ExistingVolume> readDockerVolumes(std::string_view output)
{
    std::vector<ExistingVolume> made;
    const auto label = [](const std::string& labels, std::string_view key) {
        const std::string start = std::string(key) + "=";
        for (std::size_t at = 0; at < labels.size();) {
            const std::size_t end = std::min(labels.find(',', at), labels.size());
            if (labels.compare(at, start.size(), start) == 0)
                return labels.substr(at + start.size(), end - at - start.size());
            at = end + 1;
        }
        return std::string();
    };
    for (std::size_t at = 0; at < output.size();) {
        const std::size_t end = std::min(output.find('\n', at), output.size());
        const auto line = nlohmann::json::parse(output.substr(at, end - at), nullptr, false);
        at = end + 1;
        if (!line.is_object() || !line.contains("Name") || !line["Name"].is_string())
            continue;
        const std::string labels = line.contains("Labels") && line["Labels"].is_string()
                                       ? line["Labels"].get<std::string>()
                                       : std::string();
        made.push_back({.name = line["Name"].get<std::string>(),
                        .composeProject = label(labels, "com.docker.compose.project"),
                        .composeVolume = label(labels, "com.docker.compose.volume")});
    }
    return made;
}

namespace {

bool startsLike(std::string_view one, std::string_view other)
{
    const auto goesOn = [](std::string_view longer, std::string_view shorter) {
        return longer == shorter ||
               (longer.starts_with(shorter) &&
                (longer[shorter.size()] == '-' || longer[shorter.size()] == '_'));
    };
    return !one.empty() && !other.empty() && (goesOn(one, other) || goesOn(other, one));
}

bool speaksOfDatabase(std::string_view key)
{
    for (const std::string_view word :
         {"postgres", "pgdata", "pg_data", "pg-data", "db_data", "db-data", "database", "dbdata"}) {
        if (key.find(word) != std::string_view::npos)
            return true;
    }
    return key == "db" || key.ends_with("_db") || key == "pg";
}

/// A volume's name as project and key, by its labels, else by a project name that it begins with.
struct NameParts
{
    std::string project;
    std::string key;
};

NameParts partsOf(const ExistingVolume& volume, const std::set<std::string>& projects)
{
    if (!volume.composeProject.empty() && !volume.composeVolume.empty())
        return {volume.composeProject, volume.composeVolume};
    for (std::size_t at = volume.name.find('_'); at != std::string::npos;
         at = volume.name.find('_', at + 1)) {
        const std::string project = volume.name.substr(0, at);
        const bool fits = std::ranges::any_of(
            projects, [&](const std::string& each) { return startsLike(project, each); });
        if (fits)
            return {project, volume.name.substr(at + 1)};
    }
    return {};
}

} // namespace

std::vector<StaleVolume> staleVolumes(const std::vector<ComposeFile>& files,
                                      const std::vector<ExistingVolume>& existing)
{
    std::set<std::string> used;
    std::set<std::string> projects;
    std::set<std::string> databaseKeys;
    std::string current;
    for (const ComposeFile& file : files) {
        projects.insert(file.projectName);
        for (const ComposeVolume& volume : file.volumes)
            used.insert(volume.fullName);
    }
    for (const DatabaseVolume& each : databaseVolumes(files)) {
        if (each.kind != MountKind::Named)
            continue;
        databaseKeys.insert(each.key);
        if (current.empty() || !each.forTests)
            current = each.name;
    }
    std::vector<StaleVolume> made;
    for (const ExistingVolume& volume : existing) {
        if (used.contains(volume.name) || current.empty())
            continue;
        const NameParts parts = partsOf(volume, projects);
        const bool ours = std::ranges::any_of(
            projects, [&](const std::string& each) { return startsLike(parts.project, each); });
        if (!ours)
            continue;
        if (databaseKeys.contains(parts.key))
            made.push_back({volume.name,
                            current,
                            "It has the key " + parts.key + " of today under the project name " +
                                parts.project + "."});
        else if (speaksOfDatabase(parts.key))
            made.push_back({volume.name,
                            current,
                            "It belongs to the project " + parts.project + ", and its key " +
                                parts.key +
                                " speaks of a database; no compose file declares it now."});
    }
    return made;
}

namespace {

Finding findingOf(std::string rule, Severity severity, const DatabaseVolume& volume)
{
    Finding made{.rule = std::move(rule), .category = "project", .severity = severity};
    made.span = volume.span;
    made.object = volume.name.empty() ? volume.service : volume.name;
    return made;
}

std::string serviceOf(const DatabaseVolume& volume)
{
    return "Service " + printable(volume.service) + " of " + volume.file;
}

void addMount(const DatabaseVolume& volume, std::vector<Finding>& made)
{
    if (volume.forTests)
        return;
    if (volume.covered) {
        Finding finding = findingOf("volume-beside-the-data", Severity::High, volume);
        finding.title = serviceOf(volume) + " mounts its volume beside the data";
        finding.detail = "The image keeps its data in " + volume.folder +
                         " and has a volume of its own there, which lies over what is "
                         "mounted above it. The data go with the container. Mount the volume at "
                         "the folder itself.";
        made.push_back(std::move(finding));
    } else if (volume.kind == MountKind::Anonymous) {
        Finding finding = findingOf("database-without-volume", Severity::Low, volume);
        finding.title = serviceOf(volume) + " keeps its data in no named volume";
        finding.detail = "Nothing with a name is mounted at " + volume.folder +
                         ", so the data lie in an anonymous volume: a new container "
                         "begins empty. Name a volume, if this database is to be kept.";
        made.push_back(std::move(finding));
    } else if (!volume.declared) {
        Finding finding = findingOf("volume-not-declared", Severity::Low, volume);
        finding.title =
            "Volume " + printable(volume.key) + " of " + volume.file + " is not declared";
        finding.detail = serviceOf(volume) + " mounts it, and the file has no such entry below "
                                             "`volumes:`. Compose refuses the file unless "
                                             "another one that is given with it declares it.";
        finding.confidence = Confidence::Likely;
        finding.unsettled = "See whether another compose file is always given with this one.";
        made.push_back(std::move(finding));
    }
}

void addSeveral(const std::vector<const DatabaseVolume*>& named, std::vector<Finding>& made)
{
    Finding finding = findingOf("database-in-several-volumes", Severity::Info, *named.front());
    finding.title = std::to_string(named.size()) + " volumes hold a database of this project";
    finding.detail = "Which one is used depends on the compose file: ";
    for (std::size_t i = 0; i < named.size(); ++i) {
        finding.detail +=
            (i == 0 ? "" : ", ") + printable(named[i]->name) + " by " + named[i]->file;
        if (i > 0)
            finding.related.push_back(named[i]->span);
    }
    finding.detail += ". A database that looks empty may be the other one.";
    made.push_back(std::move(finding));
}

/// The same service in several files, each with a volume of its own.
void addSeveral(const std::vector<DatabaseVolume>& volumes, std::vector<Finding>& made)
{
    std::map<std::string, std::vector<const DatabaseVolume*>> services;
    for (const DatabaseVolume& each : volumes) {
        auto& named = services[each.service];
        const bool known = std::ranges::any_of(
            named, [&each](const DatabaseVolume* other) { return other->name == each.name; });
        if (each.kind == MountKind::Named && !each.forTests && !each.external && !known)
            named.push_back(&each);
    }
    for (const auto& [service, named] : services) {
        if (named.size() > 1)
            addSeveral(named, made);
    }
}

} // namespace

std::vector<Finding> volumeFindings(const std::vector<ComposeFile>& files,
                                    const std::vector<DatabaseVolume>& volumes,
                                    const DockerVolumes& docker)
{
    std::vector<Finding> made;
    for (const DatabaseVolume& each : volumes)
        addMount(each, made);
    addSeveral(volumes, made);
    for (const StaleVolume& stale : staleVolumes(files, docker.volumes)) {
        Finding finding{.rule = "stale-volume",
                        .category = "project",
                        .severity = Severity::Medium,
                        .confidence = Confidence::Likely};
        finding.title = "Volume " + printable(stale.name) + " is an older name of the database's";
        finding.detail = printable(stale.reason) + " The compose files mount " +
                         printable(stale.instead) +
                         ". A container that is started the old way finds the old data. Look into "
                         "it, back it up, then remove it.";
        finding.object = stale.name;
        finding.unsettled = "Start a server on a copy of it and look.";
        made.push_back(std::move(finding));
    }
    return made;
}

} // namespace sightglass
