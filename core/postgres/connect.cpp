// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postgres/connect.h"

#include "core/postgres/activity_reader.h"
#include "core/postgres/catalog_reader.h"
#include "core/postgres/connection.h"
#include "core/postgres/probe_reader.h"
#include "core/postgres/version_tables.h"

#include <utility>

namespace sightglass {

namespace {

class PostgresDatabase final : public Database
{
public:
    explicit PostgresDatabase(std::unique_ptr<Connection> connection)
        : m_connection(std::move(connection))
    {}

    Result<LiveState> readState(const VersionTableHint& hint, const RunContext& run) override
    {
        const auto started = std::chrono::steady_clock::now();
        const Time readAt = std::chrono::system_clock::now();
        auto state = readSnapshot(hint, run);
        m_connection->end();
        if (state) {
            state->readAt = readAt;
            state->duration = std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::steady_clock::now() - started);
        }
        return state;
    }

    Result<ProbeAnswers> probe(const ProbeRequest& request, const RunContext& run) override
    {
        if (auto begun = m_connection->begin(run); !begun)
            return tl::unexpected(begun.error());
        auto answers = readProbes(*m_connection, request, run);
        m_connection->end();
        return answers;
    }

    void cancel() noexcept override { m_connection->cancel(); }

private:
    Result<LiveState> readSnapshot(const VersionTableHint& hint, const RunContext& run)
    {
        if (auto begun = m_connection->begin(run); !begun)
            return tl::unexpected(begun.error());
        const auto transactions = readTransactionNames(*m_connection, run);
        if (!transactions)
            return tl::unexpected(transactions.error());
        auto state = readCatalog(*m_connection, run);
        if (!state)
            return state;
        const auto counters = readCounters(*m_connection, run);
        if (!counters)
            return tl::unexpected(counters.error());
        if (auto read = readVersionTables(*m_connection, hint, *state, run); !read)
            return tl::unexpected(read.error());
        if (auto read = readActivity(*m_connection, *counters, *transactions, *state, run); !read)
            return tl::unexpected(read.error());
        return state;
    }

    std::unique_ptr<Connection> m_connection;
};

} // namespace

Result<std::unique_ptr<Database>>
connectReadOnly(const ConnectionTarget& target, const SessionLimits& limits, const RunContext& run)
{
    auto connection = Connection::open(target, limits, run);
    if (!connection)
        return tl::unexpected(connection.error());
    return std::make_unique<PostgresDatabase>(std::move(*connection));
}

} // namespace sightglass
