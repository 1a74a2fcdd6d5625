// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"

#include <map>
#include <string>
#include <vector>

namespace sightglass {

/// What a project's sightglass.toml says to this program.
struct SightglassSettings
{
    Path file; ///< empty: there is none
    /// [types]: an application's column type, dotted or bare class name, and what it is on
    /// PostgreSQL: "app.types.GUID" = "UUID".
    std::map<std::string, std::string, std::less<>> types;
};

/// Reads the sightglass.toml beside the project's ini, or in its root.
///
/// shape   empty settings when there is no such file
/// errors  Malformed with file and line
Result<SightglassSettings> readSightglassSettings(const FileSystem& files, const Path& root);

} // namespace sightglass
