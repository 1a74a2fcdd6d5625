// SPDX-License-Identifier: GPL-3.0-or-later
// A branch label is valid for all that is built on its revision. Where that is one straight line up
// to a head, it is valid downwards too, from the head until a branch point (dependencies counted)
// or a merge point. So revisions of one such column all have the labels that the column's head has.
#include "core/revisions/graph_builder.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

namespace sightglass {

namespace {

/// Sorted sets of labels, each kept once.
class LabelSets
{
public:
    LabelSets() { add({}); }

    std::uint32_t add(std::vector<std::string> labels)
    {
        const auto [it, isNew] =
            m_ids.try_emplace(std::move(labels), static_cast<std::uint32_t>(m_ids.size()));
        if (isNew)
            m_sets.push_back(&it->first);
        return it->second;
    }

    std::uint32_t united(std::uint32_t left, std::uint32_t right)
    {
        if (left == right || right == 0)
            return left;
        if (left == 0)
            return right;
        std::vector<std::string> both;
        std::ranges::set_union(*m_sets[left], *m_sets[right], std::back_inserter(both));
        return add(std::move(both));
    }

    std::vector<std::vector<std::string>> all() const
    {
        std::vector<std::vector<std::string>> result;
        for (const auto* set : m_sets)
            result.push_back(*set);
        return result;
    }

private:
    std::map<std::vector<std::string>, std::uint32_t> m_ids;
    std::vector<const std::vector<std::string>*> m_sets;
};

std::vector<std::string> ownLabels(const Revision& revision)
{
    std::vector<std::string> labels;
    for (const RevisionReference& label : revision.labels)
        labels.push_back(label.id);
    std::ranges::sort(labels);
    const auto rest = std::ranges::unique(labels);
    labels.erase(rest.begin(), rest.end());
    return labels;
}

} // namespace

void RevisionGraph::Builder::spreadLabels()
{
    LabelSets sets;
    std::vector<std::uint32_t>& setOf = graph.m_labelSetOf;
    setOf.assign(count, 0);
    for (const RevisionIndex node : oldestFirst) {
        setOf[node] = sets.add(ownLabels(revisions[node]));
        if (isLive(node)) {
            for (const RevisionIndex below : acyclicVersioned.of(node))
                setOf[node] = sets.united(setOf[node], setOf[below]);
        }
    }
    // A cycle has no oldest revision to begin with.
    for (RevisionIndex i = 0; i < count && !versionedCycles.empty(); ++i) {
        if (revisions[i].labels.empty())
            continue;
        const std::uint32_t own = sets.add(ownLabels(revisions[i]));
        const auto above = reachable(graph.m_next, std::array{i});
        for (RevisionIndex j = 0; j < count; ++j)
            setOf[j] = above[j] ? sets.united(setOf[j], own) : setOf[j];
    }

    const auto stopsColumn = [this](RevisionIndex node) {
        const auto next = graph.next(node);
        const auto dependents = graph.dependents(node);
        const bool branches = next.size() > 1 || dependents.size() > 1 ||
                              (next.size() + dependents.size() == 2 && next[0] != dependents[0]);
        return branches || graph.isMergePoint(node);
    };
    for (auto it = oldestFirst.rbegin(); it != oldestFirst.rend(); ++it) {
        RevisionIndex node = *it;
        if (!graph.isHead(node) || stopsColumn(node))
            continue;
        const std::uint32_t top = setOf[node];
        while (top != 0 && !acyclicVersioned.of(node).empty()) {
            node = acyclicVersioned.of(node).front();
            if (stopsColumn(node))
                break;
            setOf[node] = sets.united(setOf[node], top);
        }
    }
    graph.m_labelSets = sets.all();
}

} // namespace sightglass
