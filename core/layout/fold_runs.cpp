// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/fold_runs.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace sightglass {

namespace {

constexpr auto noNode = static_cast<std::uint32_t>(-1);

/// One existing down revision, one later revision, and nothing that people look for.
bool mayFold(const RevisionGraph& graph, RevisionIndex index)
{
    const Revision& revision = graph.revision(index);
    return graph.down(index).size() == 1 && revision.down.size() == 1 &&
           graph.next(index).size() == 1 && graph.down(index).front() != index &&
           revision.dependsOn.empty() && graph.dependents(index).empty() &&
           revision.labels.empty() && !graph.isHead(index) && !graph.isBase(index) &&
           graph.find(revision.id) == index;
}

class Folding
{
public:
    Folding(const RevisionGraph& graph, const FoldRequest& request)
        : m_graph(graph)
        , m_request(request)
        , m_foldable(graph.size(), false)
        , m_opened(graph.size(), false)
        , m_runOf(graph.size(), noNode)
        , m_nodeOf(graph.size(), noNode)
    {}

    Skeleton build()
    {
        if (!m_request.foldNothing)
            findRuns();
        addNodes();
        addEdges();
        return std::move(m_skeleton);
    }

private:
    void findRuns()
    {
        for (RevisionIndex i = 0; i < m_graph.size(); ++i)
            m_foldable[i] = mayFold(m_graph, i);
        for (const RevisionIndex i : m_request.keep) {
            if (i < m_graph.size())
                m_foldable[i] = false;
        }
        for (const RevisionIndex i : m_request.flagged) {
            if (i < m_graph.size())
                m_foldable[i] = false;
        }
        for (const RevisionIndex i : m_request.opened) {
            if (i < m_graph.size())
                m_opened[i] = true;
        }
        // A ring of foldable revisions has no start, and stays open.
        for (RevisionIndex i = 0; i < m_graph.size(); ++i) {
            if (m_foldable[i] && !m_foldable[m_graph.next(i).front()])
                addRun(i);
        }
    }

    void addRun(RevisionIndex newest)
    {
        std::vector<RevisionIndex> members;
        bool open = false;
        for (RevisionIndex i = newest; m_foldable[i]; i = m_graph.down(i).front()) {
            members.push_back(i);
            open = open || m_opened[i];
        }
        if (open || members.size() < std::max<std::size_t>(m_request.minimumRun, 2))
            return;
        for (const RevisionIndex i : members)
            m_runOf[i] = static_cast<std::uint32_t>(m_runs.size());
        m_runs.push_back(std::move(members));
    }

    void addNodes()
    {
        for (const std::string& id : m_request.unknownRows)
            m_skeleton.nodes.push_back(
                {.kind = NodeKind::Unknown, .members = {}, .id = id, .flagged = true});
        // A ghost stands below the last revision that names it.
        const auto order = m_graph.walkOrder();
        std::vector<std::size_t> position(m_graph.size(), 0);
        for (std::size_t i = 0; i < order.size(); ++i)
            position[order[i]] = i;
        std::multimap<std::size_t, std::size_t> ghostsAfter;
        for (std::size_t i = 0; i < m_graph.missing().size(); ++i) {
            std::size_t last = 0;
            for (const RevisionIndex by : m_graph.missing()[i].referencedBy)
                last = std::max(last, position[by]);
            ghostsAfter.emplace(last, i);
        }
        m_ghosts.assign(m_graph.missing().size(), noNode);
        for (std::size_t i = 0; i < order.size(); ++i) {
            addRevision(order[i]);
            const auto [first, last] = ghostsAfter.equal_range(i);
            for (auto ghost = first; ghost != last; ++ghost)
                addGhost(ghost->second);
        }
    }

    void addRevision(RevisionIndex index)
    {
        if (m_nodeOf[index] != noNode)
            return;
        const auto node = static_cast<std::uint32_t>(m_skeleton.nodes.size());
        if (m_runOf[index] == noNode) {
            m_nodeOf[index] = node;
            m_skeleton.nodes.push_back({.kind = NodeKind::Revision,
                                        .members = {index},
                                        .id = m_graph.revision(index).id,
                                        .flagged = m_request.flagged.contains(index)});
            return;
        }
        auto& members = m_runs[m_runOf[index]];
        for (const RevisionIndex member : members)
            m_nodeOf[member] = node;
        std::string id =
            m_graph.revision(members.front()).id + ".." + m_graph.revision(members.back()).id;
        m_skeleton.nodes.push_back(
            {.kind = NodeKind::Run, .members = std::move(members), .id = std::move(id)});
    }

    void addGhost(std::size_t missing)
    {
        m_ghosts[missing] = static_cast<std::uint32_t>(m_skeleton.nodes.size());
        m_skeleton.nodes.push_back(
            {.kind = NodeKind::Missing, .members = {}, .id = m_graph.missing()[missing].id});
    }

    void addEdges()
    {
        std::vector<std::vector<std::uint32_t>> ghostsOf(m_graph.size());
        for (std::size_t i = 0; i < m_ghosts.size(); ++i) {
            for (const RevisionIndex by : m_graph.missing()[i].referencedBy)
                ghostsOf[by].push_back(m_ghosts[i]);
        }
        for (std::uint32_t node = 0; node < m_skeleton.nodes.size(); ++node) {
            if (m_skeleton.nodes[node].members.empty())
                continue;
            const RevisionIndex last = m_skeleton.nodes[node].members.back();
            const std::size_t first = m_skeleton.edges.size();
            for (const RevisionIndex to : m_graph.down(last))
                addEdge(first, {.from = node, .to = m_nodeOf[to], .kind = EdgeKind::Down});
            for (const RevisionIndex to : m_graph.dependencies(last))
                addEdge(first, {.from = node, .to = m_nodeOf[to], .kind = EdgeKind::Dependency});
            for (const std::uint32_t ghost : ghostsOf[last])
                addEdge(first, {.from = node, .to = ghost, .kind = EdgeKind::Missing});
        }
    }

    /// `first` is where this node's edges begin.
    void addEdge(std::size_t first, SkeletonEdge edge)
    {
        const auto begin = m_skeleton.edges.begin() + static_cast<std::ptrdiff_t>(first);
        const bool known = std::any_of(begin,
                                       m_skeleton.edges.end(),
                                       [&edge](const SkeletonEdge& e) { return e.to == edge.to; });
        if (!known)
            m_skeleton.edges.push_back(edge);
    }

    const RevisionGraph& m_graph;
    const FoldRequest& m_request;
    std::vector<bool> m_foldable;
    std::vector<bool> m_opened;
    std::vector<std::uint32_t> m_runOf;  ///< per revision: index into m_runs
    std::vector<std::uint32_t> m_nodeOf; ///< per revision: index into the skeleton's nodes
    std::vector<std::uint32_t> m_ghosts; ///< per missing revision: index into the skeleton's nodes
    std::vector<std::vector<RevisionIndex>> m_runs;
    Skeleton m_skeleton;
};

} // namespace

Skeleton foldRuns(const RevisionGraph& graph, const FoldRequest& request)
{
    return Folding(graph, request).build();
}

} // namespace sightglass
