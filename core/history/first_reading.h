// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/run_context.h"
#include "core/directives/revision_reader.h"
#include "core/history/kept_packs.h"
#include "core/revisions/revision_graph.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sightglass {

class ReadingCache;

/// What every file does as far as it can be told without a schema: one reading of each direction
/// per revision of the graph, in its order. Files are shared out to all cores.
struct FirstReading
{
    RevisionReading upgrade;
    RevisionReading downgrade;
};

/// The same in bytes of the cache.
struct KeptSteps
{
    kept::KeptBytes bytes;
    std::string file;
    bool upgradeAsksSchema = false; ///< as its upgrade's end says: NeedsSchema
};

using FirstReadingOrKept = std::variant<FirstReading, KeptSteps>;

/// Whether its upgrade has to be read again, against a schema.
bool upgradeAsksSchema(const FirstReadingOrKept& reading);
/// A file of which nothing can be told, and why.
FirstReading neitherRead(const std::string& file, const std::string& why);

struct FirstReadingRequest
{
    const FileSystem& files;
    const RevisionGraph& graph;
    const std::vector<Path>& importRoots;
    const Surroundings& surroundings;
    ReadingCache* cache = nullptr; ///< null: none
};

struct FirstReadings
{
    std::vector<FirstReadingOrKept> readings;
    /// Of each, where there is a cache and the file can be read: the key of its file, and what
    /// identifies the reading.
    std::vector<std::string> keys;
    std::vector<std::string> identities;
};

FirstReadings readFirst(const FirstReadingRequest& request, const RunContext& run);

/// The file of a revision, parsed. Empty when it can't be read or is no UTF-8.
std::optional<SourceModule>
parseRevision(const FileSystem& files, const std::string& file, std::stop_token stop);

} // namespace sightglass
