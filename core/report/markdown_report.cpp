// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/diagnosis/words.h"
#include "core/report/loss_words.h"
#include "core/report/text_layout.h"
#include "core/report/text_report.h"

#include <algorithm>

namespace sightglass {

namespace {

/// Plain text of foreign origin inside Markdown: nothing in it may become markup or leave its line.
std::string plain(std::string_view text)
{
    std::string result;
    for (const char c : printable(text)) {
        if (c == '<')
            result += "&lt;";
        else if (c == '&')
            result += "&amp;";
        else if (std::string_view("\\`*_[]|#>~").find(c) != std::string_view::npos)
            result += std::string("\\") + c;
        else
            result += c;
    }
    return result;
}

std::size_t longestBackticks(std::string_view text)
{
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

/// Text as code inside a line; the fence is longer than any run of backticks in it.
std::string code(std::string_view text)
{
    std::string cell; // a bar would end the table cell even inside code
    for (const char c : printable(text))
        cell += c == '|' ? std::string("¦") : std::string(1, c);
    const std::size_t longest = longestBackticks(cell);
    const std::string fence(longest + 1, '`');
    const std::string space = longest > 0 ? " " : "";
    return fence + space + cell + space + fence;
}

std::string block(std::string_view language, const std::string& text)
{
    std::string shown;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        shown += "   " + printable(rest.substr(0, end)) + "\n";
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const std::string fence(std::max<std::size_t>(3, longestBackticks(text) + 1), '`');
    return "\n   " + fence + std::string(language) + "\n" + shown + "   " + fence + "\n";
}

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
    text += "# " + plain(project.root.filename().string()) + "\n\n";
    text += "**" + std::string(badgeText(inspection.diagnosis.state)) + ".** " +
            plain(inspection.diagnosis.title) + " " + plain(inspection.diagnosis.detail) + "\n\n";
    text += "- Project: " + code(project.root.string()) + "\n";
    if (inspection.live != nullptr) {
        text += "- Database: " + plain(inspection.target) + ", PostgreSQL " +
                plain(inspection.live->server.versionText) + ", read " +
                toRfc3339(inspection.live->readAt) + " in " +
                std::to_string(inspection.live->duration.count()) + " ms\n";
    } else if (inspection.liveError) {
        text += "- Database: could not be read. " + plain(toText(*inspection.liveError)) + "\n";
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
        text += row({std::string(toText(evidence.grade)), plain(evidence.text)});
    text += "\n";
    std::vector<std::string> rows = diagnosis.versionRows;
    if (diagnosis.hasDatabase) {
        text += "- Version rows: " + plain(rows.empty() ? std::string("none") : firstOf(rows, 20)) +
                "\n";
        const std::string none =
            diagnosis.pendingUnknown.empty() ? "nothing" : "not known, " + diagnosis.pendingUnknown;
        text += "- Pending: " +
                plain(diagnosis.pending.empty() ? none : firstOf(diagnosis.pending, 20)) + "\n";
    }
    const FreshDatabase& fresh = diagnosis.freshDatabase;
    if (!fresh.ok)
        text += "- A new database: not judged, " + plain(fresh.reason) + "\n";
    else
        text += std::string("- A new database: ") +
                (*fresh.ok ? "can be built" : "can't be built: " + plain(fresh.error)) + "\n";
}

void addOptions(const Diagnosis& diagnosis, std::string& text)
{
    if (diagnosis.options.empty())
        return;
    text += "\n## Ways back\n";
    for (const WayBack& option : diagnosis.options) {
        text += "\n### " + plain(option.title) + (option.recommended ? " (recommended)" : "") +
                "\n\n" + plain(option.summary) + "\n\n";
        for (const std::string& pro : option.pros)
            text += "- For: " + plain(pro) + "\n";
        for (const std::string& con : option.cons)
            text += "- Against: " + plain(con) + "\n";
        text += "- Needs: " + plain(option.needs) + "\n\n";
        std::size_t number = 0;
        for (const RepairStep& step : option.steps) {
            text += std::to_string(++number) + ". " + plain(step.action) + ". " +
                    plain(step.detail) + "\n";
            if (!step.command.empty())
                text += block("sh", step.command);
            if (!step.sql.empty())
                text += block("sql", step.sql);
        }
    }
}

void addLoss(const LossAssessment& loss, std::string& text)
{
    text += "\n## What the pending revisions would destroy\n\n" + plain(lossSummary(loss)) + "\n";
    if (!loss.losses.empty())
        text += "\n| object | what | rows | size | probable owner | where | with it |\n"
                "|---|---|---:|---:|---|---|---|\n";
    for (const LossLine& line : lossLines(loss))
        text += row({code(line.object),
                     plain(line.what),
                     plain(line.rows),
                     plain(line.size),
                     plain(line.owner),
                     plain(line.place),
                     plain(line.with)});
    for (const std::string& sentence : loss.unknown)
        text += "\n- Not known: " + plain(sentence);
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
        text += row({answer, plain(item.item), plain(item.evidence)});
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
                     plain(finding.title) + " " + plain(finding.detail),
                     place.empty() ? std::string() : code(place)});
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
            down += (down.empty() ? "" : ", ") + code(reference.id);
        std::string state;
        if (index < inspection.applied.size())
            state = inspection.applied[index] ? "applied" : "pending";
        if (graph.isHead(index))
            state += state.empty() ? "head" : ", head";
        text += row({code(revision.id),
                     down,
                     plain(revision.message.substr(0, revision.message.find('\n'))),
                     state});
    }
    for (const MissingRevision& missing : graph.missing())
        text += row({code(missing.id), "", "no file defines it", "missing"});
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
