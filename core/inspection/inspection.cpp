// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/inspection.h"

#include "core/chain/chain_findings.h"
#include "core/diagnosis/diagnose.h"
#include "core/diagnosis/words.h"
#include "core/inspection/outlook.h"
#include "core/project/scan.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

/// Characters that a version row may hold: the live column's, Alembic's own where none was read.
std::optional<int> columnWidth(const VersionTable* table)
{
    constexpr int alembicWidth = 32;
    if (table == nullptr || table->columnType.empty())
        return alembicWidth;
    return table->width;
}

void placeRows(const VersionTable& table, Inspection& inspection)
{
    for (const std::string& row : table.rows) {
        const auto index = inspection.graph->find(row);
        if (!index) {
            if (std::find(inspection.unknownRows.begin(), inspection.unknownRows.end(), row) ==
                inspection.unknownRows.end())
                inspection.unknownRows.push_back(row);
        } else if (std::find(inspection.databaseAt.begin(), inspection.databaseAt.end(), *index) ==
                   inspection.databaseAt.end()) {
            inspection.databaseAt.push_back(*index);
        }
    }
    std::sort(inspection.databaseAt.begin(), inspection.databaseAt.end());
}

/// Flags are left empty where what is applied is not known: "pending" would be a guess there.
void markApplied(const VersionTablePairing& pairing, Inspection& inspection)
{
    if (pairing.table == nullptr) {
        if (pairing.candidates.empty())
            inspection.applied.assign(inspection.graph->size(), false);
        return;
    }
    if (!pairing.table->readable || pairing.table->columnType.empty())
        return;
    placeRows(*pairing.table, inspection);
    inspection.applied = inspection.graph->withAncestors(inspection.databaseAt);
}

/// An unhealthy database stands among the problems too: a list without it would read as "fine".
/// What the files alone are to blame for is there already.
void addVerdict(Inspection& inspection)
{
    const Diagnosis& diagnosis = inspection.diagnosis;
    if (inspection.live == nullptr || !isNamedState(diagnosis.state) ||
        !isUnhealthy(diagnosis.state) || diagnosis.state == DatabaseState::BrokenChain ||
        diagnosis.state == DatabaseState::NoChain)
        return;
    Finding finding{.rule = "database-" + std::string(toText(diagnosis.state)),
                    .category = "database",
                    .severity = diagnosis.severity,
                    .title = diagnosis.title,
                    .detail = diagnosis.detail};
    if (!inspection.unknownRows.empty())
        finding.revision = inspection.unknownRows.front();
    for (const Evidence& evidence : diagnosis.evidence) {
        if (finding.revision.empty() && !evidence.revision.empty()) {
            finding.revision = evidence.revision;
            break;
        }
    }
    for (const WayBack& option : diagnosis.options)
        finding.fixes.push_back({.id = option.id, .title = option.title});
    inspection.findings.push_back(std::move(finding));
    sortFindings(inspection.findings);
}

} // namespace

Schema schemaToTry(const Inspection& inspection)
{
    const LiveState& live = *inspection.live;
    if (live.unread.isEmpty() || inspection.history == nullptr)
        return live.schema;
    return completedWith(
        live.schema, inspection.history->replayAt(inspection.databaseAt).schema(), live.unread);
}

std::vector<Finding> findingsOnTheChain(const Inspection& inspection)
{
    std::vector<Finding> findings = inspection.findings;
    std::erase_if(findings, [](const Finding& finding) { return finding.category != "chain"; });
    return findings;
}

Inspection assembleInspection(InspectionParts parts)
{
    Inspection inspection;
    inspection.graph =
        parts.graph != nullptr
            ? std::move(parts.graph)
            : std::make_shared<const RevisionGraph>(RevisionGraph::build(parts.scripts->revisions));
    inspection.scripts = std::move(parts.scripts);
    inspection.history = std::move(parts.history);
    inspection.models = std::move(parts.models);
    inspection.live = std::move(parts.live);
    inspection.liveError = std::move(parts.liveError);
    inspection.refreshError = std::move(parts.refreshError);
    inspection.target = std::move(parts.target);
    inspection.protectedTables = std::move(parts.protectedTables);

    const VersionTable* versionTable = nullptr;
    if (inspection.live != nullptr) {
        const auto pairing =
            pairVersionTable(inspection.scripts->project, *inspection.graph, *inspection.live);
        versionTable = pairing.table;
        markApplied(pairing, inspection);
    }
    inspection.findings =
        chainFindings(*inspection.scripts, *inspection.graph, columnWidth(versionTable));
    inspection.diagnosis =
        diagnose({.scripts = *inspection.scripts,
                  .graph = *inspection.graph,
                  .chainFindings = inspection.findings,
                  .history = inspection.history.get(),
                  .live = inspection.live.get(),
                  .liveError = inspection.liveError ? &*inspection.liveError : nullptr,
                  .elsewhere = parts.elsewhere.get()});
    addVerdict(inspection);
    return inspection;
}

namespace {

/// What an upgrade would destroy stands first among what speaks against it.
void warnOfLoss(const LossAssessment& loss, Diagnosis& diagnosis)
{
    const std::string words = lossInWords(loss);
    if (words.empty())
        return;
    for (WayBack& way : diagnosis.options) {
        if (way.id == "upgrade")
            way.cons.insert(way.cons.begin(), words);
    }
}

} // namespace

void addReview(Inspection& inspection,
               std::shared_ptr<const ReviewResult> review,
               std::vector<ChecklistItem> beforeUpgrade)
{
    const auto add = [&](const std::vector<Finding>& findings) {
        for (const Finding& finding : findings) {
            if (finding.suppressed.empty())
                inspection.findings.push_back(finding);
        }
    };
    add(review->findings);
    for (const ReviewedRevision& revision : review->revisions)
        add(revision.findings);
    sortFindings(inspection.findings);
    if (review->loss)
        warnOfLoss(*review->loss, inspection.diagnosis);
    inspection.review = std::move(review);
    inspection.beforeUpgrade = std::move(beforeUpgrade);
    if (!inspection.beforeUpgrade.empty())
        inspection.beforeUpgrade.push_back(startCheckOf(inspection).item());
}

void addSurroundings(Inspection& inspection, std::shared_ptr<const ProjectScan> scan)
{
    if (inspection.surroundings != nullptr)
        return;
    inspection.findings.insert(
        inspection.findings.end(), scan->findings.begin(), scan->findings.end());
    sortFindings(inspection.findings);
    inspection.surroundings = std::move(scan);
}

} // namespace sightglass
