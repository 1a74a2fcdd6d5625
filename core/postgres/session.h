// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/live/connection_target.h"
#include "core/live/database.h"

#include <memory>
#include <string>

struct pg_conn; // libpq's PGconn

namespace sightglass {

struct CloseSession
{
    void operator()(pg_conn* session) const noexcept;
};

using SessionHandle = std::unique_ptr<pg_conn, CloseSession>;

/// A session that a server has let in.
struct OpenSession
{
    SessionHandle handle;
    /// A pooler refused the settings at start-up. They can't be made later, because they would stay
    /// on a connection that others use; each transaction has to make its own.
    bool settingsRefused = false;
};

/// Opens a session, read-only and with time-outs from its very start.
///
/// Everything that may block (host names, service files, a server that never answers) happens on a
/// thread that is left to itself when `limits.connect` is over or somebody stops.
///
/// errors  as connectReadOnly
Result<OpenSession>
openSession(const ConnectionTarget& target, const SessionLimits& limits, const RunContext& run);

/// Where the session of `handle` leads, in words.
std::string serverInWords(pg_conn* handle);

} // namespace sightglass
