// SPDX-License-Identifier: GPL-3.0-or-later
//
// libpq can connect without blocking, but not look up a host name, read a service file or ask
// Kerberos without it. So the attempt runs on a thread of its own, which ends by itself at its
// deadline, and the caller waits beside it: it can leave within a moment, and the attempt then
// closes what it opened.
#include "core/postgres/session.h"

#include "core/base/error.h"
#include "core/postgres/rows.h"
#include "core/postgres/server_error.h"

#include <locale.h>
#include <poll.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <libpq-fe.h>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace sightglass {

void CloseSession::operator()(pg_conn* session) const noexcept
{
    PQfinish(session);
}

namespace {

using Parameters = std::map<std::string, std::string>;
using Instant = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

struct Attempt
{
    std::mutex mutex;
    std::condition_variable_any changed;
    bool done = false;
    std::atomic<bool> abandoned{false};
    Result<OpenSession> outcome = failure(ErrorCode::TimedOut, {});
};

std::string valueOf(const char* text)
{
    return text == nullptr ? std::string() : std::string(text);
}

std::string sessionOptions(const SessionLimits& limits)
{
    const auto setting = [](const char* name, milliseconds value) {
        return " -c " + std::string(name) + "=" + std::to_string(value.count());
    };
    return "-c default_transaction_read_only=on" + setting("statement_timeout", limits.statement) +
           setting("lock_timeout", limits.lock) +
           setting("idle_in_transaction_session_timeout", limits.statement);
}

SessionHandle started(const Parameters& parameters)
{
    std::vector<const char*> keywords;
    std::vector<const char*> values;
    for (const auto& [keyword, value] : parameters) {
        keywords.push_back(keyword.c_str());
        values.push_back(value.c_str());
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    SessionHandle handle(PQconnectStartParams(keywords.data(), values.data(), 0));
    if (handle) {
        PQsetErrorVerbosity(handle.get(), PQERRORS_VERBOSE);
        PQsetNoticeProcessor(
            handle.get(), [](void*, const char*) {}, nullptr);
    }
    return handle;
}

/// Options that a service file brings: one keyword of ours would hide them, so they are read first.
std::string optionsOfService(const Parameters& parameters)
{
    const char* fromEnvironment = std::getenv("PGOPTIONS");
    if (!parameters.contains("service") && std::getenv("PGSERVICE") == nullptr)
        return valueOf(fromEnvironment);
    const SessionHandle handle = started(parameters);
    std::string options;
    PQconninfoOption* const all = handle ? PQconninfo(handle.get()) : nullptr;
    for (const PQconninfoOption* option = all; option != nullptr && option->keyword != nullptr;
         ++option) {
        if (std::string_view(option->keyword) == "options")
            options = valueOf(option->val);
    }
    PQconninfoFree(all);
    return options;
}

/// Drives `handle` until it stands, is refused, or time is over.
PostgresPollingStatusType settle(pg_conn* handle, Instant deadline, const Attempt& attempt)
{
    auto state = PGRES_POLLING_WRITING;
    while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
        if (attempt.abandoned || steady_clock::now() >= deadline)
            return state;
        pollfd wait{.fd = PQsocket(handle),
                    .events = static_cast<short>(state == PGRES_POLLING_READING ? POLLIN : POLLOUT),
                    .revents = 0};
        if (::poll(&wait, 1, 20) > 0)
            state = PQconnectPoll(handle);
    }
    return state;
}

std::vector<std::string> parts(const std::string& list)
{
    std::vector<std::string> result(1);
    for (const char c : list) {
        if (c == ',')
            result.emplace_back();
        else
            result.back() += c;
    }
    return result;
}

/// `parameters` without its first `count` hosts; false when none is left.
bool withoutHosts(Parameters& parameters, std::size_t count)
{
    bool left = false;
    for (const char* const keyword : {"host", "hostaddr", "port"}) {
        const auto found = parameters.find(keyword);
        if (found == parameters.end())
            continue;
        const auto all = parts(found->second);
        if (all.size() <= count)
            continue;
        std::string rest;
        for (std::size_t i = count; i < all.size(); ++i)
            rest += (i == count ? "" : ",") + all[i];
        found->second = rest;
        left = left || std::string_view(keyword) != "port";
    }
    return left;
}

std::size_t hostCount(const Parameters& parameters)
{
    const auto host = parameters.find("host");
    const auto address = parameters.find("hostaddr");
    return std::max(host == parameters.end() ? 1 : parts(host->second).size(),
                    address == parameters.end() ? 1 : parts(address->second).size());
}

/// Which of the hosts libpq stands at.
std::size_t hostIndex(pg_conn* handle, const Parameters& parameters)
{
    const auto host = parameters.find("host");
    const auto port = parameters.find("port");
    if (host == parameters.end())
        return 0;
    const auto hosts = parts(host->second);
    const auto ports = parts(port == parameters.end() ? std::string() : port->second);
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        const bool samePort = ports.size() < 2 || i >= ports.size() || ports[i].empty() ||
                              ports[i] == valueOf(PQport(handle));
        if (hosts[i] == valueOf(PQhost(handle)) && samePort)
            return i;
    }
    return 0;
}

Addressee addresseeOf(pg_conn* handle, const std::string& shown)
{
    return {.shown = shown,
            .server = serverInWords(handle),
            .user = valueOf(PQuser(handle)),
            .database = valueOf(PQdb(handle))};
}

Error tooLate(const std::string& shown, milliseconds limit)
{
    return Error{.code = ErrorCode::TimedOut,
                 .message = "No answer from " + shown + " within " +
                            std::to_string((limit.count() + 999) / 1000) + " s.",
                 .nextStep =
                     "Check host and port, and the firewall or VPN between here and there."};
}

/// One attempt over all hosts. A host that stays silent gets its share of the time, then the next
/// one.
Result<SessionHandle> connectOnce(Parameters parameters,
                                  const std::string& shown,
                                  milliseconds limit,
                                  const Attempt& attempt)
{
    const Instant deadline = steady_clock::now() + limit;
    for (;;) {
        const auto hosts = static_cast<milliseconds::rep>(hostCount(parameters));
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now());
        SessionHandle handle = started(parameters);
        if (!handle)
            return failure(ErrorCode::ConnectionLost, "There is no memory left for a connection.");
        if (PQstatus(handle.get()) == CONNECTION_BAD)
            return failure(
                connectionError(addresseeOf(handle.get(), shown), PQerrorMessage(handle.get())));
        const auto state = settle(handle.get(), steady_clock::now() + left / hosts, attempt);
        if (state == PGRES_POLLING_OK)
            return handle;
        if (state == PGRES_POLLING_FAILED)
            return failure(
                connectionError(addresseeOf(handle.get(), shown), PQerrorMessage(handle.get())));
        const std::size_t silent = hostIndex(handle.get(), parameters) + 1;
        if (attempt.abandoned || steady_clock::now() >= deadline ||
            !withoutHosts(parameters, silent))
            return failure(tooLate(shown, limit));
    }
}

/// True for the answer of a pooler, or of a server before 9.6, to settings at start-up.
bool refusesSettings(const Error& error)
{
    return error.sqlState == "08P01" || error.sqlState == "42704" ||
           error.message.find("unsupported startup parameter") != std::string::npos;
}

Result<OpenSession> connectWithSettings(const ConnectionTarget& target,
                                        const SessionLimits& limits,
                                        const Attempt& attempt)
{
    Parameters parameters = target.parameters;
    parameters["application_name"] = "sightglass";
    parameters["client_encoding"] = "UTF8";
    parameters.erase("replication"); // would open a session that answers no query
    std::string own = target.value("options");
    if (own.empty())
        own = optionsOfService(parameters);
    Parameters withSettings = parameters;
    withSettings["options"] = (own.empty() ? "" : own + " ") + sessionOptions(limits);
    auto handle = connectOnce(withSettings, target.shown, limits.connect, attempt);
    if (handle)
        return OpenSession{.handle = std::move(*handle)};
    if (!refusesSettings(handle.error()))
        return tl::unexpected(handle.error());
    handle = connectOnce(parameters, target.shown, limits.connect, attempt);
    if (!handle)
        return tl::unexpected(handle.error());
    return OpenSession{.handle = std::move(*handle), .settingsRefused = true};
}

/// Messages of libpq in English for the calling thread: they are told apart by their words.
class EnglishMessages
{
public:
    EnglishMessages()
        : m_english(newlocale(LC_MESSAGES_MASK, "C", duplocale(LC_GLOBAL_LOCALE)))
        , m_before(uselocale(m_english))
    {}

    EnglishMessages(const EnglishMessages&) = delete;
    EnglishMessages& operator=(const EnglishMessages&) = delete;

    ~EnglishMessages()
    {
        uselocale(m_before);
        freelocale(m_english);
    }

private:
    locale_t m_english;
    locale_t m_before;
};

void connectInBackground(const ConnectionTarget& target,
                         const SessionLimits& limits,
                         const std::shared_ptr<Attempt>& attempt)
{
    const EnglishMessages english;
    auto outcome = connectWithSettings(target, limits, *attempt);
    const std::lock_guard lock(attempt->mutex);
    if (!attempt->abandoned)
        attempt->outcome = std::move(outcome);
    attempt->done = true;
    attempt->changed.notify_all();
}

/// connect_timeout of the address, which is in seconds, wins over ours.
SessionLimits withOwnTimeOut(const ConnectionTarget& target, SessionLimits limits)
{
    const std::int64_t seconds = numberOf(target.value("connect_timeout"));
    if (seconds > 0 && seconds < 3'600)
        limits.connect = std::chrono::seconds(seconds);
    return limits;
}

Result<void> checkServer(pg_conn* handle, const std::string& shown)
{
    const int version = PQserverVersion(handle);
    if (version <= 0)
        return failure(ErrorCode::Unsupported,
                       "The server of " + shown +
                           " does not say its version; it is not PostgreSQL.",
                       "Check host and port.");
    if (version < 90600)
        return failure(ErrorCode::Unsupported,
                       "The server of " + shown + " is PostgreSQL " +
                           printable(valueOf(PQparameterStatus(handle, "server_version"))) +
                           ", which is older than 9.6.",
                       "Sightglass reads PostgreSQL 9.6 and later.");
    return {};
}

} // namespace

std::string serverInWords(pg_conn* handle)
{
    const std::string host = valueOf(PQhost(handle));
    const std::string port = valueOf(PQport(handle));
    if (host.empty() || host.front() == '/' || host.front() == '@')
        return printable("the socket " + host + (host.empty() ? "" : "/") + ".s.PGSQL." + port);
    const bool ipv6 = host.find(':') != std::string::npos;
    return printable((ipv6 ? "[" + host + "]" : host) + ":" + port);
}

Result<OpenSession>
openSession(const ConnectionTarget& target, const SessionLimits& wanted, const RunContext& run)
{
    if (run.stopRequested())
        return failure(ErrorCode::Cancelled, "Connecting was stopped.");
    const auto attempt = std::make_shared<Attempt>();
    const SessionLimits limits = withOwnTimeOut(target, wanted);
    try {
        std::thread([=] { connectInBackground(target, limits, attempt); }).detach();
    } catch (const std::system_error&) {
        return failure(ErrorCode::ConnectionLost,
                       "There is no thread left to connect with.",
                       "Try again later.");
    }
    std::unique_lock lock(attempt->mutex);
    // The attempt ends by itself at the limit; the slack is for what libpq can't be asked to leave.
    const auto deadline = steady_clock::now() + limits.connect + milliseconds(500);
    attempt->changed.wait_until(lock, run.stop, deadline, [&] { return attempt->done; });
    if (!attempt->done) {
        attempt->abandoned = true;
        if (run.stopRequested())
            return failure(ErrorCode::Cancelled, "Connecting was stopped.");
        return failure(tooLate(target.shown, limits.connect));
    }
    if (!attempt->outcome)
        return tl::unexpected(attempt->outcome.error());
    OpenSession session = std::move(*attempt->outcome);
    if (auto checked = checkServer(session.handle.get(), target.shown); !checked)
        return tl::unexpected(checked.error());
    PQsetErrorVerbosity(session.handle.get(), PQERRORS_DEFAULT);
    return session;
}

} // namespace sightglass
