// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"

#include "core/cluster/server_folder.h"
#include "core/cluster/server_programs.h"
#include "core/process/leash.h"
#include "core/process/run_process.h"

#include <chrono>
#include <fstream>
#include <thread>

namespace sightglass {

namespace {

constexpr auto startLimit = std::chrono::seconds(60);
constexpr auto stopLimit = std::chrono::seconds(20);
constexpr const char* superuser = "postgres";

/// Runs the server and, when its standard input ends, stops it at once and removes the folder. The data
/// is thrown away, so an immediate shutdown is the right one.
constexpr const char* watcherScript = R"(
trap '' HUP INT TERM PIPE
folder=$1; shift
cd /
"$@" >>"$folder/server.log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -QUIT "$server" 2>/dev/null
wait "$server" 2>/dev/null
rm -rf -- "$folder"
)";

std::string firstLineOf(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

/// The last FATAL line of a server's log, empty when there is none.
std::string fatalLine(const std::string& folder)
{
    std::ifstream log(folder + "/server.log");
    std::string fatal;
    for (std::string line; std::getline(log, line);) {
        const auto at = line.find("FATAL:");
        if (at != std::string::npos)
            fatal = line.substr(at + 6);
    }
    return fatal;
}

/// A server says "ready" in the eighth line of postmaster.pid once it takes connections.
bool isReady(const std::string& folder)
{
    std::ifstream file(folder + "/data/postmaster.pid");
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (number == 8)
            return line.starts_with("ready");
    }
    return false;
}

std::vector<std::string> prefixed(const ServerPrograms& programs, std::vector<std::string> command)
{
    command.insert(command.begin(), programs.asServerUser.begin(), programs.asServerUser.end());
    return command;
}

Result<void> makeCluster(const ServerPrograms& programs, const std::string& folder, const RunContext& run)
{
    auto words = prefixed(programs, {programs.path("initdb"), "--pgdata=" + folder + "/data",
                                     std::string("--username=") + superuser, "--auth=trust", "--encoding=UTF8",
                                     "--locale=C", "--no-sync", "--no-instructions"});
    ProcessRequest request{.program = words.front(), .workingDirectory = "/"};
    request.arguments.assign(words.begin() + 1, words.end());
    request.environment = {{"LC_ALL", "C"}};
    return runProcess(request, run).and_then([](const ProcessOutcome& outcome) -> Result<void> {
        if (outcome.exitCode == 0)
            return {};
        return failure(ErrorCode::QueryFailed, "A private PostgreSQL could not be made: " + firstLineOf(outcome.errors),
                       "Check the free space in the temporary folder.");
    });
}

Result<Leash> startServer(const ServerPrograms& programs, const std::string& folder)
{
    std::vector<std::string> words{"-c", watcherScript, "sightglass-watcher", folder};
    const auto server = prefixed(
        programs, {programs.path("postgres"), "-D", folder + "/data", "-k", folder, "-c", "listen_addresses=", "-c",
                   "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c",
                   "shared_buffers=32MB", "-c", "max_wal_size=256MB", "-c", "log_destination=stderr", "-c",
                   "logging_collector=off", "-c", "unix_socket_permissions=0700", "-c", "lc_messages=C"});
    words.insert(words.end(), server.begin(), server.end());
    return Leash::start("/bin/sh", words);
}

Result<void> waitUntilReady(const std::string& folder, const RunContext& run)
{
    const auto end = std::chrono::steady_clock::now() + startLimit;
    while (!isReady(folder)) {
        if (run.stopRequested())
            return failure(ErrorCode::Cancelled, "Starting the private PostgreSQL was stopped.");
        const std::string fatal = fatalLine(folder);
        if (!fatal.empty())
            return failure(ErrorCode::QueryFailed, "The private PostgreSQL did not start:" + fatal);
        if (std::chrono::steady_clock::now() > end)
            return failure(ErrorCode::TimedOut, "The private PostgreSQL did not start within a minute.",
                           "Try again when the machine is less busy.");
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return {};
}

std::string quotedValue(const std::string& value)
{
    std::string text = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\')
            text += '\\';
        text += c;
    }
    return text + "'";
}

std::string percentEncoded(const std::string& text)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                           c == '-' || c == '.';
        if (plain) {
            result += c;
            continue;
        }
        result += '%';
        result += digits[byte >> 4U];
        result += digits[byte & 0x0FU];
    }
    return result;
}

} // namespace

struct PrivateServer::State
{
    ServerPrograms programs;
    ServerFolder folder; ///< last to go: its lock tells others that we live
    Leash leash;
};

PrivateServer::PrivateServer(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

PrivateServer::~PrivateServer()
{
    stop();
}

Result<std::unique_ptr<PrivateServer>> PrivateServer::start(const RunContext& run)
{
    removeAbandonedServerFolders();
    auto programs = findServerPrograms();
    if (!programs)
        return failure(programs.error());
    auto folder = ServerFolder::create(programs->serverUid, programs->serverGid);
    if (!folder)
        return failure(folder.error());
    const std::string path = folder->path();
    run.report({.stage = "Making a private PostgreSQL"});
    if (const auto made = makeCluster(*programs, path, run); !made)
        return failure(made.error());
    run.report({.stage = "Starting the private PostgreSQL"});
    auto leash = startServer(*programs, path);
    if (!leash)
        return failure(leash.error());
    auto state = std::make_unique<State>(
        State{.programs = std::move(*programs), .folder = std::move(*folder), .leash = std::move(*leash)});
    std::unique_ptr<PrivateServer> server(new PrivateServer(std::move(state)));
    if (const auto ready = waitUntilReady(path, run); !ready)
        return failure(ready.error());
    return server;
}

std::string PrivateServer::user() const
{
    return superuser;
}

const std::string& PrivateServer::folder() const
{
    return m_state->folder.path();
}

std::string PrivateServer::conninfo(const std::string& database) const
{
    return "host=" + quotedValue(folder()) + " user=" + superuser + " dbname=" + quotedValue(database);
}

std::string PrivateServer::uri(const std::string& database) const
{
    return std::string("postgresql://") + superuser + "@/" + percentEncoded(database) + "?host=" + folder();
}

Result<void> PrivateServer::runSql(const std::string& database, const std::string& sql, const RunContext& run) const
{
    const ProcessRequest request{.program = m_state->programs.path("psql"),
                                 .arguments = {"-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", conninfo(database), "-f", "-"},
                                 .environment = {{"PGCLIENTENCODING", "UTF8"}, {"PGOPTIONS", ""}},
                                 .workingDirectory = "/",
                                 .input = sql,
                                 .limit = std::chrono::minutes(5)};
    return runProcess(request, run).and_then([](const ProcessOutcome& outcome) -> Result<void> {
        if (outcome.exitCode == 0)
            return {};
        return failure(ErrorCode::QueryFailed, "SQL failed on the private PostgreSQL: " + firstLineOf(outcome.errors));
    });
}

Result<void> PrivateServer::createDatabase(const std::string& name, const RunContext& run) const
{
    std::string quoted = "\"";
    for (const char c : name)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return runSql("postgres", "CREATE DATABASE " + quoted + "\";", run);
}

void PrivateServer::stop() noexcept
{
    m_state->leash.release(stopLimit);
}

} // namespace sightglass
