// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project_files.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// How a place of a container keeps its files.
enum class MountKind
{
    Named,     ///< a volume with a name
    Anonymous, ///< a volume without one: gone with its container
    Bind,      ///< a folder of the host
    Tmpfs      ///< memory
};

std::string_view toText(MountKind kind); ///< "named", "anonymous", "bind", "tmpfs"

struct ComposeMount
{
    MountKind kind = MountKind::Named;
    std::string source; ///< key of the volume, or the host's path; empty: anonymous
    std::string target;
    int line = 0;
};

struct ComposeDependency
{
    std::string service;
    std::string condition; ///< "service_healthy", …; "service_started" where none is said
};

struct ComposeService
{
    std::string name;
    int line = 0;
    std::string image;
    bool builds = false;
    std::string buildContext; ///< as written
    std::string dockerfile;   ///< as written; empty: Dockerfile
    std::string buildTarget;  ///< stage
    /// As given; nothing where the image's own stands. One text is split by the shell's rules.
    std::optional<std::vector<std::string>> command;
    std::optional<std::vector<std::string>> entrypoint;
    int commandLine = 0;
    std::vector<std::pair<std::string, std::string>> environment;
    std::vector<ComposeMount> mounts;
    std::vector<ComposeDependency> dependsOn;
    std::optional<int> replicas; ///< deploy.replicas or scale
    std::vector<std::string> profiles;
    std::vector<std::string> ports; ///< of the host, behind which its container's 5432 is

    /// A value of `environment`; empty where it is not set.
    std::string variable(std::string_view name) const;
};

struct ComposeVolume
{
    std::string key;
    std::string fullName; ///< as `docker volume ls` shows it
    bool external = false;
    int line = 0;
};

/// A compose file as written. `${X:-text}` is taken as text where there is one.
struct ComposeFile
{
    std::string file; ///< as ProjectFile::shown
    Path path;
    ProjectPlace place = ProjectPlace::Application;
    std::string projectName; ///< `name`, COMPOSE_PROJECT_NAME of the .env beside, or of the folder
    bool projectNameFromFolder = false;
    bool isForTests = false; ///< its name, place or project says so
    std::vector<ComposeService> services;
    std::vector<ComposeVolume> volumes;
    std::vector<std::string> includes; ///< files it takes in, as written

    const ComposeVolume* volume(std::string_view key) const;
    const ComposeService* service(std::string_view name) const;
};

/// Whether a service runs PostgreSQL: by its image, or by POSTGRES_… variables of one it builds.
bool runsPostgres(const ComposeService& service);

/// What holds the data of a service that runs PostgreSQL, and what is wrong with it.
struct DataMount
{
    std::string folder;                ///< where the server keeps its data
    std::optional<ComposeMount> mount; ///< nothing: the image's own anonymous volume
    /// A mount above the data folder, which the image covers with an anonymous volume of its own.
    std::optional<ComposeMount> covered;
};

DataMount dataMountOf(const ComposeService& service);

/// Reads all compose files of a project; an override file is laid over the file it belongs to.
///
/// notes  gets a sentence for each file that can't be read
std::vector<ComposeFile> readComposeFiles(const FileSystem& files,
                                          const ProjectFiles& project,
                                          const ScanLimits& limits,
                                          std::vector<std::string>& notes);

} // namespace sightglass
