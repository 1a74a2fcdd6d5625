// SPDX-License-Identifier: GPL-3.0-or-later
// The program, or one of the server's processes that serve it, is killed at any instant of a
// restore, of the whole database or of one table. What is there then is what was before or what was
// backed up, whole, with the old one beside it, and the next start says which. Set SIGHTGLASS_KILLS
// for another number of kills of each kind, SIGHTGLASS_SEED to repeat a run.
#include "core/cluster/private_server.h"
#include "core/live/connection_target.h"
#include "core/postgres/writing_session.h"
#include "tests/cli/run_cli.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QMap>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <random>
#include <thread>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

constexpr int killsInCi = 5;
constexpr int limitMs = 60'000;
const QString program = QStringLiteral(SIGHTGLASS_BINARY_DIR "/bin/sightglass-cli");

const std::string oursSql = "SELECT pid FROM pg_stat_activity WHERE application_name ~ "
                            "'^sightglass' AND application_name <> 'sightglass test' AND pid <> "
                            "pg_backend_pid() ORDER BY random()";

} // namespace

class KilledRestoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        qunsetenv("SIGHTGLASS_DSN");
        qputenv("SIGHTGLASS_DATA", m_data.path().toUtf8());
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        m_server = std::move(*server);
        QVERIFY(m_server->createDatabase("shop", {}).has_value());
        sql("shop",
            "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY);"
            "INSERT INTO alembic_version VALUES ('1a2b3c4d5e6f');"
            "CREATE TABLE users (id serial PRIMARY KEY, name text UNIQUE);"
            "INSERT INTO users (name) SELECT 'u' || g FROM generate_series(1, 20000) g;"
            "CREATE TABLE notes (id int PRIMARY KEY, text text);"
            "INSERT INTO notes SELECT g, md5(g::text) FROM generate_series(1, 20000) g;");
        const CliRun run = runCli(
            {"backup", "--project", dataProject("shop"), "--dsn", m_server->conninfo("shop")});
        QVERIFY2(run.status == 0, run.err.c_str());
        m_id = runCli({"backups", "--format", "json"})
                   .json()[QStringLiteral("backups")]
                   .toArray()[0]
                   .toObject()[QStringLiteral("id")]
                   .toString();
        const auto seed = qEnvironmentVariableIsSet("SIGHTGLASS_SEED")
                              ? qEnvironmentVariable("SIGHTGLASS_SEED").toUInt()
                              : std::random_device()();
        qInfo("SIGHTGLASS_SEED=%u", seed);
        m_random.seed(seed);
        m_kills = qEnvironmentVariableIsSet("SIGHTGLASS_KILLS")
                      ? qEnvironmentVariableIntValue("SIGHTGLASS_KILLS")
                      : killsInCi;
    }

    void cleanupTestCase()
    {
        for (auto count = m_counts.cbegin(); count != m_counts.cend(); ++count)
            qInfo("%s: %d", qPrintable(count.key()), count.value());
        m_server.reset();
    }

    void theProgram_data() { ways(); }

    void theProgram()
    {
        QFETCH(bool, onlyTable);
        const auto usual = wholeRun(onlyTable);
        QVERIFY(usual > 0);
        for (int i = 0; i < m_kills; ++i) {
            const Before before = prepared(onlyTable);
            QProcess process;
            start(process, onlyTable);
            pause(1000U * below(usual + usual / 8));
            process.kill();
            QVERIFY(process.waitForFinished(limitMs));
            check(before, onlyTable, "program");
        }
    }

    void theServersProcess_data() { ways(); }

    void theServersProcess()
    {
        QFETCH(bool, onlyTable);
        const auto usual = wholeRun(onlyTable);
        QVERIFY(usual > 0);
        for (int i = 0; i < m_kills; ++i) {
            const Before before = prepared(onlyTable);
            const auto asked = session("postgres");
            QVERIFY(asked->executeAlone("naming", "SET application_name = 'sightglass test'", {})
                        .has_value());
            QProcess process;
            start(process, onlyTable);
            pause(1000U * below(usual));
            while (process.state() != QProcess::NotRunning && !killOneOfOurs(*asked))
                process.waitForFinished(5);
            QVERIFY(process.state() == QProcess::NotRunning || process.waitForFinished(limitMs));
            check(before, onlyTable, "server's process");
        }
    }

private:
    struct Before
    {
        std::string oid;
        std::string rows;
        qsizetype entries = 0;
    };

    static void ways()
    {
        QTest::addColumn<bool>("onlyTable");
        QTest::newRow("whole database") << false;
        QTest::newRow("one table") << true;
    }

    unsigned below(unsigned end) { return static_cast<unsigned>(m_random() % end); }

    static void pause(unsigned microseconds)
    {
        std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
    }

    void sql(const std::string& database, const std::string& text) const
    {
        const auto done = m_server->runSql(database, text, {});
        QVERIFY2(done.has_value(), done ? "" : toText(done.error()).c_str());
    }

    void start(QProcess& process, bool onlyTable) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SIGHTGLASS_CACHE"), QStringLiteral("off"));
        process.setProcessEnvironment(environment);
        QStringList arguments{QStringLiteral("restore"),
                              m_id,
                              QStringLiteral("--project"),
                              QString::fromStdString(dataProject("shop")),
                              QStringLiteral("--dsn"),
                              QString::fromStdString(m_server->conninfo("shop")),
                              QStringLiteral("--confirm"),
                              QStringLiteral("shop")};
        if (onlyTable)
            arguments += {QStringLiteral("--table"), QStringLiteral("users")};
        process.start(program, arguments);
    }

    /// Milliseconds of a run that nobody kills; 0 when it fails.
    unsigned wholeRun(bool onlyTable)
    {
        prepared(onlyTable);
        QElapsedTimer timer;
        timer.start();
        QProcess process;
        start(process, onlyTable);
        const bool isDone = process.waitForFinished(limitMs) && process.exitCode() == 0;
        if (!isDone)
            qWarning("%s", process.readAllStandardError().constData());
        return isDone ? static_cast<unsigned>(timer.elapsed()) : 0;
    }

    /// The server restarts after a kill; it is asked until it answers.
    std::unique_ptr<WritingSession> session(const std::string& database) const
    {
        const auto target = parseConnectionTarget(m_server->conninfo(database));
        for (int i = 0; i < 400; ++i) {
            auto opened = connectForAction(*target, {}, {});
            if (opened && (*opened)->executeAlone("reading", "SELECT 1", {}))
                return std::move(*opened);
            pause(50'000);
        }
        return nullptr;
    }

    std::string one(const std::string& database, const std::string& query) const
    {
        const auto asked = session(database);
        if (!asked)
            return "no session";
        const auto answer = asked->executeAlone("reading", query, {});
        return answer && !answer->rows.empty() ? answer->rows[0][0].value_or("NULL") : "refused";
    }

    std::string oid() const
    {
        return one("shop", "SELECT oid FROM pg_database WHERE datname = current_database()");
    }

    /// "refused" where there is no such table.
    std::string rows(const std::string& database) const
    {
        return one(database, "SELECT count(*) FROM public.users");
    }

    QJsonArray entries() const
    {
        return runCli({"journal", "--format", "json", "--dsn", m_server->conninfo("shop")})
            .json()[QStringLiteral("entries")]
            .toArray();
    }

    /// Without what earlier runs left, and other than it was backed up.
    Before prepared(bool onlyTable)
    {
        const auto asked = session("postgres");
        const auto names = asked->executeAlone(
            "reading", "SELECT datname FROM pg_database WHERE datname ~ '^shop_'", {});
        for (const auto& row : names->rows)
            sql("postgres", "DROP DATABASE " + *row[0] + " WITH (FORCE)");
        sql("shop",
            "DO $$ DECLARE s name; BEGIN FOR s IN SELECT nspname FROM pg_namespace WHERE nspname ~ "
            "'^sightglass' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP; END $$;");
        sql("shop",
            onlyTable ? "DROP TABLE IF EXISTS users"
                      : "CREATE TABLE IF NOT EXISTS users (id serial PRIMARY KEY, name text "
                        "UNIQUE); DELETE FROM users WHERE id > 10");
        return {.oid = oid(), .rows = rows("shop"), .entries = entries().size()};
    }

    static bool killOneOfOurs(WritingSession& asked)
    {
        const auto answer = asked.executeAlone("reading", oursSql, {});
        if (!answer || answer->rows.empty())
            return !answer;
        ::kill(QByteArray::fromStdString(answer->rows[0][0].value_or("0")).toInt(), SIGKILL);
        return true; // the server then restarts all of its processes
    }

    /// The server has no session of the killed program any more.
    void waitForSessions() const
    {
        const auto asked = session("postgres");
        QVERIFY(asked != nullptr);
        for (int i = 0; i < 400; ++i) {
            const auto answer = asked->executeAlone(
                "reading",
                "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ '^sightglass' AND "
                "pid <> pg_backend_pid()",
                {});
            if (answer && answer->rows[0][0] == "0")
                break;
            pause(20'000);
        }
    }

    void check(const Before& before, bool onlyTable, const char* killed)
    {
        waitForSessions();
        const std::string now = rows("shop");
        const bool isDone = onlyTable ? now != "refused" : oid() != before.oid;
        QCOMPARE(now, isDone ? std::string("20000") : before.rows);
        QCOMPARE(one("shop", "SELECT count(*) FROM notes"), std::string("20000"));
        if (isDone && !onlyTable)
            QCOMPARE(rows("shop_before_1"), before.rows);
        const QJsonArray all = entries();
        QVERIFY(all.size() <= before.entries + 1);
        const bool hasBegun = all.size() == before.entries + 1;
        QVERIFY2(hasBegun || !isDone, "it was restored, and the journal has nothing of it");
        const QString state =
            hasBegun ? all.last()[QStringLiteral("state")].toString() : QStringLiteral("not begun");
        ++m_counts[QStringLiteral("%1, %2: %3")
                       .arg(QLatin1String(killed),
                            onlyTable ? QStringLiteral("one table") : QStringLiteral("whole"),
                            state)];
        if (hasBegun)
            QVERIFY2((state == QStringLiteral("done")) == isDone &&
                         (isDone || state == QStringLiteral("refused") ||
                          state == QStringLiteral("failed")),
                     qPrintable(state));
    }

    QTemporaryDir m_data;
    std::unique_ptr<PrivateServer> m_server;
    QString m_id;
    std::mt19937 m_random;
    QMap<QString, int> m_counts;
    int m_kills = 0;
};

int killed_restore_test(int argc, char** argv)
{
    KilledRestoreTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "killed_restore_test.moc"
