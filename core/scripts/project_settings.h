// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scripts/environment_search.h"
#include "core/scripts/locations.h"
#include "core/scripts/project.h"

namespace sightglass {

/// The project that a candidate's settings describe, with what env.py says and the request's
/// overrides.
///
/// errors  Malformed, NotReadable  the settings can't be read as Alembic would
///         Usage                   no such section; names those there are
///         NotFound                no script_location, or a folder that does not exist
Result<Project>
projectFrom(const FileSystem& files, const Candidate& candidate, const ProjectRequest& request);

} // namespace sightglass
