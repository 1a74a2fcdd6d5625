// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sightglass {

/// [review] of sightglass.toml: what the project decides about rules.
struct ReviewSettings
{
    std::vector<std::string> enable; ///< rules that are off by default
    std::vector<std::string> disable;
    std::map<std::string, std::string, std::less<>> severity; ///< [review.severity]: rule = "low"
    /// Tables that must never be dropped or changed, with * for any characters: "billing.*".
    std::vector<std::string> protectedTables;
    /// Tables of others in the same database: known, and nobody's mistake.
    std::vector<std::string> unmanagedTables;
    std::string alembicVersion;       ///< that runs the migrations: "1.13.1"; empty: not said
    std::optional<int> serverVersion; ///< major version of the server: 16
};

/// What a project's sightglass.toml says to this program.
struct SightglassSettings
{
    Path file; ///< empty: there is none
    /// [types]: an application's column type, dotted or bare class name, and what it is on
    /// PostgreSQL: "app.types.GUID" = "UUID".
    std::map<std::string, std::string, std::less<>> types;
    ReviewSettings review;
    /// [environment]: "production" = ["*.prod.example.org", "shop"]: patterns of hosts and
    /// databases; those for production come first.
    std::vector<std::pair<std::string, std::string>> environment; ///< pattern, word
};

/// Reads the sightglass.toml beside the project's ini, or in its root.
///
/// shape   empty settings when there is no such file
/// errors  Malformed with file and line
Result<SightglassSettings> readSightglassSettings(const FileSystem& files, const Path& root);

} // namespace sightglass
