// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::undecided {

namespace {

bool isUpToDateAsFarAsRead(const Facts& facts)
{
    return facts.isStamped() && facts.rowsAreValid() && facts.pending.empty() &&
           !facts.pendingError;
}

/// Nothing is wrong as far as it was read, and that is not all.
bool wasReadInPart(const Facts& facts)
{
    return isUpToDateAsFarAsRead(facts) && facts.check != nullptr && facts.check->isAsPromised() &&
           !facts.check->isComplete();
}

/// Nothing more certain can be said, and a file that could not be read might change it.
bool holds(const Facts& facts)
{
    if (!facts.chainIsSound())
        return false;
    if (facts.live == nullptr)
        return !facts.unknownIds.empty();
    if (facts.isStamped() && facts.rowsAreValid() && facts.pendingError)
        return true;
    if (wasReadInPart(facts))
        return true;
    return !facts.unknownIds.empty() && isUpToDateAsFarAsRead(facts) && !facts.tables.empty();
}

std::string title(const Facts& facts)
{
    if (facts.pendingError)
        return "What is pending can't be told: " + printable(*facts.pendingError);
    if (wasReadInPart(facts) && facts.unknownIds.empty())
        return "Every revision is recorded; whether the schema is what they promise can't be "
               "told: " +
               notComparedText(*facts.check) + " were not read.";
    std::string text = "The identifiers of " + counted(facts.unknownIds.size(), "file", "files") +
                       " can't be known without running " +
                       (facts.unknownIds.size() == 1 ? "it." : "them.");
    if (facts.live == nullptr)
        text += " No database was read.";
    return text;
}

/// Only running the files tells more.
void describeFiles(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.detail = facts.pendingError
                           ? "The version rows and the chain do not lead to the heads."
                           : "Whether something follows what could be read is not known.";
    WayBack way{.id = "ask-alembic",
                .title = "Let Alembic say it",
                .summary = "It runs the files, and so knows what reading can't.",
                .recommended = true,
                .pros = {"Certain"},
                .cons = {"Runs the code of env.py and of every revision file"},
                .needs = "the project's own Python environment"};
    way.steps.push_back(alembicStep(facts, "List the heads", "", "heads"));
    way.steps.push_back(alembicStep(facts, "Look at what is applied", "", "current"));
    diagnosis.options.insert(diagnosis.options.begin(), std::move(way));
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.severity = Severity::Medium;
    if (facts.live != nullptr && wasReadInPart(facts)) {
        diagnosis.certainty = Confidence::Likely;
        diagnosis.detail = "As far as it was read, nothing differs. " + comparisonText(facts);
        for (Evidence& each : doubtEvidence(facts))
            diagnosis.evidence.push_back(std::move(each));
        diagnosis.options = {readAgain(facts)};
        if (facts.unknownIds.empty()) {
            diagnosis.options.front().recommended = true;
            return;
        }
    }
    describeFiles(facts, diagnosis);
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::NotKnown, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::undecided
