// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/chain_repairs.h"
#include "core/diagnosis/evidence.h"

namespace sightglass {

namespace {

std::string joined(const std::vector<std::string>& sentences)
{
    std::string text;
    for (const std::string& sentence : sentences)
        text += (text.empty() ? "" : "; ") + sentence;
    return text;
}

FreshDatabase judged(const FreshRun& run)
{
    FreshDatabase verdict{
        .ok = {}, .revision = run.revision, .object = run.object, .error = run.error, .reason = {}};
    switch (run.outcome) {
    case FreshRun::Outcome::Succeeds:
        verdict.ok = true;
        break;
    case FreshRun::Outcome::Stops:
        verdict.ok = false;
        break;
    case FreshRun::Outcome::NotKnown:
        verdict.reason = "not everything on the way could be read: " + joined(run.doubts);
        break;
    }
    return verdict;
}

} // namespace

FreshDatabase freshDatabaseOf(const Facts& facts)
{
    // A chain that Alembic can't load runs nothing at all.
    for (const ChainStop& stop : facts.stops) {
        const ChainStopWords words = wordsOf(facts, stop);
        if (words.alembic.empty())
            continue;
        return {.ok = false,
                .revision = words.revision,
                .object = words.object,
                .error = words.alembic};
    }
    if (facts.graph.size() == 0)
        return {.reason = "there is no revision to run"};
    if (facts.input.history == nullptr)
        return {.reason = "operations are not read yet"};
    return judged(facts.input.history->freshRun());
}

} // namespace sightglass
