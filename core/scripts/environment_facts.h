// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/scripts/project.h"
#include "core/scripts/settings.h"

#include <string>
#include <vector>

namespace sightglass {

/// What env.py says without being run.
struct EnvironmentFacts
{
    ReadFact versionTable;
    ReadFact versionTableSchema;
    std::vector<std::string> notes;
};

/// Reads the calls of context.configure in an env.py.
///
/// shape  a keyword that no call passes is known to be the default ("alembic_version", ""); one
/// that
///        can't be evaluated, or may hide in **keywords, is Unknown with its reason
/// cost   one syntax tree; modules of the project only when a name is imported from them
EnvironmentFacts readEnvironment(const FileSystem& files,
                                 const Path& environmentFile,
                                 const Settings* settings,
                                 const std::vector<Path>& importRoots);

} // namespace sightglass
