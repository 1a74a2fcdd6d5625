// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backup/client_tools.h"
#include "core/base/file_system.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sightglass {

/// What a dump's bytes are.
struct DumpDigest
{
    std::int64_t bytes = 0;
    std::string checksum; ///< BLAKE2b-256; of a folder that of its files' names and checksums
};

/// Bytes and checksum of a dump, file or folder.
///
/// errors  NotReadable; Cancelled
/// cost    about a second a gigabyte; a stop is heard within some milliseconds
Result<DumpDigest> digestOf(const Path& dump, const RunContext& run);

/// Bytes of a dump, without reading it; 0 where there is none.
std::int64_t sizeOfDump(const Path& dump);

/// What a dump says of itself.
struct DumpContents
{
    std::int64_t entries = 0;  ///< of its table of contents
    std::string format;        ///< "custom", "directory", "tar"
    std::string database;      ///< name of the database that was dumped
    std::string serverVersion; ///< "15.6"
    std::string toolVersion;
    std::vector<std::string> lines; ///< the entries as pg_restore lists them
};

/// The dump's table of contents, as pg_restore reads it.
///
/// errors  Malformed: it is no dump, or a damaged one; NotFound: no pg_restore; Cancelled
Result<DumpContents> contentsOf(const Path& dump, const DumpTools& tools, const RunContext& run);

/// The dump's schema as SQL text, without owners and rights. Each name in it is qualified.
///
/// errors  as contentsOf
Result<std::string> schemaSqlOf(const Path& dump, const DumpTools& tools, const RunContext& run);

/// The error of a dump that is not what it was made as.
Error damagedDump(const Path& dump, const std::string& how);

} // namespace sightglass
