// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"

#include <optional>
#include <string>

namespace sightglass {

/// What the user's environment says under a name; absent where it says nothing.
std::optional<std::string> environmentVariable(const char* name);

/// Where the user's programs keep what can be made again: $SIGHTGLASS_CACHE, else
/// $XDG_CACHE_HOME/sightglass/readings, else ~/.cache/sightglass/readings. Empty where
/// $SIGHTGLASS_CACHE is "off" or empty, or there is no such folder to name.
Path userCacheFolder();

/// Where the user's programs keep what can't be made again: $SIGHTGLASS_DATA, else
/// $XDG_DATA_HOME/sightglass, else ~/.local/share/sightglass. Empty where there is no such folder
/// to name.
Path userDataFolder();

/// Where it is remembered which databases were read: $SIGHTGLASS_IDENTITY, else
/// $XDG_DATA_HOME/sightglass/identities, else below ~/.local/share. Empty where
/// $SIGHTGLASS_IDENTITY is "off" or empty, or there is no such folder to name.
Path identityFolder();

/// Tells this build of the program from others: its version, and the size and time of its file.
std::string programBuild();

} // namespace sightglass
