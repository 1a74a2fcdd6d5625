// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/scan.h"

#include <string>

namespace sightglass {

/// What a scan of the project's surroundings found, as the command `project` prints it.
std::string projectScanJson(const Project& project, const ProjectScan& scan);
std::string projectScanText(const Project& project, const ProjectScan& scan);

} // namespace sightglass
