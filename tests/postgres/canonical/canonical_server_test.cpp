// SPDX-License-Identifier: GPL-3.0-or-later
// What we say a catalog will show, against what a server's catalog shows.
#include "core/base/error.h"
#include "core/cluster/private_server.h"
#include "core/live/connection_target.h"
#include "core/postgres/connect.h"
#include "core/schema/definitions.h"
#include "core/sql/canonical_index.h"
#include "core/sql/expression.h"
#include "core/sql/sql_reader.h"

#include <QTest>

#include <pqxx/connection>
#include <pqxx/nontransaction>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <variant>

using namespace sightglass;

namespace {

std::string fileText(const std::string& name)
{
    std::ifstream file(std::string(SIGHTGLASS_TEST_DATA) + "/canonical/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

struct Case
{
    std::string place;
    std::string type;
    std::string expression;
};

std::vector<Case> casesOf(const std::string& text)
{
    std::vector<Case> cases;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t first = line.find('\t');
        const std::size_t second = line.find('\t', first + 1);
        if (line.starts_with('#') || second == std::string::npos)
            continue;
        cases.push_back({.place = line.substr(0, first),
                         .type = line.substr(first + 1, second - first - 1),
                         .expression = line.substr(second + 1)});
    }
    return cases;
}

struct Place
{
    std::string_view word;
    ExpressionUse use;
};

constexpr std::array places = {Place{"default", ExpressionUse::Default},
                               Place{"generated", ExpressionUse::Generated},
                               Place{"check", ExpressionUse::Check},
                               Place{"key", ExpressionUse::IndexKey},
                               Place{"where", ExpressionUse::Predicate}};

std::string refused(const Refusal& refusal)
{
    return "REFUSED " + refusal.state + " " + refusal.message;
}

/// "OK …", "REFUSED …", or nothing when it is Unknown.
std::string ours(const Case& one, const SqlScope& scope)
{
    if (one.place == "type") {
        const auto type = canonicalType(one.expression, scope);
        return !type             ? refused(type.error())
               : type->isKnown() ? "OK " + type->value()
                                 : std::string();
    }
    std::string type;
    if (!one.type.empty())
        type = canonicalType(one.type, scope).value().value();
    const auto* const place = std::ranges::find(places, one.place, &Place::word);
    const auto result = canonicalExpression(one.expression, place->use, scope, type, "x");
    return !result             ? refused(result.error())
           : result->isKnown() ? "OK " + result->value().text
                               : std::string();
}

} // namespace

class CanonicalServerTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PrivateServer> m_server;
    Schema m_schema;
    std::vector<std::string> m_path = {"public"};
    const Table* m_table = nullptr;

    Schema catalog()
    {
        const auto target = parseConnectionTarget(m_server->conninfo("spelled"));
        auto opened = connectReadOnly(*target, {}, {});
        if (!opened)
            qFatal("%s", toText(opened.error()).c_str());
        const auto state = (*opened)->readState({}, {});
        if (!state)
            qFatal("%s", toText(state.error()).c_str());
        return state->schema;
    }

    /// Each case against the server; at most so many may be Unknown.
    void compare(const std::vector<Case>& cases, int mostUnknown)
    {
        pqxx::connection connection(m_server->conninfo("spelled"));
        pqxx::nontransaction work(connection);
        const SqlScope scope{.schema = m_schema, .searchPath = m_path, .table = m_table};
        int unknown = 0;
        std::string differences;
        for (const Case& one : cases) {
            const std::string mine = ours(one, scope);
            const auto theirs =
                work.exec_params("SELECT spelled($1, $2, $3)", one.place, one.type, one.expression)
                    .at(0)
                    .at(0)
                    .as<std::string>();
            if (mine.empty())
                ++unknown;
            else if (mine != theirs)
                differences += "\n" + one.place + " " + one.type + " " + one.expression +
                               "\n   ours       " + mine + "\n   PostgreSQL " + theirs;
        }
        QVERIFY2(differences.empty(), differences.c_str());
        QVERIFY2(unknown <= mostUnknown, std::to_string(unknown).c_str());
    }

private Q_SLOTS:

    void initTestCase()
    {
        auto server = PrivateServer::start({});
        if (!server)
            QFAIL(toText(server.error()).c_str());
        m_server = std::move(*server);
        QVERIFY(m_server->createDatabase("spelled", {}));
        const auto made = m_server->runSql("spelled", fileText("schema.sql"), {});
        QVERIFY2(made, made ? "" : toText(made.error()).c_str());
        m_schema = catalog();
        m_table = m_schema.table({.schema = "public", .name = "item"});
        QVERIFY(m_table != nullptr);
    }

    void cleanupTestCase() { m_server.reset(); }

    void expressionsAreSpelledAsTheServerSpellsThem()
    {
        const auto cases = casesOf(fileText("cases.tsv"));
        QVERIFY(cases.size() > 700);
        compare(cases, 8);
    }

    void canonicalTextIsSpelledAsTheServerSpellsIt()
    {
        const SqlScope scope{.schema = m_schema, .searchPath = m_path, .table = m_table};
        std::vector<Case> again;
        for (Case one : casesOf(fileText("cases.tsv"))) {
            const std::string text = ours(one, scope);
            constexpr std::string_view lead = "OK ";
            if (!text.starts_with(lead) || text.size() == lead.size())
                continue;
            one.expression = text.substr(lead.size());
            again.push_back(std::move(one));
        }
        QVERIFY(again.size() > 600);
        compare(again, 0);
    }

    void indexesAreSpelledAsTheServerSpellsThem()
    {
        const SqlScope scope{.schema = m_schema, .searchPath = m_path, .table = m_table};
        std::istringstream lines(fileText("indexes.sql"));
        std::string differences;
        int compared = 0;
        for (std::string line; std::getline(lines, line); ++compared) {
            const auto statements = readSql(line);
            QCOMPARE(statements.size(), std::size_t{1});
            const auto* const create =
                std::get_if<change::CreateIndex>(&statements.front().changes.front().change);
            QVERIFY2(create != nullptr, line.c_str());
            const auto made = canonicalIndex(create->index, *m_table, scope);
            const std::string mine = !made                 ? refused(made.error())
                                     : made->doubt.empty() ? made->index.definition
                                                           : "UNKNOWN " + made->doubt;
            const std::string theirs = onServer(line, create->index.name, made);
            if (mine != theirs)
                differences +=
                    "\n" + line + "\n   ours       " + mine + "\n   PostgreSQL " + theirs;
        }
        QVERIFY2(differences.empty(), differences.c_str());
        QVERIFY(compared > 60);
    }

private:
    /// The definition that the server shows; also compares the whole Index with the catalog
    /// reader's.
    std::string onServer(const std::string& sql,
                         const std::string& name,
                         const Outcome<CanonicalIndex, Refusal>& made)
    {
        pqxx::connection connection(m_server->conninfo("spelled"));
        pqxx::nontransaction work(connection);
        try {
            work.exec(sql);
        } catch (const pqxx::sql_error& error) {
            std::string message = error.what();
            message = message.substr(0, message.find('\n'));
            constexpr std::string_view lead = "ERROR:  ";
            return "REFUSED " + error.sqlstate() + " " + message.substr(lead.size());
        }
        const Schema schema = catalog();
        work.exec("DROP INDEX " + quotedIdentifier(name));
        const Table& table = *schema.table({.schema = "public", .name = "item"});
        Index index = table.indexes.front();
        index.bytes = std::nullopt;
        if (made && !(made->index == index))
            return "another Index: " + index.definition;
        return index.definition;
    }
};

int canonical_server_test(int argc, char** argv)
{
    CanonicalServerTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "canonical_server_test.moc"
