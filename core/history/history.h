// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/refusal.h"
#include "core/operations/revision_reading.h"
#include "core/replay/replay.h"
#include "core/revisions/revision_graph.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sightglass {

class FileSystem;
struct RunContext;

/// An operation that PostgreSQL would refuse after all ancestors of its revision ran: what C4 calls
/// "assumes it exists". Replay went on with what could be assumed.
struct RefusedOperation
{
    std::size_t operation = 0; ///< of the upgrade
    Refusal refusal;
    friend bool operator==(const RefusedOperation&, const RefusedOperation&) = default;
};

/// What the two functions of one revision file do.
struct RevisionSteps
{
    RevisionReading upgrade;
    RevisionReading downgrade;
    std::vector<RefusedOperation> refused; ///< of the upgrade, in order
};

/// A schema with what is not known of it.
struct ReplayedSchema
{
    Schema schema;
    std::vector<Doubt> doubts;
};

/// Would `upgrade heads` on an empty database come to its end?
struct FreshRun
{
    enum class Outcome
    {
        Succeeds,
        Stops,
        NotKnown ///< nothing surely stops it, but something before its end could not be read
    };
    Outcome outcome = Outcome::NotKnown;
    RevisionId revision; ///< where it stops
    std::size_t operation = 0;
    bool atOperation = false; ///< false: an exception of the revision, or it can't be loaded
    SourceSpan span;
    std::string object;              ///< "table jobs"
    std::string error;               ///< PostgreSQL's words, or the exception's
    std::vector<std::string> doubts; ///< what could not be read before that, one sentence each
};

/// How many structural operations of upgrades were read, and why not the others.
struct ResolutionCount
{
    std::size_t resolved = 0;
    std::size_t conditional = 0;
    std::size_t opaque = 0;
    std::size_t unreadable = 0; ///< revisions whose upgrade could not be read to its end

    std::size_t total() const { return resolved + conditional + opaque; }

    ResolutionCount& operator+=(const ResolutionCount& other);
};

/// What revisions do where Alembic prints SQL instead of running it (`--sql`): there is no
/// connection, so nothing is asked, checked or fetched. A reading that ends with Raises is one that
/// Alembic can't print either.
using OfflineReadings = std::map<RevisionIndex, RevisionReading>;

/// What every revision does, and the schema at every one of them. Immutable; any thread.
///
/// Indexes are those of the graph that it was read for.
class History
{
public:
    ~History();
    History(const History&) = delete;
    History& operator=(const History&) = delete;

    const RevisionSteps& steps(RevisionIndex revision) const;
    /// The schema that all ancestors (dependencies included) leave, and with the revision itself.
    ///
    /// cost  that of the operations since the last kept state, a few milliseconds
    ReplayedSchema before(RevisionIndex revision) const;
    ReplayedSchema after(RevisionIndex revision) const;
    /// The schema with all of `revisions` and their ancestors applied; empty: the empty database.
    ReplayedSchema at(const std::vector<RevisionIndex>& revisions) const;
    /// As `after`, as a database to go on with.
    Replay replayAfter(RevisionIndex revision) const;
    Replay replayBefore(RevisionIndex revision) const;
    Replay replayAt(const std::vector<RevisionIndex>& revisions) const;

    /// Reads the revisions of `path` again as `--sql` would run them. Nothing is executed.
    ///
    /// cost  their files' syntax trees once more
    OfflineReadings readOffline(const FileSystem& files,
                                std::span<const RevisionIndex> path,
                                Direction direction,
                                const RunContext& run) const;

    const FreshRun& freshRun() const;
    const ResolutionCount& resolution() const;
    /// The same for one revision's upgrade.
    ResolutionCount resolutionOf(RevisionIndex revision) const;

private:
    friend class HistoryReader;
    History();
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sightglass
