// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/diagnosis/words.h"
#include "core/report/loss_words.h"
#include "core/report/markdown_words.h"
#include "core/report/text_layout.h"
#include "core/report/text_report.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string row(std::initializer_list<std::string> cells)
{
    std::string text = "|";
    for (const std::string& cell : cells)
        text += " " + cell + " |";
    return text + "\n";
}

void addHead(const Inspection& inspection, std::string& text)
{
    const Project& project = inspection.scripts->project;
    text += "# " + markdownText(project.root.filename().string()) + "\n\n";
    text += "**" + std::string(badgeText(inspection.diagnosis.state)) + ".** " +
            markdownText(inspection.diagnosis.title) + " " +
            markdownText(inspection.diagnosis.detail) + "\n\n";
    text += "- Project: " + markdownCode(project.root.string()) + "\n";
    if (inspection.live != nullptr) {
        text += "- Database: " + markdownText(inspection.target) + ", PostgreSQL " +
                markdownText(inspection.live->server.versionText) + ", read " +
                toRfc3339(inspection.live->readAt) + " in " +
                std::to_string(inspection.live->duration.count()) + " ms\n";
    } else if (inspection.liveError) {
        text +=
            "- Database: could not be read. " + markdownText(toText(*inspection.liveError)) + "\n";
    } else {
        text += "- Database: none was read\n";
    }
    text += "- Revision files: " + std::to_string(inspection.scripts->filesRead) +
            " read, none was run\n";
}

void addEvidence(const Diagnosis& diagnosis, std::string& text)
{
    text += "\n## Evidence\n\n| how known | what |\n|---|---|\n";
    for (const Evidence& evidence : diagnosis.evidence)
        text += row({std::string(toText(evidence.grade)), markdownText(evidence.text)});
    text += "\n";
    std::vector<std::string> rows = diagnosis.versionRows;
    if (diagnosis.hasDatabase) {
        text += "- Version rows: " +
                markdownText(rows.empty() ? std::string("none") : firstOf(rows, 20)) + "\n";
        const std::string none =
            diagnosis.pendingUnknown.empty() ? "nothing" : "not known, " + diagnosis.pendingUnknown;
        text += "- Pending: " +
                markdownText(diagnosis.pending.empty() ? none : firstOf(diagnosis.pending, 20)) +
                "\n";
    }
    const FreshDatabase& fresh = diagnosis.freshDatabase;
    if (!fresh.ok)
        text += "- A new database: not judged, " + markdownText(fresh.reason) + "\n";
    else
        text += std::string("- A new database: ") +
                (*fresh.ok ? "can be built" : "can't be built: " + markdownText(fresh.error)) +
                "\n";
}

void addOptions(const Diagnosis& diagnosis, std::string& text)
{
    if (diagnosis.options.empty())
        return;
    text += "\n## Ways back\n";
    for (const WayBack& option : diagnosis.options) {
        text += "\n### " + markdownText(option.title) +
                (option.recommended ? " (recommended)" : "") + "\n\n" +
                markdownText(option.summary) + "\n\n";
        for (const std::string& pro : option.pros)
            text += "- For: " + markdownText(pro) + "\n";
        for (const std::string& con : option.cons)
            text += "- Against: " + markdownText(con) + "\n";
        text += "- Needs: " + markdownText(option.needs) + "\n\n";
        std::size_t number = 0;
        for (const RepairStep& step : option.steps) {
            text += std::to_string(++number) + ". " + markdownText(step.action) + ". " +
                    markdownText(step.detail) + "\n";
            if (!step.command.empty())
                text += markdownBlock("sh", step.command);
            if (!step.sql.empty())
                text += markdownBlock("sql", step.sql);
        }
    }
}

void addLoss(const LossAssessment& loss, std::string& text)
{
    text += "\n## What the pending revisions would destroy\n\n" + markdownText(lossSummary(loss)) +
            "\n";
    if (!loss.losses.empty())
        text += "\n| object | what | rows | size | probable owner | where | with it |\n"
                "|---|---|---:|---:|---|---|---|\n";
    for (const LossLine& line : lossLines(loss))
        text += row({markdownCode(line.object),
                     markdownText(line.what),
                     markdownText(line.rows),
                     markdownText(line.size),
                     markdownText(line.owner),
                     markdownText(line.place),
                     markdownText(line.with)});
    for (const std::string& sentence : loss.unknown)
        text += "\n- Not known: " + markdownText(sentence);
    if (!loss.unknown.empty())
        text += "\n";
}

void addChecklist(std::string_view title,
                  const std::vector<ChecklistItem>& items,
                  std::string& text)
{
    text += "\n## " + std::string(title) + "\n\n| | item | evidence |\n|---|---|---|\n";
    for (const ChecklistItem& item : items) {
        const std::string answer = !item.ok ? "unknown" : *item.ok ? "yes" : "**no**";
        text += row({answer, markdownText(item.item), markdownText(item.evidence)});
    }
}

void addFindings(const Inspection& inspection, std::string& text)
{
    text += "\n## Findings\n\n";
    if (inspection.findings.empty()) {
        text += "None.\n";
        return;
    }
    text += "| severity | finding | where |\n|---|---|---|\n";
    for (const Finding& finding : inspection.findings) {
        std::string place = finding.span.file.empty()
                                ? std::string()
                                : shownPath(inspection.scripts->project, finding.span.file);
        if (!place.empty() && finding.span.line > 0)
            place += ":" + std::to_string(finding.span.line);
        text += row({std::string(toText(finding.severity)),
                     markdownText(finding.title) + " " + markdownText(finding.detail),
                     place.empty() ? std::string() : markdownCode(place)});
    }
}

void addRevisions(const Inspection& inspection, std::string& text)
{
    const RevisionGraph& graph = *inspection.graph;
    text += "\n## Revisions\n\n| id | follows | message | state |\n|---|---|---|---|\n";
    for (const RevisionIndex index : graph.walkOrder()) {
        const Revision& revision = graph.revision(index);
        std::string down;
        for (const RevisionReference& reference : revision.down)
            down += (down.empty() ? "" : ", ") + markdownCode(reference.id);
        std::string state;
        if (index < inspection.applied.size())
            state = inspection.applied[index] ? "applied" : "pending";
        if (graph.isHead(index))
            state += state.empty() ? "head" : ", head";
        text += row({markdownCode(revision.id),
                     down,
                     markdownText(revision.message.substr(0, revision.message.find('\n'))),
                     state});
    }
    for (const MissingRevision& missing : graph.missing())
        text += row({markdownCode(missing.id), "", "no file defines it", "missing"});
}

} // namespace

std::string markdownReport(const Inspection& inspection)
{
    std::string text;
    addHead(inspection, text);
    addEvidence(inspection.diagnosis, text);
    addOptions(inspection.diagnosis, text);
    addChecklist("Checklist", inspection.diagnosis.checklist, text);
    if (inspection.review != nullptr && inspection.review->loss)
        addLoss(*inspection.review->loss, text);
    if (!inspection.beforeUpgrade.empty())
        addChecklist("Before the pending revisions run", inspection.beforeUpgrade, text);
    addFindings(inspection, text);
    addRevisions(inspection, text);
    return text;
}

} // namespace sightglass
