// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/words.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

std::string chainSentence(const Facts& facts)
{
    const RevisionGraph& graph = facts.graph;
    std::vector<std::string> heads;
    for (const RevisionIndex index : graph.heads())
        heads.push_back(graph.revision(index).id);
    std::string text = "The chain has " + counted(graph.size(), "revision", "revisions");
    if (!heads.empty())
        text += std::string(", ") +
                (heads.size() == 1 ? "head " : std::to_string(heads.size()) + " heads: ") +
                firstOf(heads);
    return text + ".";
}

Evidence versionTableEvidence(const Facts& facts)
{
    const VersionTable* table = facts.pairing.table;
    if (table == nullptr) {
        if (!facts.pairing.candidates.empty())
            return {.grade = Grade::Asked,
                    .text = counted(facts.pairing.candidates.size(),
                                    "version table fits",
                                    "version tables fit") +
                            "; none was chosen."};
        return {.grade = Grade::Asked, .text = "There is no version table of this project."};
    }
    const std::string name = printable(toText(table->name));
    std::vector<std::string> rows;
    for (const VersionRow& row : facts.rows)
        rows.push_back(row.text);
    std::string text = name + " holds " + counted(rows.size(), "row", "rows");
    if (!facts.rowsRead)
        text = "The rows of " + name + " could not be read";
    else if (!rows.empty())
        text += ": " + rowsText(rows);
    Evidence evidence{.grade = Grade::Asked, .text = text + ".", .object = toText(table->name)};
    if (facts.rows.size() == 1 && facts.rows.front().revision)
        evidence.revision = facts.rows.front().text;
    return evidence;
}

void addShape(const Facts& facts, std::vector<Evidence>& evidence)
{
    const VersionTable& table = *facts.pairing.table;
    const std::string name = printable(toText(table.name));
    const auto add = [&](std::string text) {
        evidence.push_back(
            {.grade = Grade::Asked, .text = std::move(text), .object = toText(table.name)});
    };
    if (table.isView)
        add(name + " is a view; Alembic can only write to it if the view allows that.");
    if (!table.hasPrimaryKey && table.keyRead && !table.isView)
        add(name + " has no primary key: nothing keeps the same row from standing twice.");
    if (table.nullable)
        add(name + ".version_num allows NULL.");
    if (!table.otherColumns.empty())
        add(name + " has columns that Alembic did not make: " + firstOf(table.otherColumns) + ".");
    if (!table.width)
        return;
    std::vector<std::string> tooLong;
    for (const Revision& revision : facts.graph.revisions()) {
        if (characterCount(revision.id) > static_cast<std::size_t>(*table.width))
            tooLong.push_back(revision.id);
    }
    if (!tooLong.empty())
        add(name + ".version_num holds " + std::to_string(*table.width) +
            " characters, too few for " + firstOf(tooLong) + ".");
}

void addOtherVersionTables(const Facts& facts, std::vector<Evidence>& evidence)
{
    for (const VersionTable& other : facts.live->versionTables) {
        if (&other == facts.pairing.table)
            continue;
        const auto known = static_cast<std::size_t>(
            std::count_if(other.rows.begin(), other.rows.end(), [&](const std::string& row) {
                return facts.graph.find(row).has_value();
            }));
        std::string text = "There is another version table, " + printable(toText(other.name)) +
                           ", with " + counted(other.rows.size(), "row", "rows");
        if (!other.readable)
            text = "There is another version table, " + printable(toText(other.name)) +
                   ", whose rows were not read";
        else if (!other.rows.empty())
            text += ": " + rowsText(other.rows) + "; " + std::to_string(known) +
                    " of them in this chain";
        evidence.push_back(
            {.grade = Grade::Asked, .text = text + ".", .object = toText(other.name)});
    }
}

} // namespace

std::string rowText(const std::string& row)
{
    return row.empty() ? std::string("(empty)") : printable(row);
}

std::string rowsText(const std::vector<std::string>& rows)
{
    std::vector<std::string> shown;
    for (const std::string& row : rows)
        shown.push_back(rowText(row));
    return firstOf(shown);
}

std::string tablesSentence(const Facts& facts)
{
    if (facts.tables.empty()) {
        std::string text = "There is no table";
        if (!facts.live->versionTables.empty())
            text += facts.live->versionTables.size() == 1 ? " beside the version table"
                                                          : " beside the version tables";
        if (facts.extensionTables > 0)
            text += " and " + counted(facts.extensionTables, "table", "tables") + " of extensions";
        return text + ".";
    }
    std::string text = "There " + std::string(facts.tables.size() == 1 ? "is " : "are ") +
                       counted(facts.tables.size(), "table", "tables") + ": " +
                       firstOf(facts.tableNames()) + ".";
    if (facts.live->unread.lacks(UnreadKind::ExtensionMembers))
        text += " Which of them extensions own was not read.";
    return text;
}

std::vector<Evidence> commonEvidence(const Facts& facts)
{
    std::vector<Evidence> evidence;
    evidence.push_back({.grade = Grade::Read, .text = chainSentence(facts)});
    for (const FileProblem* problem : facts.unknownIds) {
        evidence.push_back(
            {.grade = Grade::Read,
             .text = printable(shownPath(facts.project, problem->span.file)) +
                     " is not part of what is said here: " + printable(problem->detail),
             .revision = problem->revision,
             .span = problem->span});
    }
    if (facts.input.liveError != nullptr) {
        evidence.push_back(
            {.grade = Grade::Asked,
             .text = "The database could not be read: " + toText(*facts.input.liveError)});
    }
    if (facts.live == nullptr)
        return evidence;
    evidence.push_back(versionTableEvidence(facts));
    if (!facts.pairing.remark.empty())
        evidence.push_back({.grade = Grade::Asked, .text = printable(facts.pairing.remark)});
    if (facts.pairing.table != nullptr && facts.rowsRead)
        addShape(facts, evidence);
    addOtherVersionTables(facts, evidence);
    evidence.push_back({.grade = Grade::Asked, .text = tablesSentence(facts)});
    for (const std::string& sentence : facts.live->notRead)
        evidence.push_back({.grade = Grade::Asked, .text = printable(sentence)});
    return evidence;
}

} // namespace sightglass
