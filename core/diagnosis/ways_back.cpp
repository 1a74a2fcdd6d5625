// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/ways_back.h"

#include "core/diagnosis/words.h"

#include <sstream>

namespace sightglass {

namespace {

std::string databaseName(const Facts& facts)
{
    return facts.live != nullptr ? facts.live->server.database : std::string("DATABASE");
}

/// A libpq keyword string for another database of the same server; without a password.
std::string keywordsFor(const Facts& facts, const std::string& database)
{
    const auto quoted = [](const std::string& value) {
        if (value.find_first_of(" '\\") == std::string::npos)
            return value;
        std::string text = "'";
        for (const char c : value)
            text += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        return text + "'";
    };
    std::string text;
    if (facts.live != nullptr) {
        const ServerFacts& server = facts.live->server;
        const auto add = [&](const char* keyword, const std::string& value) {
            if (!value.empty())
                text += std::string(keyword) + "=" + quoted(value) + " ";
        };
        add("host", server.host);
        add("port", server.port);
        add("user", server.user);
    }
    return text + "dbname=" + quoted(database);
}

std::string inRoot(const Facts& facts)
{
    return "Run it in " + printable(facts.project.root.string()) + ".";
}

/// What the arguments of an alembic command stamp. A word in capitals stands for what the reader
/// has to choose.
std::optional<StampStep> stampOf(const std::string& arguments)
{
    std::istringstream words(arguments);
    std::string word;
    if (!(words >> word) || word != "stamp")
        return std::nullopt;
    StampStep step;
    while (words >> word) {
        if (word == "--purge")
            step.purge = true;
        else if (word == "REV" || word == "NEW_ID")
            return StampStep{.revisions = {}, .purge = step.purge};
        else
            step.revisions.push_back(word);
    }
    return step;
}

std::string dumpCommand(const Facts& facts, const std::string& options, const std::string& database)
{
    return "pg_dump " + connectionArguments(facts) + options + " " + shellWord(database);
}

} // namespace

RepairStep alembicStep(const Facts& facts,
                       std::string action,
                       std::string detail,
                       const std::string& arguments)
{
    if (detail.empty())
        detail = inRoot(facts);
    return {.action = std::move(action),
            .detail = std::move(detail),
            .command = alembicCommand(facts.project, arguments),
            .stamp = stampOf(arguments)};
}

std::string connectionArguments(const Facts& facts)
{
    if (facts.live == nullptr)
        return "";
    const ServerFacts& server = facts.live->server;
    std::string text;
    if (!server.host.empty())
        text += "-h " + shellWord(server.host) + " ";
    if (!server.port.empty())
        text += "-p " + shellWord(server.port) + " ";
    if (!server.user.empty())
        text += "-U " + shellWord(server.user) + " ";
    return text;
}

RepairStep backupStep(const Facts& facts)
{
    const std::string database = databaseName(facts);
    return {.action = "Back up what is there",
            .detail = "Keep the file until the database has been checked.",
            .command =
                dumpCommand(facts, "-Fc -f " + shellWord(database + "-before.dump"), database)};
}

std::string versionTableSql(const Facts& facts)
{
    if (facts.pairing.table != nullptr)
        return toSql(facts.pairing.table->name);
    return "alembic_version";
}

std::string sqlThatRestoresRows(const Facts& facts)
{
    const std::string table = versionTableSql(facts);
    std::string sql = "BEGIN;\nDELETE FROM " + table + ";\n";
    for (const VersionRow& row : facts.rows)
        sql +=
            "INSERT INTO " + table + " (version_num) VALUES (" + quotedLiteral(row.text) + ");\n";
    return sql + "COMMIT;";
}

std::string headsWord(const RevisionGraph& graph)
{
    return graph.heads().size() == 1 ? "head" : "heads";
}

std::string topRowsText(const Facts& facts)
{
    std::string text;
    for (const RevisionId& id : facts.topRows)
        text += (text.empty() ? "" : " ") + shellWord(id);
    return text;
}

WayBack rebuildSchema(const Facts& facts, bool purge)
{
    const std::string heads = headsWord(facts.graph);
    WayBack way{
        .id = "rebuild-schema",
        .title = "Rebuild the schema",
        .summary = "Say that nothing is applied, then run the chain from its start.",
        .pros = {"The schema is exactly as the chain makes it", "Nothing that is there is dropped"},
        .cons = {"Data that was in the tables is not brought back"},
        .needs = "nothing"};
    way.steps.push_back(backupStep(facts));
    RepairStep stamp =
        alembicStep(facts,
                    "Stamp base",
                    "Only the version rows change; no table is touched. The SQL takes it back.",
                    purge ? "stamp --purge base" : "stamp base");
    stamp.sql = sqlThatRestoresRows(facts);
    way.steps.push_back(std::move(stamp));
    way.steps.push_back(
        alembicStep(facts,
                    "Upgrade to " + heads,
                    "Runs " + counted(facts.graph.size(), "revision", "revisions") + ".",
                    "upgrade " + heads));
    way.steps.push_back(
        alembicStep(facts, "Look at what is applied", "It has to name every head.", "current"));
    return way;
}

WayBack restoreBackup(const Facts& facts)
{
    const std::string beside = databaseName(facts) + "_restored";
    const std::string connection = connectionArguments(facts);
    WayBack way{
        .id = "restore-backup",
        .title = "Restore a backup",
        .summary = "Bring schema and data back beside this database, compare, then change over.",
        .pros = {"Brings the data back", "This database stays as it is until you change over"},
        .cons = {"Changes since the backup are lost"},
        .needs = "a backup of this database"};
    way.steps.push_back({.action = "Make a database beside this one",
                         .detail = "Nothing is restored over what is there.",
                         .command = "createdb " + connection + shellWord(beside)});
    way.steps.push_back(
        {.action = "Restore into it",
         .detail = "BACKUP is the file; a plain SQL file goes through psql -f instead.",
         .command =
             "pg_restore " + connection + "--exit-on-error -d " + shellWord(beside) + " BACKUP"});
    way.steps.push_back(
        {.action = "Diagnose the copy",
         .detail = "Name the new database in --dsn.",
         .command = "sightglass-cli diagnose --dsn " + shellWord(keywordsFor(facts, beside))});
    return way;
}

WayBack stampWhatMatches(const Facts& facts, bool purge)
{
    const std::string database = databaseName(facts);
    const std::string scratch = database + "_check";
    const std::string connection = connectionArguments(facts);
    const std::string heads = headsWord(facts.graph);
    WayBack way{
        .id = "stamp-match",
        .title = "Stamp the revision that the schema matches",
        .summary =
            "Build the chain in a scratch database, compare it with this one, record what fits.",
        .pros = {"No table of this database is changed",
                 "Later upgrades start from the right place"},
        .cons = {"Alembic does not check a stamp: a wrong one hides missing or extra objects"},
        .needs = "the right to create a database"};
    way.steps.push_back({.action = "Make a scratch database",
                         .detail = "It can be dropped afterwards.",
                         .command = "createdb " + connection + shellWord(scratch)});
    way.steps.push_back(
        alembicStep(facts,
                    "Upgrade the scratch database",
                    "Point sqlalchemy.url (or what env.py reads) at " + printable(scratch) +
                        " first; stop at an earlier revision if the schemas differ.",
                    "upgrade " + heads));
    way.steps.push_back(
        {.action = "Compare the two schemas",
         .detail = "No difference but the version rows: REV is the revision you upgraded to.",
         .command = "diff <(" + dumpCommand(facts, "--schema-only --no-owner", database) + ") <(" +
                    dumpCommand(facts, "--schema-only --no-owner", scratch) + ")"});
    way.steps.push_back(backupStep(facts));
    RepairStep stamp = alembicStep(facts,
                                   "Stamp what fits",
                                   "Against this database again. The SQL takes it back.",
                                   purge ? "stamp --purge REV" : "stamp REV");
    if (facts.pairing.table != nullptr)
        stamp.sql = sqlThatRestoresRows(facts);
    way.steps.push_back(std::move(stamp));
    return way;
}

WayBack findRightDatabase(const Facts& facts)
{
    const std::string database = databaseName(facts);
    WayBack way{.id = "right-database",
                .title = "Look for the right database",
                .summary = "The data may still be in another database, cluster or volume.",
                .pros = {"May bring everything back", "Nothing is changed while you look"},
                .cons = {"Outside Alembic: the connection or the volume has to be changed by hand"},
                .needs = "knowledge of how the server is started"};
    way.steps.push_back({.action = "See which cluster this is",
                         .detail = "Compare the folder with the one that is meant to be mounted.",
                         .command = "psql " + connectionArguments(facts) + "-d " +
                                    shellWord(database) + " -c 'SHOW data_directory'",
                         .sql = "SHOW data_directory;"});
    way.steps.push_back({.action = "List the other databases",
                         .detail = "Sizes tell which one holds data.",
                         .command = "psql " + connectionArguments(facts) + "-d " +
                                    shellWord(database) + " -c '\\l+'"});
    way.steps.push_back(
        {.action = "List the volumes",
         .detail =
             "Where the server runs in Docker: an older name of the volume beside the mounted one.",
         .command = "docker volume ls"});
    return way;
}

} // namespace sightglass
