// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"

#include <cstddef>
#include <string>

namespace sightglass::bench {

/// A project and a database of many tables that disagree here and there, as real ones do.
struct BigDatabase
{
    std::size_t tables = 10'000;
    std::size_t tablesInRevision = 100;

    /// SQL of the live database: what the chain makes but for every 400th table and every 150th
    /// index, with a column more in every 300th table and some tables that nobody knows.
    std::string liveSql() const;
    /// Writes the project: revisions that make the tables, one that is pending and drops some, and
    /// models of them.
    void writeProject(const Path& folder) const;
};

} // namespace sightglass::bench
