// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/outlook.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string titleOf(IdentityChangeKind kind)
{
    switch (kind) {
    case IdentityChangeKind::AnotherCluster:
        return "The same address leads to another cluster";
    case IdentityChangeKind::AnotherDatabase:
        return "The same address leads to another database";
    case IdentityChangeKind::TablesLost:
        return "Tables are gone since the last visit";
    case IdentityChangeKind::RowsLost:
        return "Tables have lost their rows since the last visit";
    case IdentityChangeKind::RevisionWentBack:
        return "The database is at an older revision than at the last visit";
    case IdentityChangeKind::VersionRowsLost:
        return "The version table has lost its rows since the last visit";
    }
    return "";
}

Finding findingOf(const IdentityChange& change, const DatabaseVisit& visit)
{
    Finding finding{.rule = "database-identity",
                    .category = "database",
                    .severity = change.alarming ? Severity::High : Severity::Info};
    const bool lost = change.kind == IdentityChangeKind::RowsLost;
    finding.confidence = lost ? Confidence::Likely : Confidence::Certain;
    finding.title = titleOf(change.kind);
    finding.detail = change.text + " The visit compared with was on " + visit.rememberedAt + ".";
    if (change.alarming)
        finding.detail += " Find out why before anything is changed.";
    if (!change.objects.empty())
        finding.object = change.objects.front();
    if (lost)
        finding.unsettled = "Count the rows.";
    return finding;
}

/// With a link to the first thing that it is about.
Evidence evidenceOf(const IdentityChange& change)
{
    Evidence evidence{.grade = Grade::Asked, .text = change.text};
    const bool ofTables = change.kind == IdentityChangeKind::TablesLost ||
                          change.kind == IdentityChangeKind::RowsLost;
    if (change.objects.empty())
        return evidence;
    (ofTables ? evidence.object : evidence.revision) = change.objects.front();
    return evidence;
}

} // namespace

void addVisit(Inspection& inspection, const DatabaseVisit& visit)
{
    Diagnosis& diagnosis = inspection.diagnosis;
    std::string alarms;
    std::vector<Evidence> evidence;
    for (const IdentityChange& change : visit.changes) {
        evidence.push_back(evidenceOf(change));
        inspection.findings.push_back(findingOf(change, visit));
        if (change.alarming)
            alarms += change.text + " ";
    }
    diagnosis.evidence.insert(diagnosis.evidence.begin(), evidence.begin(), evidence.end());
    if (!alarms.empty()) {
        // Whatever the state is: it may be that of a database that nobody meant.
        diagnosis.severity = std::min(diagnosis.severity, Severity::High);
        diagnosis.detail = alarms + diagnosis.detail;
    }
    sortFindings(inspection.findings);
}

} // namespace sightglass
