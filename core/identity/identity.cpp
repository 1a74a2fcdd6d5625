// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/identity.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

bool isVersionTable(const LiveState& live, const QualifiedName& name)
{
    return std::ranges::any_of(live.versionTables,
                               [&](const VersionTable& table) { return table.name == name; });
}

/// Some things that may be withheld are not needed here. Of anything else, tables may be a part.
bool isHarmless(const std::string& sentence)
{
    static constexpr std::array parts{"identity of the server",
                                      "Another session has locked",
                                      "There is no right to read start and increment",
                                      "Sizes were not measured",
                                      "The rows of ",
                                      "settings of roles",
                                      "index statistics",
                                      "publications"};
    return std::ranges::any_of(
        parts, [&sentence](const char* part) { return sentence.find(part) != std::string::npos; });
}

} // namespace

std::optional<std::int64_t> DatabaseIdentity::rows() const
{
    std::optional<std::int64_t> sum;
    for (const RememberedTable& table : tables) {
        if (table.rows)
            sum = sum.value_or(0) + *table.rows;
    }
    return sum;
}

std::optional<DatabaseIdentity>
identityOf(const LiveState& live, const std::string& target, const VersionTable* versionTable)
{
    if (live.server.databaseOid == 0 || !std::ranges::all_of(live.notRead, isHarmless))
        return std::nullopt;
    DatabaseIdentity made;
    made.target = target;
    made.systemIdentifier = live.server.systemIdentifier;
    made.databaseOid = live.server.databaseOid;
    made.database = live.server.database;
    made.serverVersion = live.server.versionText;
    made.readAt = toRfc3339(live.readAt);
    for (const auto& [name, table] : live.schema.tables) {
        if (!table->extension.empty() || table->partitionOf || isVersionTable(live, name))
            continue;
        ++made.tableCount;
        if (made.tables.size() < mostRememberedTables)
            made.tables.push_back(
                {.name = toText(name), .rows = table->rowEstimate, .bytes = table->bytes});
    }
    std::ranges::sort(made.tables, {}, &RememberedTable::name);
    if (versionTable != nullptr && versionTable->readable) {
        made.versionRowsKnown = true;
        made.versionTable = toText(versionTable->name);
        made.versionRows = versionTable->rows;
        std::ranges::sort(made.versionRows);
    } else if (versionTable == nullptr && live.versionTables.empty()) {
        made.versionRowsKnown = true;
    }
    return made;
}

std::string_view toText(IdentityChangeKind kind)
{
    switch (kind) {
    case IdentityChangeKind::AnotherCluster:
        return "another-cluster";
    case IdentityChangeKind::AnotherDatabase:
        return "another-database";
    case IdentityChangeKind::TablesLost:
        return "tables-lost";
    case IdentityChangeKind::RowsLost:
        return "rows-lost";
    case IdentityChangeKind::RevisionWentBack:
        return "revision-went-back";
    case IdentityChangeKind::VersionRowsLost:
        return "version-rows-lost";
    }
    return "";
}

} // namespace sightglass
