// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postgres/version_tables.h"

#include "core/base/error.h"

#include <algorithm>
#include <span>
#include <string>

namespace sightglass {

namespace {

constexpr std::string_view versionColumn = "version_num";
constexpr std::size_t rowLimit = 10'000;
constexpr std::string_view lockNotAvailable = "55P03";

struct Candidate
{
    VersionTable table;
    bool ordinary = true; ///< has rows of its own: they have a physical order
};

bool namesVersionTable(std::string_view name)
{
    return name.find("alembic_version") != std::string_view::npos;
}

bool isHinted(const QualifiedName& name, const VersionTableHint& hint)
{
    return name.name == (hint.table.empty() ? "alembic_version" : hint.table) &&
           (hint.schema.empty() || name.schema == hint.schema);
}

/// Characters that fit: 32 of "character varying(32)".
std::optional<int> widthOf(std::string_view type)
{
    const std::size_t open = type.find('(');
    if (!type.starts_with("character") || open == std::string_view::npos)
        return std::nullopt;
    return static_cast<int>(numberOf(type.substr(open + 1)));
}

void describe(VersionTable& table, const std::vector<Column>& columns)
{
    for (const Column& column : columns) {
        if (column.name != versionColumn) {
            table.otherColumns.push_back(column.name);
            continue;
        }
        table.columnType = column.type;
        table.width = widthOf(column.type);
        table.nullable = column.nullable;
    }
}

bool isVersionTable(const QualifiedName& name,
                    const VersionTable& described,
                    const VersionTableHint& hint)
{
    return isHinted(name, hint) || (!described.columnType.empty() && namesVersionTable(name.name));
}

std::vector<Candidate> candidates(const Schema& schema, const VersionTableHint& hint)
{
    std::vector<Candidate> found;
    for (const auto& [name, table] : schema.tables) {
        Candidate candidate{.table = {.name = name},
                            .ordinary = table->kind != TableKind::ForeignTable};
        describe(candidate.table, table->columns);
        if (table->primaryKey) {
            candidate.table.hasPrimaryKey = true;
            candidate.table.primaryKeyName = table->primaryKey->name;
        }
        if (isVersionTable(name, candidate.table, hint))
            found.push_back(std::move(candidate));
    }
    for (const auto& [name, view] : schema.views) {
        Candidate candidate{.table = {.name = name, .isView = true}, .ordinary = false};
        describe(candidate.table, view->columns);
        if (isVersionTable(name, candidate.table, hint))
            found.push_back(std::move(candidate));
    }
    std::ranges::sort(found, {}, [](const Candidate& c) { return c.table.name; });
    return found;
}

/// Name and number of the candidate in the row, so that one statement can read several.
std::string rowsOf(const Candidate& candidate, std::size_t number)
{
    return "(SELECT " + std::to_string(number) + " AS i, " +
           (candidate.ordinary ? "v.ctid" : "NULL::pg_catalog.tid") +
           " AS at, v.version_num::pg_catalog.text AS id FROM " +
           quotedIdentifier(candidate.table.name.schema) + "." +
           quotedIdentifier(candidate.table.name.name) + " v LIMIT " +
           std::to_string(rowLimit + 1) + ")";
}

class Reading
{
public:
    Reading(Connection& connection, LiveState& state, const RunContext& run)
        : m_connection(connection)
        , m_state(state)
        , m_run(run)
    {}

    /// All of `group` with one statement; when it is refused, one by one.
    Result<void> read(std::span<Candidate* const> group)
    {
        if (group.empty())
            return {};
        std::string sql;
        for (std::size_t i = 0; i < group.size(); ++i)
            sql += (i == 0 ? "" : " UNION ALL ") + rowsOf(*group[i], i);
        const auto rows = m_connection.query(
            "version table", "SELECT i, id FROM (" + sql + ") a ORDER BY i, at", m_run);
        if (rows) {
            take(*rows, group);
            return {};
        }
        const Error& error = rows.error();
        if (error.code == ErrorCode::Cancelled || error.code == ErrorCode::ConnectionLost ||
            (error.code == ErrorCode::TimedOut && error.sqlState.empty()))
            return tl::unexpected(error);
        if (group.size() == 1) {
            VersionTable& table = group[0]->table;
            table.readable = false;
            table.locked = error.sqlState == lockNotAvailable;
            table.slow = error.code == ErrorCode::TimedOut && !table.locked;
            table.whyUnread = error.message;
            m_state.notRead.push_back("The rows of " + printable(toText(table.name)) +
                                      " were not read. " + error.message);
            return {};
        }
        for (std::size_t i = 0; i < group.size(); ++i) {
            if (auto one = read(group.subspan(i, 1)); !one)
                return one;
        }
        return {};
    }

private:
    void take(const Rows& rows, std::span<Candidate* const> group)
    {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Row row(rows, i);
            VersionTable& table = group[static_cast<std::size_t>(row.number(0))]->table;
            if (table.rows.size() < rowLimit)
                table.rows.push_back(row.text(1));
            else
                m_state.notRead.push_back("Only the first " + std::to_string(rowLimit) +
                                          " rows of " + printable(toText(table.name)) +
                                          " were read.");
        }
    }

    Connection& m_connection;
    LiveState& m_state;
    const RunContext& m_run;
};

} // namespace

Result<void> readVersionTables(Connection& connection,
                               const VersionTableHint& hint,
                               LiveState& state,
                               const RunContext& run)
{
    auto found = candidates(state.schema, hint);
    std::vector<Candidate*> ordinary;
    std::vector<Candidate*> others;
    for (Candidate& candidate : found) {
        if (!candidate.table.columnType.empty())
            (candidate.ordinary ? ordinary : others).push_back(&candidate);
    }
    Reading reading(connection, state, run);
    if (auto read = reading.read(ordinary); !read)
        return read;
    if (auto read = reading.read(others); !read)
        return read;
    for (Candidate& candidate : found) {
        candidate.table.keyRead = !state.unread.lacks(UnreadKind::Constraints);
        state.versionTables.push_back(std::move(candidate.table));
    }
    return {};
}

} // namespace sightglass
