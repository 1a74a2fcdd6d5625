// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/revision_graph.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What is asked about a revision that no file defines.
struct LostPlaceRequest
{
    const RevisionGraph& graph;
    RevisionId id;
    std::vector<RevisionId> rows; ///< of the version table; empty: no database
    /// Whether a revision has left its trace in the database; absent: that can't be told. An empty
    /// function: there is no database.
    std::function<std::optional<bool>(RevisionIndex)> isApplied;
};

/// Where a lost revision stands, from what the others and the version table say.
struct LostPlace
{
    std::vector<RevisionId> children;   ///< whose down_revision or depends_on names it
    std::vector<RevisionId> parents;    ///< none: it is a base
    std::vector<RevisionId> candidates; ///< where its parents are not clear: those it may have
    bool isClear = false;
    std::string why; ///< one sentence: how it is known, or why it is not
};

/// What builds on nothing else comes right before it: a head that neither builds on it nor is a
/// version row of its own. Where that leaves a choice, nothing is chosen.
LostPlace placeOf(const LostPlaceRequest& request);

} // namespace sightglass
