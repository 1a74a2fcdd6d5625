// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/put_back.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

#include <algorithm>

namespace sightglass::conditions::partly_missing {

namespace {

bool holds(const Facts& facts)
{
    if (facts.check == nullptr)
        return false;
    const SchemaCheck& check = *facts.check;
    const bool someTables = !check.missingTables.empty() && check.presentTables() > 0;
    return someTables || (check.missingTables.empty() && !check.noTrace.empty());
}

std::vector<std::string> idsOf(const Facts& facts, const std::vector<RevisionTrace>& traces)
{
    std::vector<std::string> ids;
    for (const RevisionTrace& each : traces)
        ids.push_back(facts.graph.revision(each.revision).id);
    return ids;
}

std::string title(const Facts& facts)
{
    const SchemaCheck& check = *facts.check;
    if (check.missingTables.empty()) {
        return "The version table says " + rowsText(facts.topRows) + ", and nothing of " +
               firstOf(idsOf(facts, check.noTrace)) + " is there.";
    }
    return std::to_string(check.missingTables.size()) + " of " +
           counted(check.promisedTables, "promised table", "promised tables") +
           (check.missingTables.size() == 1 ? " is missing: " : " are missing: ") +
           namesText(check.missingTables) + ".";
}

/// The whole schema is that of an earlier revision: the rows run ahead of it.
bool isEarlierRevision(const Facts& facts)
{
    const InferenceCandidate* best = facts.inference != nullptr ? facts.inference->best() : nullptr;
    if (best == nullptr || !best->missing.empty() || !best->differing.empty())
        return false;
    std::vector<RevisionIndex> recorded;
    for (const RevisionId& id : facts.topRows)
        recorded.push_back(*facts.graph.find(id));
    const std::vector<bool> applied = facts.graph.withAncestors(recorded);
    return best->revisions != topsOf(facts.graph, recorded) &&
           std::ranges::all_of(best->revisions,
                               [&](RevisionIndex each) { return bool(applied[each]); });
}

void addTraces(const Facts& facts, Diagnosis& diagnosis)
{
    constexpr std::size_t shown = 8;
    const auto& traces = facts.check->noTrace;
    for (std::size_t i = 0; i < std::min(shown, traces.size()); ++i) {
        const RevisionId& id = facts.graph.revision(traces[i].revision).id;
        diagnosis.evidence.push_back({.grade = Grade::Asked,
                                      .text = "Revision " + printable(id) +
                                              " is recorded and left no trace: none of the " +
                                              counted(traces[i].effects, "part", "parts") +
                                              " that it should have left is there.",
                                      .revision = id});
    }
    if (traces.size() > shown)
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked,
             .text = std::to_string(traces.size() - shown) + " more revisions left no trace."});
    if (!traces.empty() && !facts.check->noTraceIsLast)
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked, .text = "Later revisions did run: their objects are there."});
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    const SchemaCheck& check = *facts.check;
    const bool earlier = isEarlierRevision(facts);
    diagnosis.severity = Severity::Critical;
    diagnosis.certainty = check.certainty;
    diagnosis.detail =
        earlier ? "The schema is that of an earlier revision: the rows were stamped ahead of it, "
                  "or what followed was taken back."
                : "The version table promises more than is there. Alembic does not look, and will "
                  "not make it again.";
    for (const QualifiedName& name : check.missingTables) {
        constexpr std::size_t shown = 10;
        if (diagnosis.evidence.size() == shown)
            break;
        diagnosis.evidence.push_back({.grade = Grade::Asked,
                                      .text = "Table " + printable(toText(name)) + " is missing.",
                                      .object = toText(name)});
    }
    if (check.missing.size() > check.missingTables.size())
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked, .text = "Missing in all: " + linesText(check.missing) + "."});
    if (!check.extra.empty())
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked,
             .text = "Made by no applied revision: " + linesText(check.extra) + "."});
    for (Evidence& each : renamedEvidence(facts))
        diagnosis.evidence.push_back(std::move(each));
    addTraces(facts, diagnosis);
    for (Evidence& each : inferenceEvidence(facts))
        diagnosis.evidence.push_back(std::move(each));
    for (Evidence& each : collisionEvidence(facts))
        diagnosis.evidence.push_back(std::move(each));
    for (Evidence& each : doubtEvidence(facts))
        diagnosis.evidence.push_back(std::move(each));
    if (earlier)
        diagnosis.options.push_back(stampInferred(facts, false));
    else if (!check.renamed.empty())
        diagnosis.options.push_back(renameBack(facts));
    if (!check.missingTables.empty() && !earlier)
        diagnosis.options.push_back(restoreBackup(facts));
    if (!check.toReplay.empty())
        diagnosis.options.push_back(replayUndone(facts));
    if (!check.missingTables.empty() && earlier)
        diagnosis.options.push_back(restoreBackup(facts));
    diagnosis.options.push_back(findRightDatabase(facts));
    diagnosis.options.front().recommended = true;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::PartlyMissing, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::partly_missing
