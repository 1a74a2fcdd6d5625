// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/text_report.h"

#include "core/diagnosis/words.h"
#include "core/report/outlook_report.h"
#include "core/report/text_layout.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string firstLine(const std::string& text)
{
    return text.substr(0, text.find('\n'));
}

std::string placeText(const Project& project, const SourceSpan& span)
{
    if (span.file.empty())
        return "";
    std::string text = shownPath(project, span.file);
    if (span.line > 0)
        text += ":" + std::to_string(span.line);
    return text;
}

std::string marksOf(const Inspection& inspection, RevisionIndex index)
{
    const RevisionGraph& graph = *inspection.graph;
    std::vector<std::string> marks;
    const auto& at = inspection.databaseAt;
    if (std::find(at.begin(), at.end(), index) != at.end())
        marks.emplace_back("database is here");
    if (graph.isHead(index))
        marks.emplace_back(graph.isEffectiveHead(index) ? "head" : "head, depended on");
    if (graph.isBase(index))
        marks.emplace_back("base");
    if (graph.isBranchPoint(index))
        marks.emplace_back("branch point");
    if (graph.isMergePoint(index))
        marks.emplace_back("merge point");
    for (const RevisionReference& label : graph.revision(index).labels)
        marks.push_back("@" + label.id);
    for (const RevisionReference& reference : graph.revision(index).dependsOn)
        marks.push_back("depends on " + reference.id);
    std::string text;
    for (const std::string& mark : marks)
        text += (text.empty() ? "" : ", ") + mark;
    return text;
}

std::string headline(const Inspection& inspection)
{
    const Project& project = inspection.scripts->project;
    const RevisionGraph& graph = *inspection.graph;
    const std::string place =
        project.config.empty() ? project.root.string() : project.config.string();
    std::string text = printable(project.root.filename().string()) + "  " + printable(place) + "\n";
    text += counted(graph.size(), "revision", "revisions") + ", " +
            counted(graph.heads().size(), "head", "heads") + ", " +
            counted(graph.bases().size(), "base", "bases");
    if (!graph.missing().empty())
        text += ", " + std::to_string(graph.missing().size()) + " missing";
    if (inspection.live != nullptr)
        text += "; " + printable(inspection.target) + ", PostgreSQL " +
                printable(inspection.live->server.versionText);
    return text + "\n";
}

void addFindings(const Inspection& inspection, std::string& text)
{
    const std::vector<Finding> findings = findingsOnTheChain(inspection);
    if (findings.empty()) {
        text += "\nNo findings.\n";
        return;
    }
    text += "\nFindings\n";
    for (const Finding& finding : findings) {
        text += wrapped("  " + padded(toText(finding.severity), 8) + "  ", finding.title);
        const std::string place = placeText(inspection.scripts->project, finding.span);
        if (!place.empty())
            text += wrapped("            ", place);
        if (!finding.detail.empty())
            text += wrapped("            ", finding.detail);
    }
}

void addIgnored(const Inspection& inspection, std::string& text)
{
    if (inspection.scripts->ignored.empty())
        return;
    text += "\nNot revision files\n";
    std::vector<std::vector<std::string>> rows;
    for (const IgnoredFile& file : inspection.scripts->ignored)
        rows.push_back({shownPath(inspection.scripts->project, file.file), file.reason});
    text += aligned(rows, "  ");
}

std::string appliedWord(const Inspection& inspection, RevisionIndex index)
{
    if (index >= inspection.applied.size())
        return "";
    return inspection.applied[index] ? "applied" : "pending";
}

std::string commandText(const std::string& text, std::string_view first)
{
    std::string result;
    std::string_view rest = text;
    bool begin = true;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        result +=
            "        " + std::string(begin ? first : "  ") + printable(rest.substr(0, end)) + "\n";
        rest.remove_prefix(std::min(end + 1, rest.size()));
        begin = false;
    }
    return result;
}

void addOption(const WayBack& option, std::size_t number, std::string& text)
{
    text += wrapped("  " + std::to_string(number) + ". ",
                    option.title + (option.recommended ? " (recommended)" : ""));
    text += wrapped("     ", option.summary);
    for (const std::string& pro : option.pros)
        text += wrapped("     + ", pro);
    for (const std::string& con : option.cons)
        text += wrapped("     - ", con);
    text += wrapped("     Needs: ", option.needs);
    std::size_t step = 0;
    for (const RepairStep& item : option.steps) {
        text += wrapped("     " + std::to_string(++step) + ") ",
                        item.action + (item.detail.empty() ? "." : ". " + item.detail));
        text += commandText(item.command, "$ ");
        text += commandText(item.sql, "  ");
    }
}

std::string freshText(const FreshDatabase& fresh)
{
    if (!fresh.ok)
        return "not judged: " + fresh.reason;
    if (*fresh.ok)
        return "can be built";
    return "can't be built" +
           (fresh.revision.empty() ? std::string() : "; stops at " + fresh.revision) + ": " +
           firstLine(fresh.error);
}

std::string listText(const std::vector<std::string>& items, std::string_view none)
{
    constexpr std::size_t shown = 10;
    return items.empty() ? std::string(none) : firstOf(items, shown);
}

std::string pendingText(const Diagnosis& diagnosis)
{
    if (diagnosis.pending.empty() && !diagnosis.pendingUnknown.empty())
        return "not known: " + diagnosis.pendingUnknown;
    return listText(diagnosis.pending, "nothing");
}

void addPosition(const Diagnosis& diagnosis, std::string& text)
{
    text += "\n";
    if (diagnosis.hasDatabase) {
        text += wrapped("Version rows  ", listText(diagnosis.versionRows, "none"));
        text += wrapped("Pending       ", pendingText(diagnosis));
    }
    text += wrapped("New database  ", freshText(diagnosis.freshDatabase));
}

std::string_view answerText(const std::optional<bool>& ok)
{
    if (!ok)
        return "unknown";
    return *ok ? "yes" : "no";
}

} // namespace

std::string chainText(const Inspection& inspection)
{
    const RevisionGraph& graph = *inspection.graph;
    std::string text = headline(inspection) + "\n";
    std::vector<std::vector<std::string>> rows;
    for (const RevisionIndex index : graph.walkOrder()) {
        const Revision& revision = graph.revision(index);
        std::vector<std::string> row{
            revision.id, firstLine(revision.message), marksOf(inspection, index)};
        if (!inspection.applied.empty())
            row.insert(row.begin() + 1, appliedWord(inspection, index));
        rows.push_back(std::move(row));
    }
    text += aligned(rows, "  ");
    for (const MissingRevision& missing : graph.missing()) {
        std::vector<std::string> by;
        for (const RevisionIndex index : missing.referencedBy)
            by.push_back(graph.revision(index).id);
        text += wrapped("  ",
                        "missing " + missing.id + ": no file defines it; named by " + firstOf(by));
    }
    addFindings(inspection, text);
    addIgnored(inspection, text);
    for (const std::string& note : inspection.scripts->project.notes)
        text += wrapped("Note: ", note);
    return text;
}

std::string diagnoseText(const Inspection& inspection)
{
    return diagnoseText(inspection, {});
}

std::string diagnoseText(const Inspection& inspection, const Outlook& outlook)
{
    const Diagnosis& diagnosis = inspection.diagnosis;
    std::string text = headline(inspection) + "\n";
    text += wrapped(std::string(badgeText(diagnosis.state)) + ": ", diagnosis.title);
    if (!diagnosis.detail.empty())
        text += wrapped("  ", diagnosis.detail);
    if (outlook.visit)
        text += visitText(*outlook.visit);
    text += "\nEvidence\n";
    for (const Evidence& evidence : diagnosis.evidence)
        text += wrapped("  " + padded(toText(evidence.grade), 9) + "  ", evidence.text);
    addPosition(diagnosis, text);
    if (!diagnosis.options.empty())
        text += diagnosis.options.size() == 1 ? "\nThe way on\n" : "\nWays back\n";
    std::size_t number = 0;
    for (const WayBack& option : diagnosis.options)
        addOption(option, ++number, text);
    text += upgradeText(outlook);
    text += "\nChecklist\n";
    std::vector<std::vector<std::string>> rows;
    for (const ChecklistItem& item : diagnosis.checklist)
        rows.push_back({std::string(answerText(item.ok)), item.item, item.evidence});
    return text + aligned(rows, "  ");
}

} // namespace sightglass
