// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::empty {

namespace {

bool holds(const Facts& facts)
{
    return facts.live != nullptr && facts.rowsRead && facts.rows.empty() && facts.tables.empty();
}

std::string title(const Facts&)
{
    return "The database is empty.";
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.severity = Severity::Info;
    diagnosis.detail =
        "No table, no version row: " + counted(facts.graph.size(), "revision is", "revisions are") +
        " pending.";
    diagnosis.evidence.push_back({.grade = Grade::Asked, .text = tablesSentence(facts)});
    const std::string heads = headsWord(facts.graph);
    WayBack build{.id = "upgrade",
                  .title = "Build the schema",
                  .summary = "Run the chain from its start.",
                  .recommended = true,
                  .pros = {"The schema is exactly as the chain makes it"},
                  .cons = {"Brings no data"},
                  .needs = "nothing"};
    build.steps.push_back(
        alembicStep(facts,
                    "Upgrade to " + heads,
                    "Runs " + counted(facts.graph.size(), "revision", "revisions") + ".",
                    "upgrade " + heads));
    build.steps.push_back(
        alembicStep(facts, "Look at what is applied", "It has to name every head.", "current"));
    diagnosis.options = {build, restoreBackup(facts), findRightDatabase(facts)};
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::Empty, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::empty
