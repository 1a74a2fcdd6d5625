// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/live_facts.h"

namespace sightglass {

namespace {

void addTable(const Table& table, ReviewFacts& facts)
{
    TableFacts& known = facts.tables[table.name];
    if (known.owner.empty())
        known.owner = table.owner;
    if (!known.bytes)
        known.bytes = table.bytes;
    // An estimate of 0 is no proof that there is no row: only a probe says that.
    if (!known.rows && table.rowEstimate && *table.rowEstimate > 0)
        known.rows = table.rowEstimate;
    for (const Index& index : table.indexes) {
        IndexFacts& entry = facts.indexes[{.schema = table.name.schema, .name = index.name}];
        if (!entry.valid)
            entry.valid = index.valid;
    }
}

} // namespace

void addLiveFacts(const LiveState& live, ReviewFacts& facts)
{
    if (live.server.versionNumber > 0) {
        facts.serverVersion = live.server.versionNumber;
        facts.serverKnown = true;
    }
    if (facts.role.empty())
        facts.role = live.server.user;
    facts.memberOf.insert(live.server.user);
    for (const auto& [name, table] : live.schema.tables)
        addTable(*table, facts);
}

ReplaySettings settingsOf(const LiveState& live)
{
    ReplaySettings settings;
    if (!live.server.searchPath.empty())
        settings.searchPath = live.server.searchPath;
    if (live.server.versionNumber > 0)
        settings.serverVersion = live.server.versionNumber;
    return settings;
}

} // namespace sightglass
