// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/read_live.h"
#include "core/live/writing_session.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace sightglass {

/// How the databases of any server are reached.
struct ServerDoor
{
    ReadCatalogOf read;
    std::function<Result<std::unique_ptr<WritingSession>>(const ConnectionTarget& target,
                                                          const RunContext& run)>
        open;
};

/// The same server and role, another database.
ConnectionTarget otherDatabase(ConnectionTarget target, const std::string& database);

/// Another database's name in place of every argument: `dbname` for libpq without a password, and
/// the environment that a child gets, with it.
struct ClientConnection
{
    std::string argument;                           ///< "--dbname=…"
    std::map<std::string, std::string> environment; ///< holds secrets
};

ClientConnection clientConnection(const ConnectionTarget& target, const std::string& application);

/// The first complaint of a client program in what it said, without secrets; empty: there is none.
std::string complaintIn(const std::string& said);

/// A literal of SQL.
std::string sqlLiteral(const std::string& text);

} // namespace sightglass
