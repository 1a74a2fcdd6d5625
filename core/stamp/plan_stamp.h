// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/inference/inference.h"
#include "core/live/live_state.h"
#include "core/revisions/revision_graph.h"
#include "core/scripts/project.h"
#include "core/stamp/stamp_rows.h"

#include <string>
#include <vector>

namespace sightglass {

/// What a stamp is planned from.
struct StampSituation
{
    const Project& project;
    const RevisionGraph& graph;
    const LiveState& live;
    std::string chainStops; ///< a sentence: why the chain can't be known or loaded; empty: it can
};

/// The plan of a stamp: rows before and after, the SQL that makes one of the other under a lock,
/// the SQL that takes it back. A version table that is not there is made as Alembic makes it; a
/// column that is too narrow for an id is widened, which Alembic does not do.
///
/// What stands in the way is a precondition that is not met, not an error.
///
/// errors  those of stampedRows; Unsupported: the chain stops; Ambiguous: several version tables
///         fit, or none can be named
Result<Plan>
planStamp(const StampSituation& situation, const PlanTarget& target, const StampRequest& request);

/// A revision that a stamp could name, with what speaks for it and against it.
struct StampCandidate
{
    std::vector<std::string> revisions;
    double score = 0; ///< 0…1
    bool isAtHeads = false;
    std::vector<std::string> evidenceFor;
    std::vector<std::string> evidenceAgainst;
    /// Others with the very same schema: what lies between changes only data, so the schema can't
    /// tell them apart.
    std::vector<std::vector<std::string>> sameSchema;
    bool preselected = false; ///< the one that fits, and nothing speaks against it
};

/// What a person may choose from.
struct StampOffer
{
    std::vector<StampCandidate> candidates; ///< best first
    std::string whyNot;                     ///< why there are none
};

/// Best first. At most one is preselected: the first, if it fits better than every other, nothing
/// contradicts it, nothing unread lies before it and no other has the same schema.
std::vector<StampCandidate> stampCandidates(const RevisionGraph& graph,
                                            const InferenceResult& inference);

} // namespace sightglass
