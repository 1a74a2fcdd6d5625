// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/table_rows.h"

#include "core/differences/differences.h"
#include "core/rules/name_pattern.h"

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
    schema.tables.insert_or_assign(table.name, std::make_shared<const Table>(table));
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

/// Autogenerate compares models with the live tables that it looks at: what only live has it drops.
std::string comparison(const TableRow& row, bool looksAtIt, bool modelsAndLiveAgree)
{
    const bool live = isThere(row.live) && looksAtIt;
    if (!isThere(row.models))
        return live ? "drop" : "nothing";
    if (!live)
        return "create";
    return modelsAndLiveAgree ? "nothing" : "alter";
}

/// looksAtIt  absent: env.py does not tell
std::string forecastOf(const TableRow& row, std::optional<bool> looksAtIt, bool modelsAndLiveAgree)
{
    if (row.models == TablePresence::Unknown || row.live == TablePresence::Unknown)
        return "unknown";
    if (looksAtIt)
        return comparison(row, *looksAtIt, modelsAndLiveAgree);
    std::string one = comparison(row, true, modelsAndLiveAgree);
    return one == comparison(row, false, modelsAndLiveAgree) ? one : "unknown";
}

/// Whether autogenerate looks at tables of this namespace: without include_schemas only at those of
/// the default one. Absent: not known.
std::optional<bool> looksInto(const Inspection& inspection, const std::string& schema)
{
    const std::vector<std::string>& path = inspection.live->server.searchPath;
    if (schema == (path.empty() ? "public" : path.front()))
        return true;
    const Known<bool>& all = inspection.models->autogenerate.includeSchemas;
    return all.isKnown() ? std::optional(all.value()) : std::nullopt;
}

/// As SQLAlchemy lists a database's tables: foreign ones are none to it.
std::optional<bool> looksAt(const Inspection& inspection, const QualifiedName& name)
{
    if (inspection.live == nullptr || inspection.models == nullptr)
        return std::nullopt;
    const Table* const table = inspection.live->schema.table(name);
    if (table != nullptr && table->kind == TableKind::ForeignTable)
        return false;
    return looksInto(inspection, name.schema);
}

void addNames(const Side& side, std::set<QualifiedName>& names)
{
    if (side.schema == nullptr)
        return;
    for (const auto& [name, table] : side.schema->tables)
        names.insert(name);
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
    // Autogenerate spares its own version table; those of other chains are tables like any other.
    const QualifiedName& own = inspection.diagnosis.versionTable;
    for (const VersionTable& table : inspection.live->versionTables) {
        if (own.name.empty() || table.name == own)
            names.erase(table.name);
    }
}

bool isProtectedBy(const std::vector<std::string>& patterns, const QualifiedName& table)
{
    return std::ranges::any_of(
        patterns, [&](const std::string& pattern) { return matchesPattern(table, pattern); });
}

} // namespace

bool TableRow::isUnmanaged() const
{
    return isThere(live) && !isThere(models) && !isThere(chain);
}

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
    std::optional<TableOwners> owners;
    if (live.schema != nullptr)
        owners.emplace(*live.schema, inspection.diagnosis.versionTable);

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
        row.forecast =
            forecastOf(row,
                       looksAt(inspection, name),
                       inModels != nullptr && inLive != nullptr && sameShape(*inModels, *inLive));
        row.isProtected = isProtectedBy(inspection.protectedTables, name);
        if (inLive != nullptr && row.isUnmanaged())
            row.owner = owners->of(*inLive);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace sightglass
