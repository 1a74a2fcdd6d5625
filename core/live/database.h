// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/live/live_state.h"
#include "core/live/probe.h"

#include <chrono>
#include <string>

namespace sightglass {

struct SessionLimits
{
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds statement{60'000};
    std::chrono::milliseconds lock{3'000};
};

/// Names beside Alembic's defaults by which a version table may be known.
struct VersionTableHint
{
    std::string table;  ///< from env.py or the command line; empty = alembic_version
    std::string schema; ///< empty = search path
};

/// The door to one database, opened read-only. One object, one connection, one thread; only cancel()
/// may be called from another.
class Database
{
public:
    virtual ~Database() = default;

    /// The whole catalog and the version tables in one repeatable-read snapshot, with a fixed number
    /// of queries. Parts that are not permitted are left out and named in LiveState::notRead.
    ///
    /// errors  ConnectionLost, QueryFailed, TimedOut, NotPermitted, Cancelled
    virtual Result<LiveState> readState(const VersionTableHint& hint, const RunContext& run) = 0;

    /// Counts rows, within the bounds of the request and two seconds a statement, in one
    /// repeatable-read snapshot. What is refused, too slow or too large is left out.
    ///
    /// errors  ConnectionLost, Cancelled
    virtual Result<ProbeAnswers> probe(const ProbeRequest& request, const RunContext& run) = 0;

    /// Ends the statement that runs now, from any thread.
    virtual void cancel() noexcept = 0;
};

} // namespace sightglass
