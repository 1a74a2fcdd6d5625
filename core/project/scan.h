// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/container_start.h"
#include "core/project/destructive.h"
#include "core/project/environment_sanity.h"
#include "core/project/sql_scan.h"
#include "core/project/volumes.h"

#include <set>
#include <string>
#include <vector>

namespace sightglass {

/// What a scan is given beside the files. Null: not known, and nothing is said that rests on it.
struct ScanInput
{
    const Project& project;
    const ModelsReading* models = nullptr;
    const Schema* chain = nullptr;                    ///< schema at the heads
    const std::set<std::string>* revisions = nullptr; ///< ids of the chain
    DockerVolumes docker;
    ScanLimits limits;
};

/// What lies around the migrations: who makes the schema beside the chain, how containers start,
/// where the data are, who deletes them.
struct ProjectScan
{
    Path root;
    std::size_t files = 0; ///< looked at
    EnvironmentSanity environment;
    std::vector<SchemaCall> schemaCalls;
    std::vector<ContainerStart> starts;
    std::vector<std::string> upgradingScripts;
    std::vector<ComposeFile> composeFiles;
    std::vector<DatabaseVolume> volumes;
    std::vector<StaleVolume> staleVolumes;
    DockerVolumes docker;
    std::vector<DestructiveCommand> destructive;
    std::vector<SqlFileFacts> sqlFiles;
    std::vector<Finding> findings; ///< sorted
    std::vector<std::string> notes;
};

/// Reads the repository around a project. Nothing is run, nothing is written.
///
/// cost  bounded by ScanLimits; about a second for 5,000 Python files
ProjectScan scanProject(const FileSystem& files, const ScanInput& input, const RunContext& run);

} // namespace sightglass
