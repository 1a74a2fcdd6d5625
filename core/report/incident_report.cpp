// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/incident_report.h"

#include "core/base/error.h"
#include "core/diagnosis/words.h"
#include "core/report/markdown_words.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t findingsShown = 20;

void addState(const Inspection& inspection, std::string& text)
{
    const Diagnosis& diagnosis = inspection.diagnosis;
    text += "## How it is now\n\n**" + std::string(badgeText(diagnosis.state)) + ".** " +
            markdownText(diagnosis.title) + " " + markdownText(diagnosis.detail) + "\n\n";
    if (inspection.live != nullptr)
        text += "- Read " + toRfc3339(inspection.live->readAt) + " from " +
                markdownText(inspection.target) + ", PostgreSQL " +
                markdownText(inspection.live->server.versionText) + "\n";
    else if (inspection.liveError)
        text += "- The database could not be read. " + markdownText(toText(*inspection.liveError)) +
                "\n";
    for (const Evidence& evidence : diagnosis.evidence)
        text +=
            "- " + std::string(toText(evidence.grade)) + ": " + markdownText(evidence.text) + "\n";
}

void addFindings(const Inspection& inspection, std::string& text)
{
    std::vector<const Finding*> grave;
    for (const Finding& finding : inspection.findings) {
        if (finding.suppressed.empty() && finding.severity <= Severity::High)
            grave.push_back(&finding);
    }
    text += "\n## Findings\n\n";
    if (grave.empty())
        text += "None of high severity.\n";
    for (std::size_t i = 0; i < std::min(findingsShown, grave.size()); ++i)
        text += "- " + std::string(toText(grave[i]->severity)) + ": " +
                markdownText(grave[i]->title) + "\n";
    if (grave.size() > findingsShown)
        text += "- and " + std::to_string(grave.size() - findingsShown) + " more\n";
}

void addEntry(const JournalEntry& entry, std::string& text)
{
    const JournalRecord& intent = entry.intent;
    text += "1. **" + intent.time + "** " + markdownText(intent.title) + ": " +
            std::string(toText(entry.state)) + ".\n";
    text += "   - On " + markdownText(intent.target.shown) + " as " +
            markdownText(intent.target.user.empty() ? "nobody" : intent.target.user) +
            ", environment " + markdownText(intent.target.environment) + ", run " +
            markdownCode(intent.run) + "\n";
    for (const std::string& change : intent.changes)
        text += "   - " + markdownText(change) + "\n";
    for (const std::string& sentence : entry.sentences)
        text += "   - " + markdownText(sentence) + "\n";
    if (!entry.verdict.empty())
        text += "   - Read again: " + markdownText(entry.verdict) + "\n";
    if (!entry.undoneBy.empty())
        text += "   - Taken back by run " + markdownCode(entry.undoneBy) + "\n";
    std::string steps;
    for (const std::string& step : intent.steps)
        steps += step + "\n";
    text += markdownBlock("sql", steps) + "\n";
}

void addNext(const Inspection& inspection, std::string& text)
{
    text += "\n## What is left to do\n\n";
    const auto& options = inspection.diagnosis.options;
    const auto recommended = std::ranges::find(options, true, &WayBack::recommended);
    if (recommended == options.end()) {
        text +=
            isUnhealthy(inspection.diagnosis.state) ? "Nothing is recommended.\n" : "Nothing.\n";
        return;
    }
    text += markdownText(recommended->title) + ". " + markdownText(recommended->summary) + "\n\n";
    for (const RepairStep& step : recommended->steps) {
        text += "1. " + markdownText(step.action) + ". " + markdownText(step.detail) + "\n";
        if (!step.command.empty())
            text += markdownBlock("sh", step.command);
    }
}

} // namespace

std::string incidentReport(const Inspection& inspection, const std::vector<JournalEntry>& entries)
{
    const Project& project = inspection.scripts->project;
    std::string text =
        "# Incident report: " + markdownText(project.root.filename().string()) + "\n\n";
    addState(inspection, text);
    addFindings(inspection, text);
    text += "\n## What was done\n\n";
    if (entries.empty())
        text += "The journal has nothing of this database and project.\n";
    for (const JournalEntry& entry : entries)
        addEntry(entry, text);
    addNext(inspection, text);
    return text;
}

std::vector<JournalEntry> entriesAbout(const Inspection& inspection,
                                       std::vector<JournalEntry> entries)
{
    JournalTarget here;
    if (inspection.live != nullptr) {
        const ServerFacts& server = inspection.live->server;
        here = {.shown = inspection.target,
                .host = server.host,
                .port = server.port,
                .database = server.database,
                .systemIdentifier = server.systemIdentifier,
                .databaseOid = server.databaseOid};
    }
    const std::string project = inspection.scripts->project.root.string();
    std::erase_if(entries, [&](const JournalEntry& entry) {
        const bool isOfDatabase =
            !here.database.empty() && isSameDatabase(entry.intent.target, here);
        const bool isOfProject = here.database.empty() || entry.intent.target.database.empty();
        return !isOfDatabase && !(isOfProject && entry.intent.target.project == project);
    });
    return entries;
}

} // namespace sightglass
