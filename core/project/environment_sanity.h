// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"
#include "core/findings/finding.h"
#include "core/models/models.h"
#include "core/project/project_files.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// An option of context.configure as env.py writes it.
struct ConfigureOption
{
    std::string name;
    std::string value; ///< as written; the first where calls differ
    SourceSpan span;
};

/// A file that declares tables of target_metadata and that env.py imports on no way.
struct UnimportedModels
{
    std::string file; ///< as ProjectFile::shown, or the path where it lies outside
    std::vector<std::string> tables;
    SourceSpan span; ///< of the first
};

/// What env.py gives autogenerate and where it takes its database from. Read, not run.
struct EnvironmentSanity
{
    std::string file; ///< empty: there is no env.py
    bool read = false;
    std::string whyNot;
    bool configures = false;              ///< a call of context.configure was found
    bool hidden = false;                  ///< options may be among keywords that are not known
    std::vector<ConfigureOption> options; ///< sorted by name, each once
    bool metadataFound = false;
    std::string metadataWhyNot; ///< one sentence's end
    std::size_t tables = 0;     ///< of target_metadata, as far as they were read
    bool projectHasModels = false;
    std::vector<UnimportedModels> unimported;
    std::string urlSource; ///< "sqlalchemy.url of alembic.ini", "create_engine in line 20"; empty:
                           ///< none found
    int urlLine = 0;
    bool offlineBranch = false;

    const ConfigureOption* option(std::string_view name) const;
};

/// models  of this project; null: not read, and nothing is said about metadata
EnvironmentSanity readEnvironmentSanity(const FileSystem& files,
                                        const Project& project,
                                        const ProjectFiles& tree,
                                        const ModelsReading* models,
                                        const RunContext& run);

/// "env-target-metadata", "models-not-imported", "env-url-missing", "env-compare-type-off",
/// "env-no-offline".
std::vector<Finding> environmentFindings(const EnvironmentSanity& environment,
                                         const Project& project);

} // namespace sightglass
