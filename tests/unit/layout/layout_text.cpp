// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/layout/layout_text.h"

#include "tests/support/graph_text.h"

#include <algorithm>
#include <random>

namespace sightglass::tests {

RevisionGraph graphFromText(std::string_view text)
{
    return RevisionGraph::build(revisionsFromText(text));
}

RevisionGraph randomGraph(std::uint32_t seed, std::size_t count, bool connected)
{
    std::mt19937 random(seed);
    const auto below = [&random](std::size_t limit) {
        return random() % std::max<std::size_t>(limit, 1);
    };
    std::vector<Revision> revisions;
    for (std::size_t i = 0; i < count; ++i) {
        Revision revision;
        revision.id = "r" + std::to_string(i);
        const auto down = [&revision](const std::string& id) {
            revision.down.push_back({.id = id, .span = {}});
        };
        if (i > 0 && (below(40) != 0 || connected)) {
            const std::size_t reach = std::min<std::size_t>(i, 6);
            const std::size_t first = below(4) == 0 ? i - 1 - below(reach) : i - 1;
            down("r" + std::to_string(first));
            const std::size_t second = i - 1 - below(reach);
            if (below(6) == 0 && second != first)
                down("r" + std::to_string(second));
        }
        if (i > 10 && below(25) == 0)
            revision.dependsOn.push_back(
                {.id = "r" + std::to_string(i - 5 - below(5)), .span = {}});
        if (below(60) == 0)
            down("gone" + std::to_string(i));
        revisions.push_back(std::move(revision));
    }
    return RevisionGraph::build(std::move(revisions));
}

namespace {

std::string nameOf(const SkeletonNode& node)
{
    switch (node.kind) {
    case NodeKind::Revision:
        return node.id;
    case NodeKind::Run:
        return "(" + node.id + " " + std::to_string(node.members.size()) + ")";
    case NodeKind::Missing:
        return "?" + node.id;
    case NodeKind::Unknown:
        return "!" + node.id;
    }
    return {};
}

} // namespace

std::string toText(const Skeleton& skeleton)
{
    std::string text;
    for (const SkeletonNode& node : skeleton.nodes)
        text += (text.empty() ? "" : "; ") + nameOf(node);
    std::string edges;
    for (const SkeletonEdge& edge : skeleton.edges)
        edges += (edges.empty() ? " | " : ", ") + skeleton.nodes[edge.from].id +
                 (edge.kind == EdgeKind::Dependency ? "~>" : ">") + skeleton.nodes[edge.to].id;
    return text + edges;
}

std::string toText(const LaneRows& rows)
{
    std::string text;
    for (const LaneRow& row : rows.rows) {
        std::string lanes(static_cast<std::size_t>(rows.laneCount), ' ');
        bool cut = false;
        for (const LaneSegment& segment : row.segments) {
            cut = cut || (segment.top < 0 && segment.bottom < 0);
            if (segment.top >= 0 && segment.bottom >= 0)
                lanes[static_cast<std::size_t>(segment.top)] = '|';
            else if (segment.top >= 0)
                lanes[static_cast<std::size_t>(segment.top)] = '/';
            else if (segment.bottom >= 0)
                lanes[static_cast<std::size_t>(segment.bottom)] = '\\';
        }
        lanes[static_cast<std::size_t>(row.lane)] = '*';
        text += lanes + (cut ? "x" : " ") + row.id + "\n";
    }
    return text;
}

} // namespace sightglass::tests
