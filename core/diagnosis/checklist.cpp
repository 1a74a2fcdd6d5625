// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/schema_ways.h"
#include "core/diagnosis/words.h"

#include <algorithm>

namespace sightglass {

namespace {

using Kind = GraphProblem::Kind;

constexpr std::string_view noDatabase = "no database was read";

ChecklistItem oneHead(const Facts& facts)
{
    std::vector<std::string> heads;
    for (const RevisionIndex index : facts.graph.heads())
        heads.push_back(facts.graph.revision(index).id);
    if (heads.empty())
        return {"One head", std::nullopt, "there is no head"};
    return {"One head",
            heads.size() == 1,
            counted(heads.size(), "head", "heads") + ": " + firstOf(heads)};
}

ChecklistItem everyDownRevision(const Facts& facts)
{
    std::vector<std::string> missing;
    for (const MissingRevision& revision : facts.graph.missing())
        missing.push_back(revision.id);
    if (missing.empty())
        return {"Every revision that is named exists",
                true,
                counted(facts.graph.size(), "revision", "revisions") + " read"};
    return {"Every revision that is named exists", false, "no file defines " + firstOf(missing)};
}

ChecklistItem everyFile(const Facts& facts)
{
    std::vector<std::string> stopping;
    for (const ChainStop& stop : facts.stops) {
        if (stop.file != nullptr)
            stopping.push_back(shownPath(facts.project, stop.file->span.file));
    }
    const std::string item = "Alembic can load every file";
    if (!stopping.empty())
        return {item, false, firstOf(stopping)};
    if (!facts.unknownIds.empty())
        return {item,
                std::nullopt,
                counted(facts.unknownIds.size(), "file", "files") +
                    " can't be judged without running it"};
    return {item, true, counted(facts.input.scripts.filesRead, "file", "files") + " read"};
}

/// `kinds` are wrong; the ids of the first such problem are the evidence.
ChecklistItem without(const Facts& facts, std::string item, std::initializer_list<Kind> kinds)
{
    for (const GraphProblem& problem : facts.graph.problems()) {
        if (std::find(kinds.begin(), kinds.end(), problem.kind) != kinds.end())
            return {std::move(item), false, firstOf(problem.ids)};
    }
    return {std::move(item), true, "none found"};
}

ChecklistItem readOnly(const Facts& facts)
{
    const std::string item = "The database was read through a read-only session";
    if (facts.live == nullptr)
        return {item, std::nullopt, std::string(noDatabase)};
    return {item, facts.live->server.readOnlySession, "default_transaction_read_only"};
}

ChecklistItem versionTable(const Facts& facts)
{
    const std::string item = "The version table is there and well formed";
    if (facts.live == nullptr)
        return {item, std::nullopt, std::string(noDatabase)};
    const VersionTable* table = facts.pairing.table;
    if (table == nullptr && facts.rowsRead)
        return {item, false, "there is none"};
    if (table == nullptr)
        return {item, std::nullopt, "several fit"};
    const std::string name = printable(toText(table->name));
    if (table->columnType.empty())
        return {item, false, name + " has no column version_num"};
    if (!table->readable)
        return {item, std::nullopt, "the rows of " + name + " were not read"};
    if (!table->keyRead && !table->isView)
        return {item, std::nullopt, "whether " + name + " has a primary key was not read"};
    if (!table->hasPrimaryKey || table->isView)
        return {item, false, name + (table->isView ? " is a view" : " has no primary key")};
    return {item, table->otherColumns.empty(), name + ", " + printable(table->columnType)};
}

ChecklistItem idsFit(const Facts& facts)
{
    const VersionTable* table = facts.pairing.table;
    const bool live = table != nullptr && !table->columnType.empty();
    if (live && !table->width)
        return {"Every id fits into the version column", true, "the column has no limit"};
    const auto width = static_cast<std::size_t>(live ? *table->width : 32);
    std::vector<std::string> tooLong;
    for (const Revision& revision : facts.graph.revisions()) {
        if (characterCount(revision.id) > width)
            tooLong.push_back(revision.id);
    }
    return {"Every id fits into the version column",
            tooLong.empty(),
            tooLong.empty() ? std::to_string(width) + " characters"
                            : firstOf(tooLong) + ": longer than " + std::to_string(width)};
}

std::optional<ChecklistItem> unanswered(const Facts& facts, const std::string& item)
{
    if (facts.live == nullptr)
        return ChecklistItem{item, std::nullopt, std::string(noDatabase)};
    if (!facts.rowsRead)
        return ChecklistItem{item, std::nullopt, "the version rows are not known"};
    return std::nullopt;
}

ChecklistItem rowsKnown(const Facts& facts)
{
    const std::string item = "Every version row is a revision of the chain";
    if (auto open = unanswered(facts, item))
        return *open;
    if (facts.unknownRows.empty())
        return {item, true, counted(facts.rows.size(), "row", "rows")};
    return {item, false, rowsText(facts.unknownRows)};
}

ChecklistItem rowsApart(const Facts& facts)
{
    const std::string item = "No version row stands for another";
    if (auto open = unanswered(facts, item))
        return *open;
    std::vector<std::string> wrong = facts.repeatedRows;
    wrong.insert(wrong.end(), facts.impliedRows.begin(), facts.impliedRows.end());
    return {item,
            wrong.empty(),
            wrong.empty() ? counted(facts.rows.size(), "row", "rows") : rowsText(wrong)};
}

ChecklistItem nothingPending(const Facts& facts)
{
    const std::string item = "Every revision is recorded as applied";
    if (auto open = unanswered(facts, item))
        return *open;
    if (!facts.chainIsSound())
        return {item, std::nullopt, "Alembic can't load the chain"};
    if (!facts.rowsAreValid() || facts.pendingError)
        return {item, std::nullopt, "the version rows don't tell"};
    if (facts.pending.empty() && !facts.unknownIds.empty())
        return {item, std::nullopt, "not every file could be read"};
    return {item,
            facts.pending.empty(),
            facts.pending.empty()
                ? "nothing pending"
                : counted(facts.pending.size(), "revision", "revisions") + " pending"};
}

ChecklistItem tablesThere(const Facts& facts)
{
    const std::string item = "A stamped database holds tables";
    if (auto open = unanswered(facts, item))
        return *open;
    if (facts.rows.empty())
        return {item, std::nullopt, "it is not stamped"};
    return {item, !facts.tables.empty(), counted(facts.tables.size(), "table", "tables")};
}

ChecklistItem schemaAsPromised(const Facts& facts)
{
    const std::string item = "The schema is what the revisions promise";
    if (auto open = unanswered(facts, item))
        return *open;
    if (facts.check == nullptr)
        return {item,
                std::nullopt,
                facts.input.history == nullptr ? "operations are not read yet"
                                               : "the version rows promise nothing certain"};
    const SchemaCheck& check = *facts.check;
    const std::size_t wrong = check.missing.size() + check.different.size() + check.extra.size();
    if (wrong > 0)
        return {item, false, counted(wrong, "difference", "differences")};
    if (check.halfway || !check.notRecorded.empty())
        return {item, false, "pending revisions are there in part"};
    if (!check.isComplete())
        return {item, std::nullopt, notComparedText(check) + " were not read"};
    if (!check.doubted.empty() || check.certainty != Confidence::Certain)
        return {item, std::nullopt, "not everything can be compared"};
    return {item, true, counted(check.promisedTables, "table", "tables") + " compared"};
}

} // namespace

std::vector<ChecklistItem> checklistOf(const Facts& facts, const FreshDatabase& fresh)
{
    return {
        oneHead(facts),
        everyDownRevision(facts),
        everyFile(facts),
        without(facts, "No id is defined twice", {Kind::DuplicateId}),
        without(facts, "No revision comes before itself", {Kind::Cycle, Kind::SelfReference}),
        idsFit(facts),
        {"A new database can be built", fresh.ok, fresh.ok ? printable(fresh.error) : fresh.reason},
        readOnly(facts),
        versionTable(facts),
        rowsKnown(facts),
        rowsApart(facts),
        nothingPending(facts),
        tablesThere(facts),
        schemaAsPromised(facts)};
}

} // namespace sightglass
