// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/fold_state.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t smallChain = 10;
constexpr std::size_t middleChain = 40;
/// With more findings than this a fold would fold nothing: only the worst stay open then.
constexpr std::size_t mostFindingsKept = 200;

std::size_t minimumRun(std::size_t revisions)
{
    return revisions <= middleChain ? 5 : 3;
}

void keepFindings(const Inspection& inspection, Severity least, std::set<RevisionIndex>& keep)
{
    for (const Finding& finding : inspection.findings) {
        if (finding.severity > least || finding.revision.empty())
            continue;
        if (const auto index = inspection.graph->find(finding.revision))
            keep.insert(*index);
    }
}

} // namespace

FoldRequest FoldState::requestFor(const Inspection& inspection) const
{
    const RevisionGraph& graph = *inspection.graph;
    FoldRequest request;
    request.unknownRows = inspection.unknownRows;
    request.flagged.insert(inspection.databaseAt.begin(), inspection.databaseAt.end());
    for (const RevisionId& id : inspection.diagnosis.inferred) {
        if (const auto index = graph.find(id))
            request.flagged.insert(*index);
    }
    request.minimumRun = minimumRun(graph.size());
    request.foldNothing = m_allOpen || graph.size() <= smallChain;
    for (const Severity least : {Severity::Medium, Severity::High, Severity::Critical}) {
        request.keep.clear();
        keepFindings(inspection, least, request.keep);
        if (request.keep.size() <= mostFindingsKept)
            break;
    }
    if (const auto revealed = graph.find(m_revealed))
        request.keep.insert(*revealed);
    for (const std::string& id : m_opened) {
        if (const auto index = graph.find(id))
            request.opened.insert(*index);
    }
    return request;
}

void FoldState::open(const RevisionGraph& graph, const std::vector<RevisionIndex>& members)
{
    // Both ends, so that the run stays open when one of them is taken out of it.
    if (members.empty())
        return;
    m_opened.insert(graph.revision(members.front()).id);
    m_opened.insert(graph.revision(members.back()).id);
}

bool FoldState::fold(const Inspection& inspection, RevisionIndex revision)
{
    FoldRequest request = requestFor(inspection);
    if (request.foldNothing)
        return false;
    request.opened.clear();
    if (const auto revealed = inspection.graph->find(m_revealed))
        request.keep.erase(*revealed);
    const Skeleton folded = foldRuns(*inspection.graph, request);
    for (const SkeletonNode& node : folded.nodes) {
        const bool here =
            node.kind == NodeKind::Run &&
            std::find(node.members.begin(), node.members.end(), revision) != node.members.end();
        if (!here)
            continue;
        for (const RevisionIndex member : node.members)
            m_opened.erase(inspection.graph->revision(member).id);
        m_revealed.clear();
        return true;
    }
    return false;
}

void FoldState::foldAll()
{
    m_allOpen = false;
    m_opened.clear();
    m_revealed.clear();
}

} // namespace sightglass
