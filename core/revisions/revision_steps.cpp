// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/revision_steps.h"

#include "core/revisions/overlap.h"
#include "core/revisions/python_text.h"
#include "core/revisions/revision_refusal.h"
#include "core/revisions/walk_order.h"

#include <algorithm>

namespace sightglass {

namespace {

using Flags = std::vector<bool>;
using Indexes = std::vector<RevisionIndex>;

Error leadsPastTheEnd(const std::string& text)
{
    return refusal::assertion("'" + text + "' leads past the end of the chain.",
                              "Use a smaller number, or name the revision.");
}

Result<Indexes> onlyRevisions(const std::vector<NamedPlace>& places, const std::string& text)
{
    Indexes result;
    for (const NamedPlace place : places) {
        if (!place.isRevision())
            return failure(leadsPastTheEnd(text));
        result.push_back(place.index);
    }
    return result;
}

/// The wanted revisions in order. All of them have to be reached from `heads`.
Result<Indexes> inOrder(const RevisionGraph& graph, Indexes heads, const Flags& wanted)
{
    Flags todo(graph.size(), false);
    const auto live = [&graph](RevisionIndex i) { return *graph.find(graph.revision(i).id); };
    for (RevisionIndex i = 0; i < graph.size(); ++i) {
        if (wanted[i])
            todo[live(i)] = true;
    }
    for (RevisionIndex& head : heads)
        head = live(head);
    std::ranges::sort(heads, {}, [&graph](RevisionIndex i) { return graph.loadPosition(i); });
    const auto count = std::ranges::count(todo, true);
    Indexes order = walkOrderOf(graph.acyclicEdges(), heads, std::move(todo));
    if (std::ssize(order) != count) {
        return failure(refusal::assertion(
            "The range holds revisions that are reached only through a dependency outside of it.",
            "Name the two ends on one line of down revisions."));
    }
    return order;
}

Indexes
targetsOnBranch(const RevisionGraph& graph, const Indexes& targets, const std::string& branch)
{
    Indexes result;
    for (const RevisionIndex index : targets) {
        const auto labels = graph.labels(index);
        if (std::ranges::find(labels, branch) != labels.end())
            result.push_back(index);
    }
    return result;
}

/// `label@…` as the lower end leaves only targets that have the label.
Result<Indexes>
limitedToLowerBranch(const RevisionGraph& graph, const WalkEnd& lower, const Indexes& targets)
{
    const auto at = lower.isExpression ? lower.texts.front().find('@') : std::string::npos;
    if (at == std::string::npos)
        return targets;
    std::string branch = lower.texts.front().substr(0, at);
    const auto place = RevisionNames(graph).place(std::optional(branch));
    if (!place)
        return failure(place.error());
    if (place->isRevision() && graph.revision(place->index).id == branch) {
        const auto labels = graph.labels(place->index);
        if (labels.size() != 1) {
            return failure(
                refusal::assertion("'" + branch + "' is on " + std::to_string(labels.size()) +
                                       " labelled branches, and a range needs exactly one.",
                                   "Name the branch by its label."));
        }
        branch = labels.front();
    }
    return targetsOnBranch(graph, targets, branch);
}

/// The lower end as revisions; an expression that led below the base is read again as a downgrade.
Result<std::vector<NamedPlace>>
lowerPlaces(const RevisionGraph& graph, UpgradeWalk& walk, std::vector<NamedPlace> places)
{
    if (places.empty() || places.front().kind != NamedPlace::Kind::None)
        return places;
    if (!walk.lower.isExpression)
        return failure(leadsPastTheEnd(joined(walk.lower.texts, ", ")));
    const std::vector<std::string> upper{walk.upper};
    const auto target =
        downgradeTarget(graph, upper, walk.lower.texts.front(), walk.assertRelativeLength);
    if (!target)
        return failure(target.error());
    if (target->place.kind == NamedPlace::Kind::None)
        return failure(leadsPastTheEnd(walk.lower.texts.front()));
    if (target->place.kind == NamedPlace::Kind::Base) {
        walk.lower = {};
        return std::vector<NamedPlace>();
    }
    walk.lower = {.texts = {graph.revision(target->place.index).id}, .isExpression = true};
    return std::vector<NamedPlace>{target->place};
}

Result<std::vector<NamedPlace>> placesOf(const RevisionGraph& graph, const WalkEnd& end)
{
    const RevisionNames names(graph);
    return names.places(std::span<const std::string>(end.texts));
}

void unite(Flags& flags, const Indexes& more)
{
    for (const RevisionIndex index : more)
        flags[index] = true;
}

std::string textOf(const WalkEnd& end)
{
    if (end.texts.empty())
        return "base";
    return end.isExpression ? end.texts.front() : pythonTuple(end.texts);
}

Result<Indexes> upgradeTargetIndexes(const RevisionGraph& graph, const UpgradeWalk& walk)
{
    const auto places = upgradeTargets(graph, walk.lower, walk.upper, walk.assertRelativeLength);
    if (!places)
        return failure(places.error());
    const auto all = onlyRevisions(*places, walk.upper);
    if (!all)
        return all;
    return limitedToLowerBranch(graph, walk.lower, *all);
}

Result<Flags> withAncestorsChecked(const RevisionGraph& graph, const Indexes& start)
{
    if (const auto overlap = overlapOf(graph, start, Along::AncestorsWithDependencies))
        return failure(refusal::revisionError(*overlap));
    return graph.withAncestors(start);
}

/// Revisions between the ends; `walk.lower` may be read anew on the way.
Result<Flags> neededRevisions(const RevisionGraph& graph, UpgradeWalk& walk, const Indexes& targets)
{
    const auto required = withAncestorsChecked(graph, targets);
    if (!required)
        return required;
    const auto named = placesOf(graph, walk.lower);
    if (!named)
        return failure(named.error());
    const bool leaves = std::ranges::any_of(*named, [&](NamedPlace place) {
        const bool isNone = place.kind == NamedPlace::Kind::None;
        return !isNone && (!place.isRevision() || !(*required)[place.index]);
    });
    if (!walk.implicitBase && leaves)
        return failure(refusal::notAncestor(textOf(walk.lower), walk.upper));
    const auto places = lowerPlaces(graph, walk, *named);
    if (!places)
        return failure(places.error());
    const auto current = onlyRevisions(*places, textOf(walk.lower));
    if (!current) {
        // Alembic looks at one place after the other, so an overlap may come before the end.
        Indexes revisions;
        std::size_t before = places->size();
        for (std::size_t i = 0; i < places->size(); ++i) {
            if ((*places)[i].isRevision())
                revisions.push_back((*places)[i].index);
            else
                before = std::min(before, revisions.size());
        }
        if (const auto overlap =
                overlapOf(graph, revisions, Along::AncestorsWithDependencies, before))
            return failure(refusal::revisionError(*overlap));
        return failure(current.error());
    }
    const auto applied = withAncestorsChecked(graph, *current);
    if (!applied)
        return applied;

    Flags needs = *required;
    for (std::size_t i = 0; i < needs.size(); ++i)
        needs[i] = needs[i] && !(*applied)[i];
    if (walk.inclusive) {
        const auto again = placesOf(graph, walk.lower);
        if (!again)
            return failure(again.error());
        const auto ends = onlyRevisions(*again, textOf(walk.lower));
        if (!ends)
            return failure(ends.error());
        unite(needs, *ends);
    }
    if (!current->empty() && !walk.implicitBase) {
        if (const auto overlap = overlapOf(graph, *current, Along::Descendants))
            return failure(refusal::revisionError(*overlap));
        const Flags above = reachable(graph.nextEdges(), *current);
        for (std::size_t i = 0; i < needs.size(); ++i)
            needs[i] = needs[i] && above[i];
    }
    return needs;
}

/// The revisions right above the target; from there up everything goes.
Result<Indexes> rootsOfDowngrade(const RevisionGraph& graph, const DowngradeTarget& target)
{
    Indexes roots;
    if (target.place.isRevision()) {
        const auto next = graph.next(target.place.index);
        roots.assign(next.begin(), next.end());
    } else {
        // Labels are names of the map as well, so a labelled base counts more than once.
        for (RevisionIndex i = 0; i < graph.size(); ++i) {
            if (!graph.isBase(i))
                continue;
            const auto& labels = graph.revision(i).labels;
            const auto owned = std::ranges::count_if(
                labels, [&](const auto& label) { return graph.findLabel(label.id) == i; });
            roots.insert(
                roots.end(), static_cast<std::size_t>(owned) + (graph.isReplaced(i) ? 0 : 1), i);
        }
    }
    if (!target.branch || target.branch->empty() || roots.size() < 2)
        return roots;

    const auto branch = RevisionNames(graph).branch(*target.branch);
    if (!branch)
        return failure(branch.error());
    const Flags ancestors = reachable(graph.downEdges(), std::array{*branch});
    std::erase_if(roots, [&](RevisionIndex root) { return !ancestors[root]; });
    if (roots.empty())
        return failure(refusal::revisionError("Not a valid downgrade target from current heads"));
    return roots;
}

} // namespace

Result<std::vector<RevisionIndex>> upgradeWalk(const RevisionGraph& graph, const UpgradeWalk& given)
{
    UpgradeWalk walk = given;
    const auto targets = upgradeTargetIndexes(graph, walk);
    if (!targets)
        return targets;
    const auto needs = neededRevisions(graph, walk, *targets);
    if (!needs)
        return failure(needs.error());
    return inOrder(graph, *targets, *needs);
}

Result<std::vector<RevisionIndex>> downgradeWalk(const RevisionGraph& graph,
                                                 std::span<const std::string> current,
                                                 const std::string& target)
{
    const auto parsed = downgradeTarget(graph, current, target, true);
    if (!parsed)
        return failure(parsed.error());
    const auto roots = rootsOfDowngrade(graph, *parsed);
    if (!roots)
        return roots;
    const auto rows = RevisionNames(graph).places(current);
    if (!rows)
        return failure(rows.error());
    const auto heads = onlyRevisions(*rows, joined(current, ", "));
    if (!heads)
        return heads;

    Flags goes = graph.withDescendants(*roots);
    const Flags active = graph.withAncestors(*heads);
    for (std::size_t i = 0; i < goes.size(); ++i)
        goes[i] = goes[i] && active[i];
    const bool isCurrent = parsed->place.isRevision() &&
                           std::ranges::find(*heads, parsed->place.index) != heads->end();
    const bool goesNowhere = std::ranges::find(goes, true) == goes.end();
    if (parsed->place.isRevision() && goesNowhere && !isCurrent) {
        return failure(refusal::notAncestor(
            "Nothing to drop", current.empty() ? std::string("base") : pythonTuple(current)));
    }
    return inOrder(graph, *heads, goes);
}

} // namespace sightglass
