// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/revision_names.h"

#include "core/revisions/python_text.h"
#include "core/revisions/relative_text.h"
#include "core/revisions/revision_refusal.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

bool isGiven(const std::optional<std::string>& branch)
{
    return branch.has_value() && !branch->empty();
}

std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

} // namespace

std::optional<RevisionIndex> RevisionNames::exact(const std::string& name) const
{
    const auto byId = m_graph.find(name);
    return byId ? byId : m_graph.findLabel(name);
}

std::vector<std::string> RevisionNames::idsInLoadOrder(std::span<const RevisionIndex> indexes) const
{
    std::vector<RevisionIndex> sorted(indexes.begin(), indexes.end());
    std::ranges::sort(sorted);
    std::vector<std::string> ids;
    for (const RevisionIndex index : sorted)
        ids.push_back(m_graph.revision(index).id);
    return ids;
}

Result<RevisionNames::Number> RevisionNames::number(const std::optional<std::string>& text) const
{
    if (!text)
        return Number{};
    Number result;
    std::string id = *text;
    if (const auto at = text->find('@'); at != std::string::npos) {
        result.branch = text->substr(0, at);
        id = text->substr(at + 1);
    }
    if (id == "heads" && !isGiven(result.branch)) {
        result.ids = idsInLoadOrder(m_graph.effectiveHeads());
    } else if (id == "heads" || id == "head") {
        result.ids = idsInLoadOrder(m_graph.heads());
        if (isGiven(result.branch)) {
            auto ids = ofLineage(result.ids, *result.branch);
            if (!ids)
                return failure(ids.error());
            result.ids = std::move(*ids);
        }
        if (id == "head" && result.ids.size() > 1) {
            return failure(refusal::multipleHeads(
                result.ids, isGiven(result.branch) ? *result.branch + "@head" : "head"));
        }
    } else if (id != "base") {
        result.ids = {id};
    }
    return result;
}

Result<std::vector<NamedPlace>> RevisionNames::places(const std::optional<std::string>& text) const
{
    const auto resolved = number(text);
    if (!resolved)
        return failure(resolved.error());
    if (resolved->ids.size() == 1) {
        const auto steps = pythonInteger(resolved->ids.front());
        if (steps && *steps < 0)
            return belowHeads(*steps, resolved->branch);
    }
    std::vector<NamedPlace> result;
    for (const std::string& id : resolved->ids) {
        const auto index = named(id, resolved->branch);
        if (!index)
            return failure(index.error());
        result.push_back(NamedPlace::at(*index));
    }
    return result;
}

Result<std::vector<NamedPlace>> RevisionNames::places(std::span<const std::string> texts) const
{
    std::vector<NamedPlace> result;
    for (const std::string& text : texts) {
        const auto some = places(std::optional(text));
        if (!some)
            return failure(some.error());
        result.insert(result.end(), some->begin(), some->end());
    }
    return result;
}

Result<std::vector<NamedPlace>>
RevisionNames::belowHeads(std::int64_t steps, const std::optional<std::string>& branch) const
{
    const auto heads = places(std::optional<std::string>("heads"));
    if (!heads)
        return failure(heads.error());
    std::vector<NamedPlace> result;
    for (const NamedPlace head : *heads) {
        if (branch && std::ranges::find(m_graph.labels(head.index), *branch) ==
                          m_graph.labels(head.index).end())
            continue;
        const auto below = walk(head, steps, std::nullopt, true);
        if (!below)
            return failure(below.error());
        result.push_back(*below);
    }
    return result;
}

Result<NamedPlace> RevisionNames::place(const std::optional<std::string>& text) const
{
    const auto resolved = number(text);
    if (!resolved)
        return failure(resolved.error());
    if (resolved->ids.size() > 1)
        return failure(refusal::multipleHeads(resolved->ids, text.value_or("None")));
    if (resolved->ids.empty()) {
        if (isGiven(resolved->branch)) {
            const auto known = branch(*resolved->branch);
            if (!known)
                return failure(known.error());
        }
        return NamedPlace{};
    }
    const auto index = named(resolved->ids.front(), resolved->branch);
    if (!index)
        return failure(index.error());
    return NamedPlace::at(*index);
}

Result<RevisionIndex> RevisionNames::branch(const std::string& name) const
{
    if (const auto index = exact(name))
        return *index;
    auto index = named(name, std::nullopt);
    const bool isUnknown = !index && index.error().context.front().starts_with("ResolutionError");
    if (isUnknown) {
        return failure(
            refusal::resolution(ErrorCode::NotFound, "No such branch: '" + name + "'", name));
    }
    return index;
}

Result<RevisionIndex> RevisionNames::named(const std::string& name,
                                           const std::optional<std::string>& checkBranch) const
{
    Result<RevisionIndex> branchRevision = RevisionIndex{0};
    if (isGiven(checkBranch)) {
        branchRevision = branch(*checkBranch);
        if (!branchRevision)
            return branchRevision;
    }
    const auto known = exact(name);
    const Result<RevisionIndex> index =
        known ? Result<RevisionIndex>(*known) : namedInPart(name, checkBranch);
    if (!index || !isGiven(checkBranch))
        return index;

    const std::string& id = m_graph.revision(*index).id;
    const auto shared =
        ofLineage(std::vector<std::string>{id}, m_graph.revision(*branchRevision).id);
    if (!shared)
        return failure(shared.error());
    if (shared->empty()) {
        return failure(refusal::resolution(ErrorCode::NotFound,
                                           "Revision " + id + " is not a member of branch '" +
                                               *checkBranch + "'",
                                           name));
    }
    return index;
}

Result<RevisionIndex>
RevisionNames::namedInPart(const std::string& name,
                           const std::optional<std::string>& checkBranch) const
{
    if (name.empty()) {
        return failure(
            refusal::assertion("A revision is named by an empty text.",
                               "Give an id, the first characters of one, head, heads or base."));
    }
    std::vector<std::string> names = m_graph.namesStartingWith(name);
    std::erase_if(names, [](const std::string& full) { return characters(full) <= 3; });
    if (isGiven(checkBranch)) {
        auto inBranch = ofLineage(names, *checkBranch);
        if (!inBranch)
            return failure(inBranch.error());
        names = std::move(*inBranch);
    }
    if (names.empty())
        return failure(refusal::noSuchRevision(name));
    if (names.size() > 1) {
        std::string shown;
        for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 3); ++i)
            shown += (i > 0 ? ", '" : "'") + names[i] + "'";
        return failure(
            refusal::resolution(ErrorCode::Ambiguous,
                                "Multiple revisions start with '" + name + "': " + shown + "...",
                                name));
    }
    return *exact(names.front());
}

Result<std::vector<std::string>> RevisionNames::lineageNames(const std::string& check) const
{
    const auto resolved = number(std::optional(check));
    if (!resolved)
        return failure(resolved.error());
    std::vector<std::string> names;
    if (isGiven(resolved->branch))
        names.push_back(*resolved->branch);
    names.insert(names.end(), resolved->ids.begin(), resolved->ids.end());
    return names;
}

Result<RevisionNames::Flags> RevisionNames::related(const std::vector<std::string>& names) const
{
    std::vector<RevisionIndex> indexes;
    for (const std::string& name : names) {
        const auto index = named(name, std::nullopt);
        if (!index)
            return failure(index.error());
        indexes.push_back(*index);
    }
    Flags result = reachable(m_graph.nextEdges().reversed(), indexes);
    const Flags above = reachable(m_graph.downEdges().reversed(), indexes);
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = result[i] || above[i];
    return result;
}

Result<std::vector<std::string>> RevisionNames::ofLineage(const std::vector<std::string>& targets,
                                                          const std::string& check) const
{
    const auto names = lineageNames(check);
    if (!names)
        return failure(names.error());
    if (names->empty())
        return targets;
    std::optional<Flags> flags;
    std::vector<std::string> result;
    for (const std::string& target : targets) {
        const auto index = named(target, std::nullopt);
        if (!index)
            return failure(index.error());
        if (!flags) {
            auto found = related(*names);
            if (!found)
                return failure(found.error());
            flags = std::move(*found);
        }
        if ((*flags)[*index])
            result.push_back(target);
    }
    return result;
}

Result<std::vector<RevisionIndex>>
RevisionNames::ofLineage(const std::vector<RevisionIndex>& targets, const std::string& check) const
{
    if (targets.empty()) {
        const auto names = lineageNames(check);
        return names ? Result<std::vector<RevisionIndex>>(targets) : failure(names.error());
    }
    const auto flags = lineage(check);
    if (!flags)
        return failure(flags.error());
    std::vector<RevisionIndex> result;
    for (const RevisionIndex target : targets) {
        if (!*flags || (**flags)[target])
            result.push_back(target);
    }
    return result;
}

Result<std::vector<RevisionIndex>>
RevisionNames::ofFamily(const std::vector<RevisionIndex>& targets, const std::string& check) const
{
    const auto names = lineageNames(check);
    if (!names)
        return failure(names.error());
    if (names->empty() || targets.empty())
        return targets;
    std::vector<RevisionIndex> checked;
    for (const std::string& name : *names) {
        const auto index = named(name, std::nullopt);
        if (!index)
            return failure(index.error());
        checked.push_back(*index);
    }
    const Flags below = m_graph.withAncestors(checked);
    const Flags above = m_graph.withDescendants(checked);
    std::vector<RevisionIndex> result;
    for (const RevisionIndex target : targets) {
        if (below[target] || above[target])
            result.push_back(target);
    }
    return result;
}

/// One flag per revision; nothing when `check` names no revision, so that all pass.
Result<std::optional<RevisionNames::Flags>> RevisionNames::lineage(const std::string& check) const
{
    const auto names = lineageNames(check);
    if (!names)
        return failure(names.error());
    if (names->empty())
        return std::optional<Flags>();
    auto flags = related(*names);
    if (!flags)
        return failure(flags.error());
    return std::optional(std::move(*flags));
}

Result<std::vector<NamedPlace>> RevisionNames::stepUp(NamedPlace from,
                                                      const std::optional<Flags>& lineage) const
{
    std::vector<NamedPlace> result;
    std::vector<RevisionIndex> above;
    if (from.isRevision()) {
        above.assign(m_graph.next(from.index).begin(), m_graph.next(from.index).end());
    } else {
        for (const RevisionIndex base : m_graph.bases())
            above.push_back(*m_graph.find(m_graph.revision(base).id));
    }
    for (const RevisionIndex index : above) {
        if (!lineage || (*lineage)[index])
            result.push_back(NamedPlace::at(index));
    }
    return result;
}

Result<std::vector<NamedPlace>> RevisionNames::stepDown(NamedPlace from) const
{
    if (from.kind == NamedPlace::Kind::Base)
        return std::vector<NamedPlace>();
    std::vector<std::string> names;
    if (from.isRevision()) {
        for (const RevisionReference& reference : m_graph.revision(from.index).down)
            names.push_back(reference.id);
    } else {
        names = idsInLoadOrder(m_graph.heads());
    }
    auto below = places(std::span<const std::string>(names));
    if (below && below->empty())
        below->push_back({.kind = NamedPlace::Kind::Base, .index = 0});
    return below;
}

Result<NamedPlace> RevisionNames::walk(NamedPlace start,
                                       std::int64_t steps,
                                       const std::optional<std::string>& branch,
                                       bool allOrNothing) const
{
    std::optional<Flags> flags;
    bool knowsFlags = steps <= 0 || !isGiven(branch);
    if (!knowsFlags) {
        if (const auto names = lineageNames(*branch); !names)
            return failure(names.error());
    }
    NamedPlace at = start;
    // A walk in a cycle never ends by itself; so many steps only fit into one.
    const auto longest = static_cast<std::int64_t>(m_graph.size()) + 2;
    const std::int64_t count = std::min(steps < 0 ? -steps : steps, longest);
    for (std::int64_t i = 0; i < count; ++i) {
        auto options = steps > 0 ? stepUp(at, flags) : stepDown(at);
        if (!knowsFlags && options && !options->empty()) {
            knowsFlags = true;
            auto found = lineage(*branch);
            if (!found)
                return failure(found.error());
            flags = std::move(*found);
            options = stepUp(at, flags);
        }
        if (!options)
            return failure(options.error());
        if (options->empty())
            return allOrNothing ? NamedPlace{} : at;
        if (options->size() > 1)
            return failure(refusal::revisionError("Ambiguous walk"));
        at = options->front();
    }
    const bool isInCycle = count == longest;
    return isInCycle && allOrNothing ? NamedPlace{} : at;
}

} // namespace sightglass
