// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/revision_range.h"

#include "core/revisions/relative_text.h"
#include "core/revisions/revision_names.h"
#include "core/revisions/revision_refusal.h"
#include "core/revisions/revision_steps.h"

#include <algorithm>

namespace sightglass {

namespace {

bool isName(const RevisionGraph& graph, std::string_view text)
{
    return graph.find(text).has_value() || graph.findLabel(text).has_value();
}

/// The walk that a text describes; a label may look like one.
std::optional<RelativeText> walkIn(const RevisionGraph& graph, const std::string& text)
{
    auto relative = relativeTextOf(text);
    return relative && relative->isWhole && !isName(graph, text) ? relative : std::nullopt;
}

/// -N and label@-N count from the heads and are names of their own; the other walks are read as an
/// upgrade of an empty database would read them.
Result<std::vector<NamedPlace>> placesOf(const RevisionGraph& graph, const std::string& text)
{
    const auto relative = walkIn(graph, text);
    if (relative && (relative->symbol || relative->count > 0))
        return upgradeTargets(graph, {}, text, true);
    return RevisionNames(graph).places(std::optional(text));
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view spaces = " \t\n\r\v\f";
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

Error leadsPastTheEnd(const std::string& text)
{
    return Error{.code = ErrorCode::NotFound,
                 .message = "'" + text + "' leads past the end of the chain.",
                 .nextStep = "Use a smaller number, or name the revision."};
}

Result<std::vector<RevisionIndex>> indexesOf(const std::vector<NamedPlace>& places,
                                             const std::string& text)
{
    std::vector<RevisionIndex> result;
    for (const NamedPlace place : places) {
        if (place.kind == NamedPlace::Kind::None)
            return failure(leadsPastTheEnd(text));
        const bool isNew = std::ranges::find(result, place.index) == result.end();
        if (place.isRevision() && isNew)
            result.push_back(place.index);
    }
    return result;
}

RefusedRequest walkTo(std::string_view target, std::string_view notAncestor)
{
    return {.notAncestor = notAncestor, .start = {}, .end = std::string(target)};
}

} // namespace

Result<std::vector<RevisionIndex>> resolveRevisions(const RevisionGraph& graph,
                                                    std::string_view text)
{
    const std::string name(text);
    const auto places = placesOf(graph, name);
    if (!places)
        return failure(commandError(places.error(), {}));
    return indexesOf(*places, name);
}

Result<std::optional<RevisionIndex>> resolveRevision(const RevisionGraph& graph,
                                                     std::string_view text)
{
    const std::string name(text);
    if (!walkIn(graph, name)) {
        const auto place = RevisionNames(graph).place(std::optional(name));
        if (!place)
            return failure(commandError(place.error(), {}));
        return place->isRevision() ? std::optional(place->index) : std::nullopt;
    }
    const auto indexes = resolveRevisions(graph, text);
    if (!indexes)
        return failure(indexes.error());
    if (indexes->size() > 1) {
        std::vector<std::string> ids;
        for (const RevisionIndex index : *indexes)
            ids.push_back(graph.revision(index).id);
        return failure(commandError(refusal::multipleHeads(ids, name), {}));
    }
    return indexes->empty() ? std::nullopt : std::optional(indexes->front());
}

Result<std::vector<RevisionIndex>> upgradePath(const RevisionGraph& graph,
                                               std::span<const RevisionId> current,
                                               std::string_view target)
{
    const UpgradeWalk walk{
        .upper = std::string(target),
        .lower = {.texts = {current.begin(), current.end()}, .isExpression = false},
        .inclusive = false,
        .implicitBase = true,
        .assertRelativeLength = true};
    auto path = upgradeWalk(graph, walk);
    if (!path) {
        return failure(commandError(
            path.error(),
            walkTo(target, "Destination %end is not a valid upgrade target from current head(s)")));
    }
    std::ranges::reverse(*path);
    return path;
}

Result<std::vector<RevisionIndex>> downgradePath(const RevisionGraph& graph,
                                                 std::span<const RevisionId> current,
                                                 std::string_view target)
{
    auto path = downgradeWalk(graph, current, std::string(target));
    if (!path) {
        return failure(commandError(
            path.error(),
            walkTo(target,
                   "Destination %end is not a valid downgrade target from current head(s)")));
    }
    return path;
}

Result<std::vector<RevisionIndex>> resolveRange(const RevisionGraph& graph, std::string_view text)
{
    text = trimmed(text);
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return resolveRevisions(graph, text);
    if (text.find(':', colon + 1) != std::string_view::npos) {
        return failure(ErrorCode::Usage,
                       "A range has one colon, and '" + std::string(text) + "' has more.",
                       "Write it as [start]:[end], [start]:, or :[end].");
    }
    const std::string_view start = text.substr(0, colon);
    const std::string_view end = text.substr(colon + 1);
    const UpgradeWalk walk{
        .upper = std::string(end.empty() ? "heads" : end),
        .lower = {.texts = {std::string(start.empty() ? "base" : start)}, .isExpression = true},
        .inclusive = true,
        .implicitBase = false,
        .assertRelativeLength = false};
    auto revisions = upgradeWalk(graph, walk);
    if (!revisions) {
        RefusedRequest request;
        request.start = walk.lower.texts.front();
        request.end = walk.upper;
        return failure(commandError(revisions.error(), request));
    }
    return revisions;
}

} // namespace sightglass
