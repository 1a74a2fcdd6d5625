// SPDX-License-Identifier: GPL-3.0-or-later
// The text of every query for PostgreSQL 9.6 to 18, against a table of what those versions have.
#include "core/base/error.h"
#include "core/cluster/private_server.h"
#include "core/postgres/catalog_queries.h"
#include "core/postgres/connection.h"

#include <QTest>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

using namespace sightglass;

namespace {

constexpr int forever = 1'000'000;

/// "9.6" → 90600, "15" → 150000, "-" → forever.
int versionNumber(const std::string& text)
{
    if (text == "-")
        return forever;
    const std::size_t dot = text.find('.');
    const int major = std::stoi(text.substr(0, dot));
    return major * 10'000 + (dot == std::string::npos ? 0 : std::stoi(text.substr(dot + 1)) * 100);
}

struct Span
{
    int since = 0;
    int until = forever;

    bool has(int version) const { return version >= since && version < until; }
};

using Names = std::map<std::pair<std::string, std::string>, Span>;

Names knownNames()
{
    Names names;
    std::ifstream file(std::string(SIGHTGLASS_TEST_DATA) + "/postgres/catalog_columns.tsv");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#'))
            continue;
        std::istringstream words(line);
        std::string relation;
        std::string column;
        std::string since;
        std::string until;
        words >> relation >> column >> since >> until;
        names[{relation, column}] = {.since = versionNumber(since), .until = versionNumber(until)};
    }
    return names;
}

std::vector<std::smatch> matches(const std::string& text, const std::regex& pattern)
{
    return {std::sregex_iterator(text.begin(), text.end(), pattern), std::sregex_iterator()};
}

/// Names that a query uses and that `version` does not have.
std::vector<std::string> missing(const std::string& sql, int version, const Names& names)
{
    static const std::regex relation("pg_catalog\\.(pg_[a-z_]+) ([a-z]+)\\b");
    static const std::regex use("(^|[^a-z_.'])([a-z]+)\\.([a-z_]+)\\b");
    static const std::regex function("pg_catalog\\.([a-z_0-9]+)\\(");
    static const std::regex setting("(?:current_setting|set_config)\\('([a-z_]+)'");
    std::vector<std::string> wrong;
    const auto check = [&](const std::string& place, const std::string& name) {
        const auto found = names.find({place, name});
        if (found == names.end() || !found->second.has(version))
            wrong.push_back(place + "." + name);
    };
    std::map<std::string, std::set<std::string>> relations;
    for (const auto& match : matches(sql, relation))
        relations[match[2]].insert(match[1]);
    for (const auto& match : matches(sql, use)) {
        // k, r, i, ti, s and a name subqueries and functions; each is a relation's alias nowhere
        // else.
        static const std::set<std::string> derived{"k", "r", "i", "ti", "s", "pg_catalog"};
        const auto found = relations.find(match[2]);
        if (found == relations.end() && !derived.contains(match[2]))
            wrong.push_back(match[2].str() + "." + match[3].str() + " (no such alias)");
        if (found == relations.end())
            continue;
        for (const std::string& place : found->second)
            check(place, match[3]);
    }
    for (const auto& match : matches(sql, function))
        check("function", match[1]);
    for (const auto& match : matches(sql, setting))
        check("setting", match[1]);
    return wrong;
}

constexpr std::array versions{
    90600, 100000, 110000, 120000, 130000, 140000, 150000, 160000, 170000, 180000};

} // namespace

class VersionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void namesOnlyWhatTheVersionHas()
    {
        const Names names = knownNames();
        QVERIFY(names.size() > 150);
        int queries = 0;
        for (const int version : versions) {
            for (const CatalogPart part : catalogParts()) {
                for (const bool measure : {true, false}) {
                    const auto query = catalogQuery(
                        part, {.serverVersion = version, .locked = "1", .measureSizes = measure});
                    for (const std::string& wrong : missing(query.sql, version, names))
                        QFAIL(qPrintable(QStringLiteral("%1 for %2: %3")
                                             .arg(QLatin1StringView(query.words.data(),
                                                                    qsizetype(query.words.size())))
                                             .arg(version)
                                             .arg(QString::fromStdString(wrong))));
                    ++queries;
                }
            }
        }
        QCOMPARE(queries, static_cast<int>(versions.size() * catalogParts().size() * 2));
    }

    void theCheckItselfFindsWhatAVersionLacks()
    {
        const Names names = knownNames();
        const auto query = catalogQuery(CatalogPart::Functions, {.serverVersion = 140000});
        QVERIFY(missing(query.sql, 140000, names).empty());
        const auto wrong = missing(query.sql, 100000, names);
        QVERIFY((wrong ==
                 std::vector<std::string>{"pg_proc.prokind", "function.pg_get_function_sqlbody"}));
        const auto newest = catalogQuery(CatalogPart::Constraints, {.serverVersion = 180000});
        QVERIFY(!missing(newest.sql, 170000, names).empty());
    }

    /// Both directions: what the table promises is there, and what it denies is not.
    void theTableIsTrueForTheServerHere()
    {
        auto server = PrivateServer::start({});
        if (!server)
            QFAIL(toText(server.error()).c_str());
        auto opened = Connection::open(*parseConnectionTarget((*server)->conninfo()), {}, {});
        QVERIFY(opened.has_value());
        QVERIFY((*opened)->begin({}).has_value());
        const auto rows = (*opened)->query(
            "names",
            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " WHERE c.relnamespace = 11 AND NOT a.attisdropped"
            " UNION SELECT 'function', proname FROM pg_proc WHERE pronamespace = 11"
            " UNION SELECT 'setting', name FROM pg_settings",
            {});
        QVERIFY(rows.has_value());
        std::set<std::pair<std::string, std::string>> there;
        for (std::size_t i = 0; i < rows->size(); ++i)
            there.emplace(rows->text(i, 0), rows->text(i, 1));
        const int version = (*opened)->serverVersion() / 100 * 100;
        for (const auto& [name, span] : knownNames()) {
            const bool promised = span.has(version);
            QVERIFY2(promised == there.contains(name), (name.first + "." + name.second).c_str());
        }
    }

    /// Texts for older versions run here as well, but for what has been removed since.
    void textsForOlderVersionsAreValidSql()
    {
        auto server = PrivateServer::start({});
        if (!server)
            QFAIL(toText(server.error()).c_str());
        auto opened = Connection::open(*parseConnectionTarget((*server)->conninfo()), {}, {});
        QVERIFY(opened.has_value());
        QVERIFY((*opened)->begin({}).has_value());
        int run = 0;
        for (const int version : versions) {
            for (const CatalogPart part : catalogParts()) {
                const bool functionsBefore11 = part == CatalogPart::Functions && version < 110000;
                if (version > (*opened)->serverVersion() || functionsBefore11)
                    continue;
                for (const bool measure : {true, false}) {
                    const auto query = catalogQuery(
                        part,
                        {.serverVersion = version, .locked = "1, 2", .measureSizes = measure});
                    const auto rows = (*opened)->query(query.words, query.sql, {});
                    QVERIFY2(rows.has_value(),
                             rows ? "" : (toText(rows.error()) + query.sql).c_str());
                    ++run;
                }
            }
        }
        QVERIFY(run > 100);
    }
};

int versions_test(int argc, char** argv)
{
    VersionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "versions_test.moc"
