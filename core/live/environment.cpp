// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/environment.h"

#include "core/base/error.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace sightglass {

namespace {

struct WordOf
{
    EnvironmentKind environment;
    std::string_view word;
};

constexpr std::array words{WordOf{EnvironmentKind::Development, "development"},
                           WordOf{EnvironmentKind::Test, "test"},
                           WordOf{EnvironmentKind::Staging, "staging"},
                           WordOf{EnvironmentKind::Production, "production"},
                           WordOf{EnvironmentKind::Ephemeral, "ephemeral"},
                           WordOf{EnvironmentKind::Unknown, "unknown"}};

/// Words in names, the more dangerous environment first.
constexpr std::array namedWords{WordOf{EnvironmentKind::Production, "prod"},
                                WordOf{EnvironmentKind::Production, "production"},
                                WordOf{EnvironmentKind::Production, "prd"},
                                WordOf{EnvironmentKind::Production, "live"},
                                WordOf{EnvironmentKind::Staging, "staging"},
                                WordOf{EnvironmentKind::Staging, "stage"},
                                WordOf{EnvironmentKind::Staging, "stg"},
                                WordOf{EnvironmentKind::Staging, "preprod"},
                                WordOf{EnvironmentKind::Staging, "uat"},
                                WordOf{EnvironmentKind::Test, "test"},
                                WordOf{EnvironmentKind::Test, "tests"},
                                WordOf{EnvironmentKind::Test, "testing"},
                                WordOf{EnvironmentKind::Test, "ci"},
                                WordOf{EnvironmentKind::Test, "qa"},
                                WordOf{EnvironmentKind::Development, "dev"},
                                WordOf{EnvironmentKind::Development, "develop"},
                                WordOf{EnvironmentKind::Development, "development"}};

std::string lower(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(
        made, made.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return made;
}

bool isLetter(char c)
{
    return c >= 'a' && c <= 'z';
}

/// Whether a word stands in a text between other characters than letters.
bool hasWord(const std::string& text, std::string_view word)
{
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !isLetter(text[at - 1])) && (end == text.size() || !isLetter(text[end])))
            return true;
    }
    return false;
}

/// `*` stands for any characters.
bool fits(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] != '*' && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

std::string hostOf(const ConnectionTarget& target)
{
    const std::string host = target.value("host");
    return host.empty() ? target.value("hostaddr") : host;
}

/// Where libpq connects to: hostaddr, where both are given.
bool isLocal(const ConnectionTarget& target)
{
    const std::string address = target.value("hostaddr");
    const std::string host = address.empty() ? target.value("host") : address;
    if (host.empty())
        return target.value("service").empty();
    return host.starts_with('/') || host == "localhost" || host == "127.0.0.1" || host == "::1";
}

std::string portOf(const ConnectionTarget& target)
{
    const std::string port = target.value("port");
    return port.empty() ? "5432" : port;
}

/// `target` with what answered, where the address leaves that to something else.
ConnectionTarget asConnected(ConnectionTarget target, const EnvironmentHints& hints)
{
    const auto fill = [&target](const char* keyword, const std::string& value) {
        if (!value.empty() && target.value(keyword).empty())
            target.parameters[keyword] = value;
    };
    if (target.value("hostaddr").empty())
        fill("host", hints.connectedHost);
    fill("port", hints.connectedPort);
    fill("dbname", hints.connectedDatabase);
    return target;
}

std::optional<EnvironmentJudgement> byPattern(const ConnectionTarget& target,
                                              const EnvironmentHints& hints)
{
    const std::string host = lower(hostOf(target));
    const std::string database = lower(target.value("dbname"));
    const std::string service = lower(target.value("service"));
    for (const EnvironmentPattern& each : hints.patterns) {
        const std::string pattern = lower(each.pattern);
        for (const std::string& text : {host,
                                        database,
                                        host + "/" + database,
                                        host + ":" + portOf(target) + "/" + database,
                                        service}) {
            if (!text.empty() && fits(pattern, text))
                return EnvironmentJudgement{each.environment,
                                            "sightglass.toml says that " + printable(each.pattern) +
                                                " is " + std::string(toText(each.environment)) +
                                                "."};
        }
    }
    return std::nullopt;
}

std::optional<EnvironmentJudgement> byNames(const ConnectionTarget& target)
{
    const std::array names{std::pair(std::string("host"), hostOf(target)),
                           std::pair(std::string("database"), target.value("dbname")),
                           std::pair(std::string("service"), target.value("service"))};
    for (const WordOf& each : namedWords) {
        for (const auto& [what, name] : names) {
            // The folder of a socket is no name that anybody gave to a server.
            if (!name.starts_with('/') && hasWord(lower(name), each.word))
                return EnvironmentJudgement{each.environment,
                                            "The name of the " + what + ", " + printable(name) +
                                                ", has the word " + std::string(each.word) + "."};
        }
    }
    return std::nullopt;
}

std::optional<EnvironmentJudgement> byCompose(const ConnectionTarget& target,
                                              const EnvironmentHints& hints)
{
    for (const ComposedServer& each : hints.composed) {
        if (each.port == portOf(target) && !hostOf(target).starts_with('/'))
            return EnvironmentJudgement{each.environment,
                                        "Service " + printable(each.service) + " of " +
                                            printable(each.file) + " is behind port " + each.port +
                                            " of this machine."};
    }
    return std::nullopt;
}

} // namespace

std::string_view toText(EnvironmentKind environment)
{
    for (const WordOf& each : words) {
        if (each.environment == environment)
            return each.word;
    }
    return "unknown";
}

EnvironmentKind environmentFromText(std::string_view word)
{
    for (const WordOf& each : words) {
        if (each.word == word)
            return each.environment;
    }
    return EnvironmentKind::Unknown;
}

std::string_view toText(ConfirmationLevel level)
{
    switch (level) {
    case ConfirmationLevel::Click:
        return "click";
    case ConfirmationLevel::TypedName:
        return "typed-name";
    case ConfirmationLevel::TypedPhrase:
        return "typed-phrase";
    }
    return "";
}

ConfirmationLevel confirmationFor(EnvironmentKind environment)
{
    switch (environment) {
    case EnvironmentKind::Ephemeral:
    case EnvironmentKind::Test:
        return ConfirmationLevel::Click;
    case EnvironmentKind::Development:
        return ConfirmationLevel::TypedName;
    case EnvironmentKind::Staging:
    case EnvironmentKind::Production:
    case EnvironmentKind::Unknown:
        return ConfirmationLevel::TypedPhrase;
    }
    return ConfirmationLevel::TypedPhrase;
}

EnvironmentJudgement judgeEnvironment(const ConnectionTarget& asked, const EnvironmentHints& hints)
{
    const ConnectionTarget target = asConnected(asked, hints);
    if (auto judged = byPattern(target, hints))
        return std::move(*judged);
    if (auto judged = byNames(target))
        return std::move(*judged);
    if (hostOf(target).find("/sightglass-pg-") != std::string::npos)
        return {EnvironmentKind::Ephemeral, "It is a private server that this program started."};
    if (isLocal(target)) {
        if (hints.inCi)
            return {EnvironmentKind::Ephemeral, "The server is on this machine, which runs CI."};
        if (auto judged = byCompose(target, hints))
            return std::move(*judged);
        return {EnvironmentKind::Development,
                "The server is on this machine. A tunnel to another would look the same."};
    }
    return {EnvironmentKind::Unknown, "Neither its names nor sightglass.toml say what it is for."};
}

} // namespace sightglass
