// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/adjacency.h"

#include <cstdint>
#include <vector>

namespace sightglass {

/// Labels that tell for most pairs of nodes, without a search, whether edges lead from one to the
/// other: places in a depth-first walk that takes first edges first, so that a line of revisions is
/// one stretch of places.
///
/// source  Yildirim, Chaoji, Zaki: GRAIL, scalable reachability index for large graphs
class LineLabels
{
public:
    enum class Leads : std::uint8_t
    {
        No,
        Yes,
        Unknown
    };

    LineLabels() = default;

    /// `edges` must not run in circles; `back` are the same turned round.  cost  linear.
    LineLabels(const Adjacency& edges, const Adjacency& back);

    Leads leads(RevisionIndex from, RevisionIndex to) const;

private:
    void walkFrom(RevisionIndex root, const Adjacency& edges);
    void leave(RevisionIndex node, const Adjacency& edges);

    struct Label
    {
        std::uint32_t place = 0;     ///< when the walk left the node
        std::uint32_t treeStart = 0; ///< the walk came to places from here on through the node
        std::uint32_t lowest = 0;    ///< of all that edges lead to
    };

    std::vector<Label> m_labels;
    std::uint32_t m_left = 0; ///< how many nodes the walk has left
};

} // namespace sightglass
