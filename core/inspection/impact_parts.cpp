// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/words.h"
#include "core/inspection/outlook.h"
#include "core/inspection/table_rows.h"
#include "core/replay/replay.h"

#include <utility>

namespace sightglass {

namespace {

ReplaySettings settingsOf(const ServerFacts& server)
{
    ReplaySettings settings;
    if (!server.searchPath.empty())
        settings.searchPath = server.searchPath;
    if (server.versionNumber > 0)
        settings.serverVersion = server.versionNumber;
    return settings;
}

/// Refusals that decide: a revision that asks the database may do something else there.
void takeRefusal(const Inspection& inspection,
                 RevisionIndex index,
                 Replay& live,
                 PendingFacts& facts)
{
    const RevisionReading& upgrade = inspection.history->steps(index).upgrade;
    const std::string& id = inspection.graph->revision(index).id;
    for (const Operation& operation : upgrade.operations) {
        facts.concurrent = facts.concurrent || operation.autocommit;
        if (operation.alternative)
            continue;
        const auto refusal = live.apply(operation);
        if (!refusal)
            continue;
        live.assume(operation, *refusal);
        if (operation.tolerated)
            continue;
        const bool sure = operation.resolution == Resolution::Resolved &&
                          operation.guards.empty() && !upgrade.asksSchema;
        if (sure && facts.refusal.empty()) {
            facts.refusedAt = id;
            facts.refusal = refusal->message;
        } else if (!sure && facts.notAnalysed.empty()) {
            facts.notAnalysed = "revision " + id + " may stop: " + refusal->message + ".";
        }
    }
}

} // namespace

std::optional<PendingFacts> pendingFacts(const Inspection& inspection)
{
    if (inspection.live == nullptr || inspection.history == nullptr ||
        inspection.review == nullptr || inspection.diagnosis.pending.empty())
        return std::nullopt;
    PendingFacts facts;
    Replay live(schemaToTry(inspection), settingsOf(inspection.live->server));
    live.beginRun();
    for (const RevisionId& id : inspection.diagnosis.pending) {
        if (const auto index = inspection.graph->find(id))
            takeRefusal(inspection, *index, live, facts);
    }
    if (inspection.review->loss)
        facts.loss = lossInWords(*inspection.review->loss);
    for (const ReviewedRevision& revision : inspection.review->revisions) {
        const auto index = inspection.graph->find(revision.id);
        if (index && !inspection.applied.empty() && !inspection.applied[*index] &&
            !revision.notAnalysed.empty() && facts.notAnalysed.empty())
            facts.notAnalysed = revision.notAnalysed.front();
    }
    return facts;
}

Impact impactOf(const Inspection& inspection, const SurroundingFacts& around)
{
    const auto pending = pendingFacts(inspection);
    ImpactInput input{.diagnosis = inspection.diagnosis,
                      .graph = *inspection.graph,
                      .history = inspection.history.get(),
                      .pending = pending ? &*pending : nullptr,
                      .around = around};
    for (const TableRow& row : tableRows(inspection)) {
        if (row.models == TablePresence::Unknown)
            continue;
        if (!input.modelsOnly)
            input.modelsOnly.emplace();
        if (row.models == TablePresence::Lacks)
            continue;
        ++input.modelTables;
        if (row.chain == TablePresence::Lacks)
            input.modelsOnly->push_back(toText(row.name));
    }
    if (input.modelTables == 0)
        input.modelsOnly.reset();
    return impactOf(input);
}

} // namespace sightglass
