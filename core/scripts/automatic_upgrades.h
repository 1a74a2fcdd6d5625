// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/source_span.h"
#include "core/scripts/project.h"

#include <cstddef>
#include <string>
#include <vector>

namespace sightglass {

/// A line that runs `alembic upgrade` where nobody is asked: at the start of a container or in CI.
struct AutomaticUpgrade
{
    SourceSpan span;
    std::string text; ///< the line, without blanks around it
    friend bool operator==(const AutomaticUpgrade&, const AutomaticUpgrade&) = default;
};

struct AutomaticUpgrades
{
    std::vector<AutomaticUpgrade> found; ///< by file, then line
    std::size_t filesRead = 0;
    bool stopped = false; ///< the folder is too large: not every file was looked at
};

/// Searches the text of container, compose, process and CI files near the project, and of the
/// scripts that they start. A plain search: what a program decides at run time is not seen.
///
/// shape  from the folder that holds .git, at most three above the project's, else the project's
/// cost   at most 5,000 entries of folders, 5 levels deep; files of at most 256 kB
AutomaticUpgrades automaticUpgrades(const FileSystem& files, const Project& project);

} // namespace sightglass
