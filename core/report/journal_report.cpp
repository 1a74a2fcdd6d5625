// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/report/json_values.h"
#include "core/report/plan_report.h"
#include "core/report/text_layout.h"

#include <cmath>

namespace sightglass {

namespace {

using json::Value;

Value entryJson(const JournalEntry& entry)
{
    const JournalRecord& intent = entry.intent;
    Value value;
    value["run"] = intent.run;
    value["time"] = intent.time;
    value["action"] = intent.action;
    value["title"] = intent.title;
    value["plan"] = intent.plan;
    value["target"] = intent.target.shown;
    json::setText(value, "database", intent.target.database);
    json::setText(value, "environment", intent.target.environment);
    json::setText(value, "project", intent.target.project);
    value["state"] = toText(entry.state);
    value["settled"] = entry.settled;
    json::setText(value, "ended", entry.endedAt);
    json::setText(value, "verdict", entry.verdict);
    json::setText(value, "transaction", entry.lastCommit.transaction);
    value["changes"] = intent.changes;
    value["steps"] = intent.steps;
    value["sentences"] = entry.sentences;
    value["undo"] = {{"possible", entry.canBeUndone()}, {"text", intent.undoText}};
    json::setText(value, "undoes", intent.undoes);
    json::setText(value, "undone_by", entry.undoneBy);
    return value;
}

std::string idsText(const std::vector<std::string>& ids)
{
    std::string text;
    for (const std::string& id : ids)
        text += (text.empty() ? "" : " ") + printable(id);
    return text.empty() ? "base" : text;
}

std::string percentText(double score)
{
    constexpr double perMille = 1000;
    const auto value = static_cast<long>(std::floor(score * perMille));
    return std::to_string(value / 10) + "." + std::to_string(value % 10) + " %";
}

void addEntry(std::string& text, const JournalEntry& entry)
{
    const JournalRecord& intent = entry.intent;
    text += intent.time + "  " + padded(toText(entry.state), 11) + "  " +
            printable(intent.title.empty() ? intent.run : intent.title) + "\n";
    text += "    " + printable(intent.target.shown) +
            (intent.target.environment.empty() ? "" : ", " + intent.target.environment) + ", run " +
            intent.run + "\n";
    for (const std::string& sentence : entry.sentences)
        text += wrapped("    ", sentence);
    if (entry.verdict == "as-planned")
        text += "    Read again: it was as planned.\n";
    if (!entry.undoneBy.empty())
        text += "    Taken back by run " + entry.undoneBy + ".\n";
    else if (entry.canBeUndone())
        text += "    sightglass-cli undo " + intent.run + " takes it back.\n";
}

Value candidateJson(const StampCandidate& candidate)
{
    Value value;
    value["revisions"] = candidate.revisions;
    value["score"] = candidate.score;
    value["heads"] = candidate.isAtHeads;
    value["preselected"] = candidate.preselected;
    value["evidence"] = {{"for", candidate.evidenceFor}, {"against", candidate.evidenceAgainst}};
    value["same_schema"] = candidate.sameSchema;
    return value;
}

} // namespace

std::string journalJson(const std::vector<JournalEntry>& entries, std::size_t unreadLines)
{
    Value value = json::document("journal");
    value["entries"] = Value::array();
    for (const JournalEntry& entry : entries)
        value["entries"].push_back(entryJson(entry));
    value["unread_lines"] = unreadLines;
    return json::text(value);
}

std::string journalText(const std::vector<JournalEntry>& entries, std::size_t unreadLines)
{
    std::string text;
    for (const JournalEntry& entry : entries)
        addEntry(text, entry);
    if (entries.empty())
        text = "The journal is empty: nothing was done yet.\n";
    if (unreadLines > 0)
        text += std::to_string(unreadLines) + (unreadLines == 1 ? " line" : " lines") +
                " of the journal can't be read: a crash has torn them.\n";
    return text;
}

std::string stampCandidatesJson(const std::vector<StampCandidate>& candidates,
                                const std::string& whyNot)
{
    Value value = json::document("stamp");
    value["candidates"] = Value::array();
    for (const StampCandidate& candidate : candidates)
        value["candidates"].push_back(candidateJson(candidate));
    json::setText(value, "why_none", whyNot);
    return json::text(value);
}

std::string stampCandidatesText(const std::vector<StampCandidate>& candidates,
                                const std::string& whyNot)
{
    std::string text = whyNot.empty() ? std::string() : wrapped("", whyNot);
    for (const StampCandidate& candidate : candidates) {
        text += padded(percentText(candidate.score), 9) + idsText(candidate.revisions) +
                (candidate.isAtHeads ? " (head)" : "") +
                (candidate.preselected ? "  fits, and nothing speaks against it" : "") + "\n";
        for (const std::string& sentence : candidate.evidenceFor)
            text += wrapped("         for      ", sentence);
        for (const std::string& sentence : candidate.evidenceAgainst)
            text += wrapped("         against  ", sentence);
        for (const auto& same : candidate.sameSchema)
            text += wrapped("         same     ", "The same schema as " + idsText(same) + ".");
    }
    const bool hasOne = !candidates.empty() && candidates.front().preselected;
    text += hasOne ? "\nStamp it with: sightglass-cli stamp " +
                         idsText(candidates.front().revisions) + " --dry-run\n"
                   : "\nNone fits without a doubt. Name a revision only if you know it is right.\n";
    return text;
}

} // namespace sightglass
