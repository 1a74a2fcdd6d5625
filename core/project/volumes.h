// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "core/project/compose.h"

#include <string>
#include <vector>

namespace sightglass {

/// Where one PostgreSQL service of a compose file keeps its data.
struct DatabaseVolume
{
    std::string file; ///< as ProjectFile::shown
    std::string service;
    std::string image;
    SourceSpan span;
    std::string folder; ///< in the container
    MountKind kind = MountKind::Anonymous;
    std::string name; ///< full name of a named volume, path of a bind mount
    std::string key;  ///< of a named volume, as the file calls it
    bool external = false;
    bool declared = true; ///< false: a named volume that the file does not declare
    bool covered = false; ///< what is mounted lies above the data and is not used
    bool forTests = false;
    bool projectNameFromFolder = false;
};

std::vector<DatabaseVolume> databaseVolumes(const std::vector<ComposeFile>& files);

/// A volume as `docker volume ls` lists it.
struct ExistingVolume
{
    std::string name;
    std::string composeProject; ///< label com.docker.compose.project; empty: none
    std::string composeVolume;  ///< label com.docker.compose.volume
};

/// What was asked of Docker.
struct DockerVolumes
{
    bool asked = false;
    std::string whyNot; ///< "there is no docker client on PATH"
    std::vector<ExistingVolume> volumes;
};

/// Volumes of `docker volume ls --format '{{json .}}'`, one object a line.
std::vector<ExistingVolume> readDockerVolumes(std::string_view output);

/// A volume that exists, that no compose file of today mounts, and that looks like the database of
/// this project under an older name.
struct StaleVolume
{
    std::string name;
    std::string instead; ///< the volume that the compose files mount today
    std::string reason;  ///< one sentence
};

std::vector<StaleVolume> staleVolumes(const std::vector<ComposeFile>& files,
                                      const std::vector<ExistingVolume>& existing);

/// "database-without-volume", "volume-beside-the-data", "volume-not-declared",
/// "database-in-several-volumes", "stale-volume".
std::vector<Finding> volumeFindings(const std::vector<ComposeFile>& files,
                                    const std::vector<DatabaseVolume>& volumes,
                                    const DockerVolumes& docker);

} // namespace sightglass
