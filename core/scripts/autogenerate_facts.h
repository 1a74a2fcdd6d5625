// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/known.h"

#include <string>

namespace sightglass {

/// What env.py says of the things that autogenerate compares.
struct AutogenerateFacts
{
    /// include_schemas=True: it looks beyond the database's default schema.
    Known<bool> includeSchemas = false;
    /// A keyword by which env.py leaves things out: "include_object"; empty: it has none.
    std::string filter;
};

/// Reads keywords of an env.py wherever they stand. An env.py that can't be read says nothing: the
/// defaults of Alembic are taken.
AutogenerateFacts readAutogenerateFacts(const FileSystem& files, const Path& environmentFile);

} // namespace sightglass
