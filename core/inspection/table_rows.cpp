// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/table_rows.h"

#include "core/differences/differences.h"
#include "core/rules/name_pattern.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace sightglass {

namespace {

/// One of the three sides: its tables, and where it is not sure.
struct Side
{
    const Schema* schema = nullptr; ///< null: not read
    const std::vector<Doubt>* doubts = nullptr;
    const UnreadParts* unread = nullptr; ///< null: all of it was read

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

bool sameShape(const Table& left, const Table& right, const UnreadParts* unread)
{
    if (unread != nullptr)
        return sameShape(asRead(left, *unread), asRead(right, *unread), nullptr);
    const DifferenceSettings settings{
        .owners = false, .comments = false, .extensionObjects = true, .leftOut = {}};
    return differencesBetween(alone(left), alone(right), settings).empty();
}

/// Whether a table that looks alike may differ in what was not read.
bool hidesPartsOf(const Table& table, const UnreadParts& unread)
{
    return unread.locked.contains(table.name) ||
           std::ranges::any_of(notCompared(alone(table), unread), [](const NotCompared& each) {
               return each.kind != UnreadKind::Comments; // they are no part of a shape
           });
}

TablePresence presence(const Side& side, const QualifiedName& name, const Table* reference)
{
    if (side.schema == nullptr)
        return TablePresence::Unknown;
    const Table* table = side.table(name);
    if (table == nullptr)
        return side.isSureOf(name) ? TablePresence::Lacks : TablePresence::Unknown;
    if (reference == nullptr || reference == table)
        return TablePresence::Has;
    if (!sameShape(*reference, *table, side.unread))
        return TablePresence::Differs;
    return side.unread != nullptr && hidesPartsOf(*reference, *side.unread) ? TablePresence::Unknown
                                                                            : TablePresence::Has;
}

bool isThere(TablePresence presence)
{
    return presence == TablePresence::Has || presence == TablePresence::Differs;
}

/// "in the chain and live, not in the models": the sides that are like that, joined.
std::string sidesThat(const TableRow& row, bool (*fits)(TablePresence))
{
    std::string text;
    const auto add = [&](TablePresence presence, std::string_view name) {
        if (fits(presence))
            text += (text.empty() ? "" : " and ") + std::string(name);
    };
    add(row.models, "the models");
    add(row.chain, "the chain");
    add(row.live, "the database");
    return text;
}

/// Where one of the three is not known, what the others say.
std::string partialVerdict(const TableRow& row)
{
    const std::string has = sidesThat(row, isThere);
    const std::string lacks =
        sidesThat(row, [](TablePresence presence) { return presence == TablePresence::Lacks; });
    const std::string unknown =
        sidesThat(row, [](TablePresence presence) { return presence == TablePresence::Unknown; });
    if (has.empty() && lacks.empty())
        return "not known";
    return (has.empty() ? std::string() : "in " + has) +
           (has.empty() || lacks.empty() ? "" : ", ") +
           (lacks.empty() ? std::string() : "not in " + lacks) + "; " + unknown + " not known";
}

/// What is live, where not all of it was read; empty: that is no matter here.
std::string verdictOnUnread(const TableRow& row, const UnreadParts& unread)
{
    const bool elsewhere = isThere(row.models) || isThere(row.chain);
    if (row.live == TablePresence::Unknown && elsewhere)
        return "live has it; " + unreadText(unread) + " were not read";
    if (row.isUnmanaged() && unread.lacks(UnreadKind::ExtensionMembers))
        return "only live; whether an extension owns it was not read";
    return {};
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
    return partialVerdict(row);
}

/// The heaviest of a table's operations: a table that goes or comes is not also changed.
std::string_view wordOf(const std::vector<ForecastOperation>& operations, bool sureOnly)
{
    std::string_view word;
    for (const ForecastOperation& each : operations) {
        if (sureOnly && !each.isSure())
            continue;
        if (each.directive == "drop_table")
            return "drop";
        if (each.directive == "create_table")
            return "create";
        word = "alter";
    }
    return word;
}

std::string forecastWord(const AutogenerateForecast& forecast, const TableRow& row)
{
    const std::vector<ForecastOperation>& operations = row.operations;
    if (!forecast.known)
        return "unknown";
    const std::string_view sure = wordOf(operations, true);
    const std::string_view any = wordOf(operations, false);
    if (any.empty())
        return !forecast.complete && row.live == TablePresence::Unknown ? "unknown" : "nothing";
    return any == sure ? std::string(any) : "may " + std::string(any);
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

bool TableRow::hasDifference() const
{
    const std::array sides{models, chain, live};
    const auto any = [&](TablePresence presence) {
        return std::ranges::find(sides, presence) != sides.end();
    };
    return any(TablePresence::Differs) || (any(TablePresence::Has) && any(TablePresence::Lacks)) ||
           (forecast != "nothing" && forecast != "unknown");
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

AutogenerateForecast forecastOf(const Inspection& inspection)
{
    const auto unknown = [](std::string why) {
        AutogenerateForecast forecast;
        forecast.whyNot = std::move(why);
        return forecast;
    };
    if (inspection.models == nullptr)
        return unknown("The models were not read.");
    if (inspection.live == nullptr)
        return unknown("No database was read.");
    return autogenerateForecast({.models = *inspection.models,
                                 .live = inspection.live->schema,
                                 .searchPath = inspection.live->server.searchPath,
                                 .versionTable = sparedTable(inspection.scripts->project),
                                 .unread = inspection.live->unread});
}

std::vector<TableRow> tableRows(const Inspection& inspection)
{
    return tableRows(inspection, forecastOf(inspection));
}

std::vector<TableRow> tableRows(const Inspection& inspection, const AutogenerateForecast& forecast)
{
    std::map<QualifiedName, std::vector<ForecastOperation>> operations;
    for (const ForecastOperation& each : forecast.operations)
        operations[each.table].push_back(each);
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
    if (inspection.live != nullptr) {
        live.schema = &inspection.live->schema;
        live.unread = inspection.live->unread.isEmpty() ? nullptr : &inspection.live->unread;
    }

    std::set<QualifiedName> names;
    for (const Side* side : {&chain, &models, &live})
        addNames(*side, names);
    leaveOutVersionTables(inspection, names);
    for (const auto& [name, each] : operations)
        names.insert(name);
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
        if (inLive != nullptr && live.unread != nullptr) {
            if (std::string words = verdictOnUnread(row, *live.unread); !words.empty())
                row.verdict = std::move(words);
        }
        row.operations = operations.contains(name) ? std::move(operations[name])
                                                   : std::vector<ForecastOperation>{};
        row.forecast = forecastWord(forecast, row);
        row.isProtected = isProtectedBy(inspection.protectedTables, name);
        if (inLive != nullptr && row.isUnmanaged())
            row.owner = owners->of(*inLive);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace sightglass
