// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/connection_target_text.h"

#include <algorithm>
#include <utility>

namespace sightglass::connection_text {

namespace {

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

} // namespace

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

tl::unexpected<Error> malformed(std::string message, std::string nextStep)
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

} // namespace sightglass::connection_text
