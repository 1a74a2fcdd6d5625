// SPDX-License-Identifier: GPL-3.0-or-later
//
// A URL is read as libpq reads it (multi-host, sockets as %2Ffolder), with what SQLAlchemy adds: a
// driver after a plus sign, query keys meant for the driver, `+` for a blank, and several `host=`
// keys. A '%' without two hex digits is taken literally, as SQLAlchemy does. Sources: libpq
// "Connection Strings" (15 to 18), SQLAlchemy 1.4 and 2.0 engine/url.py, asyncpg.
#include "core/live/connection_target_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass::connection_text {

namespace {

int hexDigit(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text, bool plusIsBlank = false)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 &&
            hexDigit(text[i + 2]) >= 0) {
            result += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            result += plusIsBlank && c == '+' ? ' ' : c;
        }
    }
    return result;
}

struct Hosts
{
    std::vector<std::string> names;
    std::vector<std::string> ports;

    void add(std::string name, std::string port)
    {
        names.push_back(std::move(name));
        ports.push_back(std::move(port));
    }
};

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts)
        text += (&part == &parts.front() ? "" : ",") + part;
    return text;
}

Result<void> readHost(std::string_view text, Hosts& hosts)
{
    std::string_view name = text;
    std::string_view port;
    if (!text.empty() && text.front() == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            return malformed("The address opens an IPv6 host with [ and never closes it.",
                             "Write it as postgresql://user@[2001:db8::1]:5432/database.");
        name = text.substr(1, close - 1);
        port = text.substr(close + 1);
        if (name.empty() || (!port.empty() && port.front() != ':'))
            return malformed("The IPv6 host of the address is not written as [address]:port.",
                             "Write it as postgresql://user@[2001:db8::1]:5432/database.");
    } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        name = text.substr(0, colon);
        port = text.substr(colon);
    }
    if (!port.empty())
        port.remove_prefix(1);
    const std::string number = decoded(port);
    if (!number.empty() && !isPort(number))
        // The text is not shown: with an unescaped / in a password, this is the password.
        return malformed(
            "The port in the address is not a number from 1 to 65535.",
            "Where a password holds @ : / % ? or #, write %40 %3A %2F %25 %3F %23 for them.");
    hosts.add(decoded(name), number);
    return {};
}

Result<void> readAuthority(std::string_view authority, ConnectionTarget& target, Hosts& hosts)
{
    const std::size_t at = authority.find('@');
    if (at != std::string_view::npos) {
        const std::string_view login = authority.substr(0, at);
        const std::size_t colon = login.find(':');
        if (const std::string user = decoded(login.substr(0, colon)); !user.empty())
            target.parameters["user"] = user;
        if (colon != std::string_view::npos && colon + 1 < login.size())
            target.parameters["password"] = decoded(login.substr(colon + 1));
        authority.remove_prefix(at + 1);
    }
    if (authority.find('@') != std::string_view::npos)
        return malformed("The address has more than one @ before its database.",
                         "Write %40 for an @ inside a user name or password.");
    if (authority.empty())
        return {};
    for (const std::string_view part : split(authority, ',')) {
        if (auto read = readHost(part, hosts); !read)
            return read;
    }
    return {};
}

/// SQLAlchemy's `host=h:port`; libpq's host may hold colons only as an IPv6 address.
void readQueryHost(const std::string& value, Hosts& hosts)
{
    const std::size_t colon = value.find(':');
    const bool pair = colon != std::string::npos && value.front() != '/' &&
                      value.find(':', colon + 1) == std::string::npos &&
                      isPort(value.substr(colon + 1));
    if (pair)
        hosts.add(value.substr(0, colon), value.substr(colon + 1));
    else
        hosts.add(value, {});
}

/// asyncpg's `ssl`, and JDBC's `ssl=true` that libpq itself understands; empty = not one of those.
std::string sslModeOf(std::string_view value)
{
    static constexpr std::array<std::string_view, 6> modes{
        "disable", "allow", "prefer", "require", "verify-ca", "verify-full"};
    const std::string word = lower(value);
    if (word == "true" || word == "1" || word == "on")
        return "require";
    if (word == "false" || word == "0" || word == "off")
        return "disable";
    if (word == "verify_ca" || word == "verify_full")
        return word == "verify_ca" ? "verify-ca" : "verify-full";
    return std::ranges::find(modes, word) == modes.end() ? std::string() : word;
}

void readQuery(std::string_view query, ConnectionTarget& target, Hosts& hosts)
{
    const bool plusIsBlank = !target.driver.empty();
    Hosts fromQuery;
    for (const std::string_view pair : split(query, '&')) {
        if (pair.empty())
            continue;
        const std::size_t equals = pair.find('=');
        const std::string key = decoded(pair.substr(0, equals), plusIsBlank);
        const std::string value =
            equals == std::string_view::npos ? "" : decoded(pair.substr(equals + 1), plusIsBlank);
        const std::string mode = key == "ssl" ? sslModeOf(value) : std::string();
        if (key == "host" && !value.empty())
            readQueryHost(value, fromQuery);
        else if (key == "ssl" && !mode.empty())
            target.parameters["sslmode"] = mode;
        else if (isLibpqKeyword(key))
            target.parameters[key] = value;
        else
            target.dropped.push_back(key);
    }
    if (!fromQuery.names.empty()) {
        const bool anyPort =
            std::ranges::any_of(fromQuery.ports, [](const auto& p) { return !p.empty(); });
        // A host in the query replaces the one before it; a port given only there stays.
        if (!anyPort && hosts.ports.size() == 1)
            fromQuery.ports.assign(fromQuery.names.size(), hosts.ports.front());
        hosts = std::move(fromQuery);
    }
}

} // namespace

Result<std::string> driverOf(std::string_view scheme)
{
    const std::string name = lower(scheme.substr(0, scheme.find('+')));
    const std::size_t plus = scheme.find('+');
    const std::string driver = plus == std::string_view::npos ? "" : lower(scheme.substr(plus + 1));
    if (name == "postgresql" || name == "postgres")
        return driver;
    if (name == "driver") {
        return malformed(
            "The address is still the placeholder that Alembic's template writes.",
            "Put the database's address there, as postgresql://user:password@host:5432/database.");
    }
    if (name == "jdbc") {
        return malformed("The address is written for Java (jdbc:).",
                         "Leave out jdbc: and put user and password into it: "
                         "postgresql://user:password@host:5432/database.");
    }
    constexpr std::string_view others = " sqlite mysql mariadb mssql oracle mongodb redshift "
                                        "cockroachdb duckdb snowflake clickhouse firebird ";
    const bool other = others.find(" " + name + " ") != std::string_view::npos;
    return failure(ErrorCode::Unsupported,
                   "The address is one of " + printable(scheme) + ", not of PostgreSQL.",
                   other ? "Sightglass reads PostgreSQL only; name a postgresql:// address."
                         : std::string(example));
}

Result<ConnectionTarget> readUrl(std::string_view scheme, std::string_view rest)
{
    const auto driver = driverOf(scheme);
    if (!driver)
        return tl::unexpected(driver.error());
    ConnectionTarget target;
    target.driver = *driver;
    const std::size_t question = rest.find('?');
    const std::string_view query =
        question == std::string_view::npos ? "" : rest.substr(question + 1);
    rest = rest.substr(0, question);
    const std::size_t slash = rest.find('/');
    if (slash != std::string_view::npos && rest.find('@', slash) != std::string_view::npos)
        return malformed("The address has an unescaped / before its @.",
                         "Write %2F for a / inside a user name or password.");
    Hosts hosts;
    if (auto read = readAuthority(rest.substr(0, slash), target, hosts); !read)
        return tl::unexpected(read.error());
    if (slash != std::string_view::npos && slash + 1 < rest.size())
        target.parameters["dbname"] = decoded(rest.substr(slash + 1));
    readQuery(query, target, hosts);
    const auto filled = [](const std::string& text) { return !text.empty(); };
    if (std::ranges::any_of(hosts.names, filled))
        target.parameters["host"] = joined(hosts.names);
    if (std::ranges::any_of(hosts.ports, filled))
        target.parameters["port"] = joined(hosts.ports);
    return target;
}

} // namespace sightglass::connection_text
