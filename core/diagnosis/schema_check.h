// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/differences/differences.h"
#include "core/findings/finding.h"
#include "core/history/history.h"
#include "core/inference/inference.h"
#include "core/inference/revision_traces.h"
#include "core/live/live_state.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// A pending operation that the database as it is would refuse, or pass over without a word.
struct Collision
{
    RevisionIndex revision = 0;
    std::size_t operation = 0;
    SourceSpan span;
    std::string summary; ///< what the operation does
    std::string message; ///< PostgreSQL's words; empty: it passes and changes nothing
    std::string object;
    bool asksSchema = false; ///< the revision asks the database, and may decide otherwise here
};

/// Something half-made in the live schema.
struct Leftover
{
    enum class Kind
    {
        InvalidIndex,
        NotValidForeignKey,
        NotValidCheck
    };
    Kind kind = Kind::InvalidIndex;
    QualifiedName table;
    std::string name;
};

/// How far the next revision got.
struct NextRevision
{
    RevisionIndex revision = 0;
    StepProgress progress;
};

/// Operations of an applied revision that the schema does not show.
struct UndoneStep
{
    RevisionIndex revision = 0;
    std::vector<std::size_t> operations;
};

/// Something promised that is gone, and something of the very same shape that nobody promised.
struct RenamedObject
{
    QualifiedName table; ///< as promised; of a renamed table its promised name
    std::string column;  ///< as promised; empty: the table itself
    std::string now;     ///< its name in the database
};

/// The live schema against what the recorded revisions promise, object by object.
struct SchemaCheck
{
    /// Certain, or Likely where something that ran before can't be read.
    Confidence certainty = Confidence::Certain;
    std::string unread; ///< why it is not certain

    std::size_t promisedTables = 0;
    std::vector<QualifiedName> missingTables;
    std::vector<Difference> missing;   ///< promised, not there; tables too
    std::vector<Difference> different; ///< there in another shape
    std::vector<Difference> extra;     ///< parts of promised objects that no applied revision makes
    std::vector<std::string> doubted;  ///< differences that reading leaves open
    std::vector<QualifiedName> unmanaged; ///< tables that no applied revision makes
    std::vector<RenamedObject> renamed;   ///< probably; each stands under `missing` too

    std::vector<RevisionTrace> noTrace;    ///< recorded, and as if they had never run
    bool noTraceIsLast = false;            ///< no later recorded revision shows
    std::vector<UndoneStep> toReplay;      ///< the smallest set of operations that brings them back
    std::vector<NextRevision> notRecorded; ///< pending, and done in full
    std::optional<NextRevision> halfway;   ///< pending, and done in part
    std::vector<Collision> collisions;     ///< of pending revisions
    std::vector<Leftover> leftovers;
    /// Parts of the database that were not read, and could hide a difference.
    std::vector<NotCompared> notCompared;
    std::vector<QualifiedName> lockedTables; ///< promised; not compared in full for a lock

    std::size_t presentTables() const { return promisedTables - missingTables.size(); }

    bool isComplete() const { return notCompared.empty() && lockedTables.empty(); }

    /// As far as it was read.
    bool isAsPromised() const
    {
        return missing.empty() && different.empty() && extra.empty() && !halfway &&
               notRecorded.empty();
    }
};

struct SchemaCheckInput
{
    const History& history;
    const RevisionGraph& graph;
    const LiveState& live;
    std::vector<RevisionIndex> current;                ///< the recorded revisions
    std::vector<RevisionIndex> pending;                ///< oldest first
    std::function<bool(const QualifiedName&)> leftOut; ///< version tables
};

/// cost  two schemas compared; the pending revisions replayed, a bounded number; the whole chain
///       once where something is missing
SchemaCheck checkSchema(const SchemaCheckInput& input);

/// Everything half-made in a schema, sorted.
std::vector<Leftover> leftoversIn(const Schema& schema);

} // namespace sightglass
