// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/chain_repairs.h"
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"

#include <algorithm>
#include <utility>

namespace sightglass::conditions::unknown_revision {

namespace {

bool holds(const Facts& facts)
{
    return facts.isStamped() && !facts.unknownRows.empty();
}

/// The row that someone typed in short or by name, when every unknown row is one.
bool allResolve(const Facts& facts)
{
    for (const VersionRow& row : facts.rows) {
        if (!row.revision && row.wouldResolveTo.empty())
            return false;
    }
    return true;
}

std::string title(const Facts& facts)
{
    const std::string rows = rowsText(facts.unknownRows);
    std::string text = "The version table says " + rows + ". No file has " +
                       (facts.unknownRows.size() == 1 ? "this id" : "these ids");
    if (facts.tables.empty())
        text += ", and no table is there";
    return text + ".";
}

WayBack writeWholeIds(const Facts& facts)
{
    const std::string table = versionTableSql(facts);
    WayBack way{.id = "write-whole-ids",
                .title = "Write the whole id",
                .summary =
                    "The row is short for a revision of the chain; Alembic needs it in full.",
                .pros = {"Only the version rows change", "The SQL takes it back"},
                .cons = {"Right only if the row was typed in for that revision"},
                .needs = "the right to write to the version table"};
    way.steps.push_back(backupStep(facts));
    std::string sql = "BEGIN;\n";
    for (const VersionRow& row : facts.rows) {
        if (!row.revision && row.wouldResolveTo.size() == 1) {
            sql += "UPDATE " + table +
                   " SET version_num = " + quotedLiteral(row.wouldResolveTo.front()) +
                   " WHERE version_num = " + quotedLiteral(row.text) + ";\n";
        }
    }
    way.steps.push_back(
        {.action = "Write it in full", .detail = "In one transaction.", .sql = sql + "COMMIT;"});
    way.steps.push_back(alembicStep(facts, "Look at what is applied", "", "current"));
    return way;
}

/// The first unknown row whose file was found anywhere.
const FoundRevision* foundFile(const Facts& facts)
{
    for (const std::string& row : facts.unknownRows) {
        if (const FoundRevision* found = facts.foundElsewhere(row); found != nullptr)
            return found;
    }
    return nullptr;
}

/// Searched everywhere and found nowhere: the schema is the best witness left.
bool isLost(const Facts& facts)
{
    return facts.input.elsewhere != nullptr && facts.input.elsewhere->complete &&
           foundFile(facts) == nullptr;
}

WayBack findFile(const Facts& facts)
{
    if (const FoundRevision* found = foundFile(facts); found != nullptr)
        return bringFile(facts, *found);
    WayBack way{
        .id = "find-file",
        .title = "Bring the revision file here",
        .summary = "It is on another branch, in a newer checkout, or was deleted.",
        .pros = {"The only way that knows what the revision did", "The database is not touched"},
        .cons = {"Only possible where the file still exists somewhere"},
        .needs = "the git repository with its history"};
    way.steps.push_back({.action = "Fetch every branch",
                         .detail = "The database may be ahead of this checkout.",
                         .command = "git fetch --all"});
    for (const std::string& row : facts.unknownRows) {
        if (row.empty())
            continue;
        const std::vector<RepairStep> search = gitSearchSteps(facts, row);
        way.steps.insert(way.steps.end(), search.begin(), search.end());
        break; // one id shows the way; further rows are searched alike
    }
    return way;
}

void addRowEvidence(const Facts& facts, Diagnosis& diagnosis)
{
    for (const VersionRow& row : facts.rows) {
        if (row.revision)
            continue;
        std::string text = "Row " + rowText(row.text) + " is the id of no file";
        if (!row.wouldResolveTo.empty())
            text += "; Alembic would take it for " + firstOf(row.wouldResolveTo);
        diagnosis.evidence.push_back(
            {.grade = Grade::Asked,
             .text = text + ".",
             .revision = row.wouldResolveTo.size() == 1 ? row.wouldResolveTo.front() : RevisionId(),
             .object = toText(facts.pairing.table->name)});
    }
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    const bool resolves = allResolve(facts);
    diagnosis.severity = Severity::Critical;
    diagnosis.detail = resolves ? "Somebody typed it in short. The next upgrade would add a row "
                                  "beside it and stop from then on."
                                : "Alembic's upgrade, current and stamp all stop with: Can't "
                                  "locate revision identified by '" +
                                      rowText(facts.unknownRows.front()) +
                                      "'. Only stamp --purge goes on.";
    if (!facts.unknownIds.empty()) {
        diagnosis.detail += " The id of " + counted(facts.unknownIds.size(), "file", "files") +
                            " can't be known without running it; it may be defined there.";
    }
    addRowEvidence(facts, diagnosis);
    const bool oneEach = resolves && [&] {
        for (const VersionRow& row : facts.rows) {
            if (!row.revision && row.wouldResolveTo.size() != 1)
                return false;
        }
        return true;
    }();
    if (oneEach)
        diagnosis.options.push_back(writeWholeIds(facts));
    if (facts.input.elsewhere != nullptr) {
        for (const FoundRevision& found : facts.input.elsewhere->found) {
            if (std::ranges::find(facts.unknownRows, found.id) != facts.unknownRows.end())
                diagnosis.evidence.push_back(foundEvidence(facts, found));
        }
        if (foundFile(facts) == nullptr && !facts.input.elsewhere->searched.empty())
            diagnosis.evidence.push_back(
                {.grade = Grade::Read,
                 .text = "No file that defines " + rowsText(facts.unknownRows) + " was found in " +
                         printable(facts.input.elsewhere->searched) + "."});
    }
    for (Evidence& each : inferenceEvidence(facts))
        diagnosis.evidence.push_back(std::move(each));
    // A row that says nothing is looked for in no file.
    const bool saysSomething =
        std::ranges::any_of(facts.unknownRows, [](const std::string& row) { return !row.empty(); });
    if (saysSomething)
        diagnosis.options.push_back(findFile(facts));
    if (facts.tables.empty()) {
        diagnosis.options.push_back(findRightDatabase(facts));
        diagnosis.options.push_back(rebuildSchema(facts, true));
    } else {
        diagnosis.options.push_back(stampInferred(facts, true));
        // The schema tells better than a file that is nowhere to be found.
        if (saysSomething && !oneEach && isLost(facts) && facts.inference != nullptr &&
            facts.inference->best() != nullptr)
            std::swap(diagnosis.options[0], diagnosis.options[1]);
        if (facts.inference != nullptr && facts.graph.size() > 1 && facts.chainIsSound()) {
            diagnosis.options.push_back(stampEnd(facts, false));
            diagnosis.options.push_back(stampEnd(facts, true));
        }
    }
    diagnosis.options.front().recommended = true;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::UnknownRevision, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::unknown_revision
