// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/revision_reader.h"
#include "core/history/history.h"
#include "core/history/steps_list.h"

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace sightglass {

ResolutionCount countResolution(const RevisionReading& reading);

/// Users may run each revision by itself: what it does is in no transaction of another one. One
/// for all is the fresh run's affair.
void commitTransaction(Replay& replay);
/// Applies an upgrade's operations in order; what is refused is assumed, and listed.
std::vector<RefusedOperation> applyOperations(Replay& replay,
                                              const std::vector<Operation>& operations);

/// What a History holds. States after some revisions are kept; others are made again from the
/// nearest one below.
struct History::State
{
    std::shared_ptr<const RevisionGraph> graph;
    Surroundings surroundings;
    std::vector<Path> importRoots;
    StepsList steps;
    std::vector<RevisionIndex> order; ///< oldest first, as `upgrade heads` goes
    FreshRun freshRun;
    ResolutionCount resolution;

    Replay stateAfter(RevisionIndex revision) const;

    Replay stateBefore(RevisionIndex revision) const;
    /// With all of `revisions` and their ancestors applied.
    Replay stateAt(std::span<const RevisionIndex> revisions) const;
    /// Adds to `state`, which has all of `first` and its ancestors, what the other revisions bring.
    void addOthers(Replay& state, std::span<const RevisionIndex> revisions) const;

    /// Keeps the state after a revision.
    void keep(RevisionIndex revision, Replay state) const;
    /// So many revisions apart are kept states: each holds the names of all its tables.
    std::size_t keepEvery() const;

private:
    using Kept = std::shared_ptr<const Replay>;

    Kept keptAfter(RevisionIndex revision) const; ///< null: not kept

    mutable std::mutex m_mutex;
    mutable std::map<RevisionIndex, Kept> m_kept;
};

} // namespace sightglass
