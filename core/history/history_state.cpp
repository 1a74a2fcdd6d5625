// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/history_state.h"

#include <algorithm>
#include <utility>

namespace sightglass {

ResolutionCount& ResolutionCount::operator+=(const ResolutionCount& other)
{
    resolved += other.resolved;
    conditional += other.conditional;
    opaque += other.opaque;
    unreadable += other.unreadable;
    return *this;
}

ResolutionCount countResolution(const RevisionReading& reading)
{
    ResolutionCount count;
    for (const Operation& operation : reading.operations) {
        if (!isStructural(operation.change))
            continue;
        switch (operation.resolution) {
        case Resolution::Resolved:
            ++count.resolved;
            break;
        case Resolution::Conditional:
            ++count.conditional;
            break;
        case Resolution::Opaque:
            ++count.opaque;
            break;
        }
    }
    using End = RevisionReading::End;
    count.unreadable = reading.end == End::Limit || reading.end == End::NeedsSchema ? 1 : 0;
    return count;
}

void commitTransaction(Replay& replay)
{
    Operation commit;
    commit.change = change::Transaction{.word = "COMMIT"};
    replay.apply(commit);
}

std::vector<RefusedOperation> applyOperations(Replay& replay,
                                              const std::vector<Operation>& operations)
{
    std::vector<RefusedOperation> refused;
    commitTransaction(replay);
    for (std::size_t i = 0; i < operations.size(); ++i) {
        const auto refusal = replay.apply(operations[i]);
        if (!refusal)
            continue;
        refused.push_back({.operation = i, .refusal = *refusal});
        if (!operations[i].tolerated)
            replay.assume(operations[i], *refusal);
    }
    return refused;
}

Replay History::State::stateBefore(RevisionIndex revision) const
{
    return stateAt(graph->acyclicDown(revision));
}

Replay History::State::stateAt(std::span<const RevisionIndex> revisions) const
{
    if (revisions.empty())
        return Replay();
    Replay state = stateAfter(revisions.front());
    addOthers(state, revisions);
    return state;
}

Replay History::State::stateAfter(RevisionIndex revision) const
{
    std::vector<RevisionIndex> above; // the nearest kept state, newest first
    Kept base;
    for (RevisionIndex current = revision; (base = keptAfter(current)) == nullptr;) {
        above.push_back(current);
        const auto parents = graph->acyclicDown(current);
        if (parents.empty())
            break;
        current = parents.front();
    }
    Replay state = base != nullptr ? *base : Replay();
    std::size_t sinceKept = 0;
    for (auto each = above.rbegin(); each != above.rend(); ++each) {
        addOthers(state, graph->acyclicDown(*each));
        applyOperations(state, steps[*each].upgrade.operations);
        if (++sinceKept >= keepEvery()) {
            keep(*each, state);
            sinceKept = 0;
        }
    }
    return state;
}

History::State::Kept History::State::keptAfter(RevisionIndex revision) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_kept.find(revision);
    return found == m_kept.end() ? nullptr : found->second;
}

void History::State::keep(RevisionIndex revision, Replay state) const
{
    auto kept = std::make_shared<const Replay>(std::move(state));
    const std::scoped_lock lock(m_mutex);
    m_kept.insert_or_assign(revision, std::move(kept));
}

std::size_t History::State::keepEvery() const
{
    constexpr std::size_t fewest = 64;
    constexpr std::size_t most = 3; // states
    return std::max(fewest, graph->size() / most);
}

void History::State::addOthers(Replay& state, std::span<const RevisionIndex> revisions) const
{
    if (revisions.size() < 2)
        return;
    const auto has = graph->withAncestors(revisions.first(1));
    const auto wanted = graph->withAncestors(revisions.subspan(1));
    for (const RevisionIndex each : order) {
        if (wanted[each] && !has[each])
            applyOperations(state, steps[each].upgrade.operations);
    }
}

} // namespace sightglass
