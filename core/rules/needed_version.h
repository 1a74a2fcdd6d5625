// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"

#include <set>
#include <string>

namespace sightglass {

/// What of a statement an older server does not know.
struct NeededVersion
{
    int version = 0;  ///< as PostgreSQL numbers itself; 0: every server that is in use knows it
    std::string what; ///< "REINDEX CONCURRENTLY"
    bool function = false; ///< a function, which the database may have by other means
};

/// The newest syntax or function in an operation's statement, and the version that brought it.
/// `own`: functions of the database that may be called as a newer one of PostgreSQL is.
NeededVersion neededFor(const Operation& operation, const std::set<std::string>& own = {});

/// The version alone.
int neededVersion(const Operation& operation);

} // namespace sightglass
