// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/graph_drawing.h"

#include <vector>

namespace sightglass {

/// An edge inside a piece, always from an upper node to a lower one: one that would close a cycle
/// is turned around.
struct PieceEdge
{
    std::uint32_t upper = 0; ///< index into Piece::nodes; below `lower`
    std::uint32_t lower = 0;
    std::uint32_t edge = 0; ///< index into Skeleton::edges
    bool turned = false;
};

/// A connected part of a skeleton.
struct Piece
{
    std::vector<std::uint32_t>
        nodes; ///< indices into Skeleton::nodes, every upper node before its lower ones
    std::vector<PieceEdge> edges; ///< loops of a node to itself are left out

    bool isChain() const; ///< no node has two upper or two lower neighbours
};

/// Connected pieces in the order of their first node.  cost  linear but for a sort.
std::vector<Piece> connectedPieces(const Skeleton& skeleton);

/// An edge's place while it passes other nodes: at `x` from rank `first` to rank `last`.
struct Passage
{
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    double x = 0;
};

/// A piece with a rank (0 = top) and a horizontal middle for each node, in pixels.
struct RankedPiece
{
    std::vector<std::uint32_t> rank; ///< per Piece::nodes; every rank has a node
    std::vector<double> x;           ///< per Piece::nodes
    std::vector<std::vector<Passage>>
        passages; ///< per Piece::edges, from the top; none for neighbours
};

} // namespace sightglass
