// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/revision_graph.h"

#include <string>
#include <vector>

namespace sightglass {

struct Point
{
    double x = 0;
    double y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

enum class NodeKind
{
    Revision,
    Run,     ///< a folded linear run, drawn as a pill "9 revisions"
    Missing, ///< a ghost: named by somebody, defined by no file
    Unknown  ///< a ghost: only in the database's version table
};

enum class EdgeKind
{
    Down,
    Dependency,
    Missing ///< to a ghost
};

/// A node of the folded skeleton.
struct SkeletonNode
{
    NodeKind kind = NodeKind::Revision;
    std::vector<RevisionIndex>
        members;          ///< one for Revision; a run from newest to oldest; empty for ghosts
    std::string id;       ///< revision id; newest..oldest for a run; the missing id
    bool flagged = false; ///< keeps room at its sides for a flag
    friend bool operator==(const SkeletonNode&, const SkeletonNode&) = default;
};

/// `from` builds on `to`: upward edges are drawn from `to` to `from`, heads at the top.
/// Each pair is there once; a down revision goes before a dependency.
struct SkeletonEdge
{
    std::uint32_t from = 0; ///< index into nodes: the later revision
    std::uint32_t to = 0;   ///< the down revision or dependency
    EdgeKind kind = EdgeKind::Down;
    friend bool operator==(const SkeletonEdge&, const SkeletonEdge&) = default;
};

struct Skeleton
{
    std::vector<SkeletonNode> nodes; ///< newest first
    std::vector<SkeletonEdge> edges;
    friend bool operator==(const Skeleton&, const Skeleton&) = default;
};

struct PlacedNode
{
    Point center;
    double width = 0;
    double height = 0;
};

struct PlacedEdge
{
    /// Cubic Bézier: 3n+1 points, from the older revision's card to the newer one's.
    std::vector<Point> points;
};

/// How a drawing was made; the most thorough way of its pieces.
enum class LayoutMethod
{
    Column, ///< no piece has branches
    Lanes,  ///< too large for Graphviz, or Graphviz has no layout plug-in: a lane for each line of
            ///< work
    Dot     ///< Graphviz
};

/// Where everything goes: y grows downward, heads at the top, origin at the top left.
struct GraphDrawing
{
    Skeleton skeleton;
    std::vector<PlacedNode> nodes; ///< same order as skeleton.nodes
    std::vector<PlacedEdge> edges; ///< same order as skeleton.edges
    double width = 0;
    double height = 0;
    LayoutMethod method = LayoutMethod::Column;
};

} // namespace sightglass
