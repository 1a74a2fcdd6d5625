// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/history.h"

#include "core/history/history_state.h"

#include <algorithm>

namespace sightglass {

History::History()
    : m_state(std::make_unique<State>())
{}

History::~History() = default;

const RevisionSteps& History::steps(RevisionIndex revision) const
{
    return m_state->steps[revision];
}

Replay History::replayAfter(RevisionIndex revision) const
{
    return m_state->stateAfter(revision);
}

Replay History::replayBefore(RevisionIndex revision) const
{
    return m_state->stateBefore(revision);
}

Replay History::replayAt(const std::vector<RevisionIndex>& revisions) const
{
    return m_state->stateAt(revisions);
}

ReplayedSchema History::before(RevisionIndex revision) const
{
    const Replay state = m_state->stateBefore(revision);
    return {.schema = state.schema(), .doubts = state.doubts()};
}

ReplayedSchema History::after(RevisionIndex revision) const
{
    const Replay state = m_state->stateAfter(revision);
    return {.schema = state.schema(), .doubts = state.doubts()};
}

ReplayedSchema History::at(const std::vector<RevisionIndex>& revisions) const
{
    const Replay state = m_state->stateAt(revisions);
    return {.schema = state.schema(), .doubts = state.doubts()};
}

const FreshRun& History::freshRun() const
{
    return m_state->freshRun;
}

const ResolutionCount& History::resolution() const
{
    return m_state->resolution;
}

ResolutionCount History::resolutionOf(RevisionIndex revision) const
{
    return countResolution(m_state->steps[revision].upgrade);
}

} // namespace sightglass
