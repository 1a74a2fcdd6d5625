// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "core/layout/graph_drawing.h"
#include "ui/panels/revision_facts.h"
#include "ui/widgets/pill.h"

#include <QRectF>
#include <QString>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sightglass {

/// Number of a node of the drawing.
using NodeIndex = std::uint32_t;
inline constexpr NodeIndex noNode = std::numeric_limits<NodeIndex>::max();

/// What a node of the map says, ready to be painted.
struct NodeLook
{
    NodeKind kind = NodeKind::Revision;
    QString title;                                 ///< message, "9 revisions", "missing revision"
    QString id;                                    ///< at most 12 characters; empty for a run
    std::vector<Pill> pills;                       ///< most important first
    RevisionState state = RevisionState::NotKnown; ///< of a run: when all its revisions share it
    Severity worst = Severity::Info;               ///< of its findings
    std::size_t findings = 0;
    std::size_t copies = 1; ///< files that define this id
    bool databaseHere = false;
    bool looksLike = false; ///< the schema is at it, the version table is not
    bool noTrace = false;   ///< recorded, and its effects are absent
    bool head = false;
    bool inCycle = false;
};

/// The map as a value: where things are and what they say. Built off the window thread; afterwards
/// only read.
class GraphPicture
{
public:
    /// cost  linear in revisions, nodes, edges and findings
    GraphPicture(std::shared_ptr<const Inspection> inspection, GraphDrawing drawing);

    const Inspection& inspection() const { return *m_inspection; }

    const GraphDrawing& drawing() const { return m_drawing; }

    std::size_t size() const { return m_looks.size(); }

    const NodeLook& look(NodeIndex node) const { return m_looks[node]; }

    const SkeletonNode& node(NodeIndex node) const { return m_drawing.skeleton.nodes[node]; }

    /// In whole pixels, so that borders are crisp at 100 %.
    QRectF rectOf(NodeIndex node) const;

    QRectF bounds() const { return {0, 0, m_drawing.width, m_drawing.height}; }

    std::vector<NodeIndex> nodesIn(const QRectF& area) const;
    std::vector<std::uint32_t> edgesIn(const QRectF& area) const; ///< numbers into drawing().edges
    /// The node under `place`, or noNode.
    NodeIndex nodeAt(const QPointF& place) const;
    /// The node whose middle is nearest to `place`; noNode in an empty drawing.
    NodeIndex nodeNearest(const QPointF& place) const;

    /// The node that shows a revision (the run that holds it) or a ghost; noNode when there is
    /// none.
    NodeIndex nodeOf(std::string_view id) const;

    NodeIndex nodeOf(RevisionIndex revision) const { return m_nodeOfRevision[revision]; }

    /// Id by which a node is selected and found again; of a run: its newest revision's.
    const std::string& idOf(NodeIndex node) const;

    const std::vector<NodeIndex>& newer(NodeIndex node) const { return m_newer[node]; }

    const std::vector<NodeIndex>& older(NodeIndex node) const { return m_older[node]; }

    const std::vector<NodeIndex>& heads() const { return m_heads; }

    const std::vector<NodeIndex>& databasePositions() const { return m_databasePositions; }

private:
    void describeNodes();
    NodeLook lookOf(NodeIndex node, const FindingsByRevision& findings) const;
    void connectNodes();
    void indexPlaces();
    std::size_t bucketAt(double y) const;

    std::shared_ptr<const Inspection> m_inspection;
    GraphDrawing m_drawing;
    std::vector<NodeLook> m_looks;
    std::vector<std::vector<NodeIndex>> m_newer, m_older;
    std::vector<NodeIndex> m_heads, m_databasePositions;
    std::vector<NodeIndex> m_nodeOfRevision;
    std::unordered_map<std::string, NodeIndex> m_ghosts;
    std::unordered_map<std::string_view, std::size_t> m_copies; ///< files per id
    std::unordered_set<std::string_view> m_inCycles;
    DriftMarks m_drift;
    double m_bucketHeight = 1;
    std::vector<std::vector<NodeIndex>> m_nodeBuckets; ///< by y
    std::vector<std::vector<std::uint32_t>> m_edgeBuckets;
    std::vector<QRectF> m_edgeBounds;
};

} // namespace sightglass
