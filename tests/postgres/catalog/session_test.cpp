// SPDX-License-Identifier: GPL-3.0-or-later
// The session itself: it can't write, it can be stopped, and it notices when the server goes.
#include "core/base/error.h"
#include "core/cluster/private_server.h"
#include "core/postgres/connect.h"
#include "core/postgres/connection.h"

#include <QElapsedTimer>
#include <QTest>

#include <stop_token>
#include <thread>

using namespace sightglass;

namespace {

using std::chrono::milliseconds;

} // namespace

class SessionTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PrivateServer> m_server;

    std::unique_ptr<Connection> opened(const SessionLimits& limits = {},
                                       const std::string& more = {})
    {
        auto connection =
            Connection::open(*parseConnectionTarget(m_server->conninfo() + more), limits, {});
        if (!connection)
            qFatal("%s", toText(connection.error()).c_str());
        return std::move(*connection);
    }

    static std::string shown(Connection& connection, const std::string& setting)
    {
        const auto rows = connection.query("setting", "SHOW " + setting, {});
        return rows ? std::string(rows->text(0, 0)) : toText(rows.error());
    }

    /// Returns when a session runs a statement that holds `mark`.
    void waitUntilRunning(const std::string& mark)
    {
        const auto connection = opened();
        for (int tries = 0; tries < 5000; ++tries) {
            if (!connection->begin({}))
                return;
            const auto rows = connection->query(
                "activity",
                "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%" + mark +
                    "%' AND pid <> pg_backend_pid()",
                {});
            connection->end();
            if (rows && rows->size() > 0)
                return;
            std::this_thread::sleep_for(milliseconds(2));
        }
    }

private Q_SLOTS:

    void initTestCase()
    {
        auto server = PrivateServer::start({});
        if (!server)
            QFAIL(toText(server.error()).c_str());
        m_server = std::move(*server);
        const auto made = m_server->runSql(
            "postgres",
            "CREATE TABLE t (id integer); CREATE SEQUENCE s; CREATE ROLE ann LOGIN PASSWORD 'x';",
            {});
        QVERIFY(made.has_value());
    }

    void cleanupTestCase() { m_server.reset(); }

    void cannotWrite_data()
    {
        QTest::addColumn<std::string>("sql");
        for (const char* const sql :
             {"INSERT INTO t VALUES (1)",
              "CREATE TABLE u (id integer)",
              "SELECT nextval('s')",
              "DROP TABLE t",
              "DELETE FROM t",
              "COMMIT; INSERT INTO t VALUES (1)",
              "COMMIT; BEGIN; INSERT INTO t VALUES (1)",
              "WITH x AS (INSERT INTO t VALUES (1) RETURNING id) SELECT * FROM x",
              "DO $$ BEGIN INSERT INTO t VALUES (1); END $$",
              "COPY t FROM STDIN",
              "CREATE INDEX ON t (id)",
              "VACUUM t",
              "COMMENT ON TABLE t IS 'x'",
              "GRANT SELECT ON t TO ann"})
            QTest::newRow(sql) << std::string(sql);
    }

    void cannotWrite()
    {
        QFETCH(std::string, sql);
        const auto connection = opened();
        QVERIFY(connection->begin({}).has_value());
        const auto rows = connection->query("test", sql, {});
        QVERIFY(!rows.has_value());
        // 25006 read only transaction; 25001 not inside a transaction block, for VACUUM.
        QVERIFY2(rows.error().sqlState == "25006" || rows.error().sqlState == "25001",
                 toText(rows.error()).c_str());
        connection->end();
        QVERIFY(connection->begin({}).has_value());
        const auto after = connection->query(
            "test",
            "SELECT (SELECT count(*) FROM t), (SELECT is_called FROM s), to_regclass('u')",
            {});
        QVERIFY(after.has_value());
        QCOMPARE(std::string(after->text(0, 0)), std::string("0"));
        QCOMPARE(std::string(after->text(0, 1)), std::string("f"));
        QVERIFY(after->isNull(0, 2));
    }

    void setsItsLimitsBeforeItsFirstStatement()
    {
        const auto connection =
            opened({.statement = milliseconds(12'000), .lock = milliseconds(1'500)},
                   " options='-c geqo=off'");
        QVERIFY(connection->begin({}).has_value());
        QCOMPARE(shown(*connection, "application_name"), std::string("sightglass"));
        QCOMPARE(shown(*connection, "default_transaction_read_only"), std::string("on"));
        QCOMPARE(shown(*connection, "transaction_isolation"), std::string("repeatable read"));
        QCOMPARE(shown(*connection, "statement_timeout"), std::string("12s"));
        QCOMPARE(shown(*connection, "lock_timeout"), std::string("1500ms"));
        QCOMPARE(shown(*connection, "idle_in_transaction_session_timeout"), std::string("12s"));
        QCOMPARE(shown(*connection, "client_encoding"), std::string("UTF8"));
        QCOMPARE(shown(*connection, "geqo"), std::string("off")); // the address's own options stay
    }

    void stopsARunningStatementAndCanBeUsedAgain()
    {
        const auto connection = opened();
        QVERIFY(connection->begin({}).has_value());
        std::stop_source stop;
        QElapsedTimer sinceStop;
        std::jthread presser([&] {
            waitUntilRunning("pg_sleep(61)");
            sinceStop.start();
            stop.request_stop();
        });
        const auto rows =
            connection->query("test", "SELECT pg_sleep(61)", {.stop = stop.get_token()});
        presser.join();
        QVERIFY(!rows.has_value());
        QCOMPARE(rows.error().code, ErrorCode::Cancelled);
        qInfo("stopped after %lld ms", sinceStop.elapsed());
        connection->end();
        QVERIFY(connection->begin({}).has_value());
        QVERIFY(connection->query("test", "SELECT 1", {}).has_value());
    }

    void cancelsFromAnotherThread()
    {
        const auto connection = opened();
        QVERIFY(connection->begin({}).has_value());
        const std::jthread presser([&] {
            waitUntilRunning("pg_sleep(62)");
            connection->cancel();
        });
        const auto rows = connection->query("test", "SELECT pg_sleep(62)", {});
        QCOMPARE(rows.error().code, ErrorCode::Cancelled);
    }

    void startsNothingOnceStopped()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto connection = opened();
        QCOMPARE(connection->begin({.stop = stop.get_token()}).error().code, ErrorCode::Cancelled);
        QCOMPARE(connection->statementCount(), std::size_t{0});
        const auto target = *parseConnectionTarget(m_server->conninfo());
        QCOMPARE(connectReadOnly(target, {}, {.stop = stop.get_token()}).error().code,
                 ErrorCode::Cancelled);
    }

    void readsAStateThatIsStoppedAndReadsItAgain()
    {
        const auto database = connectReadOnly(*parseConnectionTarget(m_server->conninfo()), {}, {});
        QVERIFY(database.has_value());

        struct StopAtColumns final : ProgressSink
        {
            void report(const Progress& progress) override
            {
                if (progress.done == 6)
                    stop.request_stop();
            }

            std::stop_source stop;
        } sink;

        const auto stopped =
            (*database)->readState({}, {.stop = sink.stop.get_token(), .progress = &sink});
        QVERIFY(!stopped.has_value());
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        const auto again = (*database)->readState({}, {});
        QVERIFY(again.has_value());
        QVERIFY(again->schema.table({"public", "t"}) != nullptr);
    }

    void endsStatementsAtTheServersTimeOut()
    {
        const auto connection = opened({.statement = milliseconds(50)});
        QVERIFY(connection->begin({}).has_value());
        const auto rows = connection->query("test", "SELECT pg_sleep(63)", {});
        QCOMPARE(rows.error().code, ErrorCode::TimedOut);
        QCOMPARE(rows.error().sqlState, std::string("57014"));
        QVERIFY(connection->query("test", "SELECT 1", {}).has_value());
    }

    void noticesThatTheSessionWasEnded()
    {
        const auto connection = opened();
        QVERIFY(connection->begin({}).has_value());
        const std::jthread killer([&] {
            waitUntilRunning("pg_sleep(64)");
            const auto done =
                m_server->runSql("postgres",
                                 "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                 "query LIKE '%pg_sleep(64)%'"
                                 " AND pid <> pg_backend_pid() AND application_name = 'sightglass'",
                                 {});
            if (!done)
                qWarning("%s", toText(done.error()).c_str());
        });
        const auto rows = connection->query("tables", "SELECT pg_sleep(64)", {});
        QVERIFY(!rows.has_value());
        QCOMPARE(rows.error().code, ErrorCode::ConnectionLost);
        QVERIFY2(toText(rows.error())
                         .find(" ended while the tables were read. Check that the server runs, then"
                               " connect again.") != std::string::npos,
                 toText(rows.error()).c_str());
        QCOMPARE(connection->begin({}).error().code, ErrorCode::ConnectionLost);
    }

    void namesAWrongDatabaseRoleAndPassword()
    {
        const auto failure = [&](const std::string& more) {
            const auto database =
                connectReadOnly(*parseConnectionTarget(m_server->conninfo() + more), {}, {});
            return database ? std::string("connected")
                            : std::string(toText(database.error().code)) + " " +
                                  database.error().sqlState;
        };
        QCOMPARE(failure(" dbname=none"), std::string("not found 3D000"));
        QCOMPARE(failure(" user=nobody_here"), std::string("not permitted 28000"));
    }
};

int session_test(int argc, char** argv)
{
    SessionTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "session_test.moc"
