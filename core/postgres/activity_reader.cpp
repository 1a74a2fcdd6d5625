// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postgres/activity_reader.h"

#include "core/base/error.h"
#include "core/live/activity.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sightglass {

namespace {

constexpr std::string_view countersSql =
    "SELECT s.schemaname, s.relname, COALESCE(s.seq_scan, 0) + COALESCE(s.idx_scan, 0)"
    " + s.n_tup_ins + s.n_tup_upd + s.n_tup_del FROM pg_catalog.pg_stat_user_tables s";

constexpr std::string_view sessionSql =
    "SELECT pg_catalog.current_setting('TimeZone'), r.rolsuper,"
    " pg_catalog.current_setting('autovacuum') = 'on'"
    " FROM pg_catalog.pg_roles r WHERE r.rolname = current_user";

constexpr std::string_view rolesSql = "SELECT r.rolname FROM pg_catalog.pg_roles r"
                                      " WHERE pg_catalog.pg_has_role(current_user, r.oid, 'USAGE')";

/// The most special first: of the role in this database, of the role, of the database, of all.
constexpr std::string_view lockTimeoutSql =
    "SELECT pg_catalog.substr(c, 14) FROM pg_catalog.pg_db_role_setting s,"
    " pg_catalog.unnest(s.setconfig) c WHERE c LIKE 'lock\\_timeout=%'"
    " AND s.setrole IN (0, (SELECT r.oid FROM pg_catalog.pg_roles r"
    " WHERE r.rolname = current_user))"
    " AND s.setdatabase IN (0, (SELECT d.oid FROM pg_catalog.pg_database d"
    " WHERE d.datname = pg_catalog.current_database()))"
    " ORDER BY s.setrole <> 0 AND s.setdatabase <> 0 DESC, s.setrole <> 0 DESC,"
    " s.setdatabase <> 0 DESC LIMIT 1";

constexpr std::string_view locksSql =
    "SELECT n.nspname, c.relname, l.granted, l.pid, a.state,"
    " pg_catalog.floor(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - a.xact_start))"
    "::pg_catalog.int8"
    " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'relation' AND l.relation >= 16384"
    " AND l.pid <> pg_catalog.pg_backend_pid() AND c.relkind IN ('r', 'p', 'm')"
    " AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d"
    " WHERE d.datname = pg_catalog.current_database())";

constexpr std::string_view publicationsSql =
    "SELECT p.schemaname, p.tablename, p.pubname FROM pg_catalog.pg_publication_tables p"
    " ORDER BY p.pubname";

constexpr std::string_view indexScansSql =
    "SELECT s.schemaname, s.indexrelname, s.idx_scan FROM pg_catalog.pg_stat_user_indexes s";

constexpr std::string_view volatilitySql =
    "SELECT pg_catalog.lower(p.proname), p.provolatile FROM pg_catalog.pg_proc p"
    " JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
    " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')";

bool endsReading(const Error& error)
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::ConnectionLost ||
           (error.code == ErrorCode::TimedOut && error.sqlState.empty());
}

QualifiedName nameIn(const Row& row)
{
    return {.schema = row.text(0), .name = row.text(1)};
}

void addSession(const Rows& rows, Activity& activity)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        activity.timeZone = row.text(0);
        activity.superuser = row.flag(1);
        activity.autovacuum = row.flag(2);
    }
}

void addRoles(const Rows& rows, Activity& activity)
{
    for (std::size_t i = 0; i < rows.size(); ++i)
        activity.memberOf.insert(Row(rows, i).text(0));
}

/// A setting's text as its author wrote it: a number of milliseconds, or one with a unit.
std::optional<std::chrono::milliseconds> durationOf(std::string_view text)
{
    struct Unit
    {
        std::string_view word;
        std::int64_t milliseconds;
    };

    constexpr std::array units{Unit{"", 1},
                               Unit{"ms", 1},
                               Unit{"s", 1'000},
                               Unit{"min", 60'000},
                               Unit{"h", 3'600'000},
                               Unit{"d", 86'400'000}};
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0)
        return std::nullopt;
    std::string_view word = text.substr(digits);
    word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
    const auto unit = std::ranges::find(units, word, &Unit::word);
    if (unit == units.end())
        return std::nullopt;
    return std::chrono::milliseconds(numberOf(text) * unit->milliseconds);
}

void addLockTimeout(const Rows& rows, Activity& activity)
{
    if (rows.size() == 1)
        activity.lockTimeout = durationOf(Row(rows, 0).view(0));
}

void addLocks(const Rows& rows, Activity& activity)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        RelationActivity& relation = activity.relations[nameIn(row)];
        if (!row.flag(2)) {
            relation.lockAwaited = true;
            continue;
        }
        if (row.isNull(5))
            continue;
        const std::chrono::seconds age(row.number(5));
        if (relation.oldestTransaction && *relation.oldestTransaction >= age)
            continue;
        relation.oldestTransaction = age;
        relation.oldestWords = "pid " + row.text(3);
        if (!row.view(4).empty())
            relation.oldestWords += ", " + row.text(4);
    }
}

void addPublications(const Rows& rows, Activity& activity)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        activity.relations[nameIn(row)].publications.push_back(row.text(2));
    }
}

void addIndexScans(const Rows& rows, Activity& activity)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        activity.indexScans[nameIn(row)] = row.number(2);
    }
}

void addVolatility(const Rows& rows, Activity& activity)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        char& known = activity.volatility[row.text(0)]; // 'i' < 's' < 'v'
        known = std::max(known, row.letter(1));
    }
}

struct ActivityQuery
{
    std::string_view words;
    std::string_view sql;
    int sinceVersion;
    void (*add)(const Rows&, Activity&);
};

constexpr std::array queries{
    ActivityQuery{"rights of the session", sessionSql, 0, addSession},
    ActivityQuery{"roles", rolesSql, 0, addRoles},
    ActivityQuery{"settings of roles", lockTimeoutSql, 0, addLockTimeout},
    ActivityQuery{"locks", locksSql, 0, addLocks},
    ActivityQuery{"publications", publicationsSql, 100000, addPublications},
    ActivityQuery{"index statistics", indexScansSql, 0, addIndexScans},
    ActivityQuery{"volatility of functions", volatilitySql, 0, addVolatility}};

} // namespace

Result<TableCounters> readCounters(Connection& connection, const RunContext& run)
{
    TableCounters counters;
    const auto cleared =
        connection.query("statistics", "SELECT pg_catalog.pg_stat_clear_snapshot()", run);
    const auto rows = cleared ? connection.query("statistics", countersSql, run) : cleared;
    if (!rows) {
        if (endsReading(rows.error()))
            return tl::unexpected(rows.error());
        return counters;
    }
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const Row row(*rows, i);
        counters[nameIn(row)] = row.number(2);
    }
    return counters;
}

Result<void> readActivity(Connection& connection,
                          const TableCounters& before,
                          const TransactionNames& transactions,
                          LiveState& state,
                          const RunContext& run)
{
    auto activity = std::make_shared<Activity>();
    for (const ActivityQuery& query : queries) {
        if (connection.serverVersion() < query.sinceVersion)
            continue;
        const auto rows = connection.query(query.words, query.sql, run);
        if (rows)
            query.add(*rows, *activity);
        else if (endsReading(rows.error()))
            return tl::unexpected(rows.error());
        else
            state.notRead.push_back(rows.error().message);
    }
    const auto after = readCounters(connection, run);
    if (!after)
        return tl::unexpected(after.error());
    for (const auto& [name, count] : *after) {
        const auto first = before.find(name);
        if (first != before.end() && first->second != count)
            activity->relations[name].moved = true;
    }
    const auto sessions = readSessions(connection, transactions, state.notRead, run);
    if (!sessions)
        return tl::unexpected(sessions.error());
    activity->sessions = *sessions;
    state.activity = std::move(activity);
    return {};
}

} // namespace sightglass
