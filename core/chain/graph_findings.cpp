// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/chain_rules.h"
#include "core/chain/wording.h"

#include <algorithm>
#include <string_view>

namespace sightglass {

namespace {

using Kind = GraphProblem::Kind;

const Fix restoreFromGit{.id = "restore-from-git", .title = "Restore the file from git"};
const Fix rebuildRevision{.id = "rebuild-revision", .title = "Rebuild the revision"};
const Fix renameFile{.id = "rename-file", .title = "Rename the file"};
const Fix mergeHeads{.id = "merge-heads", .title = "Merge the heads"};
const Fix repoint{.id = "repoint-down-revision", .title = "Point it at another revision"};

Finding
finding(std::string rule, Severity severity, wording::Text text, const GraphProblem& problem)
{
    Finding result{.rule = std::move(rule), .category = "chain", .severity = severity};
    result.title = std::move(text.title);
    result.detail = std::move(text.detail);
    if (!problem.spans.empty()) {
        result.span = problem.spans.front();
        result.related.assign(problem.spans.begin() + 1, problem.spans.end());
    }
    return result;
}

bool isAnyMissing(const RevisionGraph& graph)
{
    return !graph.missing().empty();
}

bool areLabelled(const RevisionGraph& graph, const std::vector<std::string>& ids)
{
    return std::ranges::all_of(ids, [&graph](const std::string& id) {
        const auto index = graph.find(id);
        return index && !graph.labels(*index).empty();
    });
}

Finding missingRevision(const ChainFacts& facts, const GraphProblem& problem)
{
    const auto namesake = facts.names.fileNamedAfter(problem.ids.front());
    std::string_view file;
    std::string_view defines;
    if (namesake) {
        file = fileNameOf(facts.graph.revision(*namesake).span.file);
        defines = facts.graph.revision(*namesake).id;
    }
    Finding result = finding("missing-revision",
                             Severity::Critical,
                             wording::missingRevision(problem, file, defines),
                             problem);
    result.revision = problem.ids[1];
    result.object = problem.ids.front();
    result.fixes = {restoreFromGit, rebuildRevision, repoint};
    if (namesake) {
        result.related.push_back(facts.graph.revision(*namesake).span);
        result.fixes.push_back(renameFile);
    }
    return result;
}

Finding severalHeads(const ChainFacts& facts, const GraphProblem& problem)
{
    const bool labelled = areLabelled(facts.graph, problem.ids);
    const bool missing = isAnyMissing(facts.graph);
    const Severity severity = labelled  ? Severity::Low
                              : missing ? Severity::Medium
                                        : Severity::High;
    Finding result = finding(
        "multiple-heads", severity, wording::severalHeads(problem, labelled, missing), problem);
    result.confidence = missing ? Confidence::Possible : Confidence::Certain;
    result.revision = problem.ids.front();
    result.fixes = {mergeHeads, repoint};
    return result;
}

std::optional<Finding> findingFor(const ChainFacts& facts, const GraphProblem& problem)
{
    const bool stops = !problem.alembic.empty();
    switch (problem.kind) {
    case Kind::MissingDownRevision:
    case Kind::MissingDependency:
        return missingRevision(facts, problem);
    case Kind::DuplicateId:
        return finding("duplicate-revision-id",
                       stops ? Severity::Critical : Severity::High,
                       wording::duplicateId(problem),
                       problem);
    case Kind::SelfReference:
        return finding(
            "self-reference", Severity::Critical, wording::selfReference(problem), problem);
    case Kind::Cycle:
        return finding("revision-cycle", Severity::Critical, wording::cycle(problem), problem);
    case Kind::DuplicateLabel:
        return finding("duplicate-branch-label",
                       Severity::Critical,
                       wording::duplicateLabel(problem),
                       problem);
    case Kind::RepeatedReference:
        return finding("repeated-down-revision",
                       Severity::Medium,
                       wording::repeatedReference(problem),
                       problem);
    case Kind::SeveralHeads:
        return severalHeads(facts, problem);
    case Kind::SeveralBases:
        return finding("multiple-bases",
                       areLabelled(facts.graph, problem.ids) ? Severity::Info : Severity::Low,
                       wording::severalBases(problem),
                       problem);
    case Kind::Island:
        return finding("unconnected-revisions",
                       areLabelled(facts.graph, problem.ids) ? Severity::Info : Severity::Medium,
                       wording::island(problem),
                       problem);
    case Kind::InvalidId:
        return finding("invalid-revision-id",
                       stops && problem.label != ":" ? Severity::Critical : Severity::High,
                       wording::invalidId(problem),
                       problem);
    case Kind::NoHead:
    case Kind::NoBase:
        return std::nullopt; // the cycle behind it is a finding already
    }
    return std::nullopt;
}

void completeFixes(Finding& finding)
{
    if (finding.rule == "self-reference" || finding.rule == "revision-cycle" ||
        finding.rule == "repeated-down-revision" || finding.rule == "unconnected-revisions")
        finding.fixes = {repoint};
    if (finding.rule == "duplicate-revision-id")
        finding.fixes = {{.id = "change-revision-id", .title = "Give one of them another id"}};
}

} // namespace

void addGraphFindings(const ChainFacts& facts, std::vector<Finding>& findings)
{
    for (const GraphProblem& problem : facts.graph.problems()) {
        auto found = findingFor(facts, problem);
        if (!found)
            continue;
        if (found->revision.empty() && !problem.ids.empty())
            found->revision = problem.ids.front();
        completeFixes(*found);
        findings.push_back(std::move(*found));
    }
}

} // namespace sightglass
