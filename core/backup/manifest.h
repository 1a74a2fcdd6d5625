// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A table as it was when it was backed up.
struct BackedUpTable
{
    std::string name;                    ///< schema.name
    std::optional<std::int64_t> rows;    ///< the server's estimate
    std::optional<std::int64_t> counted; ///< in the snapshot that was dumped; absent: not counted
    std::optional<std::int64_t> bytes;

    friend bool operator==(const BackedUpTable&, const BackedUpTable&) = default;
};

/// What a backup is of and how it can be trusted. Stands beside the dump, and is written last: a
/// dump without it is none. Holds no secrets and no row of data.
struct BackupManifest
{
    std::string id;     ///< "shop-20261121-030100"; the manifest is id.json
    std::string file;   ///< name of the dump beside the manifest
    std::string format; ///< "custom", "directory", "tar"
    std::string target; ///< "shop on localhost:5432"
    std::string database;
    std::int64_t databaseOid = 0;
    std::string systemIdentifier;
    std::string serverVersion;
    std::string toolVersion;
    std::string environment;
    std::string project;
    std::string importedFrom;             ///< the file that somebody else's dump was; empty: ours
    std::string chain;                    ///< hash of the revisions and how they hang together
    std::string versionTable;             ///< schema.name; empty: there was none
    std::vector<std::string> versionRows; ///< in the very snapshot that was dumped
    bool versionRowsKnown = true;
    std::vector<BackedUpTable> tables;
    std::map<std::string, std::string> shapes; ///< see schema_shape.h; empty: not known
    std::string fingerprint;                   ///< of all shapes; empty: not known
    std::vector<std::string> roles;            ///< that policies name
    std::int64_t bytes = 0;                    ///< of the dump
    std::string checksum;                      ///< BLAKE2b of the dump
    std::string begunAt;                       ///< RFC 3339
    std::string endedAt;
    std::int64_t contents = 0; ///< entries of the table of contents
    std::string verifiedAt;    ///< RFC 3339; empty: never, or it failed
    std::string rehearsedAt;   ///< when it was restored on a private server and compared

    friend bool operator==(const BackupManifest&, const BackupManifest&) = default;
};

std::string manifestText(const BackupManifest& manifest);

/// errors  Malformed  not such a text, or of a later program
Result<BackupManifest> readManifest(std::string_view text);

/// Tells backups of one database from those of others, also after a restore gave it another oid.
std::string databaseKey(const BackupManifest& manifest);

} // namespace sightglass
