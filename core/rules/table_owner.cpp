// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/table_owner.h"

#include "core/rules/known_systems.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace sightglass {

namespace {

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return result;
}

const KnownTable* knownTable(const Table& table)
{
    const std::string name = lowered(table.name.name);
    std::set<std::string, std::less<>> columns;
    for (const Column& column : table.columns)
        columns.insert(lowered(column.name));
    const auto found = std::ranges::find_if(knownTables(), [&](const KnownTable& known) {
        if (!known.name.empty() && known.name != name)
            return false;
        return std::ranges::all_of(known.columns, [&](std::string_view column) {
            return column.empty() || columns.contains(column);
        });
    });
    return found == knownTables().end() ? nullptr : &*found;
}

/// The version table of another Alembic chain.
bool isAlembicHistory(const Table& table)
{
    return table.columns.size() == 1 && table.columns.front().name == "version_num";
}

TableOwner system(const Table& table, const KnownTable& known)
{
    std::string columns;
    for (const std::string_view column : known.columns) {
        if (!column.empty())
            columns += (columns.empty() ? "" : ", ") + std::string(column);
    }
    return {.kind = TableOwner::Kind::System,
            .name = std::string(known.system),
            .evidence = (known.isHistory ? "It looks like the history that "
                                         : "It looks like a table of ") +
                        std::string(known.system) + (known.isHistory ? " keeps" : "") +
                        ": it is named " + table.name.name + " and has the columns " + columns +
                        "."};
}

} // namespace

std::string_view toText(TableOwner::Kind kind)
{
    switch (kind) {
    case TableOwner::Kind::Extension:
        return "extension";
    case TableOwner::Kind::System:
        return "system";
    case TableOwner::Kind::OtherMigrations:
        return "other-migrations";
    case TableOwner::Kind::Role:
        return "role";
    case TableOwner::Kind::Nobody:
        break;
    }
    return "nobody";
}

TableOwners::TableOwners(const Schema& schema, const QualifiedName& versionTable)
{
    const Table* const own = schema.table(versionTable);
    if (own != nullptr)
        m_ownRole = own->owner;
    for (const auto& [name, table] : schema.tables) {
        // The project's own history is left out, by its name where it is not known.
        if (name == versionTable || (own == nullptr && name.name == "alembic_version"))
            continue;
        if (isAlembicHistory(*table) && name.name != "alembic_version") {
            m_histories[name.schema].push_back({.history = name, .tool = "another Alembic chain"});
            continue;
        }
        const KnownTable* const known = knownTable(*table);
        if (known != nullptr && known->isHistory)
            m_histories[name.schema].push_back(
                {.history = name, .tool = std::string(known->system)});
    }
}

/// A migration tool's history in the same namespace.
TableOwner TableOwners::neighbour(const Table& table) const
{
    const auto histories = m_histories.find(table.name.schema);
    if (histories != m_histories.end()) {
        for (const Neighbour& each : histories->second) {
            if (each.history == table.name)
                continue;
            return {.kind = TableOwner::Kind::OtherMigrations,
                    .name = each.tool,
                    .evidence = "Beside it stands " + each.history.name + ", the history of " +
                                each.tool + ", which may have made it."};
        }
    }
    return {.kind = TableOwner::Kind::Nobody,
            .name = {},
            .evidence = "Nothing tells who made it: ask who writes to it."};
}

TableOwner TableOwners::of(const Table& table) const
{
    if (!table.extension.empty())
        return {.kind = TableOwner::Kind::Extension,
                .name = table.extension,
                .evidence = "The extension " + table.extension + " owns it."};
    if (isAlembicHistory(table))
        return {.kind = TableOwner::Kind::OtherMigrations,
                .name = "another Alembic chain",
                .evidence = "It is the version table of an Alembic chain: its only column is "
                            "version_num."};
    if (const KnownTable* const known = knownTable(table))
        return system(table, *known);
    if (!m_ownRole.empty() && !table.owner.empty() && table.owner != m_ownRole)
        return {.kind = TableOwner::Kind::Role,
                .name = table.owner,
                .evidence = "It belongs to the role " + table.owner +
                            "; the version table belongs to " + m_ownRole + "."};
    return neighbour(table);
}

TableOwner
probableOwner(const Table& table, const Schema& schema, const QualifiedName& versionTable)
{
    return TableOwners(schema, versionTable).of(table);
}

} // namespace sightglass
