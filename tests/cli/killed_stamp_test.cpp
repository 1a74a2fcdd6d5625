// SPDX-License-Identifier: GPL-3.0-or-later
// The program, or the server's process that serves it, is killed at any instant of a stamp. The
// rows are then those before or those after, and the next start says which. Set SIGHTGLASS_KILLS
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

constexpr int killsInCi = 6;
constexpr int limitMs = 60'000;
const QString program = QStringLiteral(SIGHTGLASS_BINARY_DIR "/bin/sightglass-cli");
const std::string users = "1a2b3c4d5e6f";
const std::string orders = "2b3c4d5e6f7a";

const std::string waitingSql = "SELECT l.pid FROM pg_locks l WHERE NOT l.granted AND "
                               "l.relation = 'alembic_version'::regclass";

} // namespace

class KilledStampTest : public QObject
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
        QVERIFY(m_server
                    ->runSql("shop",
                             "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL "
                             "PRIMARY KEY); INSERT INTO alembic_version VALUES ('" +
                                 users + "')",
                             {})
                    .has_value());
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

    void theProgramAtAnyInstant()
    {
        QElapsedTimer timer;
        timer.start();
        QProcess whole;
        start(whole, other());
        QVERIFY(whole.waitForFinished(limitMs));
        QVERIFY2(whole.exitCode() == 0, whole.readAllStandardError().constData());
        const auto usual = static_cast<unsigned>(timer.elapsed());
        for (int i = 0; i < m_kills; ++i) {
            const Before before = look();
            QProcess process;
            start(process, other());
            pause(1000U * below(usual + usual / 4));
            process.kill();
            QVERIFY(process.waitForFinished(limitMs));
            check(before, "program");
        }
    }

    void theProgramWhileItChangesTheRows()
    {
        for (int i = 0; i < m_kills; ++i) {
            const Before before = look();
            QProcess process;
            QVERIFY(waitingProcess(process) != 0);
            m_rival->rollback();
            pause(below(12'000U));
            process.kill();
            QVERIFY(process.waitForFinished(limitMs));
            check(before, "program in its transaction");
        }
    }

    void theServersProcess()
    {
        for (int i = 0; i < m_kills; ++i) {
            const Before before = look();
            QProcess process;
            const int backend = waitingProcess(process);
            QVERIFY(backend != 0);
            m_rival->rollback();
            pause(below(8'000U));
            ::kill(backend, SIGKILL); // the server then restarts all of its processes
            QVERIFY(process.waitForFinished(limitMs));
            check(before, "server's process");
        }
    }

private:
    struct Before
    {
        std::string row;
        qsizetype entries = 0;
    };

    unsigned below(unsigned end) { return static_cast<unsigned>(m_random() % end); }

    static void pause(unsigned microseconds)
    {
        std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
    }

    void start(QProcess& process, const std::string& revision) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SIGHTGLASS_CACHE"), QStringLiteral("off"));
        process.setProcessEnvironment(environment);
        process.start(program,
                      {QStringLiteral("stamp"),
                       QString::fromStdString(revision),
                       QStringLiteral("--project"),
                       QString::fromStdString(dataProject("shop")),
                       QStringLiteral("--dsn"),
                       QString::fromStdString(m_server->conninfo("shop")),
                       QStringLiteral("--lock-timeout"),
                       QStringLiteral("30000"),
                       QStringLiteral("--confirm"),
                       QStringLiteral("shop")});
    }

    /// The server restarts after a kill; it is asked until it answers.
    std::unique_ptr<WritingSession> session() const
    {
        const auto target = parseConnectionTarget(m_server->conninfo("shop"));
        for (int i = 0; i < 400; ++i) {
            auto opened = connectForAction(*target, {}, {});
            if (opened && (*opened)->executeAlone("reading", "SELECT 1", {}))
                return std::move(*opened);
            pause(50'000);
        }
        return nullptr;
    }

    std::string row() const
    {
        const auto asked = session();
        const auto answer =
            asked->executeAlone("reading", "SELECT version_num FROM alembic_version", {});
        if (!answer || answer->rows.size() != 1)
            return "not one row";
        return answer->rows[0][0].value_or("NULL");
    }

    /// What is not in the table now.
    std::string other() const { return row() == users ? orders : users; }

    QJsonArray entries() const
    {
        return runCli({"journal", "--format", "json", "--dsn", m_server->conninfo("shop")})
            .json()[QStringLiteral("entries")]
            .toArray();
    }

    Before look() const { return {.row = row(), .entries = entries().size()}; }

    /// Starts a stamp that waits for the version table; gives its process in the server.
    int waitingProcess(QProcess& process)
    {
        m_rival = session();
        if (!m_rival->begin(WritingSession::Access::ReadWrite, {}) ||
            !m_rival->execute("locking", "LOCK TABLE alembic_version IN SHARE MODE", {}))
            return 0;
        start(process, other());
        const auto asked = session();
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < limitMs) {
            const auto answer = asked->executeAlone("reading", waitingSql, {});
            if (answer && !answer->rows.empty())
                return QByteArray::fromStdString(answer->rows[0][0].value_or("0")).toInt();
            pause(5'000);
        }
        return 0;
    }

    /// The rows are those before or after, and the journal says which.
    void check(const Before& before, const char* killed)
    {
        const std::string now = waitedFor();
        QVERIFY2(now == users || now == orders, now.c_str());
        const bool isDone = now != before.row;
        const QJsonArray all = entries();
        QVERIFY(all.size() <= before.entries + 1);
        const bool hasBegun = all.size() == before.entries + 1;
        QVERIFY2(hasBegun || !isDone, "rows were changed, and the journal has nothing of it");
        ++m_counts[QStringLiteral("%1: %2").arg(QLatin1String(killed),
                                                isDone     ? QStringLiteral("done")
                                                : hasBegun ? QStringLiteral("nothing changed")
                                                           : QStringLiteral("not begun"))];
        if (!hasBegun)
            return;
        const QString state = all.last()[QStringLiteral("state")].toString();
        QCOMPARE(state, isDone ? QStringLiteral("done") : QStringLiteral("refused"));
    }

    /// The row once the server has no session of the killed program any more.
    std::string waitedFor() const
    {
        const auto asked = session();
        for (int i = 0; i < 400; ++i) {
            const auto answer = asked->executeAlone(
                "reading",
                "SELECT count(*) FROM pg_locks WHERE relation = 'alembic_version'::regclass AND "
                "mode = 'AccessExclusiveLock'",
                {});
            if (answer && answer->rows[0][0] == "0")
                break;
            pause(20'000);
        }
        return row();
    }

    QTemporaryDir m_data;
    std::unique_ptr<PrivateServer> m_server;
    std::unique_ptr<WritingSession> m_rival;
    std::mt19937 m_random;
    QMap<QString, int> m_counts;
    int m_kills = 0;
};

int killed_stamp_test(int argc, char** argv)
{
    KilledStampTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "killed_stamp_test.moc"
