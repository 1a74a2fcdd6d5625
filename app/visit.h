// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/identity/identity.h"
#include "core/inspection/inspection.h"
#include "core/live/connection_target.h"

#include <optional>

namespace sightglass {

/// What a project and this machine say about environments: sightglass.toml, compose files, $CI.
EnvironmentHints environmentHints(const FileSystem& files, const Project& project);

/// Compares the database of an inspection with what was remembered of it, and remembers it as it is
/// now. A change is told as new once; what was alarming stays in DatabaseVisit::noticed of later
/// visits until `accept`. A folder that can't be written is no failure: DatabaseVisit::notKept says
/// so. Needs Inspection::live.
///
/// accept  compare with nothing, and put aside what was noticed
DatabaseVisit visitDatabase(const FileSystem& files,
                            const Inspection& inspection,
                            const ConnectionTarget& target,
                            bool accept);

} // namespace sightglass
