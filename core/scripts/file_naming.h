// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"
#include "core/scripts/project.h"

#include <cstddef>
#include <string>

namespace sightglass {

/// How Alembic names the files of new revisions.
struct FileNaming
{
    std::string form = "%(rev)s_%(slug)s"; ///< file_template, interpolated
    std::size_t slugLength = 40;           ///< truncate_slug_length, in letters
};

/// What the project's settings say of it; Alembic's own where they say nothing.
///
/// errors  Malformed, NotReadable  the settings can't be read as Alembic would
Result<FileNaming> fileNamingOf(const FileSystem& files, const Project& project);

} // namespace sightglass
