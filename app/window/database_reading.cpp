// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/database_reading.h"

#include "core/postgres/connect.h"

#include <stop_token>

namespace sightglass {

Result<LiveState> readDatabaseState(const ConnectionTarget& target,
                                    const VersionTableHint& hint,
                                    const RunContext& run)
{
    auto database = connectReadOnly(target, SessionLimits{}, run);
    if (!database)
        return failure(std::move(database).error());
    const std::stop_callback cancel(run.stop, [&database] { (*database)->cancel(); });
    return (*database)->readState(hint, run);
}

Result<ServerAnswer> askServer(const ConnectionTarget& target, const RunContext& run)
{
    auto state = readDatabaseState(target, VersionTableHint{}, run);
    if (!state)
        return failure(std::move(state).error());
    return ServerAnswer{.version = state->server.versionText,
                        .database = state->server.database,
                        .user = state->server.user};
}

} // namespace sightglass
