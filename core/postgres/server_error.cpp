// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server's refusals are told apart by SQLSTATE ("PostgreSQL Error Codes"), never by its words,
// which may be in any language. libpq's own words have no codes; they are asked for in English (see
// session.cpp) and known by the fragments below, from libpq 9.6 to 18.
#include "core/postgres/server_error.h"

#include "core/live/connection_target.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

bool holds(std::string_view text, std::string_view fragment)
{
    return text.find(fragment) != std::string_view::npos;
}

std::string quoted(const std::string& name)
{
    return "\"" + printable(name) + "\"";
}

struct Words
{
    ErrorCode code = ErrorCode::ConnectionLost;
    std::string message;
    std::string nextStep;
};

Error made(Words words, std::string sqlState = {})
{
    return Error{.code = words.code,
                 .message = std::move(words.message),
                 .nextStep = std::move(words.nextStep),
                 .sqlState = std::move(sqlState)};
}

Words refusedLogin(const Addressee& to, std::string_view text)
{
    if (holds(text, "pg_hba.conf"))
        return {ErrorCode::NotPermitted,
                "The server at " + to.server + " lets user " + quoted(to.user) +
                    " not into database " + quoted(to.database) +
                    " from this machine (pg_hba.conf).",
                "Try sslmode=require, or ask for an entry in the server's pg_hba.conf."};
    return {ErrorCode::NotPermitted,
            "The server at " + to.server + " does not let user " + quoted(to.user) +
                " in: " + sentenceIn(text) + ".",
            "Check the user name in the address."};
}

/// Words for a refusal by SQLSTATE; an empty message for one that is not known here.
Words refusal(const Addressee& to, const std::string& state, std::string_view text)
{
    if (state == "28P01")
        return {ErrorCode::NotPermitted,
                "The server at " + to.server + " refused the password of user " + quoted(to.user) +
                    ".",
                "Check the password, or put it into ~/.pgpass or PGPASSWORD."};
    if (state == "28000")
        return refusedLogin(to, text);
    if (state == "3D000")
        return {ErrorCode::NotFound,
                "The server at " + to.server + " has no database " + quoted(to.database) + ".",
                "Check the name in the address; psql -l lists the databases."};
    if (state == "53300")
        return {ErrorCode::ConnectionLost,
                "The server at " + to.server + " has no connection left to give.",
                "Close other sessions or try again later."};
    if (state == "57P03")
        return {ErrorCode::ConnectionLost,
                "The server at " + to.server + " is not ready: " + sentenceIn(text) + ".",
                "Wait until it has started and try again."};
    if (state == "57P01" || state == "57P02")
        return {ErrorCode::ConnectionLost,
                "The server at " + to.server + " is being stopped.",
                "Start it and try again."};
    if (state == "42501")
        return {ErrorCode::NotPermitted,
                "User " + quoted(to.user) + " has no right to connect to database " +
                    quoted(to.database) + ".",
                "Ask for it: GRANT CONNECT ON DATABASE … TO " + printable(to.user) + "."};
    return {};
}

struct Fragment
{
    std::string_view text;
    ErrorCode code;
    std::string_view message; ///< after "The server at X "
    std::string_view nextStep;
};

constexpr auto fragments = std::to_array<Fragment>({
    {"no password supplied",
     ErrorCode::NotPermitted,
     "asks for a password, and none was given.",
     "Put it into the address, ~/.pgpass or PGPASSWORD."},
    {"expected authentication request",
     ErrorCode::Unsupported,
     "does not speak PostgreSQL's language.",
     "Check host and port; another program listens there."},
    {"invalid response to SSL negotiation",
     ErrorCode::Unsupported,
     "does not speak PostgreSQL's language.",
     "Check host and port; another program listens there."},
    {"unsupported frontend protocol",
     ErrorCode::Unsupported,
     "does not speak PostgreSQL's language.",
     "Check host and port; another program listens there."},
    {"Connection refused",
     ErrorCode::ConnectionLost,
     "does not answer: nothing listens there.",
     "Start the server, or check host and port."},
    {"No such file or directory",
     ErrorCode::ConnectionLost,
     "does not answer: there is no such socket.",
     "Start the server, or name its host."},
    {"could not translate host name",
     ErrorCode::ConnectionLost,
     "can't be found: its host name is not known.",
     "Check the name, or the network of this machine."},
    {"Permission denied",
     ErrorCode::NotPermitted,
     "can't be reached: this user may not open its socket.",
     "Name its host instead, or run as a user that may."},
    {"server does not support SSL",
     ErrorCode::NotPermitted,
     "does not offer SSL, which the address asks for.",
     "Set sslmode=prefer where the network can be trusted."},
    {"root certificate file",
     ErrorCode::NotPermitted,
     "can't be checked: the file of root certificates is missing.",
     "Set sslrootcert, or sslmode=require to connect without the check."},
    {"certificate verify failed",
     ErrorCode::NotPermitted,
     "shows a certificate that no known authority has signed.",
     "Set sslrootcert to the authority's certificate."},
    {"does not match host name",
     ErrorCode::NotPermitted,
     "shows a certificate of another host.",
     "Use the host name of the certificate."},
    {"Network is unreachable",
     ErrorCode::ConnectionLost,
     "can't be reached from this network.",
     "Check the network or VPN of this machine."},
    {"No route to host",
     ErrorCode::ConnectionLost,
     "can't be reached from this network.",
     "Check the network or VPN of this machine."},
    {"server closed the connection",
     ErrorCode::ConnectionLost,
     "closed the connection before it stood.",
     "Check that host and port are those of PostgreSQL, and the server's log."},
    {"Connection reset by peer",
     ErrorCode::ConnectionLost,
     "closed the connection before it stood.",
     "Check that host and port are those of PostgreSQL, and the server's log."},
});

Words localProblem(const Addressee& to, std::string_view text)
{
    if (holds(text, "definition of service"))
        return {ErrorCode::NotFound,
                "The service of " + to.shown + " is in no service file.",
                "Add it to ~/.pg_service.conf, or set PGSERVICEFILE."};
    if (holds(text, "service file"))
        return {ErrorCode::NotFound,
                "The service file for " + to.shown + " can't be read: " + sentenceIn(text) + ".",
                "Check PGSERVICEFILE and ~/.pg_service.conf."};
    if (holds(text, "invalid connection option"))
        return {ErrorCode::Unsupported,
                "The PostgreSQL client library here refused the address: " + sentenceIn(text) + ".",
                "Take that option out of the address."};
    const auto found =
        std::ranges::find_if(fragments, [&](auto& f) { return holds(text, f.text); });
    if (found != fragments.end())
        return {found->code,
                "The server at " + to.server + " " + std::string(found->message),
                std::string(found->nextStep)};
    return {ErrorCode::ConnectionLost,
            "No connection to " + to.shown + ": " + sentenceIn(text) + ".",
            "Check the address and the server."};
}

} // namespace

std::string sqlStateIn(std::string_view text)
{
    const auto isCode = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
    for (std::size_t at = text.find(":  "); at != std::string_view::npos;
         at = text.find(":  ", at + 1)) {
        const std::string_view code = text.substr(at + 3, 5);
        if (code.size() == 5 && std::ranges::all_of(code, isCode) && text.substr(at + 8, 2) == ": ")
            return std::string(code);
    }
    return {};
}

std::string sentenceIn(std::string_view text)
{
    if (const std::string state = sqlStateIn(text); !state.empty())
        text = text.substr(text.find(":  " + state + ": ") + 10);
    else if (const std::size_t severity = text.find(":  "); severity != std::string_view::npos)
        text = text.substr(severity + 3);
    text = text.substr(0, text.find('\n'));
    while (!text.empty() && (text.back() == '.' || text.back() == ' ' || text.back() == '\r'))
        text.remove_suffix(1);
    return printable(withoutSecrets(text));
}

Error connectionError(const Addressee& addressee, std::string_view text)
{
    const std::string state = sqlStateIn(text);
    if (state.empty())
        return made(localProblem(addressee, text));
    Words words = refusal(addressee, state, text);
    if (words.message.empty()) {
        words.message = "The server at " + addressee.server +
                        " refused the connection: " + sentenceIn(text) + " (" + state + ").";
        words.nextStep = "Look at the server's log for the reason.";
    }
    return made(std::move(words), state);
}

Error actionError(std::string_view what, std::string sqlState, std::string_view text)
{
    const std::string doing = printable(what);
    Words words{ErrorCode::QueryFailed,
                doing + " failed: " + sentenceIn(text) + ".",
                "Look at the server's log, or make a new plan."};
    if (sqlState == "42501" || sqlState == "25006")
        words = {ErrorCode::NotPermitted,
                 doing + " was refused: " + sentenceIn(text) + ".",
                 "Connect as a role that may do it."};
    else if (sqlState == "55P03")
        words = {ErrorCode::TimedOut,
                 doing + " took too long: another session holds a lock.",
                 "Wait for that session, or end it, and try again."};
    else if (sqlState == "57014")
        words = {ErrorCode::TimedOut,
                 doing + " took longer than this session allows.",
                 "Try again when the server is less busy."};
    return made(std::move(words), std::move(sqlState));
}

Error statementError(std::string_view part, std::string sqlState, std::string_view text)
{
    const std::string what(part);
    Words words{ErrorCode::QueryFailed,
                "Reading the " + what + " failed: " + sentenceIn(text) + ".",
                "Look at the server's log, or report this with the sentence above."};
    if (sqlState == "42501")
        words = {ErrorCode::NotPermitted,
                 "There is no right to read the " + what + ": " + sentenceIn(text) + ".",
                 "Connect as a role that may read it."};
    else if (sqlState == "55P03")
        words = {ErrorCode::TimedOut,
                 "The " + what + " could not be read in time: another session holds a lock.",
                 "Wait for that session, or end it, and read again."};
    else if (sqlState == "57014")
        words = {ErrorCode::TimedOut,
                 "Reading the " + what + " took longer than this session allows.",
                 "Try again when the server is less busy."};
    return made(std::move(words), std::move(sqlState));
}

} // namespace sightglass
