// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scripts/project_modules.h"
#include "core/scripts/script_directory.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What one file of a versions folder gave.
struct RevisionFile
{
    std::optional<Revision> revision;
    std::vector<FileProblem> problems;

    friend bool operator==(const RevisionFile&, const RevisionFile&) = default;
};

struct RevisionFileRequest
{
    std::string file; ///< as shown; its last part is the name Alembic sees
    std::string_view bytes;
    bool whole = true; ///< false when `bytes` is only the start of the file
    bool quick = true; ///< false: never by the quick reader (tests compare the two)
};

/// Reads identifiers and docstring of one revision file. Nothing runs.
///
/// shape   a revision when an id was read; problems say what else is wrong
/// cost    the quick reader for the usual shape; a syntax tree of the whole text for any other
/// source  Alembic 1.8 and 1.19, Script._from_path; compared in tests
RevisionFile readRevisionFile(const RevisionFileRequest& request,
                              ProjectModules& modules,
                              std::stop_token stop = {});

} // namespace sightglass
