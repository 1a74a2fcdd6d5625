// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/postgres/catalog/fake_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <utility>

namespace sightglass::test {

namespace {

std::string number32(std::uint32_t value)
{
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        bytes += static_cast<char>((value >> shift) & 255U);
    return bytes;
}

std::string number16(std::size_t value)
{
    return number32(static_cast<std::uint32_t>(value)).substr(2);
}

std::string message(char type, const std::string& body)
{
    return std::string(1, type) + number32(static_cast<std::uint32_t>(body.size() + 4)) + body;
}

std::string zeroEnded(const std::string& text)
{
    return text + std::string(1, '\0');
}

std::uint32_t numberAt(const std::string& bytes)
{
    std::uint32_t value = 0;
    for (const char c : bytes.substr(0, 4))
        value = value << 8U | static_cast<unsigned char>(c);
    return value;
}

/// Exactly `count` bytes, nothing when the other side has gone.
std::optional<std::string> taken(int socket, std::size_t count)
{
    std::string bytes;
    std::array<char, 4096> buffer{};
    while (bytes.size() < count) {
        const ssize_t got =
            ::recv(socket, buffer.data(), std::min(buffer.size(), count - bytes.size()), 0);
        if (got <= 0)
            return std::nullopt;
        bytes.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return bytes;
}

void say(int socket, const std::string& bytes)
{
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ssize_t now = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (now <= 0)
            return;
        sent += static_cast<std::size_t>(now);
    }
}

/// Body of a message whose length comes first.
std::optional<std::string> body(int socket)
{
    const auto length = taken(socket, 4);
    if (!length || numberAt(*length) < 4)
        return std::nullopt;
    return taken(socket, numberAt(*length) - 4);
}

/// Start-up parameters; SSL and GSS are declined first.
std::optional<std::string> startUp(int socket)
{
    constexpr std::uint32_t protocol3 = 196608;
    for (int tries = 0; tries < 4; ++tries) {
        const auto packet = body(socket);
        if (!packet || packet->size() < 4)
            return std::nullopt;
        if (numberAt(*packet) == protocol3)
            return packet->substr(4);
        say(socket, "N");
    }
    return std::nullopt;
}

} // namespace

namespace wire {

std::string authenticationOk()
{
    return message('R', number32(0));
}

std::string parameter(const std::string& name, const std::string& value)
{
    return message('S', zeroEnded(name) + zeroEnded(value));
}

std::string readyForQuery()
{
    return message('Z', "I");
}

std::string error(const std::string& sqlState, const std::string& text)
{
    return message('E',
                   "S" + zeroEnded("FATAL") + "V" + zeroEnded("FATAL") + "C" + zeroEnded(sqlState) +
                       "M" + zeroEnded(text) + std::string(1, '\0'));
}

std::string commandComplete(const std::string& tag)
{
    return message('C', zeroEnded(tag));
}

std::string columns(const std::vector<std::string>& names)
{
    std::string bytes = number16(names.size());
    for (const std::string& name : names)
        bytes += zeroEnded(name) + number32(0) + number16(0) + number32(25) + number16(65535) +
                 number32(0xFFFFFFFF) + number16(0);
    return message('T', bytes);
}

std::string row(const std::vector<std::string>& cells)
{
    std::string bytes = number16(cells.size());
    for (const std::string& cell : cells)
        bytes += number32(static_cast<std::uint32_t>(cell.size())) + cell;
    return message('D', bytes);
}

std::string welcome(const std::string& version)
{
    return authenticationOk() + parameter("server_version", version) +
           parameter("server_encoding", "UTF8") + parameter("client_encoding", "UTF8") +
           parameter("standard_conforming_strings", "on") +
           message('K', number32(4711) + number32(42)) + readyForQuery();
}

} // namespace wire

FakeServer::FakeServer(Behaviour behaviour)
    : m_behaviour(std::move(behaviour))
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listener, generic, size) == 0 && ::listen(m_listener, 16) == 0 &&
        ::getsockname(m_listener, generic, &size) == 0)
        m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { listen(); });
}

FakeServer::~FakeServer()
{
    m_ending = true;
    m_thread.join();
    {
        const std::lock_guard lock(m_mutex);
        for (const int client : m_clients)
            ::shutdown(client, SHUT_RDWR);
    }
    for (std::thread& talk : m_talks)
        talk.join();
    for (const int client : m_clients)
        ::close(client);
    ::close(m_listener);
}

std::string FakeServer::address() const
{
    return "host=127.0.0.1 port=" + std::to_string(m_port) + " user=ann dbname=shop";
}

std::vector<std::string> FakeServer::starts() const
{
    const std::lock_guard lock(m_mutex);
    return m_starts;
}

std::vector<std::string> FakeServer::queries() const
{
    const std::lock_guard lock(m_mutex);
    return m_queries;
}

void FakeServer::listen()
{
    while (!m_ending) {
        pollfd wait{.fd = m_listener, .events = POLLIN, .revents = 0};
        if (::poll(&wait, 1, 10) <= 0)
            continue;
        const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0)
            continue;
        const std::lock_guard lock(m_mutex);
        m_clients.push_back(client);
        m_talks.emplace_back([this, client] { talk(client); });
    }
}

void FakeServer::talk(int client)
{
    if (!m_behaviour.greeting.empty()) {
        say(client, m_behaviour.greeting);
        ::shutdown(client, SHUT_WR);
        return;
    }
    const auto start = startUp(client);
    if (!start)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_starts.push_back(*start);
    }
    auto reply = m_behaviour.start ? m_behaviour.start(*start) : std::nullopt;
    while (reply) {
        say(client, reply->bytes);
        if (reply->hangUp) {
            ::shutdown(client, SHUT_RDWR);
            return;
        }
        const auto type = taken(client, 1);
        const auto text = type ? body(client) : std::nullopt;
        if (!text || *type != "Q")
            return;
        const std::string sql = text->substr(0, text->size() - 1);
        {
            const std::lock_guard lock(m_mutex);
            m_queries.push_back(sql);
        }
        reply = m_behaviour.query ? m_behaviour.query(sql) : std::nullopt;
    }
}

} // namespace sightglass::test
