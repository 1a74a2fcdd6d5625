// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::no_chain {

namespace {

bool holds(const Facts& facts)
{
    return facts.graph.size() == 0 && facts.stops.empty() && facts.unknownIds.empty();
}

std::string title(const Facts& facts)
{
    return "There is no revision in " + printable(versionsFolder(facts.project)) + ".";
}

WayBack pointElsewhere(const Facts& facts)
{
    WayBack way{.id = "other-folder",
                .title = "Look in the right folder",
                .summary = "Name the folder that holds the revision files.",
                .pros = {"Nothing is changed"},
                .cons = {},
                .needs = "nothing"};
    way.steps.push_back({.action = "Find the revision files",
                         .detail = "Files that assign revision and down_revision.",
                         .command = "grep -rl --include='*.py' '^down_revision' " +
                                    shellWord(facts.project.root.string())});
    way.steps.push_back({.action = "Read that folder",
                         .detail = "DIR is the project, or the folder of revision files itself.",
                         .command = "sightglass-cli chain --project DIR"});
    return way;
}

WayBack writeFirst(const Facts& facts)
{
    WayBack way{.id = "first-revision",
                .title = "Write the first revision",
                .summary = "For a project whose chain is only beginning.",
                .pros = {"The chain begins with what the models say"},
                .cons = {"Autogenerate compares with the connected database: it has to be empty"},
                .needs = "an empty database"};
    way.steps.push_back(alembicStep(facts,
                                    "Generate it",
                                    "Read what it wrote before it is applied.",
                                    "revision --autogenerate -m 'initial schema'"));
    way.steps.push_back(alembicStep(facts, "Apply it", "", "upgrade head"));
    return way;
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    const bool stamped = facts.isStamped();
    diagnosis.severity = stamped ? Severity::Critical : Severity::Medium;
    diagnosis.detail = stamped ? "The database names " + rowsText(facts.unknownRows) +
                                     ", so its revision files are somewhere else."
                               : "Alembic loads it as an empty chain and has nothing to run.";
    for (const std::string& note : facts.project.notes)
        diagnosis.evidence.push_back({.grade = Grade::Read, .text = printable(note)});
    for (const Path& folder : facts.project.versionLocations) {
        diagnosis.evidence.push_back(
            {.grade = Grade::Read,
             .text = "Looked for revision files in " + printable(folder.string()) + ".",
             .span = {.file = folder.string()}});
    }
    diagnosis.options = {pointElsewhere(facts), writeFirst(facts)};
    const bool elsewhere = facts.live == nullptr || stamped || !facts.tables.empty();
    diagnosis.options[elsewhere ? 0 : 1].recommended = true;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::NoChain, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::no_chain
