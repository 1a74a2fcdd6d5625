// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::unstamped {

namespace {

bool holds(const Facts& facts)
{
    return facts.live != nullptr && facts.rowsRead && facts.rows.empty() && !facts.tables.empty();
}

std::string title(const Facts& facts)
{
    const std::string tables =
        counted(facts.tables.size(), "table is", "tables are") + " there, and ";
    if (facts.pairing.table == nullptr)
        return tables + "no version table says which revision they belong to.";
    return tables + "the version table is empty.";
}

WayBack upgradeOver(const Facts& facts)
{
    WayBack way{
        .id = "upgrade-over",
        .title = "Run the chain beside the tables",
        .summary = "Right where the tables belong to another application.",
        .pros = {"The chain makes its own tables"},
        .cons = {"Stops at the first object that exists already",
                 "Statements outside the transaction (autocommit blocks) stay when it stops"},
        .needs = "certainty that no table is the chain's"};
    way.steps.push_back(backupStep(facts));
    way.steps.push_back(alembicStep(facts,
                                    "Read the SQL first",
                                    "Look for names that exist already.",
                                    "upgrade " + headsWord(facts.graph) + " --sql"));
    way.steps.push_back(alembicStep(facts, "Upgrade", "", "upgrade " + headsWord(facts.graph)));
    return way;
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.severity = Severity::High;
    diagnosis.detail = "For Alembic nothing is applied: upgrade would run " +
                       counted(facts.graph.size(), "revision", "revisions") +
                       " from the start, and one that creates a table that is there already would stop it.";
    diagnosis.evidence.push_back({.grade = Grade::Asked, .text = tablesSentence(facts)});
    diagnosis.options = {
        stampWhatMatches(facts, false), findRightDatabase(facts), upgradeOver(facts)};
    diagnosis.options.front().recommended = true;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::Unstamped, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::unstamped
