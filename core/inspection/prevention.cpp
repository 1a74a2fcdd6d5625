// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/prevention.h"

#include "core/diagnosis/words.h"
#include "core/rules/name_pattern.h"

#include <algorithm>

namespace sightglass {

namespace {

ChecklistItem reviewed(const PreventionInput& input)
{
    const std::string item = "Every pending revision was reviewed";
    const auto& revisions = input.review.revisions;
    if (revisions.empty())
        return {item, true, "nothing is pending"};
    std::vector<std::string> open;
    for (const ReviewedRevision& revision : revisions) {
        if (!revision.notAnalysed.empty())
            open.push_back(revision.id);
    }
    if (!open.empty())
        return {item, false, "not fully analysed: " + firstOf(open)};
    return {item, true, counted(revisions.size(), "revision", "revisions") + " read to the end"};
}

ChecklistItem nothingLost(const PreventionInput& input)
{
    const std::string item = "No table or column is dropped or emptied";
    if (!input.review.loss)
        return {item, std::nullopt, "no database was read"};
    const LossAssessment& loss = *input.review.loss;
    std::vector<std::string> names;
    for (const Loss& each : loss.losses) {
        if (!each.refused)
            names.push_back(toText(each.table) +
                            (each.column.empty() ? std::string() : "." + each.column));
    }
    if (!names.empty())
        return {item, false, counted(names.size(), "loss", "losses") + ": " + firstOf(names)};
    if (!loss.unknown.empty())
        return {item, std::nullopt, loss.unknown.front()};
    return {item, true, "no pending operation destroys rows"};
}

ChecklistItem protectedTables(const PreventionInput& input)
{
    const std::string item = "The protected tables name every table of others";
    std::vector<std::string> open;
    std::size_t others = 0;
    bool live = false;
    for (const TableRow& row : input.tables) {
        live = live || row.live != TablePresence::Unknown;
        if (!row.isUnmanaged())
            continue;
        ++others;
        if (!row.isProtected)
            open.push_back(toText(row.name));
    }
    if (!live)
        return {item, std::nullopt, "no table of a database was read"};
    if (!open.empty())
        return {item,
                false,
                counted(open.size(), "table", "tables") +
                    (input.protectedTables.empty() ? " and no list in sightglass.toml: "
                                                   : " not on the list: ") +
                    firstOf(open)};
    if (others == 0)
        return {item, true, "the database holds no table of others"};
    return {item, true, counted(others, "table", "tables") + " of others, all on the list"};
}

std::string placeOf(const PreventionInput& input, const SourceSpan& span)
{
    const auto relative = std::filesystem::path(span.file).lexically_relative(input.root);
    const std::string file =
        relative.empty() || relative.native().starts_with("..") ? span.file : relative.string();
    return printable(file) + ":" + std::to_string(span.line);
}

std::vector<std::string> placesOf(const PreventionInput& input)
{
    std::vector<std::string> places;
    for (const AutomaticUpgrade& each : input.automatic.found)
        places.push_back(placeOf(input, each.span));
    return places;
}

ChecklistItem safePath(const PreventionInput& input)
{
    const std::string item = "The upgrade is run by somebody who confirms it";
    if (input.automatic.found.empty())
        return {item, std::nullopt, "who runs it, and how, can't be told from files"};
    return {item, false, placesOf(input).front() + " runs it and asks nobody"};
}

ChecklistItem nothingAutomatic(const PreventionInput& input)
{
    const std::string item = "Nothing runs migrations by itself, at a start or in CI";
    const AutomaticUpgrades& automatic = input.automatic;
    if (!automatic.found.empty())
        return {item, false, "alembic upgrade stands in " + firstOf(placesOf(input))};
    if (automatic.stopped)
        return {item, std::nullopt, "the folder is too large to be searched to its end"};
    return {item,
            true,
            counted(automatic.filesRead, "file", "files") +
                " of containers and CI searched, none has alembic upgrade"};
}

} // namespace

std::vector<ChecklistItem> preventionChecklist(const PreventionInput& input)
{
    return {reviewed(input),
            nothingLost(input),
            protectedTables(input),
            {"There is a verified backup", false, "no verified backup is known"},
            safePath(input),
            {"The revisions were tried on a copy", false, "no rehearsal on a copy is known"},
            nothingAutomatic(input)};
}

} // namespace sightglass
