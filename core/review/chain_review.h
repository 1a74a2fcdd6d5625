// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "core/live/live_state.h"
#include "core/revisions/revision_graph.h"
#include "core/rules/review.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// A range of a chain to review, and what is known around it. References outlive the call.
struct ChainReviewInput
{
    const RevisionGraph& graph;
    const History& history;
    /// What is reviewed, in the order in which it would run.
    std::vector<RevisionIndex> range;
    /// Revisions whose database the range begins on, with all their ancestors; empty: an empty one.
    std::vector<RevisionIndex> start;
    Direction direction = Direction::Upgrade;
    /// The database that the range would run on now; null: it is replayed from the chain.
    const LiveState* live = nullptr;
    std::vector<bool> applied; ///< per revision, where a version table was read
    /// The chain began on an empty database. False: tables may be there that no revision makes.
    bool beganEmpty = true;
    bool transactionPerMigration = false;
    std::optional<std::string> alembicVersion;
    std::string versionTable = "alembic_version";
    std::vector<std::string> protectedTables; ///< see RunReview
    ReviewFacts facts; ///< tables' facts of `live` are added to it
    RuleSettings rules;
};

/// Reviews a range of revisions.
///
/// cost  see review; and the state that the range begins on
ReviewResult reviewChain(ChainReviewInput input, const RunContext& run);

/// The heads that `range` is run on: ancestors of its revisions that are not in it themselves.
std::vector<RevisionIndex> startOf(const RevisionGraph& graph,
                                   const std::vector<RevisionIndex>& range);

} // namespace sightglass
