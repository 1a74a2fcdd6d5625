// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

namespace sightglass::conditions::healthy {

namespace {

bool holds(const Facts& facts)
{
    return facts.isStamped() && facts.rowsAreValid() && facts.chainIsSound() &&
           facts.unknownIds.empty() && !facts.tables.empty() && !facts.pendingError &&
           facts.pending.empty();
}

std::string title(const Facts& facts)
{
    return "Every revision is applied: the version table says " + rowsText(facts.topRows) + ".";
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.severity = Severity::Info;
    diagnosis.detail = "Nothing is pending. Whether every table is what the revisions promise is "
                       "not compared yet.";
    diagnosis.evidence.push_back(
        {.grade = Grade::Asked,
         .text = "The version table names every head: " + rowsText(facts.topRows) + ".",
         .revision = facts.topRows.front(),
         .object = toText(facts.pairing.table->name)});
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::Healthy, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::healthy
