// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/loss_words.h"
#include "core/report/review_report.h"
#include "core/report/review_words.h"

#include <array>

namespace sightglass {

namespace {

/// What Markdown or HTML would take for markup is shown as it is.
std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '&':
            result += "&amp;";
            break;
        case '\n':
            result += " ";
            break;
        case '|':
        case '*':
        case '_':
        case '`':
        case '[':
        case ']':
        case '\\':
            result += '\\';
            result += c;
            break;
        default:
            result += c;
        }
    }
    return result;
}

std::string code(std::string_view text)
{
    std::string plain;
    for (const char c : text) {
        if (c != '`' && c != '\n' && c != '|')
            plain += c;
    }
    return "`" + plain + "`";
}

/// A block that ends where a longer run of backticks ends, whatever is inside.
std::string fenced(const std::string& text)
{
    std::string fence = "```";
    while (text.find(fence) != std::string::npos)
        fence += "`";
    return fence + "python\n" + text + (text.ends_with('\n') ? "" : "\n") + fence + "\n";
}

void appendRow(std::string& text, const Finding& finding)
{
    const std::string line =
        finding.span.line > 0 ? std::to_string(finding.span.line) : std::string("–");
    text += "| " + std::string(toText(finding.severity)) + " | " + line + " | " +
            code(finding.rule) + " | " + escaped(finding.title) + " |\n";
}

void appendDetail(std::string& text, const Finding& finding)
{
    text += "- **" + escaped(finding.title) + "** (" + code(finding.rule) +
            "): " + escaped(finding.detail);
    if (const std::string facts = evidenceText(finding.evidence); !facts.empty())
        text += " *" + escaped(facts) + ".*";
    if (!finding.unsettled.empty())
        text += " " + std::string(toText(finding.confidence)) + ": " + escaped(finding.unsettled);
    text += "\n";
    if (!finding.instead.empty())
        text += "\n" + fenced(finding.instead) + "\n";
}

void appendRevision(std::string& text, const ReviewReport& report, const ReviewedRevision& revision)
{
    text += "\n### ";
    if (!revision.id.empty())
        text += code(revision.id) + " ";
    text += escaped(revision.message.empty() ? shownFile(report.root, revision.file)
                                             : revision.message) +
            "\n\n";
    for (const std::string& reason : revision.notAnalysed)
        text += "Not fully analysed: " + escaped(reason) + ".\n\n";
    std::string rows;
    std::string details;
    std::string takenBack;
    for (const Finding& finding : revision.findings) {
        if (!finding.suppressed.empty()) {
            takenBack += "- " + escaped(finding.title) + ": " + escaped(finding.suppressed) + "\n";
            continue;
        }
        appendRow(rows, finding);
        appendDetail(details, finding);
    }
    if (!rows.empty()) {
        text += "| severity | line | rule | finding |\n|---|---|---|---|\n" + rows;
        text +=
            "\n<details><summary>Why, and the safe way</summary>\n\n" + details + "\n</details>\n";
    }
    if (!takenBack.empty())
        text += "\nTaken back with a reason:\n\n" + takenBack;
}

void appendLoss(std::string& text, const LossAssessment& loss)
{
    text += "\n### What would be gone\n\n" + escaped(lossSummary(loss)) + "\n";
    if (!loss.losses.empty())
        text += "\n| object | what | rows | size | probable owner | where | with it |\n"
                "|---|---|---:|---:|---|---|---|\n";
    for (const LossLine& line : lossLines(loss))
        text += "| " + code(line.object) + " | " + escaped(line.what) + " | " + escaped(line.rows) +
                " | " + escaped(line.size) + " | " + escaped(line.owner) + " | " +
                escaped(line.place) + " | " + escaped(line.with) + " |\n";
    if (!loss.unknown.empty())
        text += "\n";
    for (const std::string& sentence : loss.unknown)
        text += "- Not known: " + escaped(sentence) + "\n";
}

void appendChecklist(std::string& text, const std::vector<ChecklistItem>& items)
{
    text += "\n### Before it runs\n\n| | item | evidence |\n|---|---|---|\n";
    for (const ChecklistItem& item : items)
        text += "| " + std::string(answerOf(item)) + " | " + escaped(item.item) + " | " +
                escaped(item.evidence) + " |\n";
}

} // namespace

std::string reviewMarkdown(const ReviewReport& report)
{
    std::string text = "## Migration review\n\n" + escaped(summaryLine(report)) + "\n";
    if (report.result.loss)
        appendLoss(text, *report.result.loss);
    if (!report.checklist.empty())
        appendChecklist(text, report.checklist);
    if (!report.result.findings.empty()) {
        text += "\n";
        for (const Finding& finding : report.result.findings)
            appendDetail(text, finding);
    }
    for (const ReviewedRevision& revision : report.result.revisions) {
        if (!revision.findings.empty() || !revision.notAnalysed.empty())
            appendRevision(text, report, revision);
    }
    return text;
}

} // namespace sightglass
