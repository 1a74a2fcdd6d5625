// SPDX-License-Identifier: GPL-3.0-or-later
// Edges run straight up inside a rank and cross over only between two ranks, so they never touch a
// card.
#include "core/layout/placement.h"

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

struct Band
{
    double top = 0;
    double bottom = 0;
};

/// A place that an edge passes: it stays at `x` from `bottom` up to `top`.
struct Stretch
{
    double x = 0;
    double bottom = 0;
    double top = 0;
};

void lineTo(std::vector<Point>& points, Point end)
{
    const Point start = points.back();
    if (start == end)
        return;
    points.push_back({start.x + (end.x - start.x) / 3, start.y + (end.y - start.y) / 3});
    points.push_back({start.x + (end.x - start.x) * 2 / 3, start.y + (end.y - start.y) * 2 / 3});
    points.push_back(end);
}

void bendTo(std::vector<Point>& points, Point end)
{
    const Point start = points.back();
    const double middle = (start.y + end.y) / 2;
    points.push_back({start.x, middle});
    points.push_back({end.x, middle});
    points.push_back(end);
}

/// Through all stretches, from the lowest to the highest. Stretches at one x become one line.
std::vector<Point> curveThrough(const std::vector<Stretch>& stretches)
{
    std::vector<Point> points{{stretches.front().x, stretches.front().bottom}};
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        std::size_t last = i;
        while (last + 1 < stretches.size() &&
               std::abs(stretches[last + 1].x - stretches[i].x) < 0.5)
            ++last;
        if (i > 0)
            bendTo(points, {stretches[i].x, stretches[i].bottom});
        lineTo(points, {stretches[i].x, stretches[last].top});
        i = last;
    }
    return points;
}

class Drawer
{
public:
    Drawer(GraphDrawing& drawing,
           const Piece& piece,
           const RankedPiece& placed,
           const CardSizes& sizes)
        : m_drawing(drawing)
        , m_piece(piece)
        , m_placed(placed)
        , m_sizes(sizes)
    {}

    NodeSize add(Point origin)
    {
        placeNodes(origin);
        findRows();
        chooseEnds();
        for (std::uint32_t i = 0; i < m_piece.edges.size(); ++i)
            addEdge(i);
        return m_size;
    }

private:
    PlacedNode& node(std::uint32_t local) { return m_drawing.nodes[m_piece.nodes[local]]; }

    void placeNodes(Point origin)
    {
        std::uint32_t ranks = 0;
        for (const std::uint32_t rank : m_placed.rank)
            ranks = std::max(ranks, rank + 1);
        std::vector<double> heights(ranks, 0);
        double left = 0;
        double right = 0;
        for (std::uint32_t i = 0; i < m_piece.nodes.size(); ++i) {
            const NodeSize size = sizeOf(m_drawing.skeleton.nodes[m_piece.nodes[i]].kind, m_sizes);
            node(i) = {.center = {}, .width = size.width, .height = size.height};
            heights[m_placed.rank[i]] = std::max(heights[m_placed.rank[i]], size.height);
            const double half =
                roomOf(m_drawing.skeleton.nodes[m_piece.nodes[i]], m_sizes).width / 2;
            left = i == 0 ? m_placed.x[0] - half : std::min(left, m_placed.x[i] - half);
            right = i == 0 ? m_placed.x[0] + half : std::max(right, m_placed.x[i] + half);
        }
        for (const auto& passages : m_placed.passages) {
            for (const Passage& passage : passages) {
                left = std::min(left, passage.x - 2);
                right = std::max(right, passage.x + 2);
            }
        }
        m_shift = origin.x - left;
        double y = origin.y;
        for (const double height : heights) {
            m_bands.push_back({.top = y, .bottom = y + height});
            y += height + m_sizes.gapDown;
        }
        for (std::uint32_t i = 0; i < m_piece.nodes.size(); ++i) {
            const Band& band = m_bands[m_placed.rank[i]];
            node(i).center = {m_placed.x[i] + m_shift, (band.top + band.bottom) / 2};
        }
        m_size = {.width = right - left, .height = y - m_sizes.gapDown - origin.y};
    }

    /// Nodes of each rank from left to right.
    void findRows()
    {
        m_rows.resize(m_bands.size());
        for (std::uint32_t i = 0; i < m_piece.nodes.size(); ++i)
            m_rows[m_placed.rank[i]].push_back(i);
        for (auto& row : m_rows) {
            std::sort(row.begin(), row.end(), [this](std::uint32_t a, std::uint32_t b) {
                return m_placed.x[a] < m_placed.x[b];
            });
        }
    }

    /// `x` moved off the cards of the rank, where it is on one or almost.
    double besideCards(std::uint32_t rank, double x)
    {
        constexpr double room = 9;
        const auto& row = m_rows[rank];
        auto right =
            std::lower_bound(row.begin(), row.end(), x, [this](std::uint32_t local, double value) {
                return node(local).center.x < value;
            });
        const auto blocked = [&](std::uint32_t local) {
            return std::abs(x - node(local).center.x) < node(local).width / 2 + room;
        };
        const auto besides = [&](std::uint32_t local) {
            const double side = x < node(local).center.x ? -1 : 1;
            return node(local).center.x + side * (node(local).width / 2 + room);
        };
        if (right != row.end() && blocked(*right))
            return besides(*right);
        if (right != row.begin() && blocked(*(right - 1)))
            return besides(*(right - 1));
        return x;
    }

    /// Several edges at one side of a card lean toward where they come from.
    void chooseEnds()
    {
        std::vector<std::vector<std::uint32_t>> above(m_piece.nodes.size());
        std::vector<std::vector<std::uint32_t>> below(m_piece.nodes.size());
        for (std::uint32_t i = 0; i < m_piece.edges.size(); ++i) {
            below[m_piece.edges[i].upper].push_back(i);
            above[m_piece.edges[i].lower].push_back(i);
        }
        m_upperEnd.resize(m_piece.edges.size());
        m_lowerEnd.resize(m_piece.edges.size());
        for (std::uint32_t i = 0; i < m_piece.nodes.size(); ++i) {
            spread(i, below[i], m_upperEnd, [this](std::uint32_t edge) {
                const auto& passages = m_placed.passages[edge];
                return passages.empty() ? m_placed.x[m_piece.edges[edge].lower]
                                        : passages.front().x;
            });
            spread(i, above[i], m_lowerEnd, [this](std::uint32_t edge) {
                const auto& passages = m_placed.passages[edge];
                return passages.empty() ? m_placed.x[m_piece.edges[edge].upper] : passages.back().x;
            });
        }
    }

    template <typename Toward>
    void spread(std::uint32_t local,
                std::vector<std::uint32_t>& edges,
                std::vector<double>& ends,
                Toward toward)
    {
        constexpr double lean = 0.15;
        constexpr double corner = 18;
        const double middle = node(local).center.x;
        if (edges.size() == 1) {
            ends[edges.front()] = middle;
            return;
        }
        std::stable_sort(edges.begin(), edges.end(), [&](std::uint32_t a, std::uint32_t b) {
            return toward(a) < toward(b);
        });
        const double reach = std::max(node(local).width / 2 - corner, 0.0);
        const double apart =
            std::min(14.0, edges.empty() ? 0 : 2 * reach / static_cast<double>(edges.size()));
        double least = middle - reach;
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const double wanted = middle + lean * (toward(edges[i]) - m_placed.x[local]);
            const double most = middle + reach - apart * static_cast<double>(edges.size() - 1 - i);
            ends[edges[i]] = std::clamp(wanted, least, std::max(least, most));
            least = ends[edges[i]] + apart;
        }
    }

    void addEdge(std::uint32_t number)
    {
        const PieceEdge& edge = m_piece.edges[number];
        const PlacedNode& upper = node(edge.upper);
        const PlacedNode& lower = node(edge.lower);
        std::vector<Stretch> stretches;
        const auto& passages = m_placed.passages[number];
        stretches.push_back({.x = m_lowerEnd[number],
                             .bottom = lower.center.y - lower.height / 2,
                             .top = m_bands[m_placed.rank[edge.lower]].top});
        for (auto passage = passages.rbegin(); passage != passages.rend(); ++passage) {
            // A lane holds no cards; a single rank was found by dot and may come too close to one.
            const double x = passage->x + m_shift;
            stretches.push_back(
                {.x = passage->first == passage->last ? besideCards(passage->first, x) : x,
                 .bottom = m_bands[passage->last].bottom,
                 .top = m_bands[passage->first].top});
        }
        stretches.push_back({.x = m_upperEnd[number],
                             .bottom = m_bands[m_placed.rank[edge.upper]].bottom,
                             .top = upper.center.y + upper.height / 2});
        auto points = curveThrough(stretches);
        if (edge.turned)
            std::reverse(points.begin(), points.end());
        m_drawing.edges[edge.edge].points = std::move(points);
    }

    GraphDrawing& m_drawing;
    const Piece& m_piece;
    const RankedPiece& m_placed;
    const CardSizes& m_sizes;
    std::vector<Band> m_bands; ///< per rank
    std::vector<std::vector<std::uint32_t>> m_rows;
    std::vector<double> m_upperEnd; ///< per edge: x at the upper card
    std::vector<double> m_lowerEnd;
    NodeSize m_size;
    double m_shift = 0; ///< from the placement's x to the drawing's
};

} // namespace

NodeSize sizeOf(NodeKind kind, const CardSizes& sizes)
{
    if (kind == NodeKind::Run)
        return {.width = sizes.pillWidth, .height = sizes.pillHeight};
    return {.width = sizes.cardWidth, .height = sizes.cardHeight};
}

NodeSize roomOf(const SkeletonNode& node, const CardSizes& sizes)
{
    NodeSize size = sizeOf(node.kind, sizes);
    if (node.flagged)
        size.width += 2 * sizes.flagWidth;
    return size;
}

NodeSize addToDrawing(GraphDrawing& drawing,
                      const Piece& piece,
                      const RankedPiece& placed,
                      const CardSizes& sizes,
                      Point origin)
{
    return Drawer(drawing, piece, placed, sizes).add(origin);
}

} // namespace sightglass
