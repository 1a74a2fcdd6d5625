// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"
#include "core/findings/finding.h"
#include "core/revisions/revision.h"
#include "core/schema/relation.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// The states of contracts/cli: `toText` gives the words that JSON uses ("partly-missing"). The
/// last two are not states of a database but reasons why none can be named; JSON says null for
/// them.
enum class DatabaseState
{
    Healthy,
    Pending,
    Empty,
    Zombie,
    PartlyMissing,
    Unstamped,
    UnknownRevision,
    OverlappingHeads,
    Drifted,
    PartlyApplied,
    Ahead,
    BrokenChain,
    NoChain,
    NoDatabase, ///< the chain is sound and no database was read: says nothing of any database
    NotKnown,   ///< something that decides could not be read; the title says what
};

std::string_view toText(DatabaseState state);
/// False for NoDatabase and NotKnown.
bool isNamedState(DatabaseState state);
/// "Tables missing", "Broken chain": two or three words for a badge.
std::string_view badgeText(DatabaseState state);
/// Healthy and Pending are not unhealthy; Empty and NoDatabase are not either. NotKnown is: it may
/// never pass for fine.
bool isUnhealthy(DatabaseState state);

/// How a statement is known.
enum class Grade
{
    Read,      ///< from a file, without running it
    Asked,     ///< from the live catalog
    Rehearsed, ///< run on a scratch copy
    Run        ///< by the project's own Alembic
};

std::string_view toText(Grade grade);

struct Evidence
{
    Grade grade = Grade::Read;
    std::string text;    ///< one sentence with counts and names
    RevisionId revision; ///< link; empty: none
    std::string object;  ///< link: schema.table; empty: none
    SourceSpan span;     ///< link; empty file: none
    friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// What a step stamps, for programs that can do it themselves.
struct StampStep
{
    std::vector<std::string> revisions; ///< empty: the reader has to choose
    bool purge = false;
    friend bool operator==(const StampStep&, const StampStep&) = default;
};

struct RepairStep
{
    std::string action; ///< "stamp base"
    std::string detail;
    std::string command; ///< exact, ready to paste; empty when none
    std::string sql;
    std::optional<StampStep> stamp = {}; ///< absent: it is no stamp
    friend bool operator==(const RepairStep&, const RepairStep&) = default;
};

/// One way back, to stand beside the others.
struct WayBack
{
    std::string id;
    std::string title;
    std::string summary;
    bool recommended = false;
    std::vector<std::string> pros;
    std::vector<std::string> cons;
    std::string needs; ///< "nothing", "a verified backup"
    std::vector<RepairStep> steps;
    friend bool operator==(const WayBack&, const WayBack&) = default;
};

/// Would `upgrade heads` on an empty database succeed? `ok` absent: not judged, `reason` says why.
struct FreshDatabase
{
    std::optional<bool> ok;
    RevisionId revision;
    std::string object;
    std::string error;
    std::string reason;
    friend bool operator==(const FreshDatabase&, const FreshDatabase&) = default;
};

struct ChecklistItem
{
    std::string item;
    std::optional<bool> ok; ///< absent: not known
    std::string evidence;
    friend bool operator==(const ChecklistItem&, const ChecklistItem&) = default;
};

/// What state the database is in, how that is known, and the ways back.
struct Diagnosis
{
    DatabaseState state = DatabaseState::NoChain;
    Severity severity = Severity::Info; ///< how loud the banner is
    /// How sure the state is: Likely where something that revisions run can't be read.
    Confidence certainty = Confidence::Certain;
    std::string title;  ///< the single most important sentence
    std::string detail; ///< what it means, one or two sentences
    std::vector<Evidence> evidence;
    std::vector<DatabaseState> alsoHolds; ///< other states that hold, by precedence
    bool hasDatabase = false;             ///< false: judged from files alone
    QualifiedName versionTable; ///< the one that belongs to this project; empty name: none
    std::vector<std::string> versionRows; ///< as stored
    std::vector<RevisionId> current;      ///< rows that are known revisions
    std::vector<RevisionId> pending;      ///< what `upgrade heads` would run, oldest first
    std::string pendingUnknown; ///< why `pending` can't be told; empty: it is what it says
    /// Where the schema is by its objects, where the rows don't tell or tell it wrongly: revisions
    /// of the best match. Empty: not asked, or not decided.
    std::vector<RevisionId> inferred;
    /// Recorded revisions of whose effects the schema shows none, oldest first.
    std::vector<RevisionId> noTrace;
    FreshDatabase freshDatabase;
    std::vector<WayBack> options; ///< exactly one recommended unless empty
    std::vector<ChecklistItem> checklist;
};

} // namespace sightglass
