// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/review_report.h"

#include "core/base/error.h"
#include "core/report/json_parts.h"
#include "core/report/loss_words.h"
#include "core/report/review_words.h"
#include "core/report/text_layout.h"

#include <algorithm>

namespace sightglass {

namespace {

using json::Value;

constexpr std::size_t detailColumn = 12;

std::string lineOf(const Finding& finding)
{
    return finding.span.line > 0 ? "line " + std::to_string(finding.span.line) : std::string();
}

void appendFinding(std::string& text, const Finding& finding)
{
    const bool takenBack = !finding.suppressed.empty();
    std::string head = "  " + padded(takenBack ? "taken back" : toText(finding.severity), 10) +
                       "  " + finding.rule;
    if (const std::string line = lineOf(finding); !line.empty())
        head += "  " + line;
    text += head + "\n";
    const std::string indent(detailColumn + 2, ' ');
    text += wrapped(indent, printable(finding.title) + ".");
    if (takenBack) {
        text += wrapped(indent, "Reason given: " + printable(finding.suppressed));
        return;
    }
    text += wrapped(indent, printable(finding.detail));
    if (const std::string facts = evidenceText(finding.evidence); !facts.empty())
        text += wrapped(indent, facts);
    if (!finding.unsettled.empty())
        text += wrapped(
            indent, std::string(toText(finding.confidence)) + ": " + printable(finding.unsettled));
    if (!finding.instead.empty())
        text += indented(finding.instead, indent + "  ");
}

std::string revisionHead(const ReviewReport& report, const ReviewedRevision& revision)
{
    std::string head = revision.id.empty() ? std::string() : revision.id + "  ";
    head += printable(revision.message);
    if (!revision.file.empty())
        head += (head.empty() ? "" : "  ") + shownFile(report.root, revision.file);
    return head + "\n";
}

Value revisionJson(const ReviewReport& report, const ReviewedRevision& revision)
{
    Value value = Value::object();
    value["id"] = revision.id;
    json::setText(value, "message", revision.message);
    json::setText(value, "file", shownFile(report.root, revision.file));
    value["analysed"] = revision.notAnalysed.empty();
    if (!revision.notAnalysed.empty())
        value["not_analysed"] = revision.notAnalysed;
    value["findings"] = Value::array();
    for (const Finding& finding : revision.findings)
        value["findings"].push_back(json::findingJson(finding));
    return value;
}

} // namespace

std::vector<Finding> allFindings(const ReviewReport& report)
{
    std::vector<Finding> findings = report.result.findings;
    for (const ReviewedRevision& revision : report.result.revisions)
        findings.insert(findings.end(), revision.findings.begin(), revision.findings.end());
    return findings;
}

std::string reviewText(const ReviewReport& report)
{
    std::string text = summaryLine(report) + "\n";
    if (report.result.loss)
        text += "\n" + lossText(*report.result.loss);
    if (!report.checklist.empty())
        text += "\n" + checklistText("Before it runs", report.checklist);
    for (const Finding& finding : report.result.findings) {
        text += "\n";
        appendFinding(text, finding);
    }
    for (const ReviewedRevision& revision : report.result.revisions) {
        if (revision.findings.empty() && revision.notAnalysed.empty())
            continue;
        text += "\n" + revisionHead(report, revision);
        for (const std::string& reason : revision.notAnalysed)
            text += wrapped("  not fully analysed  ", printable(reason));
        for (const Finding& finding : revision.findings)
            appendFinding(text, finding);
    }
    return text;
}

std::string reviewJson(const ReviewReport& report)
{
    Value value = json::document("review");
    value["range"] = report.range;
    value["server_version"] = report.serverVersion / 10'000;
    value["server_version_known"] = report.serverKnown;
    value["revisions"] = Value::array();
    for (const ReviewedRevision& revision : report.result.revisions)
        value["revisions"].push_back(revisionJson(report, revision));
    value["findings"] = Value::array();
    for (const Finding& finding : allFindings(report))
        value["findings"].push_back(json::findingJson(finding));
    Value counts = Value::object();
    const SeverityCounts count = countedSeverities(report);
    for (std::size_t i = 0; i < count.size(); ++i)
        counts[std::string(toText(static_cast<Severity>(i)))] = count[i];
    value["summary"] = std::move(counts);
    value["loss"] = report.result.loss ? json::lossJson(*report.result.loss) : Value(nullptr);
    if (!report.checklist.empty())
        value["checklist"] = json::checklistJson(report.checklist);
    return json::text(value);
}

} // namespace sightglass
