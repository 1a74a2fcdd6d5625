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

/// A migration tool's history in the same namespace; the project's own is left out by its name.
TableOwner neighbour(const Table& table, const Schema& schema)
{
    for (const auto& [name, other] : schema.tables) {
        if (name == table.name || name.schema != table.name.schema)
            continue;
        const KnownTable* const known = knownTable(*other);
        const bool alembic = isAlembicHistory(*other) && name.name != "alembic_version";
        if (!alembic && (known == nullptr || !known->isHistory))
            continue;
        const std::string tool = alembic ? "another Alembic chain" : std::string(known->system);
        return {.kind = TableOwner::Kind::OtherMigrations,
                .name = tool,
                .evidence = "Beside it stands " + name.name + ", the history of " + tool +
                            ", which may have made it."};
    }
    return {.kind = TableOwner::Kind::Nobody,
            .name = {},
            .evidence = "Nothing tells who made it: ask who writes to it."};
}

} // namespace

TableOwner probableOwner(const Table& table, const Schema& schema)
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
    return neighbour(table, schema);
}

} // namespace sightglass
