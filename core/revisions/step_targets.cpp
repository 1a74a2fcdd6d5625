// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/relative_text.h"
#include "core/revisions/revision_refusal.h"
#include "core/revisions/revision_steps.h"

#include <algorithm>

namespace sightglass {

namespace {

using Branch = std::optional<std::string>;

Error didNotProduce(const std::string& steps, const RelativeText& relative)
{
    return refusal::revisionError("Relative revision " + steps + " didn't produce " +
                                  relative.magnitude() + " migrations");
}

bool isGiven(const Branch& branch)
{
    return branch.has_value() && !branch->empty();
}

/// The targets of one walk; a failure passes through.
Result<std::vector<NamedPlace>> alone(const Result<NamedPlace>& place)
{
    if (!place)
        return failure(place.error());
    return std::vector<NamedPlace>{*place};
}

Result<NamedPlace> walkFrom(const RevisionNames& names,
                            const std::optional<std::string>& start,
                            const RelativeText& relative,
                            const Branch& branch,
                            bool allOrNothing)
{
    const auto place = names.place(start);
    if (!place)
        return place;
    return names.walk(*place, relative.count, branch, allOrNothing);
}

std::vector<RevisionIndex> revisionsOf(const std::vector<NamedPlace>& places)
{
    std::vector<RevisionIndex> result;
    for (const NamedPlace place : places) {
        if (place.isRevision())
            result.push_back(place.index);
    }
    return result;
}

/// Ids of the newest applied revisions on a branch that no row is on.
Result<std::vector<std::string>> appliedTips(const RevisionGraph& graph,
                                             const std::vector<RevisionIndex>& rows,
                                             const std::string& branch)
{
    const RevisionNames names(graph);
    const std::vector<bool> applied = graph.withAncestors(rows);
    std::vector<RevisionIndex> all;
    for (RevisionIndex i = 0; i < graph.size(); ++i) {
        if (applied[i])
            all.push_back(i);
    }
    const auto onBranch = names.ofLineage(all, branch);
    if (!onBranch)
        return failure(onBranch.error());
    std::vector<bool> isTip(graph.size(), false);
    for (const RevisionIndex index : *onBranch)
        isTip[index] = true;
    for (const RevisionIndex index : *onBranch) {
        for (const RevisionIndex below : graph.acyclicDown(index))
            isTip[below] = false;
    }
    std::vector<std::string> tips;
    for (const RevisionIndex index : *onBranch) {
        if (isTip[index])
            tips.push_back(graph.revision(index).id);
    }
    return tips;
}

/// The rows as names, up to one that is None; a walk below the base is Alembic's text "base".
std::vector<std::string> textsOf(const RevisionGraph& graph, const std::vector<NamedPlace>& rows)
{
    std::vector<std::string> texts;
    for (const NamedPlace row : rows) {
        if (row.kind == NamedPlace::Kind::None)
            break;
        texts.push_back(row.isRevision() ? graph.revision(row.index).id : "base");
    }
    return texts;
}

/// Where +N starts: at the only row, or on `branch` at what is applied of it. No text is the base.
Result<std::vector<std::optional<std::string>>>
startsOfUpgrade(const RevisionGraph& graph, const WalkEnd& current, const Branch& branch)
{
    const RevisionNames names(graph);
    std::vector<std::string> starts = current.texts;
    if (isGiven(branch)) {
        const auto rows = names.places(std::span<const std::string>(current.texts));
        if (!rows)
            return failure(rows.error());
        const std::vector<std::string> texts = textsOf(graph, *rows);
        auto onBranch = names.ofLineage(texts, *branch);
        if (!onBranch)
            return failure(onBranch.error());
        if (texts.size() < rows->size()) {
            return failure(refusal::assertion("The start leads past the end of the chain.",
                                              "Use a smaller number, or name the revision."));
        }
        starts = std::move(*onBranch);
        if (starts.empty()) {
            auto tips = appliedTips(graph, revisionsOf(*rows), *branch);
            if (!tips)
                return failure(tips.error());
            starts = std::move(*tips);
        }
    }
    std::vector<std::optional<std::string>> result(starts.begin(), starts.end());
    if (result.empty())
        result.emplace_back();
    return result;
}

Result<std::vector<NamedPlace>> targetsAbove(const RevisionGraph& graph,
                                             const WalkEnd& current,
                                             const RelativeText& relative,
                                             bool allOrNothing)
{
    const RevisionNames names(graph);
    if (relative.symbol)
        return alone(walkFrom(names, relative.symbol, relative, relative.branch, allOrNothing));
    const auto starts = startsOfUpgrade(graph, current, relative.branch);
    if (!starts)
        return failure(starts.error());
    if (starts->size() > 1)
        return failure(refusal::revisionError("Ambiguous upgrade from multiple current revisions"));
    auto place = walkFrom(names, starts->front(), relative, relative.branch, allOrNothing);
    if (place && place->kind == NamedPlace::Kind::None)
        return failure(didNotProduce(relative.steps, relative));
    return alone(place);
}

std::optional<std::string> withBranch(const Branch& branch, const std::string& symbol)
{
    return branch ? *branch + "@" + symbol : symbol;
}

/// Revisions that rows stand for and no other of these is built on.
std::vector<RevisionIndex> currentTips(const RevisionGraph& graph,
                                       const std::vector<RevisionIndex>& rows)
{
    const std::vector<bool> applied = graph.withAncestors(rows);
    std::vector<RevisionIndex> tips;
    for (RevisionIndex i = 0; i < graph.size(); ++i) {
        const bool isTip = std::ranges::none_of(
            graph.next(i), [&](RevisionIndex above) { return above != i && applied[above]; });
        if (applied[i] && isTip)
            tips.push_back(i);
    }
    return tips;
}

/// The row that label@-N starts from.
Result<std::string> startOnBranch(const RevisionGraph& graph,
                                  std::span<const std::string> current,
                                  const RelativeText& relative)
{
    const RevisionNames names(graph);
    const auto onBranch =
        names.ofLineage(std::vector<std::string>(current.begin(), current.end()), *relative.branch);
    if (!onBranch)
        return failure(onBranch.error());
    std::vector<std::string> starts = *onBranch;
    if (starts.empty()) {
        const auto rows = names.places(current);
        if (!rows)
            return failure(rows.error());
        const auto tips = names.ofLineage(currentTips(graph, revisionsOf(*rows)), *relative.branch);
        if (!tips)
            return failure(tips.error());
        for (const RevisionIndex index : *tips)
            starts.push_back(graph.revision(index).id);
    }
    if (starts.size() != 1) {
        return failure(refusal::assertion(
            "Branch '" + *relative.branch + "' has " + std::to_string(starts.size()) +
                " current revisions, and " + relative.steps + " needs exactly one.",
            "Name the revision to go down to."));
    }
    return starts.front();
}

Result<DowngradeTarget> targetBelow(const RevisionGraph& graph,
                                    std::span<const std::string> current,
                                    const RelativeText& relative,
                                    bool allOrNothing)
{
    const RevisionNames names(graph);
    Branch branch = relative.branch;
    std::string symbol = relative.symbol.value_or(std::string());
    if (!relative.symbol && isGiven(branch)) {
        auto start = startOnBranch(graph, current, relative);
        if (!start)
            return failure(start.error());
        symbol = std::move(*start);
    } else if (!relative.symbol) {
        if (current.empty())
            return failure(didNotProduce(relative.steps, relative));
        symbol = current.front();
        branch = symbol;
    }
    const auto place =
        walkFrom(names, withBranch(branch, symbol), relative, std::nullopt, allOrNothing);
    if (!place)
        return failure(place.error());
    if (place->kind == NamedPlace::Kind::None) {
        return failure(relative.symbol ? refusal::revisionError("Walked too far")
                                       : didNotProduce(relative.steps, relative));
    }
    return DowngradeTarget{.branch = branch, .place = *place};
}

} // namespace

Result<std::vector<NamedPlace>> upgradeTargets(const RevisionGraph& graph,
                                               const WalkEnd& current,
                                               const std::string& target,
                                               bool assertRelativeLength)
{
    const RevisionNames names(graph);
    const auto relative = relativeTextOf(target);
    if (!relative)
        return names.places(std::optional(target));
    if (relative->count > 0)
        return targetsAbove(graph, current, *relative, assertRelativeLength);
    if (!relative->symbol)
        return failure(didNotProduce(relative->number(), *relative));
    return alone(walkFrom(names,
                          withBranch(relative->branch, *relative->symbol),
                          *relative,
                          std::nullopt,
                          assertRelativeLength));
}

Result<DowngradeTarget> downgradeTarget(const RevisionGraph& graph,
                                        std::span<const std::string> current,
                                        const std::string& target,
                                        bool assertRelativeLength)
{
    const RevisionNames names(graph);
    const auto relative = relativeTextOf(target);
    if (relative && relative->count < 0)
        return targetBelow(graph, current, *relative, assertRelativeLength);
    if (relative) {
        if (!relative->symbol)
            return failure(didNotProduce(relative->steps, *relative));
        const auto place =
            walkFrom(names, relative->symbol, *relative, relative->branch, assertRelativeLength);
        if (!place)
            return failure(place.error());
        if (place->kind == NamedPlace::Kind::None)
            return failure(refusal::revisionError("Walked too far"));
        return DowngradeTarget{.branch = relative->branch, .place = *place};
    }
    const auto at = target.rfind('@');
    const bool hasBranch = at != std::string::npos && at > 0;
    const auto place =
        names.place(std::optional(at == std::string::npos ? target : target.substr(at + 1)));
    if (!place)
        return failure(place.error());
    return DowngradeTarget{.branch = hasBranch ? Branch(target.substr(0, at)) : std::nullopt,
                           .place = *place};
}

} // namespace sightglass
