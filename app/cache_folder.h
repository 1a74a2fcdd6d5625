// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"

#include <string>

namespace sightglass {

/// Where the user's programs keep what can be made again: $SIGHTGLASS_CACHE, else
/// $XDG_CACHE_HOME/sightglass/readings, else ~/.cache/sightglass/readings. Empty where
/// $SIGHTGLASS_CACHE is "off" or empty, or there is no such folder to name.
Path userCacheFolder();

/// Tells this build of the program from others: its version, and the size and time of its file.
std::string programBuild();

} // namespace sightglass
