// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

#include <algorithm>

namespace sightglass::conditions::ahead {

namespace {

using Place = FoundRevision::Place;

/// Every unknown row is a revision that code elsewhere has now, built on this chain.
bool holds(const Facts& facts)
{
    if (!facts.isStamped() || facts.unknownRows.empty() || facts.tables.empty())
        return false;
    return std::ranges::all_of(facts.unknownRows, [&](const std::string& row) {
        const FoundRevision* found = facts.foundElsewhere(row);
        return found != nullptr && !found->buildsOn.empty() &&
               (found->place == Place::Branch || found->place == Place::Folder);
    });
}

const FoundRevision& firstFound(const Facts& facts)
{
    return *facts.foundElsewhere(facts.unknownRows.front());
}

std::string title(const Facts& facts)
{
    const FoundRevision& found = firstFound(facts);
    return "The database is ahead of this code: " + rowText(found.id) + " is in " +
           printable(found.where) + ", not here.";
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    const FoundRevision& found = firstFound(facts);
    diagnosis.severity = Severity::High;
    diagnosis.detail = "Newer code upgraded it. Alembic's commands stop here until this code has "
                       "the revision too; the data is as the newer code left it.";
    for (const std::string& row : facts.unknownRows)
        diagnosis.evidence.push_back(foundEvidence(facts, *facts.foundElsewhere(row)));
    for (Evidence& each : inferenceEvidence(facts))
        diagnosis.evidence.push_back(std::move(each));
    WayBack newer{.id = "newer-code",
                  .title = "Use the code that the database belongs to",
                  .summary = "Take " + printable(found.where) + ", or merge it here.",
                  .pros = {"Nothing in the database is changed", "Nothing is lost"},
                  .cons = {"The newer code has to run here"},
                  .needs = "the newer code"};
    if (found.place == Place::Branch) {
        newer.steps.push_back({.action = "See what it brings",
                               .detail = "",
                               .command = "git log --oneline HEAD.." + shellWord(found.where)});
        newer.steps.push_back({.action = "Merge it",
                               .detail = "Or switch to it.",
                               .command = "git merge " + shellWord(found.where)});
    } else {
        newer.steps.push_back({.action = "Work from that folder",
                               .detail = "Its code has the revision.",
                               .command = "cd " + shellWord(found.where)});
    }
    newer.steps.push_back(alembicStep(facts, "Look at what is applied", "", "current"));
    newer.recommended = true;
    diagnosis.options = {newer, bringFile(facts, found), stampInferred(facts, true)};
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::Ahead, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::ahead
