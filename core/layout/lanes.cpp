// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/lanes.h"

#include "core/layout/fold_runs.h"

#include <algorithm>
#include <limits>
#include <map>

namespace sightglass {

namespace {

/// Edges leave the last lane to nodes that find no other place.
constexpr std::int16_t mostLanes = 40;
constexpr std::int16_t spareLane = mostLanes - 1;
constexpr std::int16_t none = -1;
constexpr auto nowhere = std::numeric_limits<std::uint32_t>::max();

/// An edge that is on its way down to row `target`.
struct OpenLane
{
    std::uint32_t target = nowhere; ///< nowhere: free
    std::int16_t color = 0;
    EdgeKind kind = EdgeKind::Down;
};

struct RowEdge
{
    std::uint32_t lower = 0;
    EdgeKind kind = EdgeKind::Down;
};

/// 1–11, the same for the same id in every run of the program.
std::int16_t colorOf(const std::string& id)
{
    std::uint32_t hash = 2166136261U;
    for (const char c : id)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return static_cast<std::int16_t>(1 + hash % 11);
}

class LaneWalk
{
public:
    explicit LaneWalk(const Skeleton& skeleton)
        : m_skeleton(skeleton)
        , m_edges(skeleton.nodes.size())
    {
        // An edge of a cycle may go up; it is drawn from its upper row all the same.
        for (const SkeletonEdge& edge : skeleton.edges) {
            if (edge.from != edge.to)
                m_edges[std::min(edge.from, edge.to)].push_back(
                    {.lower = std::max(edge.from, edge.to), .kind = edge.kind});
        }
    }

    LaneRows walk()
    {
        m_result.rows.reserve(m_skeleton.nodes.size());
        for (std::uint32_t row = 0; row < m_skeleton.nodes.size(); ++row)
            addRow(row);
        m_result.laneCount = m_laneCount;
        return std::move(m_result);
    }

private:
    void addRow(std::uint32_t number)
    {
        const SkeletonNode& node = m_skeleton.nodes[number];
        LaneRow row{.kind = node.kind,
                    .revision = node.members.empty() ? 0 : node.members.front(),
                    .id = node.id,
                    .lane = none,
                    .color = 0,
                    .segments = {}};
        EdgeKind mainKind = EdgeKind::Down;
        for (std::size_t i = 0; i < m_lanes.size(); ++i) {
            const auto lane = static_cast<std::int16_t>(i);
            OpenLane& open = m_lanes[i];
            if (open.target == nowhere)
                continue;
            const bool ends = open.target == number;
            row.segments.push_back({.top = lane,
                                    .bottom = ends ? none : lane,
                                    .color = open.color,
                                    .kind = open.kind});
            if (!ends)
                continue;
            // A dotted edge gives its lane and colour only where there is no line.
            if (row.lane == none || (mainKind == EdgeKind::Dependency && open.kind != mainKind)) {
                row.lane = lane;
                row.color = open.color;
                mainKind = open.kind;
            }
            open.target = nowhere;
        }
        if (row.lane == none) {
            row.lane = freeLane();
            if (row.lane == none)
                row.lane = spareLane;
            row.color = startColor(node);
        }
        use(row.lane);
        addDownEdges(number, row);
        m_result.rows.push_back(std::move(row));
    }

    void addDownEdges(std::uint32_t number, LaneRow& row)
    {
        bool first = true;
        for (const RowEdge& edge : m_edges[number]) {
            std::int16_t lane = laneTo(edge);
            if (lane == none) {
                lane = first && row.lane != spareLane && isFree(row.lane) ? row.lane : freeLane();
                const std::int16_t color =
                    first ? row.color : colorOf(m_skeleton.nodes[edge.lower].id);
                if (lane != none)
                    open(lane, {.target = edge.lower, .color = color, .kind = edge.kind});
            }
            if (lane == none)
                m_cut.emplace(edge.lower, edge.kind);
            const std::int16_t color =
                lane == none ? row.color : m_lanes[static_cast<std::size_t>(lane)].color;
            row.segments.push_back(
                {.top = none, .bottom = lane, .color = color, .kind = edge.kind});
            first = false;
        }
        const auto [begin, end] = m_cut.equal_range(number);
        for (auto cut = begin; cut != end; ++cut)
            row.segments.push_back(
                {.top = none, .bottom = none, .color = row.color, .kind = cut->second});
        m_cut.erase(begin, end);
    }

    std::int16_t laneTo(const RowEdge& edge) const
    {
        for (std::size_t i = 0; i < m_lanes.size(); ++i) {
            if (m_lanes[i].target == edge.lower && m_lanes[i].kind == edge.kind)
                return static_cast<std::int16_t>(i);
        }
        return none;
    }

    bool isFree(std::int16_t lane) const
    {
        const auto index = static_cast<std::size_t>(lane);
        return index >= m_lanes.size() || m_lanes[index].target == nowhere;
    }

    std::int16_t freeLane() const
    {
        for (std::int16_t lane = 0; lane < spareLane; ++lane) {
            if (isFree(lane))
                return lane;
        }
        return none;
    }

    void open(std::int16_t lane, const OpenLane& value)
    {
        use(lane);
        m_lanes[static_cast<std::size_t>(lane)] = value;
    }

    void use(std::int16_t lane)
    {
        if (static_cast<std::size_t>(lane) >= m_lanes.size())
            m_lanes.resize(static_cast<std::size_t>(lane) + 1);
        m_laneCount = std::max(m_laneCount, lane + 1);
    }

    std::int16_t startColor(const SkeletonNode& node)
    {
        const bool mainLine = node.kind == NodeKind::Revision && !m_mainLineStarted;
        m_mainLineStarted = m_mainLineStarted || node.kind == NodeKind::Revision;
        return mainLine ? std::int16_t{0} : colorOf(node.id);
    }

    const Skeleton& m_skeleton;
    std::vector<std::vector<RowEdge>> m_edges; ///< per row: what leads down from it
    std::vector<OpenLane> m_lanes;
    std::multimap<std::uint32_t, EdgeKind> m_cut; ///< lower row of edges that found no lane
    LaneRows m_result;
    int m_laneCount = 0;
    bool m_mainLineStarted = false;
};

} // namespace

LaneRows assignLanes(const RevisionGraph& graph, const std::vector<std::string>& unknownRows)
{
    const Skeleton rows = foldRuns(graph, {.unknownRows = unknownRows, .foldNothing = true});
    return LaneWalk(rows).walk();
}

} // namespace sightglass
