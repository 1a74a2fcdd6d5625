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

/// That every revision is in its place does not mean that the chain can be run.
bool stopsOnNewDatabase(const FreshDatabase& fresh)
{
    return fresh.ok && !*fresh.ok;
}

std::string title(const Facts& facts)
{
    const std::string chain = stopsOnNewDatabase(freshDatabaseOf(facts))
                                  ? "The chain can't build a new database."
                                  : "The chain is sound.";
    return chain + (facts.input.liveError != nullptr ? " The database could not be read."
                                                     : " No database was read.");
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    const bool stops = stopsOnNewDatabase(diagnosis.freshDatabase);
    diagnosis.severity =
        stops || facts.input.liveError != nullptr ? Severity::Medium : Severity::Info;
    diagnosis.detail = facts.input.liveError != nullptr ? toText(*facts.input.liveError)
                                                        : "Connect to one to see what is applied.";
    if (stops)
        diagnosis.detail = "On an empty database `alembic upgrade heads` stops at " +
                           diagnosis.freshDatabase.revision + ": " +
                           firstSentence(diagnosis.freshDatabase.error) + ". " + diagnosis.detail;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::NoDatabase, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::no_database
