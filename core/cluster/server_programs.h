// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <vector>

namespace sightglass {

/// Where PostgreSQL's programs are on this machine, and as whom a server may run.
struct ServerPrograms
{
    std::string folder; ///< holds initdb, postgres, psql, pg_dump
    /// Words to put before a command so that it runs unprivileged: setpriv … when we are root, else none.
    std::vector<std::string> asServerUser;
    unsigned serverUid = 0; ///< who owns the server's folder
    unsigned serverGid = 0;

    std::string path(const std::string& program) const { return folder + "/" + program; }
};

/// The newest PostgreSQL server installed: $SIGHTGLASS_POSTGRES_BIN, /usr/lib/postgresql/*/bin, PATH.
///
/// errors  NotFound  none; nextStep names the Debian package
Result<ServerPrograms> findServerPrograms();

} // namespace sightglass
