// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"

#include <string>

namespace sightglass {

/// PostgreSQL's own programs for dumps, of one version.
struct DumpTools
{
    std::string dump;    ///< path of pg_dump
    std::string restore; ///< path of pg_restore
    int major = 0;       ///< 15
    std::string version; ///< "15.6"
};

/// The newest pg_dump with its pg_restore: $SIGHTGLASS_POSTGRES_BIN alone where it is set, else
/// /usr/lib/postgresql/*/bin and PATH.
///
/// errors  NotFound  none; nextStep names the Debian package; Cancelled
Result<DumpTools> findDumpTools(const RunContext& run);

} // namespace sightglass
