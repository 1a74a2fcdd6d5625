// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/condition.h"
#include "core/diagnosis/evidence.h"
#include "core/diagnosis/ways_back.h"
#include "core/diagnosis/words.h"
#include "core/live/activity.h"
#include "core/live/sessions.h"

#include <algorithm>

namespace sightglass::conditions::unknown_rows {

namespace {

bool holds(const Facts& facts)
{
    return facts.live != nullptr && !facts.rowsRead;
}

std::string tableName(const Facts& facts)
{
    return printable(toText(facts.pairing.table->name));
}

std::string title(const Facts& facts)
{
    if (facts.pairing.table == nullptr) {
        std::vector<std::string> names;
        for (const VersionTable* candidate : facts.pairing.candidates)
            names.push_back(toText(candidate->name));
        return "Several version tables fit this project: " + firstOf(names) + ".";
    }
    if (facts.pairing.table->columnType.empty())
        return tableName(facts) + " has no column version_num.";
    if (facts.pairing.table->locked)
        return "The rows of " + tableName(facts) +
               " could not be read: another session has locked it.";
    if (facts.pairing.table->slow)
        return "The rows of " + tableName(facts) + " could not be read in time.";
    return "The rows of " + tableName(facts) + " may not be read.";
}

/// "pid 4711 (psql), idle in transaction, since 12 s"; empty: nobody was seen to hold the lock.
std::string holderOf(const Facts& facts)
{
    const auto& activity = facts.live->activity;
    if (activity == nullptr || activity->sessions == nullptr)
        return {};
    for (const OpenTransaction& each : activity->sessions->transactions) {
        const bool holds = std::ranges::any_of(each.locks, [&](const SessionLock& lock) {
            return lock.granted && lock.mode == "AccessExclusiveLock" &&
                   lock.relation == facts.pairing.table->name;
        });
        if (!holds)
            continue;
        std::string text = each.pid != 0 ? "pid " + std::to_string(each.pid)
                                         : "prepared transaction " + printable(each.gid);
        if (!each.program.empty())
            text += " (" + printable(each.program) + ")";
        if (!each.state.empty())
            text += ", " + printable(each.state);
        if (each.age)
            text += ", in its transaction for " + std::to_string(each.age->count()) + " s";
        return text;
    }
    return {};
}

/// Nothing is wrong with the rights: somebody is at it, perhaps an upgrade.
WayBack waitForLock(const Facts& facts)
{
    WayBack way{.id = "wait-for-lock",
                .title = "Wait for the other session, then read again",
                .summary = "It may be an upgrade at work; ending it would take its work back.",
                .pros = {"Nothing is changed"},
                .cons = {"A session that is idle in its transaction may hold the lock for ever"},
                .needs = "nothing"};
    way.steps.push_back(
        {.action = "See who holds the lock",
         .detail = "",
         .sql = "SELECT a.pid, a.usename, a.application_name, a.state, a.xact_start FROM pg_locks "
                "l JOIN pg_stat_activity a USING (pid) WHERE l.relation = " +
                quotedLiteral(toSql(facts.pairing.table->name)) +
                "::regclass AND l.granted AND l.mode = 'AccessExclusiveLock';"});
    way.steps.push_back(
        {.action = "Diagnose again", .detail = "", .command = "sightglass-cli diagnose"});
    return way;
}

void describeLocked(const Facts& facts, Diagnosis& diagnosis)
{
    const std::string holder = holderOf(facts);
    diagnosis.detail = facts.pairing.table->locked
                           ? "What is applied can't be told until that session lets go."
                           : "What is applied can't be told.";
    if (!holder.empty())
        diagnosis.evidence.push_back({.grade = Grade::Asked,
                                      .text = "The lock is held by " + holder + ".",
                                      .object = toText(facts.pairing.table->name)});
    diagnosis.options = {waitForLock(facts)};
}

WayBack nameOne(const Facts& facts)
{
    WayBack way{.id = "name-version-table",
                .title = "Name the version table",
                .summary = "Say which one is this project's.",
                .pros = {"Nothing is changed"},
                .cons = {},
                .needs = "knowledge of what env.py passes at run time"};
    for (const VersionTable* candidate : facts.pairing.candidates) {
        const QualifiedName& name = candidate->name;
        way.steps.push_back(
            {.action = "If it is " + printable(toText(name)),
             .detail =
                 "It holds " +
                 (candidate->rows.empty() ? std::string("no row") : rowsText(candidate->rows)) +
                 ".",
             .command = "sightglass-cli diagnose --version-table " + shellWord(name.name) +
                        " --version-table-schema " + shellWord(name.schema)});
    }
    return way;
}

WayBack setAside(const Facts& facts)
{
    const QualifiedName& name = facts.pairing.table->name;
    WayBack way{.id = "set-aside",
                .title = "Set the foreign table aside",
                .summary = "Rename it; Alembic makes its own at the next stamp or upgrade.",
                .pros = {"Nothing of it is lost", "Can be renamed back"},
                .cons = {"Whoever uses the table under its name stops working"},
                .needs = "ownership of the table"};
    way.steps.push_back(backupStep(facts));
    way.steps.push_back({.action = "Rename it",
                         .detail = "Only if no application uses it.",
                         .sql = "ALTER TABLE " + toSql(name) + " RENAME TO " +
                                quotedIdentifier(name.name + "_set_aside") + ";"});
    return way;
}

WayBack allowReading(const Facts& facts)
{
    const QualifiedName& name = facts.pairing.table->name;
    const std::string user = quotedIdentifier(facts.live->server.user);
    WayBack way{.id = "grant-read",
                .title = "Allow reading the version table",
                .summary = "As its owner or a superuser, or connect as the role that runs Alembic.",
                .pros = {"Reading changes nothing"},
                .cons = {},
                .needs = "the owner of the table"};
    way.steps.push_back({.action = "Grant it",
                         .detail = "Then read again.",
                         .sql = "GRANT USAGE ON SCHEMA " + quotedIdentifier(name.schema) + " TO " +
                                user + ";\nGRANT SELECT ON " + toSql(name) + " TO " + user + ";"});
    return way;
}

void describe(const Facts& facts, Diagnosis& diagnosis)
{
    diagnosis.severity = Severity::High;
    if (facts.pairing.table == nullptr) {
        diagnosis.detail = "What is applied can't be told before one is chosen.";
        diagnosis.options = {nameOne(facts)};
    } else if (facts.pairing.table->columnType.empty()) {
        diagnosis.detail = "Alembic stops when it reads it. What is applied can't be told.";
        diagnosis.options = {findRightDatabase(facts), setAside(facts)};
    } else if (facts.pairing.table->locked || facts.pairing.table->slow) {
        describeLocked(facts, diagnosis);
    } else {
        diagnosis.detail = "The role " + printable(facts.live->server.user) +
                           " has no right to. What is applied can't be told.";
        diagnosis.options = {allowReading(facts)};
    }
    diagnosis.options.front().recommended = true;
}

} // namespace

extern const Condition condition{
    .state = DatabaseState::NotKnown, .holds = holds, .title = title, .describe = describe};

} // namespace sightglass::conditions::unknown_rows
