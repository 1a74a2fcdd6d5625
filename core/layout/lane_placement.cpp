// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/placement.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

using Lane = std::uint32_t;

/// Lists of local edge indices per node.
struct EdgesOfNodes
{
    std::vector<std::vector<std::uint32_t>> below; ///< edges that leave downward
    std::vector<std::vector<std::uint32_t>> above;
};

EdgesOfNodes edgesOfNodes(const Piece& piece)
{
    EdgesOfNodes result{.below = std::vector<std::vector<std::uint32_t>>(piece.nodes.size()),
                        .above = std::vector<std::vector<std::uint32_t>>(piece.nodes.size())};
    for (std::uint32_t i = 0; i < piece.edges.size(); ++i) {
        result.below[piece.edges[i].upper].push_back(i);
        result.above[piece.edges[i].lower].push_back(i);
    }
    return result;
}

/// Longest way down; then what gains nothing by standing high sinks to what it builds on, so that
/// an old head stands near its branch point and not at the end of a long edge.
std::vector<std::uint32_t> ranksOf(const Piece& piece, const EdgesOfNodes& edges)
{
    std::vector<std::uint32_t> rank(piece.nodes.size(), 0);
    for (std::uint32_t node = 0; node < rank.size(); ++node) {
        for (const std::uint32_t edge : edges.below[node]) {
            const std::uint32_t lower = piece.edges[edge].lower;
            rank[lower] = std::max(rank[lower], rank[node] + 1);
        }
    }
    for (std::size_t node = rank.size(); node-- > 0;) {
        const auto& below = edges.below[node];
        if (below.empty() || below.size() < edges.above[node].size())
            continue;
        std::uint32_t lowest = static_cast<std::uint32_t>(-1);
        for (const std::uint32_t edge : below)
            lowest = std::min(lowest, rank[piece.edges[edge].lower]);
        rank[node] = std::max(rank[node], lowest - 1);
    }
    return rank;
}

/// Hands out lanes rank by rank, from the top.
class LaneChoice
{
public:
    LaneChoice(const Skeleton& skeleton, const Piece& piece)
        : m_skeleton(skeleton)
        , m_piece(piece)
        , m_edges(edgesOfNodes(piece))
        , m_rank(ranksOf(piece, m_edges))
        , m_lane(piece.nodes.size(), 0)
        , m_edgeLane(piece.edges.size(), 0)
        , m_leading(piece.nodes.size())
    {}

    RankedPiece place(const CardSizes& sizes)
    {
        std::uint32_t ranks = 0;
        for (const std::uint32_t rank : m_rank)
            ranks = std::max(ranks, rank + 1);
        std::vector<std::vector<std::uint32_t>> rows(ranks);
        for (std::uint32_t node = 0; node < m_rank.size(); ++node)
            rows[m_rank[node]].push_back(node);
        for (const auto& row : rows)
            placeRow(row);
        return ranked(sizes);
    }

private:
    /// A lane that is open toward a node.
    struct Leading
    {
        Lane lane = 0;
        EdgeKind kind = EdgeKind::Down;
    };

    void placeRow(const std::vector<std::uint32_t>& row)
    {
        std::vector<std::uint32_t> fresh;
        for (const std::uint32_t node : row) {
            if (m_leading[node].empty())
                fresh.push_back(node);
            else
                takeLeadingLane(node);
        }
        for (const std::uint32_t node : fresh)
            m_lane[node] = takeFree(0);
        // Lanes of this row's nodes stay taken until all of them stand; then each goes to its first
        // edge.
        std::vector<bool> passedOn(row.size(), false);
        for (std::size_t i = 0; i < row.size(); ++i)
            passedOn[i] = openFirst(row[i]);
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!passedOn[i])
                m_free.insert(m_lane[row[i]]);
        }
        for (const std::uint32_t node : row)
            openOthers(node);
    }

    void takeLeadingLane(std::uint32_t node)
    {
        const auto& leading = m_leading[node];
        auto best = std::find_if(leading.begin(), leading.end(), [](const Leading& lane) {
            return lane.kind != EdgeKind::Dependency;
        });
        if (best == leading.end())
            best = leading.begin();
        m_lane[node] = best->lane;
        for (const Leading& lane : leading) {
            if (lane.lane != best->lane)
                m_free.insert(lane.lane);
        }
    }

    bool openFirst(std::uint32_t node)
    {
        if (m_edges.below[node].empty())
            return false;
        const std::uint32_t edge = m_edges.below[node].front();
        if (joins(edge))
            return false;
        open(edge, m_lane[node]);
        return true;
    }

    void openOthers(std::uint32_t node)
    {
        for (std::size_t i = 1; i < m_edges.below[node].size(); ++i) {
            const std::uint32_t edge = m_edges.below[node][i];
            if (!joins(edge))
                open(edge, takeFree(m_lane[node]));
        }
    }

    /// Uses a lane that already leads to the edge's lower node.
    bool joins(std::uint32_t edge)
    {
        for (const Leading& lane : m_leading[m_piece.edges[edge].lower]) {
            if (lane.kind == kindOf(edge)) {
                m_edgeLane[edge] = lane.lane;
                return true;
            }
        }
        return false;
    }

    void open(std::uint32_t edge, Lane lane)
    {
        m_edgeLane[edge] = lane;
        m_leading[m_piece.edges[edge].lower].push_back({.lane = lane, .kind = kindOf(edge)});
    }

    /// The free lane nearest to `wanted` from there to the right, else to the left, else a new one.
    Lane takeFree(Lane wanted)
    {
        if (m_free.empty())
            return m_lanes++;
        auto found = m_free.lower_bound(wanted);
        if (found == m_free.end())
            --found;
        const Lane lane = *found;
        m_free.erase(found);
        return lane;
    }

    EdgeKind kindOf(std::uint32_t edge) const
    {
        return m_skeleton.edges[m_piece.edges[edge].edge].kind;
    }

    RankedPiece ranked(const CardSizes& sizes) const
    {
        constexpr double edgeOnly = 12;
        std::vector<double> width(m_lanes, edgeOnly);
        for (std::size_t node = 0; node < m_lane.size(); ++node) {
            const NodeSize room = roomOf(m_skeleton.nodes[m_piece.nodes[node]], sizes);
            width[m_lane[node]] = std::max(width[m_lane[node]], room.width);
        }
        std::vector<double> middle(m_lanes, 0);
        double left = 0;
        for (std::size_t lane = 0; lane < width.size(); ++lane) {
            middle[lane] = left + width[lane] / 2;
            left += width[lane] + sizes.gapAcross;
        }
        RankedPiece result{.rank = m_rank, .x = {}, .passages = {}};
        result.x.reserve(m_lane.size());
        for (const Lane lane : m_lane)
            result.x.push_back(middle[lane]);
        result.passages.resize(m_piece.edges.size());
        for (std::size_t i = 0; i < m_piece.edges.size(); ++i) {
            const std::uint32_t first = m_rank[m_piece.edges[i].upper] + 1;
            const std::uint32_t end = m_rank[m_piece.edges[i].lower];
            if (first < end)
                result.passages[i] = {
                    {.first = first, .last = end - 1, .x = middle[m_edgeLane[i]]}};
        }
        return result;
    }

    const Skeleton& m_skeleton;
    const Piece& m_piece;
    EdgesOfNodes m_edges;
    std::vector<std::uint32_t> m_rank;
    std::vector<Lane> m_lane;     ///< per node
    std::vector<Lane> m_edgeLane; ///< per edge: where it passes other ranks
    std::vector<std::vector<Leading>> m_leading;
    std::set<Lane> m_free;
    Lane m_lanes = 0;
};

} // namespace

RankedPiece placeByLanes(const Skeleton& skeleton, const Piece& piece, const CardSizes& sizes)
{
    return LaneChoice(skeleton, piece).place(sizes);
}

} // namespace sightglass
