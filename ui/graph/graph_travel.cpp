// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_travel.h"

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

const Point& placeOf(const GraphPicture& picture, NodeIndex node)
{
    return picture.drawing().nodes[node].center;
}

/// The neighbour that stands most nearly in the same column: the line goes on there.
NodeIndex
alongLine(const GraphPicture& picture, NodeIndex from, const std::vector<NodeIndex>& neighbours)
{
    const double x = placeOf(picture, from).x;
    const auto best =
        std::min_element(neighbours.begin(), neighbours.end(), [&](NodeIndex a, NodeIndex b) {
            return std::abs(placeOf(picture, a).x - x) < std::abs(placeOf(picture, b).x - x);
        });
    return best == neighbours.end() ? from : *best;
}

/// Nodes that share a newer or an older neighbour with `from`, itself among them, from left to
/// right.
std::vector<NodeIndex> siblings(const GraphPicture& picture, NodeIndex from)
{
    std::vector<NodeIndex> result{from};
    for (const NodeIndex older : picture.older(from))
        result.insert(result.end(), picture.newer(older).begin(), picture.newer(older).end());
    for (const NodeIndex newer : picture.newer(from))
        result.insert(result.end(), picture.older(newer).begin(), picture.older(newer).end());
    std::sort(result.begin(), result.end(), [&](NodeIndex a, NodeIndex b) {
        const Point& left = placeOf(picture, a);
        const Point& right = placeOf(picture, b);
        return left.x != right.x ? left.x < right.x : a < b;
    });
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

NodeIndex sibling(const GraphPicture& picture, NodeIndex from, int step)
{
    const auto nodes = siblings(picture, from);
    const auto here = std::find(nodes.begin(), nodes.end(), from) - nodes.begin();
    const auto there = here + step;
    if (there < 0 || there >= static_cast<std::ptrdiff_t>(nodes.size()))
        return from;
    return nodes[static_cast<std::size_t>(there)];
}

NodeIndex oldest(const GraphPicture& picture)
{
    for (auto node = static_cast<NodeIndex>(picture.size()); node-- > 0;) {
        if (picture.look(node).kind == NodeKind::Revision)
            return node;
    }
    return 0;
}

} // namespace

NodeIndex travelFrom(const GraphPicture& picture, NodeIndex from, Travel travel)
{
    if (picture.size() == 0)
        return noNode;
    if (from >= picture.size())
        return picture.heads().empty() ? 0 : picture.heads().front();
    switch (travel) {
    case Travel::Newer:
        return alongLine(picture, from, picture.newer(from));
    case Travel::Older:
        return alongLine(picture, from, picture.older(from));
    case Travel::OtherLeft:
        return sibling(picture, from, -1);
    case Travel::OtherRight:
        return sibling(picture, from, 1);
    case Travel::Newest:
        return 0;
    case Travel::Oldest:
        return oldest(picture);
    }
    return from;
}

NodeIndex nextOf(const std::vector<NodeIndex>& nodes, NodeIndex from)
{
    if (nodes.empty())
        return noNode;
    const auto here = std::find(nodes.begin(), nodes.end(), from);
    if (here == nodes.end() || here + 1 == nodes.end())
        return nodes.front();
    return *(here + 1);
}

} // namespace sightglass
