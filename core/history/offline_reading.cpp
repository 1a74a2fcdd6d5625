// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/run_context.h"
#include "core/evaluation/file_module_source.h"
#include "core/history/first_reading.h"
#include "core/history/history_state.h"

#include <utility>

namespace sightglass {

OfflineReadings History::readOffline(const FileSystem& files,
                                     std::span<const RevisionIndex> path,
                                     Direction direction,
                                     const RunContext& run) const
{
    Surroundings surroundings = m_state->surroundings;
    surroundings.offline = true;
    FileModuleSource modules(files, m_state->importRoots);
    RecordingTarget target;
    OfflineReadings readings;
    for (const RevisionIndex revision : path) {
        if (run.stopRequested())
            break;
        const std::string& file = m_state->graph->revision(revision).span.file;
        if (const auto module = parseRevision(files, file, run.stop)) {
            readings.emplace(
                revision,
                readRevision(*module, direction, surroundings, target, modules, run.stop));
        }
    }
    return readings;
}

} // namespace sightglass
