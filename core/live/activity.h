// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sightglass {

/// What goes on at one relation while it was looked at.
struct RelationActivity
{
    bool lockAwaited = false; ///< some session waits for a lock on it
    /// Age of the oldest transaction of another session that holds a lock on it.
    std::optional<std::chrono::seconds> oldestTransaction;
    std::string oldestWords; ///< "pid 4711, idle in transaction"; never the text of a statement
    std::vector<std::string> publications;
    bool moved = false; ///< its counters of reads or writes moved between two looks, a moment apart
    friend bool operator==(const RelationActivity&, const RelationActivity&) = default;
};

struct Sessions;

/// What a server tells beside the schema: the session's rights and settings, who else is at work.
/// What could not be read is empty or absent.
struct Activity
{
    std::string timeZone;
    bool superuser = false;
    bool autovacuum = true;
    std::set<std::string> memberOf; ///< roles whose rights the session's role has, itself too
    /// lock_timeout that a new session of this role in this database begins with, where a setting
    /// of the role or the database says so.
    std::optional<std::chrono::milliseconds> lockTimeout;
    std::map<QualifiedName, RelationActivity> relations; ///< only those with something to say
    std::map<QualifiedName, std::int64_t> indexScans;    ///< since the statistics were reset
    /// 'i', 's', 'v' by name in lower case; the most volatile where several share a name.
    std::map<std::string, char> volatility;
    std::shared_ptr<const Sessions> sessions; ///< see sessions.h; null: not read
};

} // namespace sightglass
