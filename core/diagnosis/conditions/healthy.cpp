// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::healthy {

namespace {

/// Tables have to be there unless the revisions make none.
bool holdsTables(const Facts& facts)
{
    return !facts.tables.empty() || (facts.check != nullptr && facts.check->promisedTables == 0);
}

bool holds(const Facts& facts)
{
    return facts.isStamped() && facts.rowsAreValid() && facts.chainIsSound() &&
           facts.unknownIds.empty() && holdsTables(facts) && !facts.pendingError &&
           facts.pending.empty() &&
           (facts.check == nullptr || (facts.check->isAsPromised() && facts.check->isComplete()));
}

std::string title(const Facts& facts)
{
    return "Every revision is applied: the version table says " + rowsText(facts.topRows) + ".";
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.severity = Severity::Info;
    diagnosis.detail = "Nothing is pending. " + comparisonText(facts);
    diagnosis.evidence.push_back(
        {.grade = Grade::Asked,
         .text = "The version table names every head: " + rowsText(facts.topRows) + ".",
         .revision = facts.topRows.front(),
         .object = toText(facts.pairing.table->name)});
    if (facts.check == nullptr)
        return;
    diagnosis.certainty = facts.check->certainty;
    for (Evidence& each : doubtEvidence(facts))
        diagnosis.evidence.push_back(std::move(each));
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::Healthy, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::healthy
