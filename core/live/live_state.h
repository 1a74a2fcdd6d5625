// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/schema/schema.h"
#include "core/schema/unread_parts.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What a server says of itself and of the session.
struct ServerFacts
{
    std::string versionText; ///< "15.6"
    int versionNumber = 0;   ///< 150006
    std::string host;        ///< as connected to; a folder for a socket
    std::string port;
    std::string database;
    std::string user;
    std::int64_t databaseOid = 0;
    std::string systemIdentifier; ///< of the cluster; empty when not permitted to be read
    std::string encoding;
    std::vector<std::string> searchPath; ///< namespaces in force, in order, without system ones
    bool inRecovery = false;
    bool readOnlySession = true;
    Time serverTime;
};

/// A relation that is, or looks like, Alembic's version table.
struct VersionTable
{
    QualifiedName name;
    std::vector<std::string> rows; ///< as stored, in physical order; NULL shows as empty
    bool readable = true;          ///< false: its rows were not read; `whyUnread` says why
    bool locked = false;           ///< another session's lock kept them from being read
    bool slow = false;             ///< reading them took longer than the session allows
    std::string whyUnread;         ///< a sentence; empty: they were read
    std::string columnType;   ///< of version_num: "character varying(32)"; empty: no such column
    std::optional<int> width; ///< characters that fit; absent = no limit
    bool nullable = false;
    bool hasPrimaryKey = false;
    bool keyRead = true; ///< false: whether it has one was not read
    std::string primaryKeyName;
    std::vector<std::string> otherColumns;
    bool isView = false;

    friend bool operator==(const VersionTable&, const VersionTable&) = default;
};

struct Activity;
struct ProbeAnswers;

/// What one snapshot of a database showed.
struct LiveState
{
    ServerFacts server;
    Schema schema;
    std::vector<VersionTable> versionTables;  ///< every one found, in any namespace, sorted by name
    std::shared_ptr<const Activity> activity; ///< see activity.h; null: not read
    std::shared_ptr<const ProbeAnswers> probes; ///< see probe.h; null: nothing was counted
    std::vector<std::string> notRead;           ///< sentences: what was not permitted to be read
    UnreadParts unread; ///< what `schema` lacks for that; whoever compares it has to heed it
    Time readAt;
    std::chrono::milliseconds duration{0};
};

} // namespace sightglass
