// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/layout/graph_drawing.h"

#include <string>

namespace sightglass {

struct CardSizes
{
    double cardWidth = 218;
    double cardHeight = 52;
    double pillWidth = 118;
    double pillHeight = 32;
    double flagWidth = 178; ///< with the gap before it
    double gapAcross = 26;
    double gapDown = 34;
};

/// Most nodes that dot gets in one drawing, with one more for every rank that an edge passes; dot
/// is super-linear and can't be stopped. At this size it takes about a tenth of a second.
inline constexpr std::size_t mostWorkForDot = 1'000;

/// Places a skeleton: connected pieces side by side, each with Graphviz' dot, as one column where
/// it has no branches, or by lanes where it is too large for dot. Graphviz runs once at a time in a
/// process (it is not thread safe; calls wait for each other). The token is asked between pieces.
///
/// shape   nodes of one rank share their vertical middle; every edge of the skeleton has a curve
/// errors  Cancelled
/// cost    linear in nodes and edges, and Graphviz' own for small pieces with branches
Result<GraphDrawing>
layOut(const Skeleton& skeleton, const CardSizes& sizes, const RunContext& run);

} // namespace sightglass
