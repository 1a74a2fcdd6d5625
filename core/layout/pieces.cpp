// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/pieces.h"

#include <queue>

#include <algorithm>
#include <functional>
#include <numeric>

namespace sightglass {

namespace {

/// Every node with the smallest index of its connected part.
std::vector<std::uint32_t> partOfNodes(const Skeleton& skeleton)
{
    std::vector<std::uint32_t> root(skeleton.nodes.size());
    std::iota(root.begin(), root.end(), 0U);
    const auto find = [&root](std::uint32_t node) {
        while (root[node] != node) {
            root[node] = root[root[node]];
            node = root[node];
        }
        return node;
    };
    for (const SkeletonEdge& edge : skeleton.edges) {
        const std::uint32_t a = find(edge.from);
        const std::uint32_t b = find(edge.to);
        root[std::max(a, b)] = std::min(a, b);
    }
    for (std::uint32_t node = 0; node < root.size(); ++node)
        root[node] = find(node);
    return root;
}

/// Position of every node in an order in which `from` stands before `to` wherever no cycle forbids
/// it; otherwise the skeleton's own order.
std::vector<std::uint32_t> downwardOrder(const Skeleton& skeleton)
{
    const std::size_t count = skeleton.nodes.size();
    std::vector<std::vector<std::uint32_t>> down(count);
    std::vector<std::uint32_t> waiting(count, 0);
    for (const SkeletonEdge& edge : skeleton.edges) {
        if (edge.from == edge.to)
            continue;
        down[edge.from].push_back(edge.to);
        ++waiting[edge.to];
    }
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
    for (std::uint32_t node = 0; node < count; ++node) {
        if (waiting[node] == 0)
            ready.push(node);
    }
    constexpr auto unplaced = static_cast<std::uint32_t>(-1);
    std::vector<std::uint32_t> position(count, unplaced);
    std::uint32_t next = 0;
    std::uint32_t stuckAt = 0;
    while (next < count) {
        if (ready.empty()) {
            // A cycle: its first node in the skeleton's order goes first.
            while (position[stuckAt] != unplaced)
                ++stuckAt;
            ready.push(stuckAt);
        }
        const std::uint32_t node = ready.top();
        ready.pop();
        if (position[node] != unplaced)
            continue;
        position[node] = next++;
        for (const std::uint32_t lower : down[node]) {
            if (--waiting[lower] == 0 && position[lower] == unplaced)
                ready.push(lower);
        }
    }
    return position;
}

} // namespace

bool Piece::isChain() const
{
    std::vector<std::uint8_t> above(nodes.size(), 0);
    std::vector<std::uint8_t> below(nodes.size(), 0);
    return std::all_of(edges.begin(), edges.end(), [&](const PieceEdge& edge) {
        return ++below[edge.upper] == 1 && ++above[edge.lower] == 1;
    });
}

std::vector<Piece> connectedPieces(const Skeleton& skeleton)
{
    const auto part = partOfNodes(skeleton);
    const auto position = downwardOrder(skeleton);
    std::vector<std::uint32_t> order(skeleton.nodes.size());
    for (std::uint32_t node = 0; node < order.size(); ++node)
        order[position[node]] = node;

    std::vector<Piece> pieces;
    std::vector<std::uint32_t> pieceOf(skeleton.nodes.size(), 0);
    std::vector<std::uint32_t> local(skeleton.nodes.size(), 0);
    for (std::uint32_t node = 0; node < part.size(); ++node) {
        if (part[node] == node) {
            pieceOf[node] = static_cast<std::uint32_t>(pieces.size());
            pieces.emplace_back();
        }
    }
    for (const std::uint32_t node : order) {
        Piece& piece = pieces[pieceOf[part[node]]];
        local[node] = static_cast<std::uint32_t>(piece.nodes.size());
        piece.nodes.push_back(node);
    }
    for (std::uint32_t i = 0; i < skeleton.edges.size(); ++i) {
        const SkeletonEdge& edge = skeleton.edges[i];
        if (edge.from == edge.to)
            continue;
        const bool turned = position[edge.from] > position[edge.to];
        pieces[pieceOf[part[edge.from]]].edges.push_back(
            {.upper = local[turned ? edge.to : edge.from],
             .lower = local[turned ? edge.from : edge.to],
             .edge = i,
             .turned = turned});
    }
    return pieces;
}

} // namespace sightglass
