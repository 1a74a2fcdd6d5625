// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/graph_cycles.h"

#include <cstdint>
#include <utility>

namespace sightglass {

namespace {

class Search
{
public:
    explicit Search(const Adjacency& edges)
        : m_edges(edges)
        , m_states(edges.size(), State::New)
        , m_closes(edges.targets.size(), false)
        , m_place(edges.size(), 0)
    {}

    void walkFrom(RevisionIndex root)
    {
        if (m_states[root] != State::New)
            return;
        enter(root);
        while (!m_path.empty()) {
            const RevisionIndex node = m_path.back();
            if (m_edge.back() == m_edges.starts[node + 1])
                leave();
            else
                follow(m_edge.back()++);
        }
    }

    CycleSearch result() &&
    {
        for (RevisionIndex node = 0; node < m_edges.size(); ++node) {
            for (std::uint32_t edge = m_edges.starts[node]; edge < m_edges.starts[node + 1];
                 ++edge) {
                if (!m_closes[edge])
                    m_result.acyclic.add(m_edges.targets[edge]);
            }
            m_result.acyclic.endNode();
        }
        return std::move(m_result);
    }

private:
    enum class State : std::uint8_t
    {
        New,
        OnPath,
        Done
    };

    void enter(RevisionIndex node)
    {
        m_states[node] = State::OnPath;
        m_place[node] = m_path.size();
        m_path.push_back(node);
        m_edge.push_back(m_edges.starts[node]);
    }

    void leave()
    {
        m_states[m_path.back()] = State::Done;
        m_result.targetsFirst.push_back(m_path.back());
        m_path.pop_back();
        m_edge.pop_back();
    }

    void follow(std::uint32_t edge)
    {
        const RevisionIndex target = m_edges.targets[edge];
        if (m_states[target] == State::New)
            enter(target);
        else if (m_states[target] == State::OnPath)
            close(edge, target);
    }

    void close(std::uint32_t edge, RevisionIndex target)
    {
        m_closes[edge] = true;
        m_reported += m_path.size() - m_place[target] + 1;
        if (m_reported > 4 * m_edges.size())
            return;
        std::vector<RevisionIndex> cycle(
            m_path.begin() + static_cast<std::ptrdiff_t>(m_place[target]), m_path.end());
        cycle.push_back(target);
        m_result.cycles.push_back(std::move(cycle));
    }

    const Adjacency& m_edges;
    std::vector<State> m_states;
    std::vector<bool> m_closes;       ///< one flag per edge
    std::vector<std::size_t> m_place; ///< of each node on the path
    std::vector<RevisionIndex> m_path;
    std::vector<std::uint32_t> m_edge; ///< next edge to follow, for each node of the path
    std::size_t m_reported = 0;        ///< nodes in all cycles so far
    CycleSearch m_result;
};

} // namespace

CycleSearch searchCycles(const Adjacency& edges, const std::vector<RevisionIndex>& roots)
{
    Search search(edges);
    for (const RevisionIndex root : roots)
        search.walkFrom(root);
    for (RevisionIndex node = 0; node < edges.size(); ++node)
        search.walkFrom(node);
    return std::move(search).result();
}

} // namespace sightglass
