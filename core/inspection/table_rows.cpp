// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/table_rows.h"

#include "core/differences/differences.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

/// One of the three sides: its tables, and where it is not sure.
struct Side
{
    const Schema* schema = nullptr; ///< null: not read
    const std::vector<Doubt>* doubts = nullptr;

    const Table* table(const QualifiedName& name) const
    {
        return schema != nullptr ? schema->table(name) : nullptr;
    }

    bool isSureOf(const QualifiedName& name) const
    {
        if (doubts == nullptr)
            return true;
        return std::ranges::none_of(*doubts, [&](const Doubt& doubt) {
            return doubt.table.name.empty() || (doubt.column.empty() && doubt.table == name);
        });
    }
};

/// The table alone as a schema, so that the one comparison compares it.
Schema alone(const Table& table)
{
    Schema schema;
    schema.tables.emplace(table.name, std::make_shared<const Table>(table));
    return schema;
}

bool sameShape(const Table& left, const Table& right)
{
    const DifferenceSettings settings{
        .owners = false, .comments = false, .extensionObjects = true, .leftOut = {}};
    return differencesBetween(alone(left), alone(right), settings).empty();
}

TablePresence presence(const Side& side, const QualifiedName& name, const Table* reference)
{
    if (side.schema == nullptr)
        return TablePresence::Unknown;
    const Table* table = side.table(name);
    if (table == nullptr)
        return side.isSureOf(name) ? TablePresence::Lacks : TablePresence::Unknown;
    if (reference != nullptr && reference != table && !sameShape(*reference, *table))
        return TablePresence::Differs;
    return TablePresence::Has;
}

bool isThere(TablePresence presence)
{
    return presence == TablePresence::Has || presence == TablePresence::Differs;
}

std::string verdictOf(const TableRow& row)
{
    const bool models = isThere(row.models);
    const bool chain = isThere(row.chain);
    const bool live = isThere(row.live);
    const auto lacks = [](TablePresence presence) { return presence == TablePresence::Lacks; };
    if (live && lacks(row.models) && lacks(row.chain))
        return "only live: unmanaged";
    if (live && lacks(row.chain) && models)
        return "live and in the models; no revision creates it";
    if (live && chain && lacks(row.models))
        return "live and in the chain; the models do not have it";
    if (lacks(row.live) && chain)
        return "missing live";
    if (lacks(row.chain) && models)
        return "in the models; no revision creates it";
    if (lacks(row.models) && chain)
        return "in the chain; the models do not have it";
    if (row.models == TablePresence::Differs || row.live == TablePresence::Differs)
        return "shapes differ";
    if (models && chain && live)
        return "in all three";
    return {};
}

/// Autogenerate compares models with live: what only live has it drops.
std::string forecastOf(const TableRow& row, bool modelsAndLiveAgree)
{
    if (row.models == TablePresence::Unknown || row.live == TablePresence::Unknown)
        return "unknown";
    if (!isThere(row.models))
        return isThere(row.live) ? "drop" : "nothing";
    if (!isThere(row.live))
        return "create";
    return modelsAndLiveAgree ? "nothing" : "alter";
}

void addNames(const Side& side, std::set<QualifiedName>& names)
{
    if (side.schema == nullptr)
        return;
    for (const auto& [name, table] : side.schema->tables) {
        if (table->extension.empty() && table->kind != TableKind::Partition)
            names.insert(name);
    }
}

void leaveOutVersionTables(const Inspection& inspection, std::set<QualifiedName>& names)
{
    const Project& project = inspection.scripts->project;
    if (project.versionTable.value.isKnown()) {
        const std::string& name = project.versionTable.value.value();
        std::erase_if(names, [&](const QualifiedName& each) { return each.name == name; });
    }
    if (inspection.live == nullptr)
        return;
    for (const VersionTable& table : inspection.live->versionTables)
        names.erase(table.name);
}

} // namespace

std::string_view toText(TablePresence presence)
{
    switch (presence) {
    case TablePresence::Has:
        return "has";
    case TablePresence::Differs:
        return "differs";
    case TablePresence::Lacks:
        return "lacks";
    case TablePresence::Unknown:
        break;
    }
    return "unknown";
}

std::vector<TableRow> tableRows(const Inspection& inspection)
{
    ReplayedSchema atHeads;
    Side chain;
    if (inspection.history != nullptr) {
        const auto heads = inspection.graph->effectiveHeads();
        atHeads = inspection.history->at({heads.begin(), heads.end()});
        chain = {.schema = &atHeads.schema, .doubts = &atHeads.doubts};
    }
    Side models;
    if (inspection.models != nullptr && inspection.models->found)
        models = {.schema = &inspection.models->schema, .doubts = &inspection.models->doubts};
    Side live;
    if (inspection.live != nullptr)
        live.schema = &inspection.live->schema;

    std::set<QualifiedName> names;
    for (const Side* side : {&chain, &models, &live})
        addNames(*side, names);
    leaveOutVersionTables(inspection, names);

    std::vector<TableRow> rows;
    for (const QualifiedName& name : names) {
        const Table* inChain = chain.table(name);
        const Table* inModels = models.table(name);
        const Table* inLive = live.table(name);
        const Table* reference = inChain != nullptr ? inChain : inModels;
        TableRow row{.name = name,
                     .models = presence(models, name, reference),
                     .chain = presence(chain, name, reference),
                     .live = presence(live, name, reference)};
        if (inLive != nullptr) {
            row.rows = inLive->rowEstimate;
            row.bytes = inLive->bytes;
        }
        row.verdict = verdictOf(row);
        row.forecast = forecastOf(
            row, inModels != nullptr && inLive != nullptr && sameShape(*inModels, *inLive));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace sightglass
