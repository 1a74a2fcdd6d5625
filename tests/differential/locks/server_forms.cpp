// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/locks/server_forms.h"

#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/row>
#include <pqxx/transaction>

#include <algorithm>
#include <array>

namespace sightglass::test {

namespace {

/// A relation that was there before the statement.
struct Known
{
    QualifiedName name;
    char kind = 'r';
    std::int64_t file = 0;
};

constexpr std::int64_t manyRows = 1000;

constexpr const char* relationsQuery =
    "SELECT c.oid, n.nspname, c.relname, c.relkind, coalesce(pg_relation_filenode(c.oid), 0) "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema') "
    "AND n.nspname NOT LIKE 'pg_temp%'";

constexpr const char* locksQuery =
    "SELECT relation, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' "
    "AND granted";

/// Indexes with a file of their own; of tables as `indrelid` names them.
constexpr const char* indexesQuery =
    "SELECT i.indexrelid, i.indrelid, pg_relation_filenode(i.indexrelid) FROM pg_index i "
    "JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relkind = 'i' AND i.indexrelid >= 16384 "
    "AND i.indisvalid";

constexpr const char* scansQuery =
    "SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_xact_user_tables";

LockMode modeNamed(const std::string& word)
{
    constexpr std::array names{std::string_view(""),
                               std::string_view("AccessShareLock"),
                               std::string_view("RowShareLock"),
                               std::string_view("RowExclusiveLock"),
                               std::string_view("ShareUpdateExclusiveLock"),
                               std::string_view("ShareLock"),
                               std::string_view("ShareRowExclusiveLock"),
                               std::string_view("ExclusiveLock"),
                               std::string_view("AccessExclusiveLock")};
    const auto found = std::ranges::find(names, std::string_view(word));
    return static_cast<LockMode>(found - names.begin());
}

bool isIndex(char kind)
{
    return kind == 'i' || kind == 'I';
}

} // namespace

struct ServerForms::State
{
    explicit State(const std::string& conninfo)
        : connection(conninfo)
    {}

    pqxx::connection connection;
    std::map<std::int64_t, Known> relations;
    std::set<std::int64_t> files; ///< theirs

    static std::int64_t scanned(pqxx::work& work)
    {
        return work.exec(scansQuery)[0][0].as<std::int64_t>();
    }

    void readLocks(pqxx::work& work, ServerEffects& effects)
    {
        for (const auto& row : work.exec(locksQuery)) {
            const auto found = relations.find(row[0].as<std::int64_t>());
            if (found == relations.end())
                continue;
            auto& locks = isIndex(found->second.kind) ? effects.indexes : effects.locks;
            LockMode& mode = locks[found->second.name];
            mode = std::max(mode, modeNamed(row[1].as<std::string>()));
            if (found->second.kind == 'S')
                effects.sequences.insert(found->second.name);
        }
    }

    void readFiles(pqxx::work& work, ServerEffects& effects)
    {
        for (const auto& row : work.exec(relationsQuery)) {
            const auto found = relations.find(row[0].as<std::int64_t>());
            const char kind = row[3].as<std::string>().front();
            if (found == relations.end() || found->second.file == row[4].as<std::int64_t>())
                continue;
            effects.rewrites = effects.rewrites || kind == 'r' || kind == 'm';
        }
        for (const auto& row : work.exec(indexesQuery)) {
            // An index that is made anew may take the file of the old one over.
            if (!files.contains(row[2].as<std::int64_t>()) &&
                relations.contains(row[1].as<std::int64_t>()))
                effects.buildsIndex = true;
        }
    }
};

ServerForms::ServerForms(const std::string& conninfo, const std::string& world)
    : m_state(std::make_unique<State>(conninfo))
{
    pqxx::nontransaction setup(m_state->connection);
    setup.exec(world);
    setup.exec("SET client_min_messages = error");
    for (const auto& row : setup.exec(relationsQuery)) {
        m_state->relations[row[0].as<std::int64_t>()] = {
            .name = {.schema = row[1].as<std::string>(), .name = row[2].as<std::string>()},
            .kind = row[3].as<std::string>().front(),
            .file = row[4].as<std::int64_t>()};
        m_state->files.insert(row[4].as<std::int64_t>());
    }
}

ServerForms::~ServerForms() = default;

int ServerForms::version() const
{
    return m_state->connection.server_version();
}

ServerEffects ServerForms::run(const std::string& statement, const std::string& zone)
{
    ServerEffects effects;
    pqxx::work work(m_state->connection);
    try {
        work.exec("SET LOCAL timezone = '" + (zone.empty() ? "UTC" : zone) + "'");
        // What earlier transactions read is counted until it is sent.
        const std::int64_t before = State::scanned(work);
        work.exec(statement);
        m_state->readLocks(work, effects);
        effects.scans = State::scanned(work) - before >= manyRows;
        m_state->readFiles(work, effects);
    } catch (const pqxx::sql_error& error) {
        effects.refused = error.sqlstate();
        effects.message = error.what();
    }
    work.abort();
    return effects;
}

} // namespace sightglass::test
