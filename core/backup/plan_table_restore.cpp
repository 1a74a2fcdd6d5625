// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/plan_table_restore.h"

#include "core/actions/settle_run.h"
#include "core/backup/run_table_restore.h"
#include "core/base/error.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string listed(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + printable(word);
    return text;
}

std::vector<std::string> namesOf(const TableSelection& selection, bool areTables)
{
    std::vector<std::string> names;
    for (const TableMove& move : selection.moves) {
        if ((move.kind == "TABLE") == areTables)
            names.push_back(toText(move.place));
    }
    return names;
}

std::string counted(std::size_t count)
{
    return std::to_string(count) + (count == 1 ? " table" : " tables");
}

PlanStep stageStep(const RestoreJob& job, const TableSelection& selection)
{
    std::vector<std::string> lines{"-- in " + job.side + ":"};
    for (const PlannedStatement& statement : intoStages(selection))
        lines.push_back(statement.sql + ";");
    const StageCommands commands = stageCommands(job, selection, "FILE");
    lines.push_back(shownCommand(commands.dump));
    lines.push_back(shownCommand(commands.restore));
    lines.emplace_back("-- catalog, rows and sequences of both are compared");
    lines.push_back("DROP DATABASE " + quotedIdentifier(job.side) + ";");
    std::string drops;
    for (const std::string& stage : selection.stages)
        drops += "DROP SCHEMA IF EXISTS " + quotedIdentifier(stage) + " CASCADE; ";
    return {.title = "Copy the tables into " + listed(selection.stages) + " and compare",
            .work = OwnWork{.kind = "stage",
                            .lines = std::move(lines),
                            .leaves = {},
                            .whenCutShort = "No table of " + printable(job.facts.name) +
                                            " was changed. What may be left is removed by " +
                                            drops + "and DROP DATABASE IF EXISTS " +
                                            quotedIdentifier(job.side) + ".",
                            .cleansUp = true}};
}

std::vector<Precondition> conflictConditions(const TableSelection& selection)
{
    if (selection.conflicts.empty())
        return {{.id = "no-conflicts",
                 .text = "Nothing is in the way of the tables, and nothing lacks for them.",
                 .state = PreconditionState::Met,
                 .detail = "Told from the catalog; it is checked again when they are moved."}};
    std::vector<Precondition> conditions;
    for (const std::string& sentence : selection.conflicts)
        conditions.push_back({.id = "conflict",
                              .text = "Nothing is in the way of the tables.",
                              .state = PreconditionState::NotMet,
                              .detail = sentence});
    return conditions;
}

void addAffected(Plan& plan, const BackupManifest& manifest, const TableSelection& selection)
{
    for (const TableMove& move : selection.moves) {
        const auto table =
            std::ranges::find(manifest.tables, toText(move.place), &BackedUpTable::name);
        const bool isKnown = move.kind == "TABLE" && table != manifest.tables.end();
        const auto rows = !isKnown ? std::nullopt : table->counted ? table->counted : table->rows;
        std::string kind = move.kind;
        std::ranges::transform(
            kind, kind.begin(), [](char c) { return static_cast<char>(c - 'A' + 'a'); });
        plan.affected.push_back(
            {.kind = kind,
             .name = toText(move.place),
             .change =
                 "comes back" + (rows ? " with " + std::to_string(*rows) + " rows" : std::string()),
             .rows = rows,
             .bytes = isKnown ? table->bytes : std::nullopt});
    }
}

void describe(TableRestorePlan& made, const PlanTarget& target)
{
    Plan& plan = made.plan;
    const TableSelection& selection = made.selection;
    const auto names = namesOf(selection, true);
    const auto types = namesOf(selection, false);
    const std::string stages = listed(selection.stages);
    plan.title = "Bring back " + counted(names.size()) + " of the backup " + made.job.manifest.id;
    plan.summary = "Only these tables come; every other one and the version rows stay as they are.";
    plan.lines.push_back({.label = "Tables", .text = listed(names), .values = names});
    if (!types.empty())
        plan.lines.push_back({.label = "Come along", .text = listed(types), .values = types});
    if (!selection.notBrought.empty()) {
        std::string text;
        for (const std::string& sentence : selection.notBrought)
            text += (text.empty() ? "" : " ") + sentence;
        plan.lines.push_back({.label = "Stays away", .text = text, .values = {}});
    }
    addAffected(plan, made.job.manifest, selection);
    plan.protection = {.needed = false,
                       .text = "Nothing that is there is overwritten.",
                       .backup = {},
                       .backupAt = {}};
    plan.undo = {.text = "Undo moves the tables into the schema " + stages +
                         ", with their rows; DROP SCHEMA … CASCADE then removes them.",
                 .steps = {{.title = "Move the tables away", .work = backIntoStages(selection)}},
                 .possible = true};
    plan.confirmation = confirmationOf(target, names.size(), "tables come back");
}

} // namespace

Result<TableRestorePlan> planTableRestore(const RestoreSituation& situation,
                                          const PlanTarget& target,
                                          const Schema& held,
                                          const std::vector<std::string>& names,
                                          int jobs,
                                          const DumpTools& tools,
                                          Time now)
{
    auto selection = selectTables(held, situation.live.schema, names);
    if (!selection)
        return failure(selection.error());
    TableRestorePlan made{.plan = {.action = "restore"},
                          .job = restoreJob(situation, tools, jobs),
                          .selection = std::move(*selection)};
    made.job.copiesSettings = false;
    Plan& plan = made.plan;
    plan.target = target;
    plan.lines = backupLines(situation, now);
    plan.preconditions = conflictConditions(made.selection);
    for (Precondition& each : restorePreconditions(situation, tools))
        plan.preconditions.push_back(std::move(each));
    plan.steps = {restoreStep(made.job),
                  stageStep(made.job, made.selection),
                  {.title = "Move the tables to their place", .work = outOfStages(made.selection)}};
    describe(made, target);
    return made;
}

} // namespace sightglass
