// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postgres/snapshot_catalog.h"

#include "core/postgres/catalog_reader.h"
#include "core/postgres/connection.h"

namespace sightglass {

namespace {

Result<LiveState> catalogOf(const ConnectionTarget& target,
                            const SessionLimits& limits,
                            const std::string& snapshot,
                            const RunContext& run)
{
    auto connection = Connection::open(target, limits, run);
    if (!connection)
        return failure(connection.error());
    if (auto begun = (*connection)->begin(run); !begun)
        return failure(begun.error());
    if (!snapshot.empty()) {
        const auto shared = (*connection)
                                ->execute("taking over a snapshot",
                                          "SET TRANSACTION SNAPSHOT '" + snapshot + "'",
                                          run);
        if (!shared)
            return failure(shared.error());
    }
    auto state = readCatalog(**connection, run);
    (*connection)->end();
    return state;
}

} // namespace

ReadCatalogOf catalogReader(SessionLimits limits)
{
    return [limits](const ConnectionTarget& target,
                    const std::string& snapshot,
                    const RunContext& run) { return catalogOf(target, limits, snapshot, run); };
}

} // namespace sightglass
