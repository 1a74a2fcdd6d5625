// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/run_table_restore.h"

#include "core/backup/lock_watch.h"
#include "core/base/error.h"
#include "core/differences/differences.h"
#include "core/journal/run_lock.h"
#include "core/process/run_process.h"

#include <algorithm>
#include <set>
#include <utility>

namespace sightglass {

namespace {

using Access = WritingSession::Access;

constexpr const char* restoreApplication = "sightglass restore";

/// Of rows in any order.
std::string checksumSql(const QualifiedName& table)
{
    return "SELECT count(*), sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint::numeric) "
           "FROM ONLY " +
           toSql(table) + " t";
}

std::string sequencesSql(const std::vector<std::string>& schemas)
{
    std::string list;
    for (const std::string& schema : schemas)
        list += (list.empty() ? "" : ", ") + sqlLiteral(schema);
    return "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
           "ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND n.nspname IN (" +
           list + ") ORDER BY 1, 2";
}

Result<void> runClient(const CommandWork& command,
                       const std::string& what,
                       LockWatch* watch,
                       const RunContext& run)
{
    const auto look = [watch] {
        if (watch != nullptr)
            watch->look();
    };
    const auto outcome = runProcess({.program = command.argv.front(),
                                     .arguments = {command.argv.begin() + 1, command.argv.end()},
                                     .environment = command.environment,
                                     .workingDirectory = {},
                                     .input = {},
                                     .limit = command.limit,
                                     .onOutput = {},
                                     .onWait = look,
                                     .withChildren = true},
                                    run);
    if (!outcome)
        return failure(outcome.error());
    if (outcome->exitCode == 0)
        return {};
    if (watch != nullptr && watch->hasEndedOne())
        return failure(ErrorCode::TimedOut,
                       "The tables could not be copied: another session holds a lock on a table "
                       "that their foreign keys lead to.",
                       "Wait for it to end, or give more time with --lock-timeout.");
    const std::string complaint = complaintIn(outcome->errors);
    return failure(ErrorCode::QueryFailed,
                   "The tables could not be " + what + ": " +
                       (complaint.empty() ? "it gave no reason" : complaint) + ".",
                   "Mend that, then restore again.");
}

Result<void>
moveBeside(const TableSelection& selection, WritingSession& side, const RunContext& run)
{
    if (auto begun = side.begin(Access::ReadWrite, run); !begun)
        return begun;
    for (const PlannedStatement& statement : intoStages(selection)) {
        const auto done = side.execute("moving the tables", statement.sql, run);
        if (!done) {
            side.rollback();
            return failure(done.error());
        }
    }
    return side.commit();
}

/// What of the stages differs between two catalogs.
std::vector<std::string>
shapeDifferencesOf(const Schema& left, const Schema& right, const TableSelection& selection)
{
    const std::set<std::string> stages(selection.stages.begin(), selection.stages.end());
    std::vector<std::string> sentences;
    const DifferenceSettings settings{.owners = true, .leftOut = {}};
    for (const Difference& each : differencesBetween(left, right, settings)) {
        if (stages.contains(each.object.schema))
            sentences.push_back("The " + each.kind + " " + printable(toText(each.object)) +
                                (each.part.empty() ? "" : " " + printable(each.part)) +
                                " is not as it was backed up.");
    }
    return sentences;
}

Result<void> compareStages(const RestoreJob& job,
                           const TableSelection& selection,
                           const ServerDoor& door,
                           const RunContext& run)
{
    const ConnectionTarget beside = otherDatabase(job.target, job.side);
    const auto left = door.read(beside, {}, run);
    const auto right = left ? door.read(job.target, {}, run) : left;
    if (!right)
        return failure(right.error());
    auto sentences = shapeDifferencesOf(left->schema, right->schema, selection);
    const auto there = door.open(beside, run);
    const auto here = door.open(job.target, run);
    if (!there || !here)
        return failure(there ? here.error() : there.error());
    std::vector<QualifiedName> tables;
    for (const TableMove& move : selection.moves) {
        const Table* const table = left->schema.table({move.stage, move.place.name});
        if (table != nullptr && table->kind != TableKind::PartitionedTable)
            tables.push_back(table->name);
    }
    const auto rows = rowDifferences(tables, selection.stages, **there, **here, run);
    if (!rows)
        return failure(rows.error());
    sentences.insert(sentences.end(), rows->begin(), rows->end());
    if (sentences.empty())
        return {};
    return failure(ErrorCode::Malformed,
                   "What was copied is not what was backed up. " + sentences.front(),
                   "No table was changed. Restore the whole backup with --into to look at it.");
}

Result<void>
dropStages(const RestoreJob& job, const TableSelection& selection, const ServerDoor& door)
{
    const auto session = door.open(job.target, {});
    if (!session)
        return failure(session.error());
    for (const std::string& stage : selection.stages) {
        const auto dropped =
            (*session)->executeAlone("removing the schema " + stage,
                                     "DROP SCHEMA " + quotedIdentifier(stage) + " CASCADE",
                                     {});
        if (!dropped)
            return failure(dropped.error());
    }
    return {};
}

/// Everything but clearing away. `isStaged`: the stages are in the target by now.
Result<void> copyAcross(const RestoreJob& job,
                        const TableSelection& selection,
                        const Path& file,
                        const ServerDoor& door,
                        bool& isStaged,
                        const RunContext& run)
{
    {
        const auto side = door.open(otherDatabase(job.target, job.side), run);
        if (!side)
            return failure(side.error());
        if (auto moved = moveBeside(selection, **side, run); !moved)
            return moved;
    }
    const StageCommands commands = stageCommands(job, selection, file.string());
    run.report({.stage = "copying"});
    if (auto dumped = runClient(commands.dump, "read", nullptr, run); !dumped)
        return dumped;
    auto looking = door.open(job.target, run);
    if (!looking)
        return failure(looking.error());
    LockWatch watch(std::move(*looking), restoreApplication, job.lockLimit);
    if (auto restored = runClient(commands.restore, "copied", &watch, run); !restored)
        return restored;
    isStaged = true;
    run.report({.stage = "comparing"});
    return compareStages(job, selection, door, run);
}

} // namespace

StageCommands
stageCommands(const RestoreJob& job, const TableSelection& selection, const std::string& file)
{
    const auto from = clientConnection(otherDatabase(job.target, job.side), restoreApplication);
    const auto into = clientConnection(job.target, restoreApplication);
    StageCommands commands;
    commands.dump = {.argv = {job.tools.dump, "--format=custom", "--file=" + file, "--no-password"},
                     .directory = {},
                     .environment = from.environment,
                     .limit = std::chrono::hours(48)};
    for (const std::string& stage : selection.stages)
        commands.dump.argv.push_back("--schema=" + stage);
    commands.dump.argv.push_back(from.argument);
    commands.restore = {.argv = {job.tools.restore,
                                 "--single-transaction",
                                 "--exit-on-error",
                                 "--no-password",
                                 into.argument,
                                 file},
                        .directory = {},
                        .environment = into.environment,
                        .limit = std::chrono::hours(48)};
    return commands;
}

Result<void> stageTables(const RestoreJob& job,
                         const TableSelection& selection,
                         const BackupStore& store,
                         const ServerDoor& door,
                         const RunContext& run)
{
    const std::string id = "copy-of-" + job.manifest.id;
    if (auto made = store.makeFolder(); !made)
        return made;
    (void)store.removeLeftovers();
    const auto lock = FileLock::take(store.lockOf(id), std::chrono::milliseconds(0));
    if (!lock)
        return failure(lock.error());
    bool isStaged = false;
    auto copied = store.makePart(id, false);
    if (copied)
        copied = copyAcross(job, selection, store.partOf(id), door, isStaged, run);
    store.removeUnfinished(id);
    std::string left;
    if (!copied && isStaged && !dropStages(job, selection, door))
        left = "The schema " + selection.stages.front() + " is left of it. ";
    if (!dropBeside(job.target, job.facts, job.side, door))
        left += "The database " + printable(job.side) + " is left of it; drop it.";
    if (!copied && !left.empty())
        copied.error().nextStep = left;
    return copied;
}

Result<std::vector<std::string>> rowDifferences(const std::vector<QualifiedName>& tables,
                                                const std::vector<std::string>& schemas,
                                                WritingSession& left,
                                                WritingSession& right,
                                                const RunContext& run)
{
    std::vector<std::string> sentences;
    const auto compare = [&](const std::string& what, const std::string& sql) -> Result<SqlAnswer> {
        const auto one = left.executeAlone("comparing " + what, sql, run);
        auto other = one ? right.executeAlone("comparing " + what, sql, run) : one;
        if (other && one->rows != other->rows)
            sentences.push_back("The " + what + " has not the same contents.");
        return other;
    };
    for (const QualifiedName& table : tables) {
        if (auto same = compare("table " + printable(toText(table)), checksumSql(table)); !same)
            return failure(same.error());
    }
    const auto names = compare("list of sequences", sequencesSql(schemas));
    if (!names)
        return failure(names.error());
    for (const auto& row : names->rows) {
        const QualifiedName name{.schema = row[0].value_or(""), .name = row[1].value_or("")};
        if (auto same = compare("sequence " + printable(toText(name)),
                                "SELECT last_value, is_called FROM " + toSql(name));
            !same)
            return failure(same.error());
    }
    return sentences;
}

} // namespace sightglass
