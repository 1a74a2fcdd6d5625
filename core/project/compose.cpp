// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/compose.h"

#include <algorithm>
#include <array>

namespace sightglass {

std::string_view toText(MountKind kind)
{
    switch (kind) {
    case MountKind::Named:
        return "named";
    case MountKind::Anonymous:
        return "anonymous";
    case MountKind::Bind:
        return "bind";
    case MountKind::Tmpfs:
        return "tmpfs";
    }
    return "";
}

std::string ComposeService::variable(std::string_view key) const
{
    const auto found =
        std::ranges::find_if(environment, [key](const auto& entry) { return entry.first == key; });
    return found == environment.end() ? std::string() : found->second;
}

const ComposeVolume* ComposeFile::volume(std::string_view key) const
{
    const auto found = std::ranges::find(volumes, key, &ComposeVolume::key);
    return found == volumes.end() ? nullptr : &*found;
}

const ComposeService* ComposeFile::service(std::string_view serviceName) const
{
    const auto found = std::ranges::find(services, serviceName, &ComposeService::name);
    return found == services.end() ? nullptr : &*found;
}

namespace {

/// "docker.io/bitnami/postgresql:15" → "bitnami/postgresql"
std::string repositoryOf(const std::string& image)
{
    std::string name = image.substr(0, image.find('@'));
    const std::size_t colon = name.rfind(':');
    if (colon != std::string::npos && name.find('/', colon) == std::string::npos)
        name.resize(colon);
    return name;
}

/// Major version of the tag; nothing where it does not begin with one.
std::optional<int> majorOf(const std::string& image)
{
    const std::size_t colon = image.rfind(':');
    if (colon == std::string::npos || image.find('/', colon) != std::string::npos)
        return std::nullopt;
    std::size_t at = colon + 1;
    if (image.substr(at).starts_with("pg"))
        at += 2;
    int number = 0;
    std::size_t digits = 0;
    for (; at < image.size() && image[at] >= '0' && image[at] <= '9' && digits < 3; ++at, ++digits)
        number = number * 10 + (image[at] - '0');
    return digits == 0 ? std::nullopt : std::optional(number);
}

/// Images that are beside PostgreSQL and not the server.
bool isTool(std::string_view name)
{
    static constexpr std::array words{"exporter",
                                      "backup",
                                      "pgadmin",
                                      "pgbouncer",
                                      "pgpool",
                                      "operator",
                                      "client",
                                      "postgrest",
                                      "adminer",
                                      "proxy",
                                      "meta"};
    return std::ranges::any_of(
        words, [name](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

bool isServerImage(const std::string& image)
{
    const std::string repository = repositoryOf(image);
    const std::string_view name = std::string_view(repository).substr(repository.rfind('/') + 1);
    if (isTool(repository))
        return false;
    static constexpr std::array known{"postgis",
                                      "timescaledb",
                                      "timescaledb-ha",
                                      "pgvector",
                                      "citus",
                                      "pgvecto-rs",
                                      "vchord-postgres",
                                      "spilo",
                                      "paradedb"};
    return name.find("postgres") != std::string_view::npos ||
           std::ranges::find(known, name) != known.end();
}

bool isBelow(const std::string& folder, const std::string& above)
{
    return folder.starts_with(above.ends_with('/') ? above : above + "/");
}

} // namespace

bool runsPostgres(const ComposeService& service)
{
    if (isServerImage(service.image))
        return true;
    const bool configured = !service.variable("POSTGRES_PASSWORD").empty() ||
                            !service.variable("POSTGRES_HOST_AUTH_METHOD").empty();
    const bool keepsData = std::ranges::any_of(service.mounts, [](const ComposeMount& mount) {
        return mount.target.find("/postgresql") != std::string::npos;
    });
    return service.builds && configured && keepsData;
}

DataMount dataMountOf(const ComposeService& service)
{
    DataMount made;
    const std::string repository = repositoryOf(service.image);
    const std::string configured = service.variable("PGDATA");
    const auto major = majorOf(service.image);
    const bool official = repository == "postgres" || repository.ends_with("library/postgres") ||
                          repository.ends_with("postgis/postgis") ||
                          repository.ends_with("pgvector/pgvector");
    // Since 18 the official image keeps its volume one folder higher.
    const bool higher = official && major && *major >= 18;
    const bool bitnami = repository.find("bitnami") != std::string::npos;
    const std::string declared = bitnami  ? "/bitnami/postgresql"
                                 : higher ? "/var/lib/postgresql"
                                          : "/var/lib/postgresql/data";
    const bool own = !configured.empty() && configured.find('$') == std::string::npos;
    made.folder = own      ? configured
                  : higher ? declared + "/" + std::to_string(*major) + "/docker"
                           : declared;
    for (const ComposeMount& mount : service.mounts) {
        std::string target = mount.target;
        while (target.size() > 1 && target.ends_with('/'))
            target.pop_back();
        if (target != made.folder && !isBelow(made.folder, target))
            continue;
        // The image's own volume lies over what is mounted above it. Without a version in the tag
        // it is not known where that is.
        const bool inVolume = made.folder == declared || isBelow(made.folder, declared);
        if (official && major && inVolume && isBelow(declared, target))
            made.covered = mount;
        else
            made.mount = mount;
    }
    return made;
}

} // namespace sightglass
