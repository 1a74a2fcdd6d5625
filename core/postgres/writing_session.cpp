// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postgres/writing_session.h"

#include "core/postgres/connection.h"

#include <utility>

namespace sightglass {

namespace {

SqlAnswer answerOf(const Rows& rows)
{
    SqlAnswer answer{.rows = AnswerRows(rows.size()), .changed = rows.changed()};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < rows.columns(); ++column)
            answer.rows[row].push_back(rows.isNull(row, column)
                                           ? AnswerCell()
                                           : AnswerCell(std::string(rows.text(row, column))));
    }
    return answer;
}

class PostgresWritingSession final : public WritingSession
{
public:
    explicit PostgresWritingSession(std::unique_ptr<Connection> connection)
        : m_connection(std::move(connection))
    {}

    Result<void> begin(Access access, const RunContext& run) override
    {
        return m_connection->beginWork(access == Access::ReadWrite, run);
    }

    Result<SqlAnswer>
    execute(std::string_view what, std::string_view sql, const RunContext& run) override
    {
        const auto rows = m_connection->execute(what, sql, run);
        return rows ? Result<SqlAnswer>(answerOf(*rows)) : failure(rows.error());
    }

    Result<void> commit() override { return m_connection->commitWork(); }

    void rollback() noexcept override { m_connection->end(); }

    Result<SqlAnswer>
    executeAlone(std::string_view what, std::string_view sql, const RunContext& run) override
    {
        const auto set = [this](const char* value) {
            return m_connection->execute("setting the session",
                                         std::string("SET default_transaction_read_only = ") +
                                             value,
                                         {});
        };
        if (auto writes = set("off"); !writes)
            return failure(writes.error());
        auto answer = execute(what, sql, run);
        (void)set("on"); // a session that is gone needs it no more
        return answer;
    }

private:
    std::unique_ptr<Connection> m_connection;
};

} // namespace

Result<std::unique_ptr<WritingSession>>
connectForAction(const ConnectionTarget& target, const SessionLimits& limits, const RunContext& run)
{
    auto connection = Connection::open(target, limits, run);
    if (!connection)
        return tl::unexpected(connection.error());
    return std::make_unique<PostgresWritingSession>(std::move(*connection));
}

OpenWritingSession openerOf(ConnectionTarget target, SessionLimits limits)
{
    return [target = std::move(target), limits](const RunContext& run) {
        return connectForAction(target, limits, run);
    };
}

} // namespace sightglass
