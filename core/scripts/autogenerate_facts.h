// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/known.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// A function of env.py that decides what autogenerate looks at.
struct EnvironmentFilter
{
    std::string keyword;  ///< "include_object", "include_name"
    std::string function; ///< as written: "include_object", "lambda …"
    int line = 0;         ///< of the keyword
    friend bool operator==(const EnvironmentFilter&, const EnvironmentFilter&) = default;
};

/// What env.py says of the things that autogenerate compares.
struct AutogenerateFacts
{
    /// include_schemas=True: it looks beyond the database's default schema.
    Known<bool> includeSchemas = false;
    /// compare_type; absent: not given, and Alembic compares types since its version 1.12.
    std::optional<Known<bool>> compareType;
    Known<bool> compareServerDefault = false;
    /// A keyword by which env.py leaves things out: "include_object"; empty: it has none.
    std::string filter;
    std::vector<EnvironmentFilter> filters; ///< each such keyword, in order
    /// A function that may change what is written: process_revision_directives; empty: none.
    std::string rewriter;
    std::string passedOn; ///< settings that configure() gets from elsewhere: "**conf_args"
};

/// Reads keywords of an env.py wherever they stand. An env.py that can't be read says nothing: the
/// defaults of Alembic are taken.
AutogenerateFacts readAutogenerateFacts(const FileSystem& files, const Path& environmentFile);

} // namespace sightglass
