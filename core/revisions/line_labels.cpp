// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/line_labels.h"

#include <algorithm>
#include <limits>

namespace sightglass {

namespace {

constexpr auto notEntered = std::numeric_limits<std::uint32_t>::max();

} // namespace

LineLabels::LineLabels(const Adjacency& edges, const Adjacency& back)
    : m_labels(edges.size(), {.place = 0, .treeStart = notEntered, .lowest = 0})
{
    for (RevisionIndex node = 0; node < edges.size(); ++node) {
        if (back.of(node).empty())
            walkFrom(node, edges);
    }
}

LineLabels::Leads LineLabels::leads(RevisionIndex from, RevisionIndex to) const
{
    const Label& source = m_labels[from];
    const Label& target = m_labels[to];
    if (target.place > source.place || target.lowest < source.lowest)
        return Leads::No;
    return target.place >= source.treeStart ? Leads::Yes : Leads::Unknown;
}

void LineLabels::walkFrom(RevisionIndex root, const Adjacency& edges)
{
    struct Step
    {
        RevisionIndex node = 0;
        std::uint32_t edge = 0; ///< next to follow
    };

    std::vector<Step> path;
    const auto enter = [&](RevisionIndex node) {
        m_labels[node].treeStart = m_left;
        path.push_back({.node = node, .edge = edges.starts[node]});
    };
    enter(root);
    while (!path.empty()) {
        Step& step = path.back();
        if (step.edge == edges.starts[step.node + 1]) {
            leave(step.node, edges);
            path.pop_back();
            continue;
        }
        const RevisionIndex target = edges.targets[step.edge++];
        if (m_labels[target].treeStart == notEntered)
            enter(target);
    }
}

void LineLabels::leave(RevisionIndex node, const Adjacency& edges)
{
    Label& label = m_labels[node];
    label.place = m_left++;
    label.lowest = label.place;
    for (const RevisionIndex target : edges.of(node))
        label.lowest = std::min(label.lowest, m_labels[target].lowest);
}

} // namespace sightglass
