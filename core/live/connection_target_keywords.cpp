// SPDX-License-Identifier: GPL-3.0-or-later
// Keyword strings as libpq reads them.
#include "core/live/connection_target_text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace sightglass::connection_text {

namespace {

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

} // namespace

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

} // namespace sightglass::connection_text
