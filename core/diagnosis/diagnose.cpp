// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/diagnose.h"

#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"

#include <algorithm>

namespace sightglass {

namespace {

void addAlsoHolds(const Facts& facts, const Condition& condition, Diagnosis& diagnosis)
{
    if (!isNamedState(condition.state))
        return;
    diagnosis.alsoHolds.push_back(condition.state);
    diagnosis.evidence.push_back({.grade = facts.live != nullptr ? Grade::Asked : Grade::Read,
                                  .text = condition.title(facts)});
}

std::string whyPendingIsUnknown(const Facts& facts)
{
    if (facts.live == nullptr)
        return "no database was read";
    if (!facts.rowsRead)
        return "the version rows are not known";
    if (!facts.chainIsSound())
        return "Alembic can't load the chain and would run nothing";
    if (facts.pendingError)
        return *facts.pendingError;
    if (!facts.rowsAreValid())
        return "an upgrade would stop at the version rows";
    if (facts.pending.empty() && !facts.unknownIds.empty())
        return "not every file could be read";
    return "";
}

/// A sentence is told once, where it stands first; the title needs no repetition either.
void dropRepeated(Diagnosis& diagnosis)
{
    std::vector<Evidence> kept;
    for (Evidence& evidence : diagnosis.evidence) {
        const auto same = [&](const Evidence& other) { return other.text == evidence.text; };
        if (std::none_of(kept.begin(), kept.end(), same))
            kept.push_back(std::move(evidence));
    }
    diagnosis.evidence = std::move(kept);
}

} // namespace

Diagnosis diagnose(const DiagnosisInput& input)
{
    const Facts facts = factsOf(input);
    Diagnosis diagnosis;
    diagnosis.hasDatabase = input.live != nullptr;
    if (facts.pairing.table != nullptr)
        diagnosis.versionTable = facts.pairing.table->name;
    for (const VersionRow& row : facts.rows)
        diagnosis.versionRows.push_back(row.text);
    for (const VersionRow& row : facts.rows) {
        if (row.revision &&
            std::find(diagnosis.current.begin(), diagnosis.current.end(), row.text) ==
                diagnosis.current.end())
            diagnosis.current.push_back(row.text);
    }
    diagnosis.pending = facts.pending;
    if (facts.inference != nullptr && facts.inference->best() != nullptr) {
        for (const RevisionIndex each : facts.inference->best()->revisions)
            diagnosis.inferred.push_back(facts.graph.revision(each).id);
    }
    if (facts.check != nullptr) {
        for (const RevisionTrace& each : facts.check->noTrace)
            diagnosis.noTrace.push_back(facts.graph.revision(each.revision).id);
    }
    diagnosis.pendingUnknown = whyPendingIsUnknown(facts);
    diagnosis.freshDatabase = freshDatabaseOf(facts);
    diagnosis.checklist = checklistOf(facts, diagnosis.freshDatabase);

    const Condition* leading = nullptr;
    for (const Condition* condition : conditionTable()) {
        if (!condition->holds(facts))
            continue;
        if (leading == nullptr) {
            leading = condition;
            diagnosis.state = condition->state;
            diagnosis.title = condition->title(facts);
            condition->describe(facts, diagnosis);
        } else {
            addAlsoHolds(facts, *condition, diagnosis);
        }
    }
    const std::vector<Evidence> common = commonEvidence(facts);
    diagnosis.evidence.insert(diagnosis.evidence.end(), common.begin(), common.end());
    dropRepeated(diagnosis);
    return diagnosis;
}

} // namespace sightglass
