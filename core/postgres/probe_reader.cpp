// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postgres/probe_reader.h"

#include "core/base/error.h"

namespace sightglass {

namespace {

std::string inQuotes(const std::string& name)
{
    std::string quoted = "\"";
    for (const char c : name)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string sqlOf(const QualifiedName& table)
{
    return inQuotes(table.schema) + "." + inQuotes(table.name);
}

std::string countSql(const QualifiedName& table)
{
    return "SELECT pg_catalog.count(*) FROM " + sqlOf(table);
}

std::string columnSql(const ColumnPlace& place, const ColumnQuestion& question)
{
    const std::string column = "t." + inQuotes(place.second);
    const std::string from = " FROM " + sqlOf(place.first) + " t";
    const std::string longest =
        question.longest ? "pg_catalog.max(pg_catalog.length(" + column + "::pg_catalog.text))"
                         : "NULL";
    const std::string duplicates = question.duplicates
                                       ? "(SELECT pg_catalog.count(*) FROM (SELECT 1" + from +
                                             " WHERE " + column + " IS NOT NULL GROUP BY " +
                                             column + " HAVING pg_catalog.count(*) > 1) d)"
                                       : "NULL";
    return "SELECT pg_catalog.count(*) - pg_catalog.count(" + column + "), pg_catalog.count(" +
           column + "), " + duplicates + ", " + longest + from;
}

class Probing
{
public:
    Probing(Connection& connection, const ProbeRequest& request, const RunContext& run)
        : m_connection(connection)
        , m_request(request)
        , m_run(run)
    {}

    Result<ProbeAnswers> answers()
    {
        if (auto set = ask("SELECT pg_catalog.set_config('statement_timeout', '2000', true)"); !set)
            return tl::unexpected(set.error());
        for (const auto& [table, bytes] : m_request.tables) {
            if (bytes > m_request.largest)
                continue;
            const auto rows = ask(countSql(table));
            if (!rows)
                return tl::unexpected(rows.error());
            if (rows->size() == 1)
                m_answers.rows[table] = Row(*rows, 0).number(0);
        }
        for (const auto& [place, question] : m_request.columns) {
            if (!m_answers.rows.contains(place.first))
                continue; // too large, or may not be read
            const auto rows = ask(columnSql(place, question));
            if (!rows)
                return tl::unexpected(rows.error());
            if (rows->size() == 1)
                m_answers.columns[place] = countsOf(Row(*rows, 0));
        }
        return std::move(m_answers);
    }

private:
    static ColumnCounts countsOf(const Row& row)
    {
        ColumnCounts counts{.nulls = row.number(0), .values = row.number(1)};
        if (!row.isNull(2))
            counts.duplicates = row.number(2);
        if (!row.isNull(3))
            counts.longest = row.number(3);
        return counts;
    }

    /// No rows where the server refuses or is too slow.
    Result<Rows> ask(const std::string& sql)
    {
        if (m_asked++ > m_request.most)
            return Rows();
        auto rows = m_connection.query("rows", sql, m_run);
        if (rows)
            return rows;
        const ErrorCode code = rows.error().code;
        const bool ends = code == ErrorCode::Cancelled || code == ErrorCode::ConnectionLost ||
                          (code == ErrorCode::TimedOut && rows.error().sqlState.empty());
        if (ends)
            return rows;
        return Rows();
    }

    Connection& m_connection;
    const ProbeRequest& m_request;
    const RunContext& m_run;
    std::size_t m_asked = 0;
    ProbeAnswers m_answers;
};

} // namespace

Result<ProbeAnswers>
readProbes(Connection& connection, const ProbeRequest& request, const RunContext& run)
{
    return Probing(connection, request, run).answers();
}

} // namespace sightglass
