// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::pending {

namespace {

bool holds(const Facts& facts)
{
    return facts.isStamped() && facts.rowsAreValid() && facts.chainIsSound() &&
           (!facts.tables.empty() ||
            (facts.check != nullptr && facts.check->promisedTables == 0)) &&
           !facts.pendingError && !facts.pending.empty();
}

std::string title(const Facts& facts)
{
    return counted(facts.pending.size(), "revision is", "revisions are") + " pending after " +
           rowsText(facts.topRows) + ".";
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    const std::string heads = headsWord(facts.graph);
    diagnosis.severity = Severity::Low;
    diagnosis.detail =
        std::string(facts.pending.size() == 1 ? "An upgrade would run it. "
                                              : "An upgrade would run them, oldest first. ") +
        comparisonText(facts);
    diagnosis.evidence.push_back({.grade = Grade::Read,
                                  .text = "Pending: " + firstOf(facts.pending) + ".",
                                  .revision = facts.pending.front()});
    if (facts.check != nullptr) {
        diagnosis.certainty = facts.check->certainty;
        for (Evidence& each : doubtEvidence(facts))
            diagnosis.evidence.push_back(std::move(each));
    }
    WayBack way{.id = "upgrade",
                .title = "Upgrade",
                .summary = "Read what it does, back up, run it.",
                .recommended = true,
                .pros = {"The database is where the code expects it"},
                .cons = {"What a revision drops is gone without the backup"},
                .needs = "a look at the pending revisions"};
    const std::string from =
        facts.topRows.size() == 1 ? shellWord(facts.topRows.front() + ":" + heads) : std::string();
    if (!from.empty())
        way.steps.push_back(
            alembicStep(facts, "Read the SQL", "Nothing is run.", "upgrade " + from + " --sql"));
    way.steps.push_back(backupStep(facts));
    way.steps.push_back(
        alembicStep(facts,
                    "Upgrade to " + heads,
                    "Runs " + counted(facts.pending.size(), "revision", "revisions") + ".",
                    "upgrade " + heads));
    way.steps.push_back(
        alembicStep(facts, "Look at what is applied", "It has to name every head.", "current"));
    diagnosis.options = {way};
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::Pending, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::pending
