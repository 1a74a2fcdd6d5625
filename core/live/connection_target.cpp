// SPDX-License-Identifier: GPL-3.0-or-later
//
// Three notations name one thing. A URL is read as libpq reads it (multi-host, sockets as
// %2Ffolder), with what SQLAlchemy adds: a driver after a plus sign, query keys meant for the
// driver, `+` for a blank, and several `host=` keys. A '%' without two hex digits is taken
// literally, as SQLAlchemy does. Sources: libpq "Connection Strings" (15 to 18), SQLAlchemy 1.4
// and 2.0 engine/url.py, asyncpg.
#include "core/live/connection_target.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sightglass {

namespace {

constexpr std::string_view example =
    "Write it as postgresql://user:password@host:5432/database or as "
    "host=… dbname=… user=….";

// Every keyword of libpq up to 18; one that the libpq here is too old for is refused by it by name.
constexpr std::string_view libpqKeywords =
    " application_name channel_binding client_encoding connect_timeout dbname "
    "fallback_application_name gssdelegation gssencmode gsslib host hostaddr keepalives "
    "keepalives_count keepalives_idle keepalives_interval krbsrvname load_balance_hosts "
    "max_protocol_version min_protocol_version oauth_client_id oauth_client_secret "
    "oauth_issuer oauth_scope options passfile password port replication require_auth "
    "requirepeer requiressl scram_client_key scram_server_key service servicefile "
    "ssl_max_protocol_version ssl_min_protocol_version sslcert sslcertmode sslcompression "
    "sslcrl sslcrldir sslkey sslkeylogfile sslmode sslnegotiation sslpassword sslrootcert "
    "sslsni target_session_attrs tcp_user_timeout user ";

bool isLibpqKeyword(std::string_view word)
{
    return !word.empty() && word.find(' ') == std::string_view::npos &&
           libpqKeywords.find(" " + std::string(word) + " ") != std::string_view::npos;
}

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

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

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

tl::unexpected<Error> malformed(std::string message, std::string nextStep = std::string(example))
{
    return failure(ErrorCode::Malformed, std::move(message), std::move(nextStep));
}

bool isPort(std::string_view text)
{
    if (text.empty() || text.size() > 5 || !std::ranges::all_of(text, isDigit))
        return false;
    int number = 0;
    for (const char c : text)
        number = number * 10 + (c - '0');
    return number >= 1 && number <= 65535;
}

// ---- schemes

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

/// Text in which something else was to be filled in, and never was.
std::optional<Error> placeholderIn(std::string_view text)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> marks{
        {{"${", "}"}, {"%(", ")s"}, {"{{", "}}"}, {"$(", ")"}, {"<", ">"}}};
    for (const auto& [open, close] : marks) {
        const std::size_t start = text.find(open);
        if (start == std::string_view::npos)
            continue;
        const std::size_t end = text.find(close, start + open.size());
        if (end == std::string_view::npos || end - start > 60)
            continue;
        const std::string_view mark = text.substr(start, end + close.size() - start);
        // Anything that can stand inside a password is no placeholder.
        const std::string_view word =
            mark.substr(open.size(), mark.size() - open.size() - close.size());
        const bool isWord = !word.empty() && std::ranges::all_of(word, [](char c) {
            return isDigit(c) || c == '_' || c == '-' || c == ' ' || c == '.' ||
                   (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
        if (isWord) {
            return Error{.code = ErrorCode::Malformed,
                         .message = "The address holds the placeholder " + printable(mark) +
                                    ", which nothing has filled in.",
                         .nextStep = "Give the real address with --dsn or in the connect dialog."};
        }
    }
    return std::nullopt;
}

// ---- URLs

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

// ---- keyword strings

/// One value from `text` on, moved past it; nothing when its quote is never closed.
std::optional<std::string> takeValue(std::string_view& text)
{
    std::string value;
    const bool quoted = !text.empty() && text.front() == '\'';
    std::size_t i = quoted ? 1 : 0;
    for (; i < text.size(); ++i) {
        if (quoted ? text[i] == '\'' : isSpace(text[i]))
            break;
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        value += text[i];
    }
    if (quoted && i == text.size())
        return std::nullopt;
    text.remove_prefix(quoted ? i + 1 : i);
    return value;
}

Result<ConnectionTarget> readKeywords(std::string_view text)
{
    ConnectionTarget target;
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        const std::size_t equals = text.find('=');
        const std::string_view key = trimmed(text.substr(0, equals));
        const bool oneWord = std::ranges::none_of(key, isSpace);
        if (equals == std::string_view::npos || key.empty() || !oneWord)
            return malformed("The address is neither a URL nor a string of keyword=value pairs.");
        if (!isLibpqKeyword(key)) {
            return malformed("The address has the keyword " + printable(key) +
                                 ", which PostgreSQL's "
                                 "clients do not know.",
                             "Put quotes around a value that holds blanks; " +
                                 std::string(example));
        }
        text = trimmed(text.substr(equals + 1));
        auto value = takeValue(text);
        if (!value)
            return malformed("The value of " + std::string(key) +
                                 " opens a quote and never closes it.",
                             "End the value with ', and write \\' for a quote inside it.");
        if (key == "port" && !value->empty()) {
            const auto ports = split(*value, ',');
            if (!std::ranges::all_of(ports, [](auto p) { return p.empty() || isPort(trimmed(p)); }))
                return malformed("The port in the address is not a number from 1 to 65535.");
        }
        target.parameters[std::string(key)] = std::move(*value);
    }
    return target;
}

// ---- in words

std::string shownHosts(const ConnectionTarget& target)
{
    std::string host = target.value("host");
    if (host.empty())
        host = target.value("hostaddr");
    if (host.empty())
        return target.value("port").empty() ? std::string() : "port " + target.value("port");
    const std::string port = target.value("port");
    const auto names = split(host, ',');
    const auto ports = split(port, ',');
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string_view number = ports.size() == 1  ? ports[0]
                                        : i < ports.size() ? ports[i]
                                                           : "";
        const bool ipv6 = names[i].find(':') != std::string_view::npos && names[i].front() != '/';
        text += i == 0 ? "" : ", ";
        text += ipv6 ? "[" + std::string(names[i]) + "]" : std::string(names[i]);
        text += number.empty() ? "" : ":" + std::string(number);
    }
    return text;
}

std::string shownTarget(const ConnectionTarget& target)
{
    const std::string database = target.value("dbname");
    const std::string hosts = shownHosts(target);
    const std::string service = target.value("service");
    std::string text = database.empty() ? "the default database" : database;
    if (!hosts.empty())
        text += " on " + hosts;
    if (!service.empty())
        text = (database.empty() && hosts.empty() ? "" : text + " of ") + "service " + service;
    return printable(text);
}

} // namespace

std::string ConnectionTarget::value(std::string_view keyword) const
{
    const auto found = parameters.find(std::string(keyword));
    return found == parameters.end() ? std::string() : found->second;
}

Result<ConnectionTarget> parseConnectionTarget(std::string_view text)
{
    text = trimmed(text);
    if (text.empty())
        return malformed("There is no address of a database.");
    if (text.find('\0') != std::string_view::npos)
        return malformed("The address holds a zero byte.");
    if (auto placeholder = placeholderIn(text))
        return failure(std::move(*placeholder));
    if (text.starts_with("jdbc:"))
        return tl::unexpected(driverOf("jdbc").error());
    const std::size_t colon = text.find("://");
    // host='a://b' is a keyword string: a scheme is one word of letters, digits, + - and dots.
    const bool url = colon != std::string_view::npos && colon > 0 &&
                     std::ranges::all_of(text.substr(0, colon), [](char c) {
                         return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                c == '+' || c == '-' || c == '.' || c == '_';
                     });
    auto target = url ? readUrl(text.substr(0, colon), text.substr(colon + 3)) : readKeywords(text);
    if (!target)
        return target;
    for (const auto& [key, value] : target->parameters) {
        if (value.find('\0') != std::string::npos)
            return malformed("The value of " + key + " in the address holds a zero byte (%00).",
                             "Take the %00 out; PostgreSQL's clients refuse it.");
    }
    target->shown = shownTarget(*target);
    return target;
}

std::string toConninfo(const ConnectionTarget& target)
{
    std::string text;
    for (const auto& [key, value] : target.parameters) {
        text += (text.empty() ? "" : " ") + key + "='";
        for (const char c : value) {
            if (c == '\'' || c == '\\')
                text += '\\';
            text += c;
        }
        text += '\'';
    }
    return text;
}

} // namespace sightglass
