// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/live/connection_target.h"
#include "core/live/database.h"
#include "core/postgres/rows.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace sightglass {

/// One session on one server, used from one thread; cancel() from any.
///
/// Every statement runs inside a snapshot (repeatable read, read only), and none outlives its
/// limit: a watcher asks the server to end it, and shuts the socket when the server does not react.
class Connection
{
public:
    /// errors  as connectReadOnly
    static Result<std::unique_ptr<Connection>>
    open(const ConnectionTarget& target, const SessionLimits& limits, const RunContext& run);

    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// Starts the snapshot that the following queries share.
    Result<void> begin(const RunContext& run);

    /// Answer of one statement. After a refusal the snapshot goes on as if it had not been asked.
    ///
    /// part    what is read, in words, for messages: "indexes"
    /// errors  ConnectionLost, QueryFailed, TimedOut, NotPermitted, Cancelled
    Result<Rows> query(std::string_view part, std::string_view sql, const RunContext& run);

    /// Starts a transaction at READ COMMITTED in which statements see what others commit.
    ///
    /// errors  as query; messages speak of an action, not of reading
    Result<void> beginWork(bool mayWrite, const RunContext& run);
    /// One statement of it, or of none. After a refusal the transaction can only be ended.
    ///
    /// what    in words: "taking the lock"
    Result<Rows> execute(std::string_view what, std::string_view sql, const RunContext& run);
    /// Keeps what the transaction did.
    ///
    /// errors  QueryFailed  refused: nothing is kept; InDoubt  no answer came
    Result<void> commitWork();

    /// Ends the snapshot; never throws, takes at most 6 s.
    void end() noexcept;

    /// Ends the statement that runs now, from any thread, at once.
    void cancel() noexcept;

    /// 150006 for 15.6.
    int serverVersion() const;
    /// Host as connected to (a folder for a socket) and port.
    std::string host() const;
    std::string port() const;
    /// Statements sent since begin(), itself included.
    std::size_t statementCount() const;

private:
    struct State;
    explicit Connection(std::unique_ptr<State> state);
    Result<Rows> run(std::string_view part,
                     const std::string& sql,
                     const RunContext& context,
                     std::chrono::milliseconds limit);
    std::unique_ptr<State> m_state;
};

} // namespace sightglass
