// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/version_rows.h"

#include <algorithm>

namespace sightglass {

VersionRows::VersionRows(const std::vector<RevisionParents>& revisions,
                         std::vector<std::string> rows)
    : m_rows(rows.begin(), rows.end())
{
    for (const RevisionParents& each : revisions)
        m_revisions.emplace(each.revision, each);
}

const RevisionParents* VersionRows::find(const std::string& revision) const
{
    const auto found = m_revisions.find(revision);
    return found == m_revisions.end() ? nullptr : &found->second;
}

VersionRowChange VersionRows::insert(const std::string& revision)
{
    m_rows.insert(revision);
    return {.kind = VersionRowChange::Kind::Insert, .from = {}, .to = revision};
}

VersionRowChange VersionRows::remove(const std::string& revision)
{
    m_rows.erase(revision);
    return {.kind = VersionRowChange::Kind::Delete, .from = revision, .to = {}};
}

VersionRowChange VersionRows::update(const std::string& from, const std::string& to)
{
    m_rows.erase(from);
    m_rows.insert(to);
    return {.kind = VersionRowChange::Kind::Update, .from = from, .to = to};
}

/// The other rows and everything that they stand for.
std::set<std::string> VersionRows::ancestorsOfOthers(const std::vector<std::string>& without) const
{
    std::vector<std::string> open;
    for (const std::string& row : m_rows) {
        if (std::ranges::find(without, row) == without.end())
            open.push_back(row);
    }
    std::set<std::string> seen(open.begin(), open.end());
    while (!open.empty()) {
        const RevisionParents* revision = find(open.back());
        open.pop_back();
        if (revision == nullptr)
            continue;
        for (const auto* parents : {&revision->parents, &revision->allParents}) {
            for (const std::string& parent : *parents) {
                if (seen.insert(parent).second)
                    open.push_back(parent);
            }
        }
    }
    return seen;
}

std::vector<VersionRowChange> VersionRows::upgrade(const std::string& revision)
{
    const RevisionParents* known = find(revision);
    if (known == nullptr || m_rows.contains(revision))
        return {};
    std::vector<std::string> present;
    for (const std::string& parent : known->parents) {
        if (m_rows.contains(parent))
            present.push_back(parent);
    }
    if (present.empty())
        return {insert(revision)};
    if (present.size() == 1)
        return {update(present.front(), revision)};
    // A merge: parents that another row implies have no row of their own to go.
    const std::set<std::string> implied = ancestorsOfOthers(known->parents);
    std::vector<std::string> going;
    for (const std::string& parent : present) {
        if (!implied.contains(parent))
            going.push_back(parent);
    }
    if (going.empty())
        return {};
    std::vector<VersionRowChange> changes;
    for (std::size_t i = 0; i + 1 < going.size(); ++i)
        changes.push_back(remove(going[i]));
    changes.push_back(update(going.back(), revision));
    return changes;
}

std::vector<VersionRowChange> VersionRows::downgrade(const std::string& revision)
{
    const RevisionParents* known = find(revision);
    if (known == nullptr || !m_rows.contains(revision))
        return {};
    const std::set<std::string> implied =
        m_rows.size() > 1 ? ancestorsOfOthers({revision}) : std::set<std::string>();
    std::vector<std::string> coming;
    for (const std::string& parent : known->parents) {
        if (!implied.contains(parent))
            coming.push_back(parent);
    }
    if (coming.empty())
        return {remove(revision)};
    std::vector<VersionRowChange> changes;
    for (std::size_t i = 0; i + 1 < coming.size(); ++i)
        changes.push_back(insert(coming[i]));
    changes.push_back(update(revision, coming.back()));
    return changes;
}

} // namespace sightglass
