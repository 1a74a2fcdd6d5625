// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// A lock on a relation that a transaction has, or waits for.
struct SessionLock
{
    QualifiedName relation;
    bool ofIndex = false;
    std::string mode; ///< as pg_locks names it: "AccessShareLock"
    bool granted = true;
    std::optional<std::chrono::seconds> waits; ///< of one that is not granted, from version 14 on

    friend bool operator==(const SessionLock&, const SessionLock&) = default;
};

/// One open transaction of the database, of a session or prepared. Ages are absent where the role
/// that reads may not see them.
struct OpenTransaction
{
    int pid = 0;         ///< 0: prepared
    std::string gid;     ///< of a prepared one
    std::string user;    ///< empty: none, or not visible
    std::string program; ///< application_name: anybody may write anything into it
    std::string state;   ///< "active", "idle in transaction", …; empty: not visible
    std::string backend; ///< "client backend", "autovacuum worker"; empty: not visible, before 10
    std::optional<std::chrono::seconds> age;     ///< since it began, or was prepared
    std::optional<std::chrono::seconds> inState; ///< since `state` last changed
    bool visible = true;                         ///< false: there is no right to see what it does
    bool lasted = false; ///< it was there before the catalog was read, and after
    bool holdsSnapshot = false;
    bool preventsWraparound = false; ///< an autovacuum that does not step aside
    std::vector<SessionLock> locks;

    friend bool operator==(const OpenTransaction&, const OpenTransaction&) = default;
};

/// Who else was at work in a database, when its catalog had been read.
struct Sessions
{
    std::vector<OpenTransaction> transactions; ///< oldest first
    bool complete = true;                      ///< false: there were more than are read
};

} // namespace sightglass
