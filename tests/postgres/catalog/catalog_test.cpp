// SPDX-License-Identifier: GPL-3.0-or-later
// What is read from a real server, against expectations in text.
#include "core/base/error.h"
#include "core/cluster/private_server.h"
#include "core/postgres/catalog_queries.h"
#include "core/postgres/catalog_reader.h"
#include "core/postgres/connect.h"
#include "tests/postgres/catalog/live_text.h"

#include <QTest>

#include <pqxx/connection>
#include <pqxx/transaction>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace sightglass;
using namespace sightglass::test;

namespace {

std::string fileText(const std::string& name)
{
    std::ifstream file(std::string(SIGHTGLASS_TEST_DATA) + "/postgres/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

/// The schema without what extensions own.
Schema withoutMembers(Schema schema)
{
    std::erase_if(schema.functions,
                  [](const auto& entry) { return !entry.second->extension.empty(); });
    return schema;
}

/// Quoted even where it need not be.
std::string quotedAlways(const std::string& name)
{
    return '"' + replaced(name, "\"", "\"\"") + '"';
}

bool holds(const std::vector<std::string>& sentences, const std::string& start)
{
    return std::ranges::any_of(sentences,
                               [&](const std::string& s) { return s.starts_with(start); });
}

} // namespace

class CatalogTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PrivateServer> m_server;

    /// A database of its own with `sql` in it; its name.
    std::string made(const std::string& name, const std::string& sql)
    {
        const auto created = m_server->createDatabase(name, {});
        if (!created)
            qFatal("%s", toText(created.error()).c_str());
        if (const auto run = m_server->runSql(name, sql, {}); !run)
            qFatal("%s", toText(run.error()).c_str());
        return name;
    }

    Result<LiveState> read(const std::string& database,
                           const VersionTableHint& hint = {},
                           const std::string& user = {})
    {
        auto target = parseConnectionTarget(m_server->conninfo(database));
        if (!user.empty())
            target->parameters["user"] = user;
        auto opened = connectReadOnly(*target, {.lock = std::chrono::milliseconds(200)}, {});
        if (!opened)
            return tl::unexpected(opened.error());
        return (*opened)->readState(hint, {});
    }

private Q_SLOTS:

    void initTestCase()
    {
        auto server = PrivateServer::start({});
        if (!server)
            QFAIL(toText(server.error()).c_str());
        m_server = std::move(*server);
    }

    void cleanupTestCase() { m_server.reset(); }

    void readsOneOfEverything()
    {
        const auto state = read(made("everything", fileText("everything.sql")));
        QVERIFY2(state.has_value(), state ? "" : toText(state.error()).c_str());
        const std::string text = toText(withoutMembers(state->schema)) + versionText(*state);
        const std::string expected =
            replaced(fileText("everything.txt"), "@user@", m_server->user());
        if (text != expected)
            std::ofstream(std::string(SIGHTGLASS_BINARY_DIR) + "/everything_actual.txt") << text;
        QCOMPARE(text, expected);
        const auto citext = std::ranges::count_if(state->schema.functions, [](const auto& entry) {
            return entry.second->extension == "citext";
        });
        QVERIFY(citext > 20);
    }

    void saysWhatTheServerIs()
    {
        const auto state = read(made(
            "facts", "CREATE SCHEMA app; ALTER DATABASE facts SET search_path = app, public;"));
        QVERIFY(state.has_value());
        const ServerFacts& server = state->server;
        QCOMPARE(server.versionText.substr(0, 2), std::to_string(server.versionNumber / 10000));
        QCOMPARE(server.database, std::string("facts"));
        QCOMPARE(server.user, m_server->user());
        QCOMPARE(server.encoding, std::string("UTF8"));
        QVERIFY((server.searchPath == std::vector<std::string>{"app", "public"}));
        QVERIFY(server.readOnlySession && !server.inRecovery);
        QVERIFY(server.databaseOid >= 16384);
        QVERIFY(server.systemIdentifier.size() > 10);
        QVERIFY(server.host.starts_with("/"));
        QVERIFY(server.serverTime > Time());
    }

    void keepsTypesAsTheSearchPathShowsThem()
    {
        const auto state =
            read(made("paths",
                      "CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('a');"
                      "CREATE TABLE app.t (m app.mood); CREATE TYPE public.box AS ENUM ('b');"
                      "CREATE TABLE app.u (b public.box);"
                      "ALTER DATABASE paths SET search_path = app, public, pg_catalog;"));
        QVERIFY(state.has_value());
        QCOMPARE(state->schema.table({"app", "t"})->columns.front().type, std::string("mood"));
        QCOMPARE(state->schema.table({"app", "u"})->columns.front().type,
                 std::string("public.box"));
    }

    void survivesNamesOfEveryKind()
    {
        std::string sql;
        const std::vector<std::string> names{"a\"b",
                                             "line\nbreak",
                                             "tab\there",
                                             "semi;colon",
                                             "dollar$$",
                                             "'quote'",
                                             "back\\slash",
                                             "{brace,comma}",
                                             "NULL",
                                             "\xf0\x9f\x90\x98 elephant",
                                             std::string(63, 'x'),
                                             "a.b.c",
                                             " USING (",
                                             "select"};
        for (const std::string& name : names) {
            const std::string quoted = quotedIdentifier(name);
            const std::string schema = quotedIdentifier("s " + name.substr(0, 60));
            sql += "CREATE SCHEMA " + schema + "; CREATE TABLE " + schema + "." + quoted + "(" +
                   quoted + " integer UNIQUE, other integer, CHECK (other > 0)); CREATE INDEX ON " +
                   schema + "." + quoted + "((" + quoted + " + 1), other) INCLUDE (" + quoted +
                   ") WHERE " + quoted + " > 0; CREATE TYPE " + schema + "." +
                   quotedIdentifier("e " + name.substr(0, 60)) + " AS ENUM ('" +
                   replaced(name, "'", "''") + "');";
        }
        const auto state = read(made("hostile", sql));
        QVERIFY(state.has_value());
        QVERIFY2(state->notRead.empty(), versionText(*state).c_str());
        for (const std::string& name : names) {
            const QualifiedName full{"s " + name.substr(0, 60), name};
            const Table* const table = state->schema.table(full);
            QVERIFY2(table != nullptr, name.c_str());
            QCOMPARE(table->columns.front().name, name);
            QCOMPARE(table->uniques.at(0).columns.at(0), name);
            const Index& index = table->indexes.at(0);
            QCOMPARE(index.columns.size(), std::size_t{2});
            QCOMPARE(index.columns.at(0), "((" + quotedIdentifier(name) + " + 1))");
            QCOMPARE(index.include.at(0), name);
            QCOMPARE(index.predicate.value_or(""), "(" + quotedIdentifier(name) + " > 0)");
            QCOMPARE(state->schema.enums.at({full.schema, "e " + name.substr(0, 60)})->labels.at(0),
                     name);
        }
    }

    void quotesAsTheServerDoes()
    {
        auto opened = Connection::open(*parseConnectionTarget(m_server->conninfo()), {}, {});
        QVERIFY(opened.has_value());
        QVERIFY((*opened)->begin({}).has_value());
        const auto words = (*opened)->query(
            "words",
            "SELECT word, quote_ident(word) FROM (SELECT word FROM pg_get_keywords()"
            " UNION SELECT unnest(ARRAY['a', 'A', 'a b', '1a', 'a1', '_', 'a$', 'ü',"
            " 'a\"b', ''])) w(word)",
            {});
        QVERIFY(words.has_value());
        QVERIFY(words->size() > 400);
        for (std::size_t i = 0; i < words->size(); ++i) {
            const std::string word(words->text(i, 0));
            // Keywords of later versions are quoted for servers of today as well.
            if (quotedIdentifier(word) != quotedAlways(word))
                QCOMPARE(quotedIdentifier(word), std::string(words->text(i, 1)));
        }
        QCOMPARE(quotedIdentifier("plain_1"), std::string("plain_1"));
    }

    void asksAFixedNumberOfStatements()
    {
        std::string sql;
        for (int i = 0; i < 300; ++i)
            sql += "CREATE TABLE t" + std::to_string(i) +
                   " (id serial PRIMARY KEY, n integer CHECK (n > 0));";
        std::vector<std::size_t> counts;
        for (const std::string& database :
             {made("few", "CREATE TABLE t (id integer)"), made("many", sql)}) {
            auto opened =
                Connection::open(*parseConnectionTarget(m_server->conninfo(database)), {}, {});
            QVERIFY(opened.has_value());
            QVERIFY((*opened)->begin({}).has_value());
            QVERIFY(readCatalog(**opened, {}).has_value());
            counts.push_back((*opened)->statementCount());
        }
        QCOMPARE(counts[0], counts[1]);
        QCOMPARE(counts[0], catalogParts().size() + 1);
    }

    void findsVersionTablesWhereverTheyAre()
    {
        const auto state = read(
            made("versions",
                 "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY);"
                 "CREATE SCHEMA tenant; CREATE TABLE tenant.alembic_version_audit (version_num "
                 "text, at date);"
                 "INSERT INTO tenant.alembic_version_audit VALUES ('b'), (NULL), ('b'), ('a');"
                 "CREATE TABLE tenant.alembic_version_notes (note text);"
                 "CREATE TABLE tenant.history (version_num varchar(8)); INSERT INTO tenant.history "
                 "VALUES ('x');"
                 "CREATE SCHEMA other; CREATE TABLE other.alembic_version (id integer);"
                 "CREATE VIEW tenant.v_alembic_version AS SELECT '1'::varchar(5) AS version_num;"
                 "CREATE VIEW tenant.bad_alembic_version AS SELECT (1 / (now() - now() = '0')::int "
                 "/ 0)::text AS version_num;"));
        QVERIFY(state.has_value());
        QCOMPARE(versionText(*state),
                 std::string("table other.alembic_version [] without primary key beside id\n"
                             "table public.alembic_version [] type character varying(32) width 32 "
                             "key alembic_version_pkey\n"
                             "table tenant.alembic_version_audit [b, , b, a] type text nullable "
                             "without primary key beside at\n"
                             "view tenant.bad_alembic_version [] unreadable type text nullable "
                             "without primary key\n"
                             "view tenant.v_alembic_version [1] type character varying(5) width 5 "
                             "nullable without primary key\n"
                             "not read: The rows of tenant.bad_alembic_version were not read. "
                             "Reading the version table failed:"
                             " division by zero.\n"));
        const auto hinted = read("versions", {.table = "history", .schema = "tenant"});
        QVERIFY(hinted.has_value());
        QVERIFY(versionText(*hinted).find("table tenant.history [x] type character varying(8)") !=
                std::string::npos);
        QVERIFY(versionText(*hinted).find("other.alembic_version") == std::string::npos);
    }

    void namesWhatItHasNoRightToRead()
    {
        const auto state = [&] {
            const std::string database = made(
                "rights",
                "CREATE ROLE reader LOGIN; CREATE SCHEMA hidden; CREATE TABLE hidden.t (id "
                "integer);"
                "CREATE TABLE alembic_version (version_num varchar(32));"
                "INSERT INTO alembic_version VALUES ('a');"
                "CREATE SCHEMA rls; CREATE TABLE rls.alembic_version (version_num varchar(32));"
                "INSERT INTO rls.alembic_version VALUES ('a');"
                "ALTER TABLE rls.alembic_version ENABLE ROW LEVEL SECURITY;"
                "GRANT USAGE ON SCHEMA rls TO reader; GRANT SELECT ON rls.alembic_version TO "
                "reader;"
                "REVOKE SELECT ON pg_catalog.pg_policy, pg_catalog.pg_trigger FROM PUBLIC;"
                "REVOKE EXECUTE ON FUNCTION pg_catalog.pg_control_system() FROM PUBLIC;");
            return read(database, {}, "reader");
        }();
        QVERIFY2(state.has_value(), state ? "" : toText(state.error()).c_str());
        QVERIFY(state->schema.table({"hidden", "t"}) != nullptr);
        QVERIFY(state->server.systemIdentifier.empty());
        QCOMPARE(
            versionText(*state),
            std::string(
                "table public.alembic_version [] unreadable type character varying(32) width 32 "
                "nullable"
                " without primary key\n"
                "table rls.alembic_version [] unreadable type character varying(32) width 32 "
                "nullable"
                " without primary key\n"
                "not read: There is no right to read the identity of the server: permission denied "
                "for"
                " function pg_control_system.\n"
                "not read: There is no right to read the triggers: permission denied for table"
                " pg_trigger.\n"
                "not read: There is no right to read the row policies: permission denied for table"
                " pg_policy.\n"
                "not read: The rows of public.alembic_version were not read. There is no right to "
                "read"
                " the version table: permission denied for table alembic_version.\n"
                "not read: The rows of rls.alembic_version were not read. There is no right to "
                "read the"
                " version table: query would be affected by row-level security policy for table"
                " \"alembic_version\".\n"));
    }

    void refusesToShowHalfACatalog()
    {
        const std::string database =
            made("half",
                 "CREATE ROLE half_reader LOGIN; CREATE TABLE t (id integer);"
                 "REVOKE SELECT ON pg_catalog.pg_attribute FROM PUBLIC;");
        const auto state = read(database, {}, "half_reader");
        QVERIFY(!state.has_value());
        QCOMPARE(state.error().code, ErrorCode::NotPermitted);
        QVERIFY2(state.error().message.starts_with(
                     "There is no right to read the columns: permission denied"),
                 state.error().message.c_str());
    }

    void readsAroundATableThatAnotherSessionHasLocked()
    {
        const std::string database = made("locks",
                                          "CREATE TABLE busy (id integer DEFAULT 7, CHECK (id > "
                                          "0)); CREATE VIEW seen AS SELECT 1 AS n;"
                                          "CREATE TABLE calm (id integer DEFAULT 8); CREATE TABLE "
                                          "alembic_version (version_num text);"
                                          "INSERT INTO alembic_version VALUES ('a');");
        pqxx::connection other(m_server->conninfo(database));
        pqxx::work work(other);
        work.exec("LOCK TABLE busy IN ACCESS EXCLUSIVE MODE; CREATE OR REPLACE VIEW seen AS SELECT "
                  "1 AS n;");
        const auto state = read(database);
        QVERIFY2(state.has_value(), state ? "" : toText(state.error()).c_str());
        QCOMPARE(state->schema.table({"public", "busy"})->columns.size(), std::size_t{1});
        QVERIFY(!state->schema.table({"public", "busy"})->bytes);
        QCOMPARE(
            state->schema.table({"public", "calm"})->columns.front().defaultExpression.value_or(""),
            std::string("8"));
        QVERIFY(state->schema.table({"public", "calm"})->bytes.has_value());
        QVERIFY(holds(state->notRead,
                      "Another session has locked public.busy: its defaults, check expressions,"));
        QVERIFY(holds(state->notRead, "Another session has locked public.seen: "));
        QVERIFY(state->versionTables.at(0).rows == std::vector<std::string>{"a"});
        work.exec("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE");
        const auto second = read(database);
        QVERIFY(second.has_value());
        QVERIFY(!second->versionTables.at(0).readable);
        QVERIFY(
            holds(second->notRead,
                  "The rows of public.alembic_version were not read. The version table could not"
                  " be read in time: another session holds a lock."));
    }

    void knowsWhatWasNeverAnalysed()
    {
        const std::string database =
            made("estimates",
                 "CREATE TABLE fresh (id integer); INSERT INTO fresh VALUES (1);"
                 "CREATE TABLE counted (id integer);"
                 "INSERT INTO counted SELECT generate_series(1, 100);"
                 "CREATE TABLE nothing (id integer); ANALYZE counted, nothing;");
        const auto state = read(database);
        QVERIFY(state.has_value());
        QVERIFY(!state->schema.table({"public", "fresh"})->rowEstimate.has_value());
        QCOMPARE(state->schema.table({"public", "counted"})->rowEstimate.value_or(-1),
                 std::int64_t{100});
        QCOMPARE(state->schema.table({"public", "nothing"})->rowEstimate.value_or(-1),
                 std::int64_t{0});
        QCOMPARE(state->schema.table({"public", "fresh"})->bytes.value_or(0), std::int64_t{8192});
    }

    void leavesOutSystemAndTemporaryNamespaces()
    {
        const std::string database =
            made("temporary", "CREATE TABLE pgtable (id integer); CREATE SCHEMA pgschema;");
        pqxx::connection other(m_server->conninfo(database));
        pqxx::work work(other);
        work.exec("CREATE TEMPORARY TABLE alembic_version (version_num text)");
        work.commit();
        const auto state = read(database);
        QVERIFY(state.has_value());
        QVERIFY((state->schema.namespaces == std::set<std::string>{"pgschema", "public"}));
        QCOMPARE(state->schema.tables.size(), std::size_t{1});
        QVERIFY(state->versionTables.empty());
    }
};

int catalog_test(int argc, char** argv)
{
    CatalogTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "catalog_test.moc"
