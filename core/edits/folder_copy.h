// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"
#include "core/base/run_context.h"

#include <string>
#include <utility>
#include <vector>

namespace sightglass {

/// A folder of revisions as it is now, by its contents. The same folder gives the same value.
struct FolderState
{
    Path folder;
    /// Every file in it and its subfolders, with the hash of its contents; sorted. Python's own
    /// caches are left out.
    std::vector<std::pair<std::string, std::string>> files;

    std::string id() const; ///< short name of all of it
};

/// errors  NotReadable, Cancelled
/// cost    every file is read once
Result<FolderState> readFolderState(const Path& folder, const RunContext& run);

/// Where a copy of `state` lies below `copies`; there is such a folder only when it is whole.
Path copyOf(const FolderState& state, const Path& copies);

/// Copies the folder, reads the copy back and gives it its name; does nothing where it is there.
/// Of one folder's copies the newest `kept` stay.
///
/// errors  StateChanged  a file is not what `state` has
///         NotPermitted  the copy can't be written
Result<void>
copyFolder(const FolderState& state, const Path& copies, std::size_t kept, const RunContext& run);

} // namespace sightglass
