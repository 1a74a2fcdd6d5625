// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/live_facts.h"

#include "core/live/activity.h"
#include "core/live/probe.h"

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

void addRelation(const RelationActivity& activity, TableFacts& known)
{
    known.lockAwaited = known.lockAwaited || activity.lockAwaited;
    known.used = known.used || activity.moved;
    if (!known.longestTransaction && activity.oldestTransaction) {
        known.longestTransaction = activity.oldestTransaction;
        known.longestTransactionWords = activity.oldestWords;
    }
    if (known.publications.empty())
        known.publications = activity.publications;
}

void addActivity(const Activity& activity, ReviewFacts& facts)
{
    if (facts.timeZone.empty())
        facts.timeZone = activity.timeZone;
    facts.superuser = facts.superuser || activity.superuser;
    facts.autovacuum = facts.autovacuum && activity.autovacuum;
    facts.memberOf.insert(activity.memberOf.begin(), activity.memberOf.end());
    if (!facts.lockTimeout)
        facts.lockTimeout = activity.lockTimeout;
    for (const auto& [name, relation] : activity.relations)
        addRelation(relation, facts.tables[name]);
    for (const auto& [name, scans] : activity.indexScans) {
        IndexFacts& entry = facts.indexes[name];
        if (!entry.scans)
            entry.scans = scans;
    }
    facts.volatility.insert(activity.volatility.begin(), activity.volatility.end());
}

void addProbes(const ProbeAnswers& probes, ReviewFacts& facts)
{
    for (const auto& [name, rows] : probes.rows) {
        TableFacts& known = facts.tables[name];
        if (!known.rows)
            known.rows = rows;
    }
    for (const auto& [place, counts] : probes.columns) {
        ColumnFacts& known = facts.columns[place];
        if (!known.nulls)
            known.nulls = counts.nulls;
        if (!known.values)
            known.values = counts.values;
        if (!known.duplicates)
            known.duplicates = counts.duplicates;
        if (!known.longest)
            known.longest = counts.longest;
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
    if (live.probes != nullptr)
        addProbes(*live.probes, facts);
    for (const auto& [name, table] : live.schema.tables)
        addTable(*table, facts);
    if (live.activity != nullptr)
        addActivity(*live.activity, facts);
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
