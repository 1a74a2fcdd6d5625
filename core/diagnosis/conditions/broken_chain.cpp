// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/chain_repairs.h"
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::broken_chain {

namespace {

bool holds(const Facts& facts)
{
    return !facts.chainIsSound();
}

ChainStop leadingStop(const Facts& facts)
{
    return facts.stops.empty() ? ChainStop{} : facts.stops.front();
}

std::string title(const Facts& facts)
{
    return wordsOf(facts, leadingStop(facts)).title;
}

Evidence evidenceOf(const ChainStopWords& words)
{
    return {.grade = Grade::Read,
            .text = words.title + " " + words.detail,
            .revision = words.revision,
            .span = words.span};
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    const ChainStop first = leadingStop(facts);
    const ChainStopWords words = wordsOf(facts, first);
    diagnosis.severity = Severity::Critical;
    diagnosis.detail = words.detail;
    if (!words.alembic.empty())
        diagnosis.detail += " A new database can't be built.";
    Evidence place = evidenceOf(words);
    place.text = words.detail;
    diagnosis.evidence.push_back(std::move(place));
    constexpr std::size_t shown = 12;
    for (std::size_t i = 1; i < facts.stops.size() && i < shown; ++i)
        diagnosis.evidence.push_back(evidenceOf(wordsOf(facts, facts.stops[i])));
    if (facts.stops.size() > shown) {
        diagnosis.evidence.push_back({.grade = Grade::Read,
                                      .text = std::to_string(facts.stops.size() - shown) +
                                              " more reasons are in the findings of the chain."});
    }
    if (facts.live != nullptr && facts.rowsRead)
        diagnosis.evidence.push_back(
            {.grade = Grade::Read,
             .text = "What is pending can't be told: Alembic would run nothing."});
    diagnosis.options = repairsOf(facts, first);
    diagnosis.options.front().recommended = true;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::BrokenChain, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::broken_chain
