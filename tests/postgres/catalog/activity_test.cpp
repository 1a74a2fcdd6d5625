// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"
#include "core/live/activity.h"
#include "core/postgres/connect.h"

#include <QTest>

#include <pqxx/pqxx>

using namespace sightglass;

/// What goes on beside the schema: rights, locks, counters; and figures that are counted.
class ActivityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        m_server = std::move(*server);
    }

    void cleanupTestCase() { m_server.reset(); }

    void tellsWhoHoldsAndWhoAwaitsALock()
    {
        const std::string database = made("locks",
                                          "CREATE TABLE busy (id int); CREATE TABLE calm "
                                          "(id int);");
        pqxx::connection holder(m_server->conninfo(database));
        pqxx::work holding(holder);
        holding.exec("SELECT * FROM busy");
        pqxx::connection waiter(m_server->conninfo(database));
        pqxx::work waiting(waiter);
        waiting.exec("SET LOCAL lock_timeout = '20s'");
        const auto state = [&] {
            // The wait goes on in the server while this thread reads.
            const auto sent = std::make_unique<pqxx::pipeline>(waiting);
            sent->insert("LOCK TABLE busy IN ACCESS EXCLUSIVE MODE");
            sent->resume();
            auto read = waitingSeen(database);
            holding.commit();
            sent->complete();
            return read;
        }();
        QVERIFY2(state.has_value(), state ? "" : toText(state.error()).c_str());
        const RelationActivity& busy = state->activity->relations.at({"public", "busy"});
        QVERIFY(busy.lockAwaited);
        QVERIFY(busy.oldestTransaction.has_value());
        QVERIFY2(busy.oldestWords.starts_with("pid "), busy.oldestWords.c_str());
        QVERIFY2(busy.oldestWords.find("SELECT") == std::string::npos, busy.oldestWords.c_str());
        const auto calm = state->activity->relations.find({"public", "calm"});
        QVERIFY(calm == state->activity->relations.end() || !calm->second.lockAwaited);
    }

    void tellsRightsAndSettings()
    {
        const std::string database =
            made("rights",
                 "CREATE ROLE team; CREATE ROLE worker LOGIN IN ROLE team;"
                 "ALTER ROLE worker SET lock_timeout = '3s';"
                 "CREATE FUNCTION Nap() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';"
                 "CREATE FUNCTION calm(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';"
                 "CREATE TABLE t (id int PRIMARY KEY); CREATE PUBLICATION p FOR TABLE t;");
        const auto worker = read(database, "worker");
        QVERIFY2(worker.has_value(), worker ? "" : toText(worker.error()).c_str());
        QVERIFY(worker->notRead.empty());
        const Activity& activity = *worker->activity;
        QVERIFY(!activity.superuser);
        QVERIFY(activity.memberOf.contains("team") && activity.memberOf.contains("worker"));
        QVERIFY(!activity.memberOf.contains("postgres"));
        QVERIFY(activity.lockTimeout == std::chrono::seconds(3));
        QCOMPARE(activity.volatility.at("nap"), 'v');
        QCOMPARE(activity.volatility.at("calm"), 'i');
        QCOMPARE(activity.relations.at({"public", "t"}).publications.size(), std::size_t(1));
        const auto owner = read(database);
        QVERIFY(owner->activity->superuser);
        QVERIFY(!owner->activity->lockTimeout.has_value());
        QVERIFY(owner->activity->indexScans.contains({"public", "t_pkey"}));
    }

    void countsWithinItsBounds()
    {
        const std::string database =
            made("counted",
                 "CREATE TABLE t (a int, b text); INSERT INTO t SELECT n % 3, repeat('x', n) FROM "
                 "generate_series(1, 9) n; INSERT INTO t VALUES (NULL, NULL);"
                 "CREATE TABLE \"odd\"\"name\" (id int); CREATE TABLE large (id int);"
                 "CREATE TABLE secret (id int); CREATE ROLE reader LOGIN;"
                 "GRANT SELECT ON t TO reader;");
        ProbeRequest request;
        request.tables = {{{"public", "t"}, 8192},
                          {{"public", "odd\"name"}, 0},
                          {{"public", "large"}, 1'000'000'000},
                          {{"public", "secret"}, 0}};
        request.columns[{{"public", "t"}, "a"}] = {.duplicates = true, .longest = false};
        request.columns[{{"public", "t"}, "b"}] = {.duplicates = false, .longest = true};
        const auto all = open(database)->probe(request, {});
        QVERIFY(all.has_value());
        QCOMPARE(all->rows.at({"public", "t"}), std::int64_t(10));
        QCOMPARE(all->rows.at({"public", "odd\"name"}), std::int64_t(0));
        QVERIFY(!all->rows.contains({"public", "large"}));
        const ColumnCounts& a = all->columns.at({{"public", "t"}, "a"});
        QCOMPARE(a.nulls, std::int64_t(1));
        QCOMPARE(a.values, std::int64_t(9));
        QVERIFY(a.duplicates == 3 && !a.longest);
        QVERIFY(all->columns.at({{"public", "t"}, "b"}).longest == 9);
        const auto some = open(database, "reader")->probe(request, {});
        QVERIFY(some.has_value());
        QVERIFY(some->rows.contains({"public", "t"}) && !some->rows.contains({"public", "secret"}));
    }

    void aSlowTableStaysUncounted()
    {
        const std::string database = made("slow", "CREATE TABLE t (id int);");
        pqxx::connection holder(m_server->conninfo(database));
        pqxx::work holding(holder);
        holding.exec("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
        ProbeRequest request;
        request.tables = {{{"public", "t"}, 0}};
        const auto answers = open(database)->probe(request, {});
        QVERIFY(answers.has_value());
        QVERIFY(answers->rows.empty());
    }

private:
    std::string made(const std::string& name, const std::string& sql)
    {
        if (const auto created = m_server->createDatabase(name, {}); !created)
            qFatal("%s", toText(created.error()).c_str());
        if (const auto run = m_server->runSql(name, sql, {}); !run)
            qFatal("%s", toText(run.error()).c_str());
        return name;
    }

    std::unique_ptr<Database> open(const std::string& database, const std::string& user = {})
    {
        auto target = parseConnectionTarget(m_server->conninfo(database));
        if (!user.empty())
            target->parameters["user"] = user;
        auto opened = connectReadOnly(*target, {.lock = std::chrono::milliseconds(200)}, {});
        if (!opened)
            qFatal("%s", toText(opened.error()).c_str());
        return std::move(*opened);
    }

    Result<LiveState> read(const std::string& database, const std::string& user = {})
    {
        return open(database, user)->readState({}, {});
    }

    /// The state once the waiting session is seen to wait.
    Result<LiveState> waitingSeen(const std::string& database)
    {
        auto state = read(database);
        for (int tries = 0; state && tries < 50; ++tries) {
            const auto busy = state->activity->relations.find({"public", "busy"});
            if (busy != state->activity->relations.end() && busy->second.lockAwaited)
                break;
            QTest::qWait(50);
            state = read(database);
        }
        return state;
    }

    std::unique_ptr<PrivateServer> m_server;
};

int activity_test(int argc, char** argv)
{
    ActivityTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "activity_test.moc"
