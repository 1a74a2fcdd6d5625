// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

#include <algorithm>
#include <set>

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

/// Tables that revisions use and none makes, as far as this database has them.
std::vector<std::string> assumedTablesThatAreThere(const Facts& facts)
{
    if (facts.input.history == nullptr)
        return {};
    const auto heads = facts.graph.effectiveHeads();
    std::set<std::string> names;
    for (const Doubt& doubt : facts.input.history->at({heads.begin(), heads.end()}).doubts) {
        if (doubt.reach == Doubt::Reach::Contents &&
            facts.live->schema.table(doubt.table) != nullptr)
            names.insert(toText(doubt.table));
    }
    return {names.begin(), names.end()};
}

WayBack writeInitial(const Facts& facts)
{
    std::vector<std::string> bases;
    for (const RevisionIndex each : facts.graph.bases())
        bases.push_back(facts.graph.revision(each).id);
    const std::string scratch = facts.live->server.database + "_empty";
    WayBack way{.id = "write-initial",
                .title = "Write the initial migration",
                .summary = "A first revision that creates what is there and no revision creates.",
                .pros = {"A new database can be built by the chain alone",
                         "Nothing of this database is changed but the version row"},
                .cons = {"Application code that creates tables by itself has to stop doing so"},
                .needs = "models that declare the tables, or this schema"};
    way.steps.push_back({.action = "Make an empty database",
                         .detail = "Autogenerate writes what it lacks: everything.",
                         .command = "createdb " + connectionArguments(facts) + shellWord(scratch)});
    way.steps.push_back(
        alembicStep(facts,
                    "Write the revision",
                    "With sqlalchemy.url (or what env.py reads) pointing at " + printable(scratch) +
                        ", and the other revisions out of the versions folder for the moment.",
                    "revision --autogenerate -m " + shellWord("Initial migration")));
    way.steps.push_back({.action = "Put it in front",
                         .detail = "Set down_revision of " + firstOf(bases) + " to the new id.",
                         .command = "$EDITOR " + shellWord(versionsFolder(facts.project))});
    way.steps.push_back(alembicStep(
        facts, "Prove it", "On the empty database.", "upgrade " + headsWord(facts.graph)));
    way.steps.push_back(backupStep(facts));
    way.steps.push_back(alembicStep(facts,
                                    "Stamp this database",
                                    "The new id first; then upgrade runs what follows.",
                                    "stamp NEW_ID"));
    return way;
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.severity = Severity::High;
    diagnosis.detail =
        "For Alembic nothing is applied: upgrade would run " +
        counted(facts.graph.size(), "revision", "revisions") +
        " from the start, and one that creates a table that is there already would stop it.";
    diagnosis.evidence.push_back({.grade = Grade::Asked, .text = tablesSentence(facts)});
    for (Evidence& each : inferenceEvidence(facts))
        diagnosis.evidence.push_back(std::move(each));
    const std::vector<std::string> assumed = assumedTablesThatAreThere(facts);
    if (!assumed.empty())
        diagnosis.evidence.push_back(
            {.grade = Grade::Read,
             .text = "No revision creates " + firstOf(assumed) + ", which " +
                     (assumed.size() == 1 ? "is" : "are") +
                     " there and which revisions need: the schema began outside the chain."});
    const bool known = facts.inference == nullptr || facts.inference->whyNot.empty();
    if (known)
        diagnosis.options.push_back(stampInferred(facts, false));
    if (!assumed.empty())
        diagnosis.options.push_back(writeInitial(facts));
    diagnosis.options.push_back(findRightDatabase(facts));
    diagnosis.options.push_back(upgradeOver(facts));
    // Nothing of the chain is there, and nothing that it needs: the tables are another's.
    if (!known && assumed.empty())
        std::ranges::rotate(diagnosis.options, diagnosis.options.end() - 1);
    diagnosis.options.front().recommended = true;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::Unstamped, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::unstamped
