// SPDX-License-Identifier: GPL-3.0-or-later
//
// Three notations name one thing: libpq's URL, SQLAlchemy's, and libpq's keyword string. Which one
// a text is, is decided here; what they say is read in connection_target_url.cpp and
// connection_target_keywords.cpp.
#include "core/live/connection_target.h"

#include "core/live/connection_target_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sightglass {

namespace {

using connection_text::driverOf;
using connection_text::isDigit;
using connection_text::malformed;
using connection_text::readKeywords;
using connection_text::readUrl;
using connection_text::split;
using connection_text::trimmed;

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
