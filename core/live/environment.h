// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/connection_target.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What a database is there for; it decides how much has to be confirmed.
enum class EnvironmentKind
{
    Development,
    Test,
    Staging,
    Production,
    Ephemeral, ///< thrown away with the program or machine that made it
    Unknown    ///< treated as production
};

inline constexpr std::array allEnvironmentKinds{EnvironmentKind::Development,
                                                EnvironmentKind::Test,
                                                EnvironmentKind::Staging,
                                                EnvironmentKind::Production,
                                                EnvironmentKind::Ephemeral,
                                                EnvironmentKind::Unknown};

/// The word for settings and JSON, and back; a word that is not known gives Unknown.
std::string_view toText(EnvironmentKind environment); ///< "development", …, "unknown"
EnvironmentKind environmentFromText(std::string_view word);

/// How much a person has to confirm before something is changed there.
enum class ConfirmationLevel
{
    Click,       ///< a button that says what it does
    TypedName,   ///< the database's name, typed
    TypedPhrase, ///< a phrase that says what will be lost, typed
};

std::string_view toText(ConfirmationLevel level); ///< "click", "typed-name", "typed-phrase"

/// Unknown counts as production.
ConfirmationLevel confirmationFor(EnvironmentKind environment);

/// A pattern of sightglass.toml and what it stands for. `*` stands for any characters; it is held
/// against the host, the database's name, "host/database", "host:port/database" and the service.
struct EnvironmentPattern
{
    std::string pattern;
    EnvironmentKind environment = EnvironmentKind::Unknown;
};

/// A port of this machine behind which a compose file puts a PostgreSQL server.
struct ComposedServer
{
    std::string port;
    std::string file;
    std::string service;
    EnvironmentKind environment = EnvironmentKind::Development; ///< as the file's name says
};

/// What is known beside the connection.
struct EnvironmentHints
{
    std::vector<EnvironmentPattern> patterns; ///< in order; the first that fits decides
    std::vector<ComposedServer> composed;
    bool inCi = false; ///< the program runs in CI: $CI says so
    /// What answered, as the connection itself told: it decides where the address leaves the host,
    /// the port or the database to a service file, to PGHOST or to defaults. Empty: not connected.
    std::string connectedHost;
    std::string connectedPort;
    std::string connectedDatabase;
};

/// An environment and how it was told.
struct EnvironmentJudgement
{
    EnvironmentKind environment = EnvironmentKind::Unknown;
    std::string why; ///< one sentence, without secrets

    friend bool operator==(const EnvironmentJudgement&, const EnvironmentJudgement&) = default;
};

/// What a connection leads to: by the project's patterns, by words in the names of host, database
/// and service, by compose files, by where the server is. A word for production outweighs a local
/// host, which may be a tunnel; what nothing speaks for stays Unknown. No network.
EnvironmentJudgement judgeEnvironment(const ConnectionTarget& asked,
                                      const EnvironmentHints& hints = {});

} // namespace sightglass
