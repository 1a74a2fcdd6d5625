// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/run_context.h"
#include "core/directives/revision_reader.h"
#include "core/history/history.h"
#include "core/scripts/script_directory.h"

#include <memory>
#include <string>

namespace sightglass {

struct HistorySettings
{
    Surroundings surroundings;
    Path cacheFolder;    ///< where readings are kept by content; empty: nowhere
    std::string program; ///< what tells this build of the program from others that keep there
};

/// Reads and replays all revisions of `graph`. Nothing is executed.
///
/// shape   null when `run` was asked to stop
/// cost    every file's syntax tree once, in parallel; revisions that ask the schema are read in
///         the order of the chain. With a cache, of what did not change: its bytes
std::shared_ptr<const History> readHistory(const FileSystem& files,
                                           const Scripts& scripts,
                                           std::shared_ptr<const RevisionGraph> graph,
                                           const HistorySettings& settings,
                                           const RunContext& run);

} // namespace sightglass
