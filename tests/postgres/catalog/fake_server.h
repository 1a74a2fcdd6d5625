// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace sightglass::test {

/// Messages of PostgreSQL's protocol 3, as a server sends them.
namespace wire {
std::string authenticationOk();
std::string parameter(const std::string& name, const std::string& value);
std::string readyForQuery();
std::string error(const std::string& sqlState, const std::string& message);
std::string commandComplete(const std::string& tag);
/// A RowDescription of text columns.
std::string columns(const std::vector<std::string>& names);
std::string row(const std::vector<std::string>& cells);
/// Everything from the end of the login to the first query.
std::string welcome(const std::string& version);
} // namespace wire

/// What a fake server says, and whether it hangs up afterwards.
struct Reply
{
    std::string bytes;
    bool hangUp = false;
};

/// A listener on 127.0.0.1 that speaks as much of the protocol as a test tells it to.
class FakeServer
{
public:
    struct Behaviour
    {
        /// Said before anything is read; empty = as a server, which waits.
        std::string greeting;
        /// After the client's start-up parameters ("user\0ann\0…"); nothing = never answer.
        std::function<std::optional<Reply>(const std::string&)> start;
        /// After each simple query; nothing = never answer.
        std::function<std::optional<Reply>(const std::string&)> query;
    };

    explicit FakeServer(Behaviour behaviour);
    FakeServer(const FakeServer&) = delete;
    FakeServer& operator=(const FakeServer&) = delete;
    ~FakeServer();

    int port() const { return m_port; }

    std::string address() const;
    /// Start-up parameters of every session so far.
    std::vector<std::string> starts() const;
    std::vector<std::string> queries() const;

private:
    void listen();
    void talk(int client);

    Behaviour m_behaviour;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_ending{false};
    mutable std::mutex m_mutex;
    std::vector<std::string> m_starts;
    std::vector<std::string> m_queries;
    std::vector<int> m_clients;
    std::vector<std::thread> m_talks;
    std::thread m_thread;
};

} // namespace sightglass::test
