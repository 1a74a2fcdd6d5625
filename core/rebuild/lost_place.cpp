// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/lost_place.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string joined(const std::vector<RevisionId>& ids)
{
    std::string text;
    for (const RevisionId& id : ids)
        text += (text.empty() ? "" : ", ") + id;
    return text;
}

std::vector<RevisionIndex> referencesTo(const RevisionGraph& graph, const RevisionId& id)
{
    for (const MissingRevision& missing : graph.missing()) {
        if (missing.id == id)
            return missing.referencedBy;
    }
    return {};
}

class Search
{
public:
    explicit Search(const LostPlaceRequest& request)
        : m_request(request)
        , m_graph(request.graph)
    {
        const auto references = referencesTo(m_graph, request.id);
        for (const RevisionIndex index : references)
            m_place.children.push_back(m_graph.revision(index).id);
        m_isAbove = m_graph.withDescendants(references);
    }

    LostPlace result()
    {
        const auto tips = tipsBelow();
        if (std::ranges::count(m_isAbove, false) == 0) {
            settle({}, "Every other revision builds on it: it is the first.");
        } else if (tips.size() == 1) {
            settle(tips,
                   tips.front() + " is the only head that does not build on it, so it comes "
                                  "right before.");
        } else if (tips.empty()) {
            m_place.candidates = othersBelow();
            m_place.why = "It leaves the chain before its head, and no file says where: after " +
                          joined(m_place.candidates) + ", or as a first revision.";
        } else {
            chooseAmong(tips);
        }
        return std::move(m_place);
    }

private:
    void settle(std::vector<RevisionId> parents, std::string why)
    {
        m_place.parents = std::move(parents);
        m_place.isClear = true;
        m_place.why = std::move(why);
    }

    bool isRow(const RevisionId& id) const { return std::ranges::count(m_request.rows, id) > 0; }

    std::vector<RevisionId> tipsBelow() const
    {
        std::vector<RevisionId> tips;
        for (const RevisionIndex head : m_graph.heads()) {
            const RevisionId& id = m_graph.revision(head).id;
            const bool standsBeside = m_request.rows.size() > 1 && isRow(id);
            if (!m_isAbove[head] && !standsBeside)
                tips.push_back(id);
        }
        return tips;
    }

    std::vector<RevisionId> othersBelow() const
    {
        constexpr std::size_t most = 8;
        std::vector<RevisionId> ids;
        for (const RevisionIndex index : m_graph.walkOrder()) {
            if (!m_isAbove[index] && ids.size() < most)
                ids.push_back(m_graph.revision(index).id);
        }
        return ids;
    }

    /// A head that the version table does not name and whose objects are there was merged.
    void chooseAmong(const std::vector<RevisionId>& tips)
    {
        std::vector<RevisionId> merged;
        bool isKnown = m_request.isApplied != nullptr && !m_request.rows.empty();
        for (const RevisionId& tip : tips) {
            const auto applied =
                isKnown ? m_request.isApplied(*m_graph.find(tip)) : std::optional<bool>();
            isKnown = isKnown && applied.has_value();
            if (applied.value_or(false))
                merged.push_back(tip);
        }
        if (isKnown && !merged.empty()) {
            settle(merged,
                   "The database has what " + joined(merged) +
                       (merged.size() == 1 ? " makes" : " make") +
                       ", and its version table names none of the heads.");
            return;
        }
        m_place.candidates = tips;
        m_place.why = "Several heads may come right before it: " + joined(tips) + ".";
    }

    const LostPlaceRequest& m_request;
    const RevisionGraph& m_graph;
    std::vector<bool> m_isAbove;
    LostPlace m_place;
};

} // namespace

LostPlace placeOf(const LostPlaceRequest& request)
{
    return Search(request).result();
}

} // namespace sightglass
