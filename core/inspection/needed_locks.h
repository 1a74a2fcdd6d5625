// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/footprint.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

struct Inspection;

/// Whether two sessions can't have these locks on one relation at the same time.
///
/// source  "Explicit Locking" of PostgreSQL 15, table of conflicting lock modes
bool conflicts(LockMode a, LockMode b);

/// "AccessExclusiveLock", as pg_locks names it; None for another word.
LockMode lockModeOf(std::string_view name);

/// The strongest lock that pending revisions take on a relation that is there.
struct NeededLock
{
    LockMode mode = LockMode::None;
    std::string revision; ///< that takes it first
    /// Work CONCURRENTLY waits for the end of every transaction whose lock conflicts with this.
    LockMode waitsFor = LockMode::None;
    bool changesRows = false;
    bool isVersionTable = false;
};

/// What the pending revisions take, by relation of the live database.
struct NeededLocks
{
    std::map<QualifiedName, NeededLock> relations;
    std::string waitsForSnapshots;     ///< the first revision that does; empty: none
    std::vector<std::string> notKnown; ///< sentences: of which revisions not all is known

    const NeededLock* on(const QualifiedName& relation) const; ///< null: none is needed
};

/// Out of Inspection::review; needs history and live.
NeededLocks neededLocks(const Inspection& inspection);

} // namespace sightglass
