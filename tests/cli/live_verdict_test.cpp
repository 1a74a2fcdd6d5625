// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"
#include "core/demos/demo.h"
#include "tests/cli/run_cli.h"

#include <QJsonArray>
#include <QTest>

#include <memory>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const std::string versionTable = "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL, "
                                 "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));";

std::string rows(std::initializer_list<const char*> ids)
{
    std::string sql = versionTable;
    for (const char* id : ids)
        sql += "INSERT INTO alembic_version VALUES ('" + std::string(id) + "');";
    return sql;
}

} // namespace

/// The verdict from a real catalog, through the whole program.
class LiveVerdictTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        qunsetenv("SIGHTGLASS_DSN");
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        m_server = std::move(*server);
    }

    void cleanupTestCase() { m_server.reset(); }

    void namesTheStateThatTheCatalogShows_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("state");
        QTest::addColumn<int>("status");
        const auto add = [](const char* state, const std::string& sql, int status) {
            QTest::newRow(state) << QString::fromStdString(sql) << QString::fromLatin1(state)
                                 << status;
        };
        add("healthy",
            rows({"2b3c4d5e6f7a"}) + "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders "
                                     "(id int PRIMARY KEY);",
            0);
        add("pending", rows({"1a2b3c4d5e6f"}) + "CREATE TABLE users (id int PRIMARY KEY);", 0);
        add("empty", "", 0);
        add("zombie", rows({"2b3c4d5e6f7a"}), 1);
        add("partly-missing",
            rows({"2b3c4d5e6f7a"}) + "CREATE TABLE users (id int PRIMARY KEY);",
            1);
        add("drifted",
            rows({"1a2b3c4d5e6f"}) + "CREATE TABLE users (id int PRIMARY KEY, nick text);",
            1);
        add("partly-applied",
            rows({"1a2b3c4d5e6f"}) + "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders "
                                     "(id int PRIMARY KEY);",
            1);
        add("unstamped", "CREATE TABLE users (id int);", 1);
        add("unknown-revision", rows({"deadbeef0000"}) + "CREATE TABLE users (id int);", 1);
        add("overlapping-heads",
            rows({"1a2b3c4d5e6f", "2b3c4d5e6f7a"}) + "CREATE TABLE users (id int);",
            1);
    }

    void namesTheStateThatTheCatalogShows()
    {
        QFETCH(QString, sql);
        QFETCH(QString, state);
        QFETCH(int, status);
        const std::string name = "s" + std::to_string(++m_number);
        QVERIFY(m_server->createDatabase(name, {}).has_value());
        QVERIFY(m_server->runSql(name, sql.toStdString() + "SELECT 1;", {}).has_value());
        const CliRun run = runCli({"diagnose",
                                   "--project",
                                   dataProject("shop"),
                                   "--format",
                                   "json",
                                   "--dsn",
                                   m_server->uri(name)});
        QVERIFY2(run.err.empty(), run.err.c_str());
        QCOMPARE(run.json()[QStringLiteral("state")].toString(), state);
        QCOMPARE(run.status, status);
        QVERIFY(run.json()[QStringLiteral("database")]
                    .toObject()[QStringLiteral("read_only")]
                    .toBool());
    }

    void rowsThatMayNotBeReadAreNotTakenForNone()
    {
        const std::string name = "guarded";
        QVERIFY(m_server->createDatabase(name, {}).has_value());
        const auto made = m_server->runSql(
            name,
            rows({"2b3c4d5e6f7a"}) + "CREATE TABLE users (id int); CREATE ROLE guest LOGIN; "
                                     "REVOKE ALL ON alembic_version FROM PUBLIC;",
            {});
        QVERIFY2(made.has_value(), made ? "" : toText(made.error()).c_str());
        const CliRun run = runCli({"diagnose",
                                   "--project",
                                   dataProject("shop"),
                                   "--format",
                                   "json",
                                   "--dsn",
                                   m_server->conninfo(name) + " options='-c role=guest'"});
        QVERIFY2(run.json()[QStringLiteral("state")].isNull(), run.out.c_str());
        QCOMPARE(run.status, 1);
        QVERIFY(run.json()[QStringLiteral("title")].toString().contains(
            QStringLiteral("may not be read")));
    }

    void schemaLiveNeedsNoProject()
    {
        const std::string name = "plain";
        QVERIFY(m_server->createDatabase(name, {}).has_value());
        QVERIFY(
            m_server
                ->runSql(name, "CREATE TABLE users (id int PRIMARY KEY, email varchar(255));", {})
                .has_value());
        const CliRun run = runCli({"schema",
                                   "--live",
                                   "--project",
                                   "/no/such/folder",
                                   "--format",
                                   "json",
                                   "--dsn",
                                   m_server->uri(name)});
        QVERIFY2(run.status == 0, run.err.c_str());
        const QJsonObject table = run.json()[QStringLiteral("tables")].toArray().at(0).toObject();
        QCOMPARE(table[QStringLiteral("name")].toString(), QStringLiteral("users"));
        QCOMPARE(table[QStringLiteral("columns")]
                     .toArray()
                     .at(1)
                     .toObject()[QStringLiteral("type")]
                     .toString(),
                 QStringLiteral("character varying(255)"));
    }

    void aDatabaseThatIsNotThereGivesStatusThree()
    {
        const CliRun run = runCli({"schema", "--live", "--dsn", m_server->uri("nowhere")});
        QCOMPARE(run.status, 3);
        QVERIFY2(isOneErrorLine(run.err) && contains(run.err, "nowhere"), run.err.c_str());
    }

    void everyDemoShowsTheStateThatItTeaches()
    {
        const auto folder = demosFolder();
        QVERIFY(folder.has_value());
        const auto demos = listDemos(*folder);
        QVERIFY(demos.has_value());
        QVERIFY(demos->size() >= 9);
        for (const DemoDescription& description : *demos) {
            const auto demo = startDemo(description.name, {});
            QVERIFY2(demo.has_value(), demo ? "" : toText(demo.error()).c_str());
            const CliRun run = runCli({"diagnose",
                                       "--project",
                                       demo->project.string(),
                                       "--dsn",
                                       demo->dsn,
                                       "--format",
                                       "json"});
            QVERIFY2(run.json()[QStringLiteral("state")].toString().toStdString() ==
                         description.expectedState,
                     (description.name + ": " + run.out).c_str());
        }
    }

    void aDemoPrintsItsPlaceAndVerdictAndGoesAgain()
    {
        const CliRun run = runCli({"demo", "version-mismatch"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QVERIFY(contains(run.out, "project  "));
        QVERIFY(contains(run.out, "dsn      postgresql://"));
        QVERIFY(contains(run.out, "Tables missing: "));
    }

private:
    std::unique_ptr<PrivateServer> m_server;
    int m_number = 0;
};

int live_verdict_test(int argc, char** argv)
{
    LiveVerdictTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "live_verdict_test.moc"
