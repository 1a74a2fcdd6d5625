// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/chain_review.h"

#include "core/live/probe.h"
#include "core/review/live_facts.h"

#include <algorithm>
#include <memory>
#include <ranges>
#include <set>
#include <utility>

namespace sightglass {

namespace {

QualifiedName inPublic(const QualifiedName& name)
{
    return {.schema = name.schema.empty() ? "public" : name.schema, .name = name.name};
}

/// Every name under which some revision makes a table.
struct MadeTables
{
    std::set<QualifiedName>& names;

    void operator()(const change::CreateTable& c) { names.insert(inPublic(c.table)); }

    void operator()(const change::RenameTable& c)
    {
        names.insert({.schema = inPublic(c.table).schema, .name = c.newName});
    }

    void operator()(const change::SetTableSchema& c)
    {
        names.insert({.schema = c.newSchema, .name = c.table.name});
    }

    template <typename T>
    void operator()(const T&)
    {}
};

std::set<QualifiedName> managedTables(const RevisionGraph& graph, const History& history)
{
    std::set<QualifiedName> names;
    MadeTables made{.names = names};
    for (RevisionIndex index = 0; index < graph.size(); ++index) {
        for (const Operation& operation : history.steps(index).upgrade.operations)
            std::visit(made, operation.change);
    }
    return names;
}

/// Some revision before the range works on a table that none makes: the chain began on a database
/// with tables in it. What the range itself asks for proves nothing: it may be another's table.
bool isBaselineMissing(const RevisionGraph& graph,
                       const History& history,
                       const std::vector<RevisionIndex>& start,
                       const std::set<QualifiedName>& managed)
{
    const std::vector<bool> before = graph.withAncestors(start);
    for (RevisionIndex index = 0; index < graph.size(); ++index) {
        if (!before[index])
            continue;
        const RevisionSteps& steps = history.steps(index);
        for (const RefusedOperation& refused : steps.refused) {
            const QualifiedName table =
                objectOf(steps.upgrade.operations[refused.operation].change).table;
            if (refused.refusal.state == "42P01" && !managed.contains(inPublic(table)))
                return true;
        }
    }
    return false;
}

bool isWhole(const RevisionGraph& graph, const History& history)
{
    // A revision whose file is missing may have made anything.
    if (!graph.missing().empty())
        return false;
    for (RevisionIndex index = 0; index < graph.size(); ++index) {
        using End = RevisionReading::End;
        const End end = history.steps(index).upgrade.end;
        if (end == End::Limit || end == End::NeedsSchema)
            return false;
    }
    return true;
}

ReviewPart partOf(const ChainReviewInput& input, RevisionIndex index, bool reported)
{
    const RevisionSteps& steps = input.history.steps(index);
    const bool up = input.direction == Direction::Upgrade;
    const Revision& revision = input.graph.revision(index);
    ReviewPart part;
    part.id = revision.id;
    part.direction = input.direction;
    part.reading = up ? &steps.upgrade : &steps.downgrade;
    part.opposite = up ? &steps.downgrade : &steps.upgrade;
    part.reported = reported;
    part.applied = index < input.applied.size() && input.applied[index];
    part.span = revision.span;
    part.message = revision.message;
    return part;
}

/// Revisions of other branches: neither ancestors nor descendants of the range, and not merged yet.
std::vector<RevisionIndex> besideOf(const RevisionGraph& graph,
                                    const std::vector<RevisionIndex>& range)
{
    if (range.empty() || graph.heads().size() < 2)
        return {};
    const std::vector<bool> below = graph.withAncestors(range);
    const std::vector<bool> above = graph.withDescendants(range);
    std::vector<RevisionIndex> beside;
    for (RevisionIndex index = 0; index < graph.size(); ++index) {
        if (!below[index] && !above[index])
            beside.push_back(index);
    }
    return beside;
}

/// What is built on the range and is not in it, oldest first.
std::vector<RevisionIndex> followingOf(const RevisionGraph& graph,
                                       const std::vector<RevisionIndex>& range)
{
    if (range.empty())
        return {};
    std::vector<bool> above = graph.withDescendants(range);
    for (const RevisionIndex index : range)
        above[index] = false;
    std::vector<RevisionIndex> following;
    for (const RevisionIndex index : graph.walkOrder() | std::views::reverse) {
        if (above[index])
            following.push_back(index);
    }
    return following;
}

} // namespace

std::vector<RevisionIndex> startOf(const RevisionGraph& graph,
                                   const std::vector<RevisionIndex>& range)
{
    const std::set<RevisionIndex> own(range.begin(), range.end());
    std::set<RevisionIndex> start;
    for (const RevisionIndex index : range) {
        for (const RevisionIndex parent : graph.acyclicDown(index)) {
            if (!own.contains(parent))
                start.insert(parent);
        }
    }
    return {start.begin(), start.end()};
}

ReviewResult reviewChain(ChainReviewInput input, const RunContext& run)
{
    ReviewRequest request;
    request.chain.managed = managedTables(input.graph, input.history);
    request.chain.complete = input.beganEmpty && isWhole(input.graph, input.history);
    request.chain.baselineMissing =
        isBaselineMissing(input.graph, input.history, input.start, request.chain.managed);
    request.chain.versionTable = input.versionTable;
    Replay replayed = input.history.replayAt(input.start);
    replayed.beginRun();
    request.whole = request.chain.complete || input.live != nullptr;
    request.facts = std::move(input.facts);
    if (input.live != nullptr) {
        request.chain.schema = std::make_shared<const Schema>(replayed.schema());
        addLiveFacts(*input.live, request.facts);
        request.start = Replay(input.live->schema, settingsOf(*input.live));
        request.assessLoss = true;
        if (input.live->probes != nullptr) {
            for (const auto& [table, rows] : input.live->probes->rows)
                request.countedTables.insert(table);
        }
    } else {
        request.start = std::move(replayed);
    }
    request.rules = std::move(input.rules);
    request.protectedTables = std::move(input.protectedTables);
    request.transactionPerMigration = input.transactionPerMigration;
    request.alembicVersion = std::move(input.alembicVersion);
    for (const RevisionIndex head : input.graph.heads())
        request.heads.push_back(input.graph.revision(head).id);
    for (const RevisionIndex index : input.range)
        request.parts.push_back(partOf(input, index, true));
    for (const RevisionIndex index : followingOf(input.graph, input.range))
        request.following.push_back(partOf(input, index, false));
    for (const RevisionIndex index : besideOf(input.graph, input.range))
        request.beside.push_back(partOf(input, index, false));
    return review(std::move(request), run);
}

} // namespace sightglass
