// SPDX-License-Identifier: GPL-3.0-or-later
// Which version table is this project's. Alembic itself knows one way: the name and schema that
// env.py gives, else the search path. What can't be read from env.py is told by the ids that the
// tables hold.
#include "core/base/error.h"
#include "core/diagnosis/diagnose.h"

#include <algorithm>
#include <optional>
#include <set>

namespace sightglass {

namespace {

using Tables = std::vector<const VersionTable*>;

std::optional<std::string> knownText(const ReadFact& fact)
{
    if (!fact.value.isKnown())
        return std::nullopt;
    return fact.value.value();
}

Tables named(const LiveState& live,
             const std::optional<std::string>& name,
             const std::optional<std::string>& schema)
{
    Tables tables;
    for (const VersionTable& table : live.versionTables) {
        if (name && table.name.name != *name)
            continue;
        if (schema && table.name.schema != *schema)
            continue;
        tables.push_back(&table);
    }
    return tables;
}

const VersionTable* firstOnSearchPath(const LiveState& live, const Tables& tables)
{
    for (const std::string& schema : live.server.searchPath) {
        const auto found =
            std::find_if(tables.begin(), tables.end(), [&](const VersionTable* table) {
                return table->name.schema == schema;
            });
        if (found != tables.end())
            return *found;
    }
    return nullptr;
}

/// Alembic's own way; null when the settings are not known in full or lead nowhere.
const VersionTable* bySettings(const Project& project, const LiveState& live)
{
    const auto name = knownText(project.versionTable);
    const auto schema = knownText(project.versionTableSchema);
    if (!name || !schema)
        return nullptr;
    const std::string table = name->empty() ? "alembic_version" : *name;
    if (schema->empty())
        return firstOnSearchPath(live, named(live, table, std::nullopt));
    const Tables exact = named(live, table, schema);
    return exact.empty() ? nullptr : exact.front();
}

Tables holdingKnownIds(const Tables& tables, const RevisionGraph& graph)
{
    Tables result;
    for (const VersionTable* table : tables) {
        if (std::any_of(table->rows.begin(), table->rows.end(), [&](const std::string& row) {
                return graph.find(row).has_value();
            }))
            result.push_back(table);
    }
    return result;
}

std::string searchPathText(const LiveState& live)
{
    std::string text;
    for (const std::string& schema : live.server.searchPath)
        text += (text.empty() ? "" : ", ") + printable(schema);
    return text.empty() ? "empty" : text;
}

/// What the settings say, as the first half of a remark.
std::string settingsText(const Project& project, const LiveState& live)
{
    const auto name = knownText(project.versionTable);
    const auto schema = knownText(project.versionTableSchema);
    if (!name)
        return "The version table's name can't be read from env.py: " +
               project.versionTable.value.reason();
    if (!schema)
        return "The version table's schema can't be read from env.py: " +
               project.versionTableSchema.value.reason();
    const std::string shownName = printable(name->empty() ? "alembic_version" : *name);
    if (schema->empty())
        return "No table " + shownName + " is on this session's search path (" +
               searchPathText(live) + ")";
    return "There is no table " + printable(*schema) + "." + shownName;
}

VersionTablePairing chosen(const VersionTable* table, std::string why)
{
    return {.table = table, .candidates = {table}, .remark = std::move(why)};
}

} // namespace

VersionTablePairing
pairVersionTable(const Project& project, const RevisionGraph& graph, const LiveState& live)
{
    if (const VersionTable* table = bySettings(project, live))
        return {.table = table, .candidates = {table}};
    const auto name = knownText(project.versionTable);
    const auto schema = knownText(project.versionTableSchema);
    const bool settingsKnown = name && schema;
    const auto wantedSchema = settingsKnown || !schema || schema->empty() ? std::nullopt : schema;
    // Known settings that lead nowhere: only the ids can still tie a table to this project.
    const Tables fitting =
        settingsKnown ? named(live, std::nullopt, std::nullopt) : named(live, name, wantedSchema);
    const std::string settings = settingsText(project, live);
    const Tables holding = holdingKnownIds(fitting, graph);
    if (holding.size() == 1) {
        return chosen(holding.front(),
                      settings + ". " + printable(toText(holding.front()->name)) +
                          " was taken because it holds ids of this chain.");
    }
    if (holding.size() > 1)
        return {.candidates = holding,
                .remark = settings + ", and several version tables hold ids of this chain."};
    if (settingsKnown || fitting.empty())
        return {.remark = live.versionTables.empty() ? std::string() : settings + "."};
    if (fitting.size() == 1) {
        return chosen(fitting.front(),
                      settings + ". " + printable(toText(fitting.front()->name)) +
                          " was taken because it is the only one that fits.");
    }
    return {.candidates = fitting,
            .remark = settings + ", and no version table holds an id of this chain."};
}

const VersionTable* versionTableOf(const Project& project, const LiveState& live)
{
    return bySettings(project, live);
}

} // namespace sightglass
