// SPDX-License-Identifier: GPL-3.0-or-later
//
// libpqxx waits for an answer without a way out. So each statement has a watcher: a thread that
// sleeps until the statement is done, somebody stops, or its time is over. It then sends a cancel
// request and, if the server has not reacted within a moment, shuts the socket, which ends
// libpqxx's wait. A cancel request can block as well (it is a connection of its own), so it runs on
// a thread left to itself.
#include "core/postgres/connection.h"

#include "core/base/error.h"
#include "core/postgres/server_error.h"
#include "core/postgres/session.h"

#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/version>

#include <libpq-fe.h>
#if PQXX_VERSION_MAJOR < 7
#include <pqxx/connectionpolicy>
#endif

#include <sys/socket.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

namespace sightglass {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds cancelGrace{80};     ///< what a server has to react to a cancel request
constexpr milliseconds endLimit{5'000};     ///< of a rollback, which a busy machine may delay
constexpr milliseconds arrivalLimit{1'000}; ///< of a cancel request
constexpr milliseconds answerGrace{5'000};  ///< beyond the server's own time-out of a statement

/// What an action did and was told to be done has to outlive a crash of the server.
constexpr const char* durableCommit =
    "; SELECT pg_catalog.set_config('synchronous_commit', 'on', true) "
    "WHERE pg_catalog.current_setting('synchronous_commit') = 'off'";

#if PQXX_VERSION_MAJOR < 7
/// Hands a session that already stands to libpqxx, which would connect by itself and block.
class StandingSession final : public pqxx::connectionpolicy
{
public:
    explicit StandingSession(pg_conn* session)
        : pqxx::connectionpolicy(std::string())
        , m_session(session)
    {}

    handle do_startconnect(handle before) override { return before == nullptr ? take() : before; }

    handle do_completeconnect(handle before) override
    {
        if (before == nullptr)
            throw pqxx::broken_connection("the session has ended");
        return before;
    }

private:
    handle take() { return std::exchange(m_session, nullptr); }

    pg_conn* m_session;
};

class PqxxConnection final : public pqxx::connection_base
{
public:
    explicit PqxxConnection(pg_conn* session)
        : pqxx::connection_base(m_policy)
        , m_policy(session)
    {
        init();
    }

    PqxxConnection(const PqxxConnection&) = delete;
    PqxxConnection& operator=(const PqxxConnection&) = delete;

    ~PqxxConnection() noexcept { close(); }

private:
    StandingSession m_policy;
};
#else
class PqxxConnection final : public pqxx::connection
{
public:
    explicit PqxxConnection(pg_conn* session)
        : pqxx::connection(pqxx::connection::seize_raw_connection(session))
    {}
};
#endif

struct FreeCancel
{
    void operator()(PGcancel* cancel) const noexcept { PQfreeCancel(cancel); }
};

enum class Stop
{
    No,
    Wished,
    TooLate
};

/// What the thread of a connection, its watcher and cancel() share.
struct Watch
{
    std::mutex mutex;
    std::condition_variable_any changed;
    bool inSnapshot = false;
    bool cancelWished = false;
    bool done = true;
    Stop stop = Stop::No;
    int socket = -1;
    std::shared_ptr<PGcancel> canceller;
    std::shared_ptr<std::atomic<int>> cancelsUnderWay = std::make_shared<std::atomic<int>>(0);
};

void requestCancel(const Watch& watch)
{
    if (!watch.canceller)
        return;
    ++*watch.cancelsUnderWay;
    try {
        std::thread([canceller = watch.canceller, underWay = watch.cancelsUnderWay] {
            std::array<char, 256> problem{};
            PQcancel(canceller.get(), problem.data(), static_cast<int>(problem.size()));
            --*underWay;
        }).detach();
    } catch (const std::system_error&) {
        --*watch.cancelsUnderWay; // no thread to be had: the socket is shut instead
    }
}

void watchStatement(Watch& watch, const std::stop_token& stop, steady_clock::time_point deadline)
{
    std::unique_lock lock(watch.mutex);
    const auto woken = [&] { return watch.done || watch.cancelWished; };
    watch.changed.wait_until(lock, stop, deadline, woken);
    if (watch.done)
        return;
    watch.stop = watch.cancelWished || stop.stop_requested() ? Stop::Wished : Stop::TooLate;
    requestCancel(watch);
    if (!watch.changed.wait_for(lock, cancelGrace, [&] { return watch.done; }))
        ::shutdown(watch.socket, SHUT_RDWR);
}

/// Runs the watcher while one statement runs.
class Watched
{
public:
    Watched(Watch& watch, const RunContext& run, milliseconds limit)
        : m_watch(watch)
    {
        const std::lock_guard lock(m_watch.mutex);
        m_watch.done = false;
        m_watch.stop = Stop::No;
        const auto deadline = steady_clock::now() + limit;
        m_thread = std::thread(
            [&watch, stop = run.stop, deadline] { watchStatement(watch, stop, deadline); });
    }

    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

    ~Watched() { finish(); }

    Stop finish()
    {
        if (m_thread.joinable()) {
            {
                const std::lock_guard lock(m_watch.mutex);
                m_watch.done = true;
            }
            m_watch.changed.notify_all();
            m_thread.join();
        }
        const std::lock_guard lock(m_watch.mutex);
        return m_watch.stop;
    }

private:
    Watch& m_watch;
    std::thread m_thread;
};

/// Waits until no cancel request is on its way any more: it would hit the next statement.
bool cancelsArrived(const Watch& watch)
{
    const auto deadline = steady_clock::now() + arrivalLimit;
    while (*watch.cancelsUnderWay > 0 && steady_clock::now() < deadline)
        std::this_thread::sleep_for(milliseconds(2));
    return *watch.cancelsUnderWay == 0;
}

std::string capitalized(std::string_view words)
{
    std::string text(words);
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

/// The server ended the session, or says so: what became of a commit is not known.
bool leavesDoubt(const Error& error)
{
    return error.code == ErrorCode::ConnectionLost || error.code == ErrorCode::TimedOut ||
           error.code == ErrorCode::Cancelled || error.sqlState.starts_with("57P") ||
           error.sqlState.starts_with("08") || error.sqlState.starts_with("XX");
}

} // namespace

struct Connection::State
{
    std::unique_ptr<PqxxConnection> connection;
    std::unique_ptr<pqxx::nontransaction> statements;
    Watch watch;
    SessionLimits limits;
    std::string shown;
    std::string server;
    std::string hostName;
    std::string portText;
    int version = 0;
    bool settingsRefused = false;
    bool isWorking = false; ///< words are of an action, not of parts that are read
    std::size_t count = 0;

    std::string during(std::string_view part) const
    {
        return isWorking ? "while " + std::string(part)
                         : "while the " + std::string(part) + " were read";
    }

    Error cancelled(std::string_view part) const
    {
        return Error{.code = ErrorCode::Cancelled,
                     .message =
                         (isWorking ? capitalized(part) : "Reading the " + std::string(part)) +
                         " was stopped."};
    }

    Error failed(std::string_view part, std::string sqlState, std::string_view text) const
    {
        return isWorking ? actionError(capitalized(part), std::move(sqlState), text)
                         : statementError(part, std::move(sqlState), text);
    }

    Error lost(std::string_view part) const
    {
        return Error{.code = ErrorCode::ConnectionLost,
                     .message = "The connection to " + shown + " ended " + during(part) + ".",
                     .nextStep = "Check that the server runs, then connect again."};
    }

    Error late(std::string_view part) const
    {
        return Error{.code = ErrorCode::TimedOut,
                     .message =
                         "The server at " + server + " stopped answering " + during(part) + ".",
                     .nextStep = "Check the server and the network, then connect again."};
    }

    bool stands() const { return connection && connection->is_open(); }

    /// Settings that a pooler did not take at the start, for one transaction.
    std::string ownSettings() const
    {
        if (!settingsRefused)
            return {};
        const auto text = [](milliseconds time) { return std::to_string(time.count()); };
        return "; SET LOCAL statement_timeout = " + text(limits.statement) +
               "; SET LOCAL lock_timeout = " + text(limits.lock) +
               "; SET LOCAL idle_in_transaction_session_timeout = " + text(limits.statement);
    }
};

Connection::Connection(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}

Connection::~Connection()
{
    end();
}

Result<std::unique_ptr<Connection>>
Connection::open(const ConnectionTarget& target, const SessionLimits& limits, const RunContext& run)
{
    auto session = openSession(target, limits, run);
    if (!session)
        return tl::unexpected(session.error());
    auto state = std::make_unique<State>();
    pg_conn* const handle = session->handle.get();
    state->limits = limits;
    state->shown = target.shown;
    state->server = serverInWords(handle);
    state->hostName = PQhost(handle) == nullptr ? "" : PQhost(handle);
    state->portText = PQport(handle) == nullptr ? "" : PQport(handle);
    state->version = PQserverVersion(handle);
    state->settingsRefused = session->settingsRefused;
    state->watch.socket = PQsocket(handle);
    state->watch.canceller = std::shared_ptr<PGcancel>(PQgetCancel(handle), FreeCancel{});
    try {
        state->connection = std::make_unique<PqxxConnection>(session->handle.release());
        state->statements = std::make_unique<pqxx::nontransaction>(*state->connection);
    } catch (const std::exception& problem) {
        return failure(ErrorCode::Unsupported,
                       "The server at " + state->server +
                           " can't be used: " + sentenceIn(problem.what()) + ".",
                       "Check that it is PostgreSQL 9.6 or later.");
    }
    return std::unique_ptr<Connection>(new Connection(std::move(state)));
}

Result<Rows> Connection::run(std::string_view part,
                             const std::string& sql,
                             const RunContext& context,
                             milliseconds limit)
{
    State& state = *m_state;
    if (context.stopRequested())
        return failure(state.cancelled(part));
    if (!state.stands())
        return failure(state.lost(part));
    ++state.count;
    std::optional<Watched> watched;
    std::optional<Error> problem;
    try {
        watched.emplace(state.watch, context, limit);
        auto answer = std::make_shared<const pqxx::result>(state.statements->exec(sql));
        if (watched->finish() == Stop::No)
            return Rows(std::move(answer));
    } catch (const pqxx::insufficient_privilege& error) {
        problem = state.failed(part, "42501", error.what()); // libpqxx 6.4 loses the code
    } catch (const pqxx::sql_error& error) {
        problem = state.failed(part, error.sqlstate(), error.what());
    } catch (const std::exception& error) {
        problem = state.failed(part, {}, error.what());
    }
    const Stop stop = watched ? watched->finish() : Stop::No;
    if (stop == Stop::Wished)
        return failure(state.cancelled(part));
    if (stop == Stop::TooLate)
        return failure(state.late(part));
    return failure(state.stands() ? std::move(*problem) : state.lost(part));
}

Result<void> Connection::begin(const RunContext& context)
{
    State& state = *m_state;
    state.count = 0;
    {
        const std::lock_guard lock(state.watch.mutex);
        state.watch.inSnapshot = true;
        state.watch.cancelWished = false;
    }
    if (!cancelsArrived(state.watch))
        return failure(state.late("catalog"));
    const std::string sql = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" + state.ownSettings();
    if (auto begun = run("catalog", sql, context, state.limits.statement + answerGrace); !begun)
        return tl::unexpected(begun.error());
    return {};
}

Result<void> Connection::beginWork(bool mayWrite, const RunContext& context)
{
    State& state = *m_state;
    state.isWorking = true;
    {
        const std::lock_guard lock(state.watch.mutex);
        state.watch.inSnapshot = true;
        state.watch.cancelWished = false;
    }
    if (!cancelsArrived(state.watch))
        return failure(state.late("beginning a transaction"));
    const std::string sql = std::string("BEGIN ISOLATION LEVEL READ COMMITTED ") +
                            (mayWrite ? "READ WRITE" : "READ ONLY") + state.ownSettings() +
                            (mayWrite ? durableCommit : "");
    if (auto begun = execute("beginning a transaction", sql, context); !begun)
        return tl::unexpected(begun.error());
    return {};
}

Result<Rows>
Connection::execute(std::string_view what, std::string_view sql, const RunContext& context)
{
    m_state->isWorking = true;
    return run(what, std::string(sql), context, m_state->limits.statement + answerGrace);
}

Result<void> Connection::commitWork()
{
    State& state = *m_state;
    auto kept = execute("committing", "COMMIT", {});
    if (kept) {
        const std::lock_guard lock(state.watch.mutex);
        state.watch.inSnapshot = false;
        return {};
    }
    Error error = std::move(kept.error());
    if (leavesDoubt(error)) {
        error.code = ErrorCode::InDoubt;
        error.message = "No answer came to a commit: " + error.message;
        error.nextStep = "See what is there before anything is done again.";
    }
    return failure(std::move(error));
}

Result<Rows>
Connection::query(std::string_view part, std::string_view sql, const RunContext& context)
{
    State& state = *m_state;
    const auto limit = state.limits.statement + answerGrace;
    auto answer = run(part, "SAVEPOINT part; " + std::string(sql), context, limit);
    if (!answer && answer.error().code != ErrorCode::Cancelled && state.stands()) {
        // The refusal has ended the snapshot but for the savepoint before it.
        if (auto back = run(part, "ROLLBACK TO SAVEPOINT part", {}, endLimit);
            !back && !state.stands())
            return failure(state.lost(part));
    }
    return answer;
}

void Connection::end() noexcept
{
    if (!m_state)
        return;
    {
        const std::lock_guard lock(m_state->watch.mutex);
        if (!m_state->watch.inSnapshot)
            return;
        m_state->watch.inSnapshot = false;
        m_state->watch.cancelWished = false;
    }
    if (m_state->stands() && cancelsArrived(m_state->watch))
        (void)run("catalog", "ROLLBACK", {}, endLimit);
}

void Connection::cancel() noexcept
{
    {
        const std::lock_guard lock(m_state->watch.mutex);
        m_state->watch.cancelWished = m_state->watch.inSnapshot;
    }
    m_state->watch.changed.notify_all();
}

int Connection::serverVersion() const
{
    return m_state->version;
}

std::string Connection::host() const
{
    return m_state->hostName;
}

std::string Connection::port() const
{
    return m_state->portText;
}

std::size_t Connection::statementCount() const
{
    return m_state->count;
}

} // namespace sightglass
