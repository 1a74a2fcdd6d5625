// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::no_database {

namespace {

bool holds(const Facts& facts)
{
    return facts.live == nullptr && facts.chainIsSound() && facts.unknownIds.empty() &&
           facts.graph.size() > 0;
}

std::string title(const Facts& facts)
{
    if (facts.input.liveError != nullptr)
        return "The chain is sound. The database could not be read.";
    return "The chain is sound. No database was read.";
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.severity = facts.input.liveError != nullptr ? Severity::Medium : Severity::Info;
    diagnosis.detail = facts.input.liveError != nullptr ? toText(*facts.input.liveError)
                                                        : "Connect to one to see what is applied.";
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::NoDatabase, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::no_database
