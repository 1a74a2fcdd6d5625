// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graph_picture.h"

#include "ui/graph/node_words.h"
#include "ui/text.h"

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

bool touches(const QRectF& a, const QRectF& b)
{
    // Unlike QRectF::intersects, a vertical line has no width and still counts.
    return a.left() <= b.right() && b.left() <= a.right() && a.top() <= b.bottom() &&
           b.top() <= a.bottom();
}

} // namespace

GraphPicture::GraphPicture(std::shared_ptr<const Inspection> inspection, GraphDrawing drawing)
    : m_inspection(std::move(inspection))
    , m_drawing(std::move(drawing))
{
    describeNodes();
    connectNodes();
    indexPlaces();
}

void GraphPicture::describeNodes()
{
    const RevisionGraph& graph = *m_inspection->graph;
    m_nodeOfRevision.assign(graph.size(), noNode);
    for (const Revision& revision : graph.revisions())
        ++m_copies[revision.id];
    for (const GraphProblem& problem : graph.problems()) {
        if (problem.kind == GraphProblem::Kind::Cycle ||
            problem.kind == GraphProblem::Kind::SelfReference)
            m_inCycles.insert(problem.ids.begin(), problem.ids.end());
    }
    const FindingsByRevision findings(m_inspection);
    m_drift = DriftMarks(*m_inspection);
    m_looks.reserve(m_drawing.skeleton.nodes.size());
    for (NodeIndex i = 0; i < m_drawing.skeleton.nodes.size(); ++i) {
        const SkeletonNode& skeletonNode = node(i);
        for (const RevisionIndex member : skeletonNode.members)
            m_nodeOfRevision[member] = i;
        if (skeletonNode.members.empty())
            m_ghosts.emplace(skeletonNode.id, i);
        m_looks.push_back(lookOf(i, findings));
        if (m_looks.back().head)
            m_heads.push_back(i);
        if (m_looks.back().databaseHere)
            m_databasePositions.push_back(i);
    }
}

NodeLook GraphPicture::lookOf(NodeIndex index, const FindingsByRevision& findings) const
{
    const SkeletonNode& skeletonNode = node(index);
    if (skeletonNode.kind == NodeKind::Run)
        return runLook(*m_inspection, skeletonNode.members);
    if (skeletonNode.kind != NodeKind::Revision)
        return ghostLook(skeletonNode.kind, skeletonNode.id);
    const RevisionIndex revision = skeletonNode.members.front();
    NodeLook look = revisionLook(*m_inspection, revision, findings);
    look.looksLike = m_drift.looksLike(m_inspection->graph->revision(revision).id);
    look.noTrace = m_drift.leftNoTrace(m_inspection->graph->revision(revision).id);
    look.copies = m_copies.at(m_inspection->graph->revision(revision).id);
    look.inCycle = m_inCycles.contains(m_inspection->graph->revision(revision).id);
    addPills(look, *m_inspection, revision, findings);
    return look;
}

void GraphPicture::connectNodes()
{
    m_newer.resize(size());
    m_older.resize(size());
    for (const SkeletonEdge& edge : m_drawing.skeleton.edges) {
        if (edge.from == edge.to)
            continue;
        m_older[edge.from].push_back(edge.to);
        m_newer[edge.to].push_back(edge.from);
    }
}

void GraphPicture::indexPlaces()
{
    constexpr double leastHeight = 400;
    constexpr double mostBuckets = 4000;
    m_bucketHeight = std::max(leastHeight, m_drawing.height / mostBuckets);
    const auto count = static_cast<std::size_t>(m_drawing.height / m_bucketHeight) + 1;
    m_nodeBuckets.resize(count);
    m_edgeBuckets.resize(count);
    for (NodeIndex i = 0; i < size(); ++i) {
        const QRectF rect = rectOf(i);
        for (std::size_t b = bucketAt(rect.top()); b <= bucketAt(rect.bottom()); ++b)
            m_nodeBuckets[b].push_back(i);
    }
    for (std::uint32_t i = 0; i < m_drawing.edges.size(); ++i) {
        const auto& points = m_drawing.edges[i].points;
        QRectF box;
        if (!points.empty()) {
            double left = points.front().x, right = left, top = points.front().y, bottom = top;
            for (const Point& point : points) {
                left = std::min(left, point.x);
                right = std::max(right, point.x);
                top = std::min(top, point.y);
                bottom = std::max(bottom, point.y);
            }
            box = QRectF(QPointF(left, top), QPointF(right, bottom));
        }
        m_edgeBounds.push_back(box);
        for (std::size_t b = bucketAt(box.top()); b <= bucketAt(box.bottom()); ++b)
            m_edgeBuckets[b].push_back(i);
    }
}

std::size_t GraphPicture::bucketAt(double y) const
{
    const auto bucket = static_cast<std::size_t>(std::max(y, 0.0) / m_bucketHeight);
    return std::min(bucket, m_nodeBuckets.size() - 1);
}

QRectF GraphPicture::rectOf(NodeIndex index) const
{
    const PlacedNode& placed = m_drawing.nodes[index];
    return {std::round(placed.center.x - placed.width / 2),
            std::round(placed.center.y - placed.height / 2),
            std::round(placed.width),
            std::round(placed.height)};
}

std::vector<NodeIndex> GraphPicture::nodesIn(const QRectF& area) const
{
    std::vector<NodeIndex> result;
    const std::size_t first = bucketAt(area.top());
    for (std::size_t b = first; b <= bucketAt(area.bottom()); ++b) {
        for (const NodeIndex node : m_nodeBuckets[b]) {
            const QRectF rect = rectOf(node);
            // A node in two buckets is taken from the first of them that is asked for.
            if (touches(rect, area) && std::max(bucketAt(rect.top()), first) == b)
                result.push_back(node);
        }
    }
    return result;
}

std::vector<std::uint32_t> GraphPicture::edgesIn(const QRectF& area) const
{
    std::vector<std::uint32_t> result;
    const std::size_t first = bucketAt(area.top());
    for (std::size_t b = first; b <= bucketAt(area.bottom()); ++b) {
        for (const std::uint32_t edge : m_edgeBuckets[b]) {
            const QRectF& box = m_edgeBounds[edge];
            if (touches(box, area) && std::max(bucketAt(box.top()), first) == b)
                result.push_back(edge);
        }
    }
    return result;
}

NodeIndex GraphPicture::nodeAt(const QPointF& place) const
{
    for (const NodeIndex node : m_nodeBuckets[bucketAt(place.y())]) {
        if (rectOf(node).contains(place))
            return node;
    }
    return noNode;
}

NodeIndex GraphPicture::nodeNearest(const QPointF& place) const
{
    NodeIndex best = noNode;
    double bestDistance = std::numeric_limits<double>::max();
    for (NodeIndex i = 0; i < size(); ++i) {
        const Point& center = m_drawing.nodes[i].center;
        const double distance = std::hypot(center.x - place.x(), center.y - place.y());
        if (distance < bestDistance) {
            best = i;
            bestDistance = distance;
        }
    }
    return best;
}

NodeIndex GraphPicture::nodeOf(std::string_view id) const
{
    if (const auto revision = m_inspection->graph->find(id))
        return m_nodeOfRevision[*revision];
    const auto ghost = m_ghosts.find(std::string(id));
    return ghost == m_ghosts.end() ? noNode : ghost->second;
}

const std::string& GraphPicture::idOf(NodeIndex index) const
{
    const SkeletonNode& skeletonNode = node(index);
    return skeletonNode.members.empty()
               ? skeletonNode.id
               : m_inspection->graph->revision(skeletonNode.members.front()).id;
}

} // namespace sightglass
