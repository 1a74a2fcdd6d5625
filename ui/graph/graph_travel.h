// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/graph_picture.h"

namespace sightglass {

/// Where the keyboard goes from a node.
enum class Travel
{
    Newer, ///< along an edge to what builds on it, on this line where there is one
    Older,
    OtherLeft, ///< to the next node that shares a neighbour: other child, other down revision
    OtherRight,
    Newest, ///< top of the drawing
    Oldest
};

/// The node that `travel` leads to; `from` itself where there is no way. From noNode: the newest.
/// noNode in an empty drawing.
NodeIndex travelFrom(const GraphPicture& picture, NodeIndex from, Travel travel);

/// The one after `from` in `nodes`, around; the first when `from` is not among them; noNode if
/// empty.
NodeIndex nextOf(const std::vector<NodeIndex>& nodes, NodeIndex from);

} // namespace sightglass
