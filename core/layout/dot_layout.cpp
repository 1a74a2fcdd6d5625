// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/dot_layout.h"

#include "core/layout/placement.h"

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

struct Placed
{
    RankedPiece piece;
    LayoutMethod method = LayoutMethod::Column;
};

/// What dot has to place: nodes, and for every edge one more at each rank that it passes.
std::size_t workForDot(const RankedPiece& placed)
{
    std::size_t work = placed.rank.size();
    for (const auto& passages : placed.passages) {
        for (const Passage& passage : passages)
            work += passage.last - passage.first + 1;
    }
    return work;
}

/// `dotRoom` is how much work is left for dot in this drawing.
Placed placePiece(const Skeleton& skeleton,
                  const Piece& piece,
                  const CardSizes& sizes,
                  std::size_t& dotRoom)
{
    RankedPiece lanes = placeByLanes(skeleton, piece, sizes);
    if (piece.isChain())
        return {.piece = std::move(lanes), .method = LayoutMethod::Column};
    const std::size_t work = workForDot(lanes);
    if (work <= dotRoom) {
        dotRoom -= work;
        if (auto placed = placeByDot(skeleton, piece, sizes))
            return {.piece = std::move(*placed), .method = LayoutMethod::Dot};
        dotRoom = 0;
    }
    return {.piece = std::move(lanes), .method = LayoutMethod::Lanes};
}

/// Puts pieces side by side, and further down when a row of them is full.
class Shelves
{
public:
    Shelves(GraphDrawing& drawing, const CardSizes& sizes)
        : m_drawing(drawing)
        , m_gapAcross(sizes.gapAcross * 2)
        , m_gapDown(sizes.gapDown * 2)
        , m_sizes(sizes)
    {}

    void setMostWidth(double width) { m_mostWidth = width; }

    void add(const Piece& piece, const RankedPiece& placed, double width)
    {
        if (m_x > 0 && m_x + width > m_mostWidth)
            nextRow();
        const NodeSize size = addToDrawing(m_drawing, piece, placed, m_sizes, {m_x, m_y});
        m_x += size.width + m_gapAcross;
        m_rowHeight = std::max(m_rowHeight, size.height);
        m_drawing.width = std::max(m_drawing.width, m_x - m_gapAcross);
        m_drawing.height = std::max(m_drawing.height, m_y + size.height);
    }

    void nextRow()
    {
        m_y += m_rowHeight + m_gapDown;
        m_x = 0;
        m_rowHeight = 0;
    }

private:
    GraphDrawing& m_drawing;
    double m_gapAcross;
    double m_gapDown;
    const CardSizes& m_sizes;
    double m_mostWidth = 0;
    double m_x = 0;
    double m_y = 0;
    double m_rowHeight = 0;
};

double widthOf(const Skeleton& skeleton,
               const Piece& piece,
               const RankedPiece& placed,
               const CardSizes& sizes)
{
    double left = 0;
    double right = 0;
    for (std::size_t i = 0; i < piece.nodes.size(); ++i) {
        const double half = roomOf(skeleton.nodes[piece.nodes[i]], sizes).width / 2;
        left = i == 0 ? placed.x[i] - half : std::min(left, placed.x[i] - half);
        right = i == 0 ? placed.x[i] + half : std::max(right, placed.x[i] + half);
    }
    return right - left;
}

std::uint32_t rankCount(const RankedPiece& placed)
{
    return 1 + *std::max_element(placed.rank.begin(), placed.rank.end());
}

/// An edge from a card to itself: a loop at its right side.
void addLoops(GraphDrawing& drawing, const CardSizes& sizes)
{
    for (std::size_t i = 0; i < drawing.skeleton.edges.size(); ++i) {
        const SkeletonEdge& edge = drawing.skeleton.edges[i];
        if (edge.from != edge.to)
            continue;
        const PlacedNode& node = drawing.nodes[edge.from];
        const double x = node.center.x + node.width / 2;
        const double reach = sizes.gapAcross * 0.9;
        const double y = node.height / 4;
        drawing.edges[i].points = {{x, node.center.y + y},
                                   {x + reach, node.center.y + y},
                                   {x + reach, node.center.y - y},
                                   {x, node.center.y - y}};
        drawing.width = std::max(drawing.width, x + reach);
    }
}

} // namespace

Result<GraphDrawing> layOut(const Skeleton& skeleton, const CardSizes& sizes, const RunContext& run)
{
    GraphDrawing drawing{.skeleton = skeleton,
                         .nodes = std::vector<PlacedNode>(skeleton.nodes.size()),
                         .edges = std::vector<PlacedEdge>(skeleton.edges.size())};
    const auto pieces = connectedPieces(skeleton);
    std::vector<Placed> placed;
    std::vector<double> widths;
    double widest = 0;
    double area = 0;
    std::size_t dotRoom = mostWorkForDot;
    for (const Piece& piece : pieces) {
        if (run.stopRequested())
            return failure(ErrorCode::Cancelled, "The layout was stopped.");
        run.report({.stage = "layout", .done = placed.size(), .total = pieces.size()});
        placed.push_back(placePiece(skeleton, piece, sizes, dotRoom));
        drawing.method = std::max(drawing.method, placed.back().method);
        widths.push_back(widthOf(skeleton, piece, placed.back().piece, sizes));
        widest = std::max(widest, widths.back());
        area += (widths.back() + sizes.gapAcross * 2) * rankCount(placed.back().piece) *
                (sizes.cardHeight + sizes.gapDown);
    }
    if (run.stopRequested())
        return failure(ErrorCode::Cancelled, "The layout was stopped.");
    Shelves shelves(drawing, sizes);
    shelves.setMostWidth(std::max({widest, std::sqrt(area) * 1.3, sizes.cardWidth * 6}));
    bool ghosts = false;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        // What only the database knows stands in a row of its own, at the top.
        const bool ghost = skeleton.nodes[pieces[i].nodes.front()].kind == NodeKind::Unknown;
        if (ghosts && !ghost)
            shelves.nextRow();
        ghosts = ghost;
        shelves.add(pieces[i], placed[i].piece, widths[i]);
    }
    addLoops(drawing, sizes);
    return drawing;
}

} // namespace sightglass
