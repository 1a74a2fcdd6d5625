// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inspect.h"
#include "app/review_project.h"
#include "core/cluster/private_server.h"
#include "core/cluster/server_programs.h"
#include "core/inspection/needed_locks.h"
#include "core/inspection/start_check.h"
#include "core/live/activity.h"
#include "core/live/sessions.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <pqxx/pqxx>

#include <filesystem>
#include <fstream>
#include <memory>

using namespace sightglass;

namespace {

const std::string shopTables =
    "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));"
    "INSERT INTO alembic_version VALUES ('a1');"
    "CREATE TABLE orders (id int PRIMARY KEY, state text);"
    "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE zeta (id int);"
    "INSERT INTO orders VALUES (1, 'new');";

constexpr std::array tableLocks{"ACCESS SHARE",
                                "ROW SHARE",
                                "ROW EXCLUSIVE",
                                "SHARE UPDATE EXCLUSIVE",
                                "SHARE",
                                "SHARE ROW EXCLUSIVE",
                                "EXCLUSIVE",
                                "ACCESS EXCLUSIVE"};

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

/// Blockers of a pending revision: who holds what, and what stays silent.
class StartCheckTest : public QObject
{
    Q_OBJECT

    void write(const std::string& name, const std::string& text) const
    {
        const std::filesystem::path file = m_folder.path().toStdString() + "/" + name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file) << text;
    }

    /// A project whose only pending revision is b2 with this upgrade.
    void pending(const std::string& upgrade) const
    {
        write("alembic.ini", "[alembic]\nscript_location = migrations\n");
        write("migrations/env.py", "from alembic import context\ncontext.configure()\n");
        write("migrations/versions/a1.py",
              "from alembic import op\nrevision = 'a1'\ndown_revision = None\n"
              "def upgrade():\n"
              "    op.execute('CREATE TABLE orders (id int PRIMARY KEY, state text)')\n"
              "    op.execute('CREATE TABLE users (id int PRIMARY KEY)')\n"
              "    op.execute('CREATE TABLE zeta (id int)')\n"
              "def downgrade():\n    pass\n");
        write("migrations/versions/b2.py",
              "from alembic import op\nimport sqlalchemy as sa\nrevision = 'b2'\n"
              "down_revision = 'a1'\ndef upgrade():\n    " +
                  upgrade + "\ndef downgrade():\n    pass\n");
    }

    std::string made(const std::string& name) const
    {
        if (!m_server->createDatabase(name, {}) || !m_server->runSql(name, shopTables, {}))
            qFatal("no database %s", name.c_str());
        return name;
    }

    Inspection inspected(const std::string& database, const std::string& user = {}) const
    {
        InspectRequest request;
        request.project.start = m_folder.path().toStdString();
        request.dsn = m_server->conninfo(database) + (user.empty() ? "" : " user=" + user);
        request.operations = true;
        auto inspection = inspect(DiskFileSystem(), request, {});
        if (!inspection || inspection->live == nullptr)
            qFatal("not inspected");
        auto reviewed = reviewPending(DiskFileSystem(), *inspection, {});
        if (!reviewed)
            qFatal("not reviewed");
        addReview(*inspection,
                  std::make_shared<const ReviewResult>(std::move(reviewed->result)),
                  std::move(reviewed->beforeUpgrade));
        return std::move(*inspection);
    }

    StartCheck check(const std::string& database, const std::string& user = {}) const
    {
        return startCheckOf(inspected(database, user));
    }

    /// "wait: lock-held public.orders" of each blocker.
    static std::string shown(const StartCheck& check)
    {
        std::string text = check.verdict ? std::string(toText(*check.verdict)) : "not known";
        for (const StartBlocker& blocker : check.blockers) {
            text += (&blocker == &check.blockers.front() ? ": " : "; ");
            text += toText(blocker.kind);
            for (const QualifiedName& relation : blocker.relations)
                text += " " + toText(relation);
        }
        return text;
    }

    /// Whether a statement has to wait for a lock.
    bool waits(const std::string& database, const std::string& sql) const
    {
        pqxx::connection connection(m_server->conninfo(database));
        pqxx::work work(connection);
        work.exec("SET LOCAL lock_timeout = '200ms'");
        try {
            work.exec(sql);
        } catch (const pqxx::sql_error& error) {
            return error.sqlstate() == "55P03";
        }
        return false;
    }

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        m_server = std::move(*server);
        pending("op.add_column('orders', sa.Column('note', sa.Text()))");
    }

    void cleanupTestCase() { m_server.reset(); }

    void nobodyInTheWayIsYes()
    {
        const std::string database = made("calm");
        QCOMPARE(shown(check(database)), std::string("yes"));
        QVERIFY(check(database).item().ok == true);
        // Who reads another table is in nobody's way.
        pqxx::connection reader(m_server->conninfo(database));
        pqxx::work reading(reader);
        reading.exec("SELECT * FROM users");
        QVERIFY(!waits(database, "ALTER TABLE orders ADD COLUMN note text"));
        QCOMPARE(shown(check(database)), std::string("yes"));
    }

    void aReaderInItsTransactionIsNamed()
    {
        const std::string database = made("reader");
        pqxx::connection reader(m_server->conninfo(database) + " application_name=report");
        pqxx::work reading(reader);
        reading.exec("SELECT * FROM orders");
        QVERIFY(waits(database, "ALTER TABLE orders ADD COLUMN note text"));
        const StartCheck start = check(database);
        // The primary key's index is read too; the table is what the revision locks.
        QCOMPARE(shown(start), std::string("wait: lock-held public.orders"));
        const StartBlocker& blocker = start.blockers.front();
        QCOMPARE(blocker.pid, reader.backendpid());
        QCOMPARE(blocker.holds, LockMode::AccessShare);
        QCOMPARE(blocker.needs, LockMode::AccessExclusive);
        QCOMPARE(blocker.revision, std::string("b2"));
        QCOMPARE(blocker.blocks, std::string("reads and writes"));
        QVERIFY(blocker.since.has_value());
        QVERIFY2(has(blocker.text, "report, idle in transaction"), blocker.text.c_str());
        QVERIFY2(has(blocker.text, "ACCESS SHARE on public.orders for "), blocker.text.c_str());
        QVERIFY2(!has(blocker.text, "SELECT"), blocker.text.c_str());
        QVERIFY(start.item().ok == false);
        reading.commit();
        QCOMPARE(shown(check(database)), std::string("yes"));
    }

    void aQueueBeforeTheTableIsSeen()
    {
        const std::string database = made("queue");
        pqxx::connection reader(m_server->conninfo(database));
        pqxx::work reading(reader);
        reading.exec("SELECT * FROM orders");
        pqxx::connection waiter(m_server->conninfo(database));
        pqxx::work waiting(waiter);
        waiting.exec("SET LOCAL lock_timeout = '30s'");
        const auto sent = std::make_unique<pqxx::pipeline>(waiting);
        sent->insert("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
        sent->resume();
        StartCheck start = check(database);
        for (int tries = 0; tries < 50 && start.blockers.size() < 2; ++tries) {
            QTest::qWait(50);
            start = check(database);
        }
        reading.commit();
        sent->complete();
        QCOMPARE(shown(start),
                 std::string("wait: lock-held public.orders; lock-awaited public.orders"));
        QVERIFY2(has(start.blockers[1].text, "queue behind it"), start.blockers[1].text.c_str());
    }

    void aRunningDumpIsNamed()
    {
        const std::string database = made("dumped");
        pqxx::connection holder(m_server->conninfo(database));
        pqxx::work holding(holder);
        holding.exec("LOCK TABLE zeta IN ACCESS EXCLUSIVE MODE"); // the dump waits here
        QProcess dump;
        dump.start(QString::fromStdString(findServerPrograms()->path("pg_dump")),
                   {QStringLiteral("-d"), QString::fromStdString(m_server->conninfo(database))});
        QVERIFY(dump.waitForStarted());
        StartCheck start = check(database);
        for (int tries = 0; tries < 50 && start.blockers.empty(); ++tries) {
            QTest::qWait(50);
            start = check(database);
        }
        holding.commit();
        QVERIFY(dump.waitForFinished());
        QCOMPARE(shown(start), std::string("wait: dump public.orders"));
        QVERIFY2(start.blockers.front().text.starts_with("pg_dump (session "),
                 start.blockers.front().text.c_str());
    }

    void aPreparedTransactionNeedsSomebody()
    {
        const std::string database = made("prepared");
        QVERIFY(m_server->runSql("postgres", "ALTER SYSTEM SET max_prepared_transactions = 5;", {})
                    .has_value());
        restart();
        QVERIFY(m_server
                    ->runSql(database,
                             "BEGIN; UPDATE orders SET state = 'old'; PREPARE TRANSACTION 'left';",
                             {})
                    .has_value());
        const StartCheck start = check(database);
        QCOMPARE(shown(start), std::string("no: prepared-transaction public.orders"));
        QVERIFY2(has(start.blockers.front().text, "Prepared transaction left of user "),
                 start.blockers.front().text.c_str());
        QVERIFY(m_server->runSql(database, "ROLLBACK PREPARED 'left';", {}).has_value());
        QCOMPARE(shown(check(database)), std::string("yes"));
    }

    void anotherUpgradeIsSeenAtTheVersionTable()
    {
        const std::string database = made("twice");
        pqxx::connection other(m_server->conninfo(database));
        pqxx::work upgrading(other);
        upgrading.exec("UPDATE alembic_version SET version_num = 'b2'");
        QCOMPARE(shown(check(database)),
                 std::string("wait: another-upgrade public.alembic_version"));
    }

    void rowsThatBothChangeAreSaid()
    {
        const std::string database = made("rows");
        pending("op.execute(\"UPDATE orders SET state = 'x'\")");
        pqxx::connection other(m_server->conninfo(database));
        pqxx::work writing(other);
        writing.exec("UPDATE orders SET state = 'y' WHERE id = 1");
        QVERIFY(waits(database, "UPDATE orders SET state = 'x'"));
        const StartCheck start = check(database);
        pending("op.add_column('orders', sa.Column('note', sa.Text()))");
        QCOMPARE(shown(start), std::string("wait: rows-changed public.orders"));
    }

    void concurrentlyWaitsForOlderSnapshots()
    {
        const std::string database = made("older");
        pending("with op.get_context().autocommit_block():\n"
                "        op.create_index('ix', 'orders', ['state'], postgresql_concurrently=True)");
        pqxx::connection other(m_server->conninfo(database));
        pqxx::transaction<pqxx::isolation_level::repeatable_read> reading(other);
        reading.exec("SELECT * FROM users");
        const StartCheck start = check(database);
        reading.abort();
        const StartCheck after = check(database);
        pending("op.add_column('orders', sa.Column('note', sa.Text()))");
        QCOMPARE(shown(start), std::string("wait: older-transaction"));
        QCOMPARE(shown(after), std::string("yes"));
    }

    void whatMayNotBeSeenIsSaid()
    {
        const std::string database = made("unseen");
        QVERIFY(m_server
                    ->runSql(database,
                             "CREATE ROLE guest LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public "
                             "TO guest;",
                             {})
                    .has_value());
        pqxx::connection reader(m_server->conninfo(database));
        pqxx::work reading(reader);
        reading.exec("SELECT * FROM orders");
        const StartCheck start = check(database, "guest");
        QCOMPARE(shown(start), std::string("wait: lock-held public.orders"));
        QVERIFY(!start.blockers.front().since.has_value());
        QVERIFY2(has(start.blockers.front().text, "may not be seen"),
                 start.blockers.front().text.c_str());
    }

    void whatCanNotBeReadIsNotYes()
    {
        const std::string database = made("opaque");
        pending("op.execute(open('/nowhere/' + str(op.get_bind())).read())");
        const StartCheck start = check(database);
        pending("op.add_column('orders', sa.Column('note', sa.Text()))");
        QCOMPARE(shown(start), std::string("not known"));
        QVERIFY(!start.notKnown.empty());
    }

    /// Ages and an autovacuum against wraparound can't be waited for: they are put into what was
    /// read.
    void whoHasForgottenItsTransactionHasToBeEnded()
    {
        const std::string database = made("forgotten");
        pqxx::connection reader(m_server->conninfo(database));
        pqxx::work reading(reader);
        reading.exec("SELECT * FROM orders");
        Inspection inspection = inspected(database);
        Sessions sessions = *inspection.live->activity->sessions;
        QCOMPARE(sessions.transactions.size(), std::size_t{1});
        const auto with = [&](const OpenTransaction& transaction) {
            auto activity = *inspection.live->activity;
            activity.sessions = std::make_shared<const Sessions>(
                Sessions{.transactions = {transaction}, .complete = true});
            auto live = *inspection.live;
            live.activity = std::make_shared<const Activity>(activity);
            Inspection changed = inspection;
            changed.live = std::make_shared<const LiveState>(live);
            return startCheckOf(changed);
        };
        OpenTransaction one = sessions.transactions.front();
        one.inState = std::chrono::hours(5);
        one.age = std::chrono::hours(5);
        QCOMPARE(shown(with(one)), std::string("no: lock-held public.orders"));
        QVERIFY(has(with(one).blockers.front().text, "for 5 h"));
        QVERIFY(has(with(one).blockers.front().way, "pg_terminate_backend"));
        one.lasted = false; // a short transaction was over in the meantime
        QCOMPARE(shown(with(one)), std::string("yes"));
        one.lasted = true;
        one.backend = "autovacuum worker";
        one.state = "active";
        one.locks.front().mode = "ShareUpdateExclusiveLock";
        QCOMPARE(shown(with(one)), std::string("yes")); // it steps aside
        one.preventsWraparound = true;
        QCOMPARE(shown(with(one)), std::string("wait: wraparound-vacuum public.orders"));
    }

    void theServerAgreesWhichLocksConflict()
    {
        const std::string database = made("matrix");
        pqxx::connection first(m_server->conninfo(database));
        pqxx::connection second(m_server->conninfo(database));
        for (std::size_t a = 0; a < tableLocks.size(); ++a) {
            pqxx::work holding(first);
            holding.exec(std::string("LOCK TABLE zeta IN ") + tableLocks[a] + " MODE");
            for (std::size_t b = 0; b < tableLocks.size(); ++b) {
                bool refused = false;
                try {
                    pqxx::work asking(second);
                    asking.exec(std::string("LOCK TABLE zeta IN ") + tableLocks[b] +
                                " MODE NOWAIT");
                } catch (const pqxx::sql_error& error) {
                    refused = error.sqlstate() == "55P03";
                }
                QCOMPARE(conflicts(static_cast<LockMode>(a + 1), static_cast<LockMode>(b + 1)),
                         refused);
            }
        }
    }

private:
    void restart() const
    {
        const auto programs = findServerPrograms();
        std::vector<std::string> words = programs->asServerUser;
        for (const std::string& word : {programs->path("pg_ctl"),
                                        std::string("restart"),
                                        std::string("-w"),
                                        std::string("-m"),
                                        std::string("fast"),
                                        std::string("-l"),
                                        m_server->folder() + "/data/restart.log",
                                        std::string("-D"),
                                        m_server->folder() + "/data"})
            words.push_back(word);
        QStringList arguments;
        for (std::size_t i = 1; i < words.size(); ++i)
            arguments.append(QString::fromStdString(words[i]));
        QCOMPARE(QProcess::execute(QString::fromStdString(words.front()), arguments), 0);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<PrivateServer> m_server;
};

int start_check_test(int argc, char** argv)
{
    StartCheckTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "start_check_test.moc"
