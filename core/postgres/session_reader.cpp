// SPDX-License-Identifier: GPL-3.0-or-later
//
// Source: "pg_locks", "pg_stat_activity" and "pg_prepared_xacts" of PostgreSQL 9.6 to 18. A
// prepared transaction keeps the virtual transaction that it was prepared in, or "-1/" and its
// number, and a lock on that number. What a session does is visible to itself, superusers and
// pg_read_all_stats; its locks, application_name and snapshot are to everybody.
#include "core/postgres/session_reader.h"

#include "core/base/error.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string_view>

namespace sightglass {

namespace {

constexpr std::size_t mostTransactions = 5'000;
constexpr std::size_t mostLocks = 50'000;

constexpr std::string_view namesSql =
    "SELECT l.virtualtransaction FROM pg_catalog.pg_locks l WHERE l.locktype = 'virtualxid'"
    " AND l.mode = 'ExclusiveLock' AND l.pid <> pg_catalog.pg_backend_pid() LIMIT 20000";

constexpr std::string_view ourDatabase = "(SELECT d.oid FROM pg_catalog.pg_database d"
                                         " WHERE d.datname = pg_catalog.current_database())";

std::string ageOf(std::string_view column)
{
    return "pg_catalog.floor(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - " +
           std::string(column) + "))::pg_catalog.int8";
}

std::string transactionsSql(int version)
{
    const std::string backend = version >= 100000 ? "a.backend_type" : "''";
    return "SELECT l.virtualtransaction, a.pid, a.usename, a.application_name, a.state, " +
           backend + ", " + ageOf("a.xact_start") + ", " + ageOf("a.state_change") +
           ", a.backend_xmin IS NOT NULL, a.query LIKE 'autovacuum:%(to prevent wraparound)',"
           " a.xact_start IS NOT NULL"
           " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
           " WHERE l.locktype = 'virtualxid' AND l.mode = 'ExclusiveLock'"
           " AND a.pid <> pg_catalog.pg_backend_pid() AND a.datid = " +
           std::string(ourDatabase) + " ORDER BY a.xact_start, a.pid LIMIT " +
           std::to_string(mostTransactions + 1);
}

std::string preparedSql()
{
    return "SELECT l.virtualtransaction, p.gid, p.owner, " + ageOf("p.prepared") +
           " FROM pg_catalog.pg_prepared_xacts p JOIN pg_catalog.pg_locks l"
           " ON l.locktype = 'transactionid' AND l.pid IS NULL"
           " AND l.transactionid = p.transaction"
           " WHERE p.database = pg_catalog.current_database() ORDER BY p.prepared LIMIT " +
           std::to_string(mostTransactions + 1);
}

std::string locksSql(int version)
{
    return "SELECT l.virtualtransaction, n.nspname, c.relname, c.relkind IN ('i', 'I'), l.mode,"
           " l.granted, " +
           (version >= 140000 ? ageOf("l.waitstart") : std::string("NULL")) +
           " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation"
           " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
           " WHERE l.locktype = 'relation' AND l.relation >= 16384 AND l.database = " +
           std::string(ourDatabase) +
           " AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid() LIMIT " +
           std::to_string(mostLocks + 1);
}

bool endsReading(const Error& error)
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::ConnectionLost ||
           (error.code == ErrorCode::TimedOut && error.sqlState.empty());
}

std::optional<std::chrono::seconds> secondsIn(const Row& row, std::size_t column)
{
    if (row.isNull(column))
        return std::nullopt;
    return std::chrono::seconds(std::max<std::int64_t>(row.number(column), 0));
}

OpenTransaction sessionIn(const Row& row)
{
    OpenTransaction made;
    made.pid = static_cast<int>(row.number(1));
    made.user = row.text(2);
    made.program = row.text(3);
    made.state = row.text(4);
    made.backend = row.text(5);
    made.age = secondsIn(row, 6);
    made.inState = secondsIn(row, 7);
    made.holdsSnapshot = row.flag(8);
    made.preventsWraparound = row.flag(9);
    made.visible = row.flag(10);
    return made;
}

OpenTransaction preparedIn(const Row& row)
{
    OpenTransaction made;
    made.gid = row.text(1);
    made.user = row.text(2);
    made.age = secondsIn(row, 3);
    made.lasted = true;
    return made;
}

class SessionReading
{
public:
    explicit SessionReading(const TransactionNames& before)
        : m_before(before)
    {}

    void addTransactions(const Rows& rows, OpenTransaction (*read)(const Row&))
    {
        m_made->complete = m_made->complete && rows.size() <= mostTransactions;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Row row(rows, i);
            OpenTransaction added = read(row);
            if (added.backend == "parallel worker")
                continue; // its locks are its leader's
            added.lasted = added.lasted || m_before.contains(row.view(0));
            m_place.emplace(row.text(0), m_made->transactions.size());
            m_made->transactions.push_back(std::move(added));
        }
    }

    void addLocks(const Rows& rows)
    {
        m_made->complete = m_made->complete && rows.size() <= mostLocks;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Row row(rows, i);
            const auto place = m_place.find(row.view(0));
            if (place == m_place.end())
                continue; // it ended between two statements, or it is such a helper
            m_made->transactions[place->second].locks.push_back(
                {.relation = {.schema = row.text(1), .name = row.text(2)},
                 .ofIndex = row.flag(3),
                 .mode = row.text(4),
                 .granted = row.flag(5),
                 .waits = secondsIn(row, 6)});
        }
    }

    std::shared_ptr<const Sessions> result() { return std::move(m_made); }

private:
    const TransactionNames& m_before;
    std::shared_ptr<Sessions> m_made = std::make_shared<Sessions>();
    std::map<std::string, std::size_t, std::less<>> m_place;
};

} // namespace

Result<TransactionNames> readTransactionNames(Connection& connection, const RunContext& run)
{
    TransactionNames names;
    const auto rows = connection.query("open transactions", namesSql, run);
    if (!rows && endsReading(rows.error()))
        return tl::unexpected(rows.error());
    for (std::size_t i = 0; rows && i < rows->size(); ++i)
        names.insert(Row(*rows, i).text(0));
    return names;
}

Result<std::shared_ptr<const Sessions>> readSessions(Connection& connection,
                                                     const TransactionNames& before,
                                                     std::vector<std::string>& refused,
                                                     const RunContext& run)
{
    const int version = connection.serverVersion();
    SessionReading reading(before);
    // What an earlier statement saw of the sessions is kept for the rest of a transaction.
    auto rows = connection.query("statistics", "SELECT pg_catalog.pg_stat_clear_snapshot()", run);
    if (rows) {
        rows = connection.query("open transactions", transactionsSql(version), run);
        if (rows)
            reading.addTransactions(*rows, sessionIn);
    }
    if (rows) {
        rows = connection.query("prepared transactions", preparedSql(), run);
        if (rows)
            reading.addTransactions(*rows, preparedIn);
    }
    if (rows) {
        rows = connection.query("locks of other sessions", locksSql(version), run);
        if (rows)
            reading.addLocks(*rows);
    }
    if (rows)
        return reading.result();
    if (endsReading(rows.error()))
        return tl::unexpected(rows.error());
    refused.push_back(rows.error().message);
    return std::shared_ptr<const Sessions>();
}

} // namespace sightglass
