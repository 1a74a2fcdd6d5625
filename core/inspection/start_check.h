// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/rules/footprint.h"
#include "core/schema/relation.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

struct Inspection;

/// What stands in the way of an upgrade that would be started now.
struct StartBlocker
{
    enum class Kind
    {
        LockHeld,            ///< a transaction holds a lock that conflicts
        LockAwaited,         ///< one waits for such a lock: the upgrade would queue behind it
        RowsChanged,         ///< one may hold rows that a pending revision changes
        AnotherUpgrade,      ///< one has written to the version table
        Dump,                ///< pg_dump reads
        WraparoundVacuum,    ///< an autovacuum that does not step aside
        OlderTransaction,    ///< CONCURRENTLY waits for every older one
        PreparedTransaction, ///< stays until somebody ends it
        Standby              ///< the server takes no writes
    };
    Kind kind = Kind::LockHeld;
    int pid = 0;     ///< 0: no session
    std::string who; ///< "Session 4711 of user app (psql, idle in transaction)"
    std::optional<std::chrono::seconds> since; ///< how long; absent: it may not be seen
    std::vector<QualifiedName>
        relations;                   ///< where they meet, the one with the strongest lock first
    LockMode holds = LockMode::None; ///< on the first of them; what is waited for
    LockMode needs = LockMode::None; ///< of the pending revisions, there
    std::string revision;            ///< that needs it
    std::string blocks; ///< who would wait behind the upgrade: "reads and writes"; empty: nobody
    bool endsByItself = true;
    std::string text; ///< one sentence with all of it
    std::string way;  ///< what to do about it, one sentence
};

std::string_view toText(StartBlocker::Kind kind); ///< "lock-held", "dump", …

enum class StartAnswer
{
    Yes,
    Wait, ///< what stands in the way ends by itself
    No    ///< somebody has to do something first
};

std::string_view toText(StartAnswer verdict); ///< "yes", "wait", "no"

/// Whether the pending revisions could begin at once, as to locks: the light says nothing of what
/// they do.
struct StartCheck
{
    std::optional<StartAnswer> verdict; ///< absent: not known, see `notKnown`
    std::vector<StartBlocker> blockers; ///< those that end by themselves last
    std::vector<std::string> notKnown;  ///< sentences
    std::string readAt;                 ///< RFC 3339
    bool nothingPending = false;        ///< there is nothing to start

    /// As a line of a list of things that should hold.
    ChecklistItem item() const;
};

/// The locks that the pending revisions need, against those of the open transactions that were
/// there all the while the database was read. Needs Inspection::review of what is pending.
///
/// cost    linear in the operations that are pending and the locks that are held
/// source  "Explicit Locking", "CREATE INDEX" and "Routine Vacuuming" of PostgreSQL 15
StartCheck startCheckOf(const Inspection& inspection);

} // namespace sightglass
