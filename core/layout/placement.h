// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/dot_layout.h"
#include "core/layout/pieces.h"

#include <optional>

namespace sightglass {

struct NodeSize
{
    double width = 0;
    double height = 0;
};

/// Runs are pills, everything else is a card.
NodeSize sizeOf(NodeKind kind, const CardSizes& sizes);

/// The same with room for a flag: at both sides, so that the card stays in the middle of its
/// column.
NodeSize roomOf(const SkeletonNode& node, const CardSizes& sizes);

/// Ranks by the longest way down, one lane for each line of work; a chain becomes one column. Nodes
/// and passing edges of one rank never share a lane, so nothing overlaps. cost  linear but for the
/// choice of free lanes
RankedPiece placeByLanes(const Skeleton& skeleton, const Piece& piece, const CardSizes& sizes);

/// Ranks and places by Graphviz' dot; nothing when Graphviz can't.
/// thread  any; calls wait for each other
std::optional<RankedPiece>
placeByDot(const Skeleton& skeleton, const Piece& piece, const CardSizes& sizes);

/// Adds a placed piece to the drawing with its top left at `origin`; gives the size that it takes.
NodeSize addToDrawing(GraphDrawing& drawing,
                      const Piece& piece,
                      const RankedPiece& placed,
                      const CardSizes& sizes,
                      Point origin);

} // namespace sightglass
