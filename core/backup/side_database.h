// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backup/server_door.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sightglass {

/// A session of somebody else.
struct ConnectedSession
{
    int pid = 0;
    std::string user;
    std::string program;    ///< application_name
    std::string client;     ///< address; empty: through a socket
    std::string state;      ///< "idle"; empty: not visible
    bool mayBeEnded = true; ///< by the role that asks
};

/// A database as its server sees it from outside, and what may be done to it.
struct DatabaseFacts
{
    std::string name;
    std::int64_t oid = 0;
    int serverVersion = 0;     ///< 150006
    std::string createOptions; ///< owner, encoding and locale, as CREATE DATABASE takes them
    std::vector<std::string> settings;  ///< SQL that gives its settings and rights to :name
    bool mayCreate = false;             ///< the role may create databases
    bool mayRename = false;             ///< and rename this one
    std::vector<std::string> databases; ///< names of all
    std::string other;                  ///< another database to connect to; empty: there is none
    std::vector<ConnectedSession> sessions;
};

/// What stands for a database's name in DatabaseFacts::settings.
inline constexpr std::string_view settingsName = ":name";

/// errors  those of opening and asking
Result<DatabaseFacts>
readDatabaseFacts(const ConnectionTarget& target, const ServerDoor& door, const RunContext& run);

/// `stem`_1, or the first number that no database has.
std::string freeName(const DatabaseFacts& facts, const std::string& stem);

/// Makes an empty database like the one of `facts`; its comment says what it is for.
///
/// errors  those of opening; QueryFailed, NotPermitted: there is no such database then, or one of
///         somebody else
Result<void> createBeside(const ConnectionTarget& target,
                          const DatabaseFacts& facts,
                          const std::string& name,
                          const std::string& purpose,
                          const ServerDoor& door,
                          const RunContext& run);

/// Gives the settings and rights of the database of `facts` to another.
Result<void> copySettings(const ConnectionTarget& target,
                          const DatabaseFacts& facts,
                          const std::string& name,
                          const ServerDoor& door,
                          const RunContext& run);

/// Drops a database that createBeside has made.
Result<void> dropBeside(const ConnectionTarget& target,
                        const DatabaseFacts& facts,
                        const std::string& name,
                        const ServerDoor& door);

} // namespace sightglass
