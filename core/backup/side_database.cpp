// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/side_database.h"

#include "core/base/error.h"
#include "core/schema/relation.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sightglass {

namespace {

// Columns that a version lacks are asked through to_jsonb, which gives NULL for them.
constexpr const char* factsSql =
    "SELECT d.datname, d.oid, pg_catalog.pg_get_userbyid(d.datdba), "
    "pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype, "
    "to_jsonb(d) ->> 'datlocprovider', "
    "coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'), t.spcname, "
    "d.datconnlimit, pg_catalog.shobj_description(d.oid, 'pg_database'), "
    "r.rolsuper, r.rolcreatedb, pg_catalog.pg_has_role(d.datdba, 'USAGE'), "
    "pg_catalog.current_setting('server_version_num') "
    "FROM pg_catalog.pg_database d "
    "JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace "
    "JOIN pg_catalog.pg_roles r ON r.rolname = current_user "
    "WHERE d.datname = pg_catalog.current_database()";

constexpr const char* databasesSql =
    "SELECT datname, datallowconn AND pg_catalog.has_database_privilege(oid, 'CONNECT') AND "
    "datname <> 'template0' AND datname <> pg_catalog.current_database() "
    "FROM pg_catalog.pg_database ORDER BY datname <> 'postgres', datname";

constexpr const char* sessionsSql =
    "SELECT a.pid, a.usename, a.application_name, a.client_addr, a.state, me.rolsuper OR "
    "(NOT r.rolsuper AND (pg_catalog.pg_has_role(r.oid, 'USAGE') OR "
    "pg_catalog.pg_has_role('pg_signal_backend', 'USAGE'))) "
    "FROM pg_catalog.pg_stat_activity a JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid "
    "JOIN pg_catalog.pg_roles me ON me.rolname = current_user "
    "WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid() "
    "ORDER BY a.pid";

constexpr const char* settingsSql =
    "SELECT coalesce(r.rolname, ''), c FROM pg_catalog.pg_db_role_setting s "
    "LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) c "
    "WHERE s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = "
    "pg_catalog.current_database()) ORDER BY 1, 2";

constexpr const char* rightsSql =
    "SELECT coalesce(r.rolname, ''), a.privilege_type, a.is_grantable "
    "FROM pg_catalog.pg_database d, aclexplode(d.datacl) a "
    "LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee "
    "WHERE d.datname = pg_catalog.current_database() AND d.datacl IS NOT NULL "
    "AND a.grantee <> d.datdba ORDER BY 1, 2";

/// Settings that hold a list, which is stored as it is written.
constexpr std::array listSettings{std::string_view("search_path"),
                                  std::string_view("temp_tablespaces"),
                                  std::string_view("session_preload_libraries"),
                                  std::string_view("local_preload_libraries")};

constexpr int forcingVersion = 130'000; ///< DROP DATABASE ends sessions from here on

using Row = std::vector<AnswerCell>;

std::string text(const Row& row, std::size_t column)
{
    return column < row.size() ? row[column].value_or("") : std::string();
}

template <typename Number>
Number number(const Row& row, std::size_t column)
{
    Number value = 0;
    const std::string digits = text(row, column);
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

std::string createOptionsOf(const Row& row)
{
    std::string sql = " TEMPLATE template0 OWNER " + quotedIdentifier(text(row, 2)) + " ENCODING " +
                      sqlLiteral(text(row, 3)) + " LC_COLLATE " + sqlLiteral(text(row, 4)) +
                      " LC_CTYPE " + sqlLiteral(text(row, 5));
    const std::string provider = text(row, 6);
    if (provider == "i")
        sql += " LOCALE_PROVIDER icu ICU_LOCALE " + sqlLiteral(text(row, 7));
    if (provider == "b")
        sql += " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + sqlLiteral(text(row, 7));
    if (text(row, 8) != "pg_default")
        sql += " TABLESPACE " + quotedIdentifier(text(row, 8));
    return sql;
}

std::string settingSql(const Row& row)
{
    const std::string setting = text(row, 1);
    const std::size_t equals = setting.find('=');
    const std::string name = setting.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : setting.substr(equals + 1);
    const bool isList = std::ranges::find(listSettings, name) != listSettings.end();
    const std::string in = std::string(settingsName) + " SET " + name + " TO " +
                           (isList && !value.empty() ? value : sqlLiteral(value));
    const std::string role = text(row, 0);
    return role.empty() ? "ALTER DATABASE " + in
                        : "ALTER ROLE " + quotedIdentifier(role) + " IN DATABASE " + in;
}

std::string rightSql(const Row& row)
{
    const std::string role = text(row, 0);
    return "GRANT " + text(row, 1) + " ON DATABASE " + std::string(settingsName) + " TO " +
           (role.empty() ? "PUBLIC" : quotedIdentifier(role)) +
           (text(row, 2) == "t" ? " WITH GRANT OPTION" : "");
}

void addFacts(DatabaseFacts& facts, const Row& row)
{
    const std::string name(settingsName);
    facts.name = text(row, 0);
    facts.oid = number<std::int64_t>(row, 1);
    facts.createOptions = createOptionsOf(row);
    if (text(row, 9) != "-1")
        facts.settings.push_back("ALTER DATABASE " + name + " CONNECTION LIMIT " + text(row, 9));
    if (!text(row, 10).empty())
        facts.settings.push_back("COMMENT ON DATABASE " + name + " IS " +
                                 sqlLiteral(text(row, 10)));
    else
        facts.settings.push_back("COMMENT ON DATABASE " + name + " IS NULL");
    const bool isSuperuser = text(row, 11) == "t";
    facts.mayCreate = isSuperuser || text(row, 12) == "t";
    facts.serverVersion = number<int>(row, 14);
    facts.mayRename = isSuperuser || (facts.mayCreate && text(row, 13) == "t");
}

Result<void> fill(DatabaseFacts& facts, WritingSession& session, const RunContext& run)
{
    const auto ask = [&](const char* sql) {
        return session.execute("reading the database's properties", sql, run);
    };
    const auto own = ask(factsSql);
    if (!own || own->rows.size() != 1)
        return failure(own ? Error{.code = ErrorCode::QueryFailed,
                                   .message = "The server does not tell of the database itself."}
                           : own.error());
    addFacts(facts, own->rows[0]);
    const auto databases = ask(databasesSql);
    const auto sessions = ask(sessionsSql);
    const auto settings = ask(settingsSql);
    const auto rights = ask(rightsSql);
    for (const auto* answer : {&databases, &sessions, &settings, &rights}) {
        if (!*answer)
            return failure(answer->error());
    }
    for (const Row& row : databases->rows) {
        facts.databases.push_back(text(row, 0));
        if (facts.other.empty() && text(row, 1) == "t")
            facts.other = text(row, 0);
    }
    for (const Row& row : sessions->rows)
        facts.sessions.push_back({.pid = number<int>(row, 0),
                                  .user = text(row, 1),
                                  .program = text(row, 2),
                                  .client = text(row, 3),
                                  .state = text(row, 4),
                                  .mayBeEnded = text(row, 5) == "t"});
    for (const Row& row : settings->rows)
        facts.settings.push_back(settingSql(row));
    if (!rights->rows.empty())
        facts.settings.push_back("REVOKE ALL ON DATABASE " + std::string(settingsName) +
                                 " FROM PUBLIC");
    for (const Row& row : rights->rows)
        facts.settings.push_back(rightSql(row));
    return {};
}

Result<std::unique_ptr<WritingSession>> sessionBeside(const ConnectionTarget& target,
                                                      const DatabaseFacts& facts,
                                                      const ServerDoor& door,
                                                      const RunContext& run)
{
    return door.open(otherDatabase(target, facts.other), run);
}

} // namespace

Result<DatabaseFacts>
readDatabaseFacts(const ConnectionTarget& target, const ServerDoor& door, const RunContext& run)
{
    const auto session = door.open(target, run);
    if (!session)
        return failure(session.error());
    if (auto begun = (*session)->begin(WritingSession::Access::ReadOnly, run); !begun)
        return failure(begun.error());
    DatabaseFacts facts;
    auto filled = fill(facts, **session, run);
    (*session)->rollback();
    return filled ? Result<DatabaseFacts>(std::move(facts)) : failure(filled.error());
}

std::string freeName(const DatabaseFacts& facts, const std::string& stem)
{
    constexpr std::size_t longest = 58; // of 63 bytes, the number needs some
    std::size_t end = std::min(stem.size(), longest);
    while (end > 0 && end < stem.size() && (static_cast<unsigned char>(stem[end]) & 0xC0U) == 0x80U)
        --end; // not within a character
    int number = 1;
    const auto name = [&] { return stem.substr(0, end) + "_" + std::to_string(number); };
    while (std::ranges::find(facts.databases, name()) != facts.databases.end())
        ++number;
    return name();
}

Result<void> createBeside(const ConnectionTarget& target,
                          const DatabaseFacts& facts,
                          const std::string& name,
                          const std::string& purpose,
                          const ServerDoor& door,
                          const RunContext& run)
{
    const auto session = sessionBeside(target, facts, door, run);
    if (!session)
        return failure(session.error());
    const std::string quoted = quotedIdentifier(name);
    const auto made = (*session)->executeAlone("making the database " + printable(name),
                                               "CREATE DATABASE " + quoted + facts.createOptions,
                                               run);
    if (!made)
        return failure(made.error());
    // It is as good without it.
    (void)(*session)->executeAlone("saying what it is for",
                                   "COMMENT ON DATABASE " + quoted + " IS " + sqlLiteral(purpose),
                                   run);
    return {};
}

Result<void> copySettings(const ConnectionTarget& target,
                          const DatabaseFacts& facts,
                          const std::string& name,
                          const ServerDoor& door,
                          const RunContext& run)
{
    const auto session = sessionBeside(target, facts, door, run);
    if (!session)
        return failure(session.error());
    for (std::string sql : facts.settings) {
        sql.replace(sql.find(settingsName), settingsName.size(), quotedIdentifier(name));
        const auto set = (*session)->executeAlone("copying the database's settings", sql, run);
        if (!set)
            return failure(set.error());
    }
    return {};
}

Result<void> dropBeside(const ConnectionTarget& target,
                        const DatabaseFacts& facts,
                        const std::string& name,
                        const ServerDoor& door)
{
    const auto session = sessionBeside(target, facts, door, {});
    if (!session)
        return failure(session.error());
    const auto dropped =
        (*session)->executeAlone("dropping the database " + printable(name),
                                 "DROP DATABASE IF EXISTS " + quotedIdentifier(name) +
                                     (facts.serverVersion >= forcingVersion ? " WITH (FORCE)" : ""),
                                 {});
    return dropped ? Result<void>() : failure(dropped.error());
}

} // namespace sightglass
