// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/graph_drawing.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sightglass {

/// A piece of an edge inside one row of the revisions list: enters at lane `top`, leaves at
/// `bottom`. A negative lane means: starts or ends at this row's node; both negative: an edge that
/// is cut, because 39 edges are open already, shows only its end at the node.
struct LaneSegment
{
    std::int16_t top = -1;
    std::int16_t bottom = -1;
    std::int16_t color = 0; ///< line of work, stable by head
    EdgeKind kind = EdgeKind::Down;
    friend bool operator==(const LaneSegment&, const LaneSegment&) = default;
};

struct LaneRow
{
    NodeKind kind = NodeKind::Revision; ///< Revision, Missing or Unknown
    RevisionIndex revision = 0;         ///< valid for Revision
    std::string id;
    std::int16_t lane = 0;
    std::int16_t color = 0;
    std::vector<LaneSegment> segments;
    friend bool operator==(const LaneRow&, const LaneRow&) = default;
};

struct LaneRows
{
    std::vector<LaneRow>
        rows;          ///< newest first, ghosts below what names them, unknown rows at the top
    int laneCount = 0; ///< at most 40; edges beyond end in a cut segment
};

/// Rows and lanes of the revisions list. A line keeps its lane as long as it can; an edge whose
/// other end a lane already leads to joins that lane at once; freed lanes are used again.
///
/// color  0 for the line that the first revision stands on, 1–11 for others, from the id at the top
/// of
///        the line, so that a reload keeps it.
/// cost  linear in rows and open lanes.
LaneRows assignLanes(const RevisionGraph& graph, const std::vector<std::string>& unknownRows);

} // namespace sightglass
