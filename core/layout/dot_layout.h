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
    double gapAcross = 26;
    double gapDown = 34;
};

/// Places a skeleton with Graphviz' dot. One call at a time in a process (Graphviz is not thread safe;
/// calls wait for each other). Can't be stopped inside Graphviz; the token is asked before and after.
/// A graph without branches is placed without Graphviz, as one column.
///
/// errors  Cancelled; Unsupported when Graphviz has no layout plug-in
Result<GraphDrawing> layOut(const Skeleton& skeleton, const CardSizes& sizes, const RunContext& run);

} // namespace sightglass
