// SPDX-License-Identifier: GPL-3.0-or-later
// A database that shows only a part of itself, through the whole program: words and exit status.
#include "core/cluster/private_server.h"
#include "tests/cli/run_cli.h"
#include "tests/support/lock_holder.h"

#include <QJsonArray>
#include <QProcess>
#include <QTest>

#include <memory>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const std::string healthyShop =
    "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL, CONSTRAINT "
    "alembic_version_pkc PRIMARY KEY (version_num)); INSERT INTO alembic_version VALUES "
    "('2b3c4d5e6f7a'); CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (id int "
    "PRIMARY "
    "KEY);";

/// Ends, as an administrator may, the first session of ours that waits for a lock.
const std::string endOurSession =
    "DO $$ BEGIN FOR i IN 1..400 LOOP PERFORM pg_stat_clear_snapshot(); PERFORM "
    "pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'sightglass%' AND "
    "wait_event_type = 'Lock'; IF FOUND THEN RETURN; END IF; PERFORM pg_sleep(0.05); END LOOP; "
    "RAISE EXCEPTION 'nobody waited'; END $$;";

} // namespace

class CutOffReadingTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PrivateServer> m_server;

    std::string database(const std::string& name, const std::string& sql)
    {
        if (!m_server->createDatabase(name, {}) || !m_server->runSql(name, sql, {}))
            qFatal("no database");
        return m_server->conninfo(name);
    }

    static CliRun run(const std::string& command, const std::string& dsn)
    {
        return runCli(
            {command, "--project", dataProject("shop"), "--format", "json", "--dsn", dsn});
    }

private Q_SLOTS:

    void initTestCase()
    {
        qunsetenv("SIGHTGLASS_DSN");
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        m_server = std::move(*server);
    }

    void aRoleWithoutRightsOnHalfOfTheCatalog()
    {
        const std::string dsn =
            database("half",
                     healthyShop + "CREATE ROLE half_reader LOGIN; GRANT SELECT ON alembic_version "
                                   "TO half_reader; REVOKE SELECT ON pg_catalog.pg_constraint, "
                                   "pg_catalog.pg_index, pg_catalog.pg_enum, "
                                   "pg_catalog.pg_extension FROM PUBLIC;") +
            " options='-c role=half_reader'";
        const CliRun diagnosed = run("diagnose", dsn);
        QVERIFY2(diagnosed.json()[QStringLiteral("state")].isNull(), diagnosed.out.c_str());
        QCOMPARE(diagnosed.status, 1);
        const QJsonObject unread = diagnosed.json()[QStringLiteral("database")]
                                       .toObject()[QStringLiteral("unread")]
                                       .toObject();
        QVERIFY2(unread[QStringLiteral("parts")].toArray().size() >= 4, diagnosed.out.c_str());
        const QJsonObject key = diagnosed.json()[QStringLiteral("database")]
                                    .toObject()[QStringLiteral("version_tables")]
                                    .toArray()
                                    .first()
                                    .toObject();
        QVERIFY(!key[QStringLiteral("primary_key_known")].toBool());
        QVERIFY2(!contains(diagnosed.out, "has no primary key"), diagnosed.out.c_str());

        const CliRun infer = run("infer", dsn);
        QCOMPARE(infer.status, 0);
        QVERIFY2(contains(infer.out, "constraints, indexes"), infer.out.c_str());
        const CliRun tables = run("tables", dsn);
        QVERIFY2(!contains(tables.out, "\"in all three\""), tables.out.c_str());
        const CliRun diff = runCli({"diff",
                                    "chain",
                                    "live",
                                    "--project",
                                    dataProject("shop"),
                                    "--format",
                                    "json",
                                    "--dsn",
                                    dsn});
        QVERIFY2(diff.json()[QStringLiteral("entries")].toArray().isEmpty(), diff.out.c_str());
        QVERIFY2(!diff.json()[QStringLiteral("not_compared")]
                      .toObject()[QStringLiteral("parts")]
                      .toArray()
                      .isEmpty(),
                 diff.out.c_str());
    }

    void aRoleWithoutRightsOnColumnsIsNotAnswered()
    {
        const std::string dsn =
            database("less",
                     healthyShop + "CREATE ROLE less_reader LOGIN; REVOKE SELECT ON "
                                   "pg_catalog.pg_attribute FROM PUBLIC;") +
            " options='-c role=less_reader'";
        const CliRun diagnosed = run("diagnose", dsn);
        QCOMPARE(diagnosed.status, 3);
        QVERIFY2(contains(diagnosed.err, "There is no right to read the columns"),
                 diagnosed.err.c_str());
        QVERIFY2(diagnosed.json()[QStringLiteral("state")].isNull(), diagnosed.out.c_str());
    }

    void aServerThatEndsTheSessionInTheMiddle()
    {
        const std::string dsn = database("cut", healthyShop);
        const LockHolder holder(dsn, "alembic_version");
        QVERIFY2(holder.isHeld(), holder.error().c_str());
        QProcess administrator;
        administrator.start(QStringLiteral("psql"),
                            {QStringLiteral("-Xqd"),
                             QString::fromStdString(m_server->conninfo("postgres")),
                             QStringLiteral("-c"),
                             QString::fromStdString(endOurSession)});
        QVERIFY(administrator.waitForStarted());
        const CliRun diagnosed = run("diagnose", dsn);
        QVERIFY(administrator.waitForFinished());
        QCOMPARE(administrator.exitCode(), 0);
        QCOMPARE(diagnosed.status, 3);
        QVERIFY2(isOneErrorLine(diagnosed.err), diagnosed.err.c_str());
        QVERIFY2(contains(diagnosed.err, "connection"), diagnosed.err.c_str());
        QVERIFY2(diagnosed.json()[QStringLiteral("state")].isNull(), diagnosed.out.c_str());
    }

    void aVersionTableThatSomebodyHasLocked()
    {
        const std::string dsn = database("locked", healthyShop);
        const LockHolder holder(dsn, "alembic_version");
        QVERIFY2(holder.isHeld(), holder.error().c_str());
        const CliRun diagnosed = run("diagnose", dsn);
        QCOMPARE(diagnosed.status, 1);
        QVERIFY2(diagnosed.json()[QStringLiteral("state")].isNull(), diagnosed.out.c_str());
        QVERIFY2(contains(diagnosed.out, "could not be read: another session has locked it."),
                 diagnosed.out.c_str());
        QVERIFY2(contains(diagnosed.out, "The lock is held by pid "), diagnosed.out.c_str());
    }
};

int cut_off_reading_test(int argc, char** argv)
{
    CutOffReadingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "cut_off_reading_test.moc"
