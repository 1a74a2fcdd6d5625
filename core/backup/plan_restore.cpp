// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/plan_restore.h"

#include "core/actions/settle_run.h"
#include "core/backup/plan_backup.h"
#include "core/backup/restore_dump.h"
#include "core/backup/verify_backup.h"
#include "core/base/error.h"
#include "core/revisions/revision_range.h"

#include <algorithm>
#include <charconv>

namespace sightglass {

namespace {

constexpr int versionsAMajor = 10'000;
constexpr std::size_t shownSessions = 5;

int majorOf(const std::string& version)
{
    int major = 0;
    std::from_chars(version.data(), version.data() + version.size(), major);
    return major;
}

Precondition condition(const char* id, std::string text, bool isMet, std::string detail)
{
    return {.id = id,
            .text = std::move(text),
            .state = isMet ? PreconditionState::Met : PreconditionState::NotMet,
            .detail = isMet ? std::string() : std::move(detail)};
}

Precondition serverCondition(const BackupManifest& manifest, const ServerFacts& server)
{
    const bool isOlder = server.versionNumber / versionsAMajor < majorOf(manifest.serverVersion);
    return {.id = "server-version",
            .text = "The server is not older than the one that was dumped.",
            .state = isOlder ? PreconditionState::Unknown : PreconditionState::Met,
            .detail =
                "The backup is of PostgreSQL " + manifest.serverVersion + ", the server is " +
                server.versionText + "." +
                (isOlder ? " It shows when it is restored beside; else nothing is changed." : "")};
}

/// Nobody can tell but who restores: a copy may be meant to go elsewhere.
Precondition sameDatabaseCondition(const BackupManifest& manifest, const ServerFacts& server)
{
    const bool isSameCluster = manifest.systemIdentifier.empty() ||
                               server.systemIdentifier.empty() ||
                               manifest.systemIdentifier == server.systemIdentifier;
    const bool isSame =
        isSameCluster && manifest.importedFrom.empty() && manifest.database == server.database;
    const std::string name = printable(server.database);
    return {.id = "same-database",
            .text = "The backup is of " + name + ".",
            .state = isSame ? PreconditionState::Met : PreconditionState::Unknown,
            .detail = isSame ? ""
                             : "It is of " + printable(manifest.database) + ", " + manifest.target +
                                   ". See that it is the one you mean."};
}

std::string pendingText(const RevisionGraph& graph, const std::vector<std::string>& rows)
{
    const auto pending = upgradePath(graph, rows, "heads");
    if (!pending)
        return "not known: " + pending.error().message;
    return pending->empty() ? "nothing"
                            : std::to_string(pending->size()) + " of the chain's revisions";
}

std::string sessionText(const ConnectedSession& session)
{
    return printable(session.user) +
           (session.program.empty() ? "" : " (" + printable(session.program) + ")") +
           (session.client.empty() ? "" : " from " + session.client);
}

PlanLine sessionsLine(const std::vector<ConnectedSession>& sessions, bool areEnded)
{
    std::string text = sessions.empty() ? "nobody else" : "";
    for (std::size_t i = 0; i < std::min(sessions.size(), shownSessions); ++i) {
        const ConnectedSession& each = sessions[i];
        text += (i == 0 ? "" : ", ") + sessionText(each) +
                (each.state.empty() ? "" : ", " + each.state);
    }
    if (sessions.size() > shownSessions)
        text += " and " + std::to_string(sessions.size() - shownSessions) + " more";
    if (areEnded && !sessions.empty())
        text += ". They are ended, and may come back and migrate at once";
    return {.label = "Connected", .text = text + ".", .values = {}};
}

/// The names can't be changed as long as somebody is connected.
Precondition sessionsCondition(const DatabaseFacts& facts)
{
    std::string others;
    for (const ConnectedSession& each : facts.sessions) {
        if (!each.mayBeEnded)
            others += (others.empty() ? "" : ", ") + sessionText(each);
    }
    return condition("may-end-sessions",
                     "The role may end the sessions that are connected.",
                     others.empty(),
                     "It may not end those of " + others +
                         ". See that they end, or connect as a superuser.");
}

/// Which of some databases there are, and whether each is the one of `oid`.
PlannedCheck namesCheck(std::vector<std::string> names,
                        std::int64_t oid,
                        std::vector<std::pair<std::string, bool>> expected)
{
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + sqlLiteral(name);
    PlannedCheck check{.what = "the databases' names",
                       .sql = "SELECT datname, (oid = " + std::to_string(oid) +
                              ")::text FROM pg_catalog.pg_database WHERE datname IN (" + list +
                              ") ORDER BY datname::text COLLATE \"C\"",
                       .expected = {}};
    std::ranges::sort(expected);
    for (const auto& [name, isOld] : expected)
        check.expected.push_back({name, isOld ? "true" : "false"});
    return check;
}

PlannedStatement rename(const std::string& from, const std::string& to)
{
    return {.sql =
                "ALTER DATABASE " + quotedIdentifier(from) + " RENAME TO " + quotedIdentifier(to),
            .rows = std::nullopt};
}

/// Names of the databases in a swap.
struct Swap
{
    std::string name; ///< that the old one has, and the new one gets
    std::string side; ///< of the new one until then
    std::string kept; ///< that the old one gets
};

SqlWork swapWork(const DatabaseFacts& facts, const Swap& swap)
{
    const std::vector<std::string> names{swap.name, swap.side, swap.kept};
    return {.locks = {},
            .checks = {namesCheck(names, facts.oid, {{swap.name, true}, {swap.side, false}})},
            .statements = {rename(swap.name, swap.kept), rename(swap.side, swap.name)},
            .after = {namesCheck(names, facts.oid, {{swap.name, false}, {swap.kept, true}})},
            .database = facts.other,
            .endsSessionsOf = {swap.name, swap.side}};
}

SqlWork swapBackWork(const DatabaseFacts& facts, const Swap& swap)
{
    const std::vector<std::string> names{swap.name, swap.side, swap.kept};
    return {.locks = {},
            .checks = {namesCheck(names, facts.oid, {{swap.name, false}, {swap.kept, true}})},
            .statements = {rename(swap.name, swap.side), rename(swap.kept, swap.name)},
            .after = {namesCheck(names, facts.oid, {{swap.name, true}, {swap.side, false}})},
            .database = facts.other,
            .endsSessionsOf = {swap.name, swap.kept}};
}

std::int64_t bytesOf(const Schema& schema)
{
    std::int64_t bytes = 0;
    for (const auto& [name, table] : schema.tables)
        bytes += table->bytes.value_or(0);
    return bytes;
}

void planBeside(RestorePlan& made, const PlanTarget& target)
{
    Plan& plan = made.plan;
    const std::string name = printable(made.job.side);
    plan.title = "Restore " + made.job.manifest.id + " as the new database " + name;
    plan.summary = "The database that stands is not touched.";
    plan.protection = {
        .needed = false, .text = "Nothing that is there changes.", .backup = {}, .backupAt = {}};
    plan.undo.text = "DROP DATABASE " + quotedIdentifier(made.job.side) + " removes it.";
    plan.confirmation = {
        .level = ConfirmationLevel::Click, .phrase = target.place.database, .numberOf = {}};
}

void planReplacing(RestorePlan& made, const RestoreSituation& situation, const PlanTarget& target)
{
    Plan& plan = made.plan;
    const DatabaseFacts& facts = situation.facts;
    const Swap swap{
        .name = facts.name, .side = made.job.side, .kept = freeName(facts, facts.name + "_before")};
    const std::string name = printable(swap.name);
    const std::string kept = printable(swap.kept);
    const std::size_t tables = situation.live.schema.tables.size();
    plan.title = "Replace " + name + " by the backup " + made.job.manifest.id;
    plan.summary = "The backup is restored beside and compared; then the two change names in one "
                   "transaction, and " +
                   name + " is kept as " + kept + ".";
    plan.lines.push_back({.label = "Kept as", .text = kept, .values = {}});
    plan.lines.push_back(sessionsLine(facts.sessions, true));
    plan.steps.push_back({.title = "Change the names", .work = swapWork(facts, swap)});
    plan.affected = {
        {.kind = "database",
         .name = swap.name,
         .change = "its " + std::to_string(tables) + " tables are kept in the database " + kept,
         .rows = std::nullopt,
         .bytes = bytesOf(situation.live.schema)}};
    plan.protection = {.needed = true,
                       .text = "Nothing is overwritten: the database that stands is kept as " +
                               kept + ", with what was written since the backup.",
                       .backup = {},
                       .backupAt = {}};
    plan.undo = {.text = "Undo changes the names back; what was restored is then kept as " +
                         printable(swap.side) + ".",
                 .steps = {{.title = "Change the names back", .work = swapBackWork(facts, swap)}},
                 .possible = true};
    plan.confirmation = confirmationOf(target, tables, "tables are replaced");
}

} // namespace

RestoreJob restoreJob(const RestoreSituation& situation, const DumpTools& tools, int jobs)
{
    return {.target = situation.connection,
            .tools = tools,
            .manifest = situation.backup.manifest,
            .dump = situation.store.dumpOf(situation.backup.manifest),
            .facts = situation.facts,
            .side = freeName(situation.facts, situation.facts.name + "_restored"),
            .jobs = std::max(1, jobs)};
}

PlanStep restoreStep(const RestoreJob& job)
{
    const CommandWork command = restoreCommand({.dump = job.dump,
                                                .tools = job.tools,
                                                .into = otherDatabase(job.target, job.side),
                                                .jobs = job.jobs});
    const std::string side = quotedIdentifier(job.side);
    return {.title = "Restore it beside as " + printable(job.side) + " and compare",
            .work = OwnWork{.kind = "restore",
                            .lines = {"CREATE DATABASE " + side + job.facts.createOptions + ";",
                                      shownCommand(command),
                                      "-- its catalog and rows are compared with the manifest",
                                      "-- in " + job.side + ": ANALYZE;"},
                            .leaves = {},
                            .whenCutShort = "The database " + printable(job.facts.name) +
                                            " was not changed. A database " + printable(job.side) +
                                            " may be left half restored: DROP DATABASE " + side +
                                            " removes it.",
                            .cleansUp = true}};
}

std::string versionText(const RevisionGraph& graph, const std::vector<std::string>& rows)
{
    std::string text;
    for (const std::string& row : rows) {
        const auto index = graph.find(row);
        text += (text.empty() ? "" : ", ") + printable(row) +
                (!index                          ? " (no file defines it)"
                 : graph.isEffectiveHead(*index) ? " (head)"
                                                 : "");
    }
    return text.empty() ? "base, nothing applied" : text;
}

std::vector<PlanLine> backupLines(const RestoreSituation& situation, Time now)
{
    const BackupManifest& manifest = situation.backup.manifest;
    const std::vector<std::string> rows = situation.versionTable == nullptr
                                              ? std::vector<std::string>()
                                              : situation.versionTable->rows;
    const std::string age = ageText(manifest.begunAt, now);
    std::vector<PlanLine> lines{
        {.label = "Database", .text = situation.connection.shown, .values = {}},
        {.label = "Backup",
         .text = manifest.id + " of " + manifest.target + ", " + manifest.begunAt +
                 (age.empty() ? "" : ", " + age + " old"),
         .values = {}},
        {.label = "Now", .text = versionText(situation.graph, rows), .values = rows}};
    if (!manifest.versionRowsKnown) {
        lines.push_back({.label = "Backup holds", .text = "a revision not known", .values = {}});
        return lines;
    }
    lines.push_back({.label = "Backup holds",
                     .text = versionText(situation.graph, manifest.versionRows),
                     .values = manifest.versionRows});
    lines.push_back({.label = "Pending then",
                     .text = pendingText(situation.graph, manifest.versionRows),
                     .values = {}});
    if (!manifest.chain.empty())
        lines.push_back({.label = "Chain",
                         .text = manifest.chain == chainHash(situation.graph)
                                     ? "as it was when it was backed up"
                                     : "has changed since it was backed up",
                         .values = {}});
    return lines;
}

std::vector<Precondition> restorePreconditions(const RestoreSituation& situation,
                                               const DumpTools& tools)
{
    const BackupManifest& manifest = situation.backup.manifest;
    const std::string& problem = situation.backup.problem;
    const bool isKnownDamaged = problem.empty() && manifest.verifiedAt.empty();
    const bool isNewEnough = tools.major >= majorOf(manifest.toolVersion);
    std::vector<Precondition> conditions{
        condition("backup-sound",
                  "The backup " + manifest.id + " is sound.",
                  problem.empty() && !isKnownDamaged,
                  isKnownDamaged ? "It failed when it was verified." : problem),
        condition("client-version",
                  "pg_restore is not older than the pg_dump that made the backup.",
                  isNewEnough,
                  "pg_restore is " + tools.version + ", the backup was made by " +
                      manifest.toolVersion + ". Install postgresql-client-" +
                      std::to_string(majorOf(manifest.toolVersion)) + "."),
        serverCondition(manifest, situation.live.server),
        condition("server-writes",
                  "The server takes changes.",
                  !situation.live.server.inRecovery,
                  "It is a standby; connect to its primary."),
        condition("may-create-databases",
                  "The role may create databases.",
                  situation.facts.mayCreate,
                  "Connect as one that has CREATEDB."),
        condition("other-database",
                  "There is another database to give the orders from.",
                  !situation.facts.other.empty(),
                  "Create one, for instance postgres."),
        condition("no-secret-argument",
                  "No password has to stand in an argument of pg_restore.",
                  situation.connection.value("sslpassword").empty(),
                  "sslpassword can be given in no other way; use a key without.")};
    conditions.push_back(sameDatabaseCondition(manifest, situation.live.server));
    conditions.push_back({.id = "room",
                          .text = "The server has room for a second copy of the data.",
                          .state = PreconditionState::Unknown,
                          .detail = "It does not say how much is free; when it is full, what was "
                                    "restored is dropped and nothing else has changed."});
    return conditions;
}

RestorePlan planRestore(const RestoreSituation& situation,
                        const PlanTarget& target,
                        const RestoreRequest& request,
                        const DumpTools& tools,
                        Time now)
{
    const DatabaseFacts& facts = situation.facts;
    const bool replaces = request.into.empty();
    RestorePlan made{.plan = {.action = "restore"},
                     .job = restoreJob(situation, tools, request.jobs)};
    made.job.copiesSettings = replaces;
    if (!replaces)
        made.job.side = request.into;
    Plan& plan = made.plan;
    plan.target = target;
    plan.lines = backupLines(situation, now);
    plan.preconditions = restorePreconditions(situation, tools);
    plan.steps = {restoreStep(made.job)};
    if (replaces) {
        plan.preconditions.push_back(condition("may-rename",
                                               "The role may rename the database.",
                                               facts.mayRename,
                                               "Connect as its owner, or name a new database with "
                                               "--into."));
        plan.preconditions.push_back(sessionsCondition(facts));
        planReplacing(made, situation, target);
    } else {
        const bool isFree =
            std::ranges::find(facts.databases, request.into) == facts.databases.end();
        plan.preconditions.push_back(
            condition("name-free",
                      "There is no database " + printable(request.into) + " yet.",
                      isFree,
                      "Name another one."));
        planBeside(made, target);
    }
    return made;
}

} // namespace sightglass
