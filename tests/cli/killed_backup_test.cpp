// SPDX-License-Identifier: GPL-3.0-or-later
// The program, or the server's process that serves it, is killed at any instant of a backup. What
// is listed as verified then is, the journal says what became of the run, and no dump goes on. Set
// SIGHTGLASS_KILLS for another number of kills of each kind, SIGHTGLASS_SEED to repeat a run.
#include "core/cluster/private_server.h"
#include "core/live/connection_target.h"
#include "core/postgres/writing_session.h"
#include "tests/cli/run_cli.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QMap>
#include <QProcess>
#include <QProcessEnvironment>
#include <QSet>
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

const std::string dumpSql = "SELECT pid FROM pg_stat_activity WHERE application_name = "
                            "'sightglass backup' ORDER BY backend_start";

} // namespace

class KilledBackupTest : public QObject
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
                             "PRIMARY KEY); INSERT INTO alembic_version VALUES ('1a2b3c4d5e6f');"
                             "CREATE TABLE noise AS SELECT md5(g::text || random()) "
                             "FROM generate_series(1, 60000) g; CREATE TABLE more AS TABLE noise;",
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

    void theProgramAtAnyInstant_data() { formats(); }

    void theProgramAtAnyInstant()
    {
        QFETCH(QStringList, options);
        QElapsedTimer timer;
        timer.start();
        QProcess whole;
        start(whole, options);
        QVERIFY(whole.waitForFinished(limitMs));
        QVERIFY2(whole.exitCode() == 0, whole.readAllStandardError().constData());
        const auto usual = static_cast<unsigned>(timer.elapsed());
        for (int i = 0; i < m_kills; ++i) {
            const Before before = look();
            QProcess process;
            start(process, options);
            pause(1000U * below(usual + usual / 8));
            process.kill();
            QVERIFY(process.waitForFinished(limitMs));
            check(before, "program");
        }
        nothingHalfMadeStays();
    }

    void theServersProcess_data() { formats(); }

    void theServersProcess()
    {
        QFETCH(QStringList, options);
        for (int i = 0; i < m_kills; ++i) {
            const Before before = look();
            QProcess process;
            const auto asked = session();
            start(process, options);
            const int backend = dumpingProcess(*asked, process);
            pause(1000U * below(400));
            if (backend != 0)
                ::kill(backend, SIGKILL); // the server then restarts all of its processes
            QVERIFY(process.waitForFinished(limitMs));
            const QByteArray said = process.readAllStandardError();
            QVERIFY2(said.count('\n') <= 1, said.constData());
            check(before, "server's process");
        }
        nothingHalfMadeStays();
    }

private:
    struct Before
    {
        QSet<QString> verified;
        qsizetype entries = 0;
    };

    static void formats()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("one file") << QStringList();
        QTest::newRow("a folder") << QStringList{QStringLiteral("--jobs"), QStringLiteral("2")};
    }

    unsigned below(unsigned end) { return static_cast<unsigned>(m_random() % end); }

    static void pause(unsigned microseconds)
    {
        std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
    }

    void start(QProcess& process, const QStringList& options) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SIGHTGLASS_CACHE"), QStringLiteral("off"));
        process.setProcessEnvironment(environment);
        process.start(program,
                      QStringList{QStringLiteral("backup"),
                                  QStringLiteral("--keep"),
                                  QStringLiteral("3"),
                                  QStringLiteral("--project"),
                                  QString::fromStdString(dataProject("shop")),
                                  QStringLiteral("--dsn"),
                                  QString::fromStdString(m_server->conninfo("shop"))} +
                          options);
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

    /// A process of the server that serves pg_dump; 0 when the backup has ended before it was seen.
    static int dumpingProcess(WritingSession& asked, const QProcess& process)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < limitMs && process.state() != QProcess::NotRunning) {
            const auto answer = asked.executeAlone("reading", dumpSql, {});
            if (answer && !answer->rows.empty())
                return QByteArray::fromStdString(answer->rows.back()[0].value_or("0")).toInt();
            pause(2'000);
        }
        return 0;
    }

    static QJsonArray backups()
    {
        return runCli({"backups", "--format", "json"}).json()[QStringLiteral("backups")].toArray();
    }

    QJsonArray entries() const
    {
        return runCli({"journal", "--format", "json", "--dsn", m_server->conninfo("shop")})
            .json()[QStringLiteral("entries")]
            .toArray();
    }

    static QSet<QString> verified()
    {
        QSet<QString> ids;
        for (const auto& each : backups()) {
            const QJsonObject backup = each.toObject();
            if (backup[QStringLiteral("verified")].toBool())
                ids.insert(backup[QStringLiteral("id")].toString());
        }
        return ids;
    }

    Before look() const { return {.verified = verified(), .entries = entries().size()}; }

    /// Programs of ours that still write below the data folder.
    int writers() const
    {
        int count = 0;
        for (const QString& pid : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
            QFile words(QStringLiteral("/proc/%1/cmdline").arg(pid));
            if (pid.toInt() > 0 && words.open(QIODevice::ReadOnly) &&
                words.readAll().contains("--file=" + m_data.path().toUtf8()))
                ++count;
        }
        return count;
    }

    /// What is listed as verified is, and the journal knows what became of the run.
    void check(const Before& before, const char* killed)
    {
        QTRY_COMPARE_WITH_TIMEOUT(writers(), 0, 1'000);
        const QSet<QString> news = verified() - before.verified;
        QVERIFY(news.size() <= 1);
        for (const QString& id : news) {
            const CliRun run = runCli({"backups", "verify", id.toStdString()});
            QVERIFY2(run.status == 0, run.err.c_str());
        }
        for (const auto& each : backups())
            QVERIFY(each.toObject()[QStringLiteral("verified")].toBool()); // none is half there
        const QJsonArray all = entries();
        QVERIFY(all.size() <= before.entries + 1);
        const bool hasBegun = all.size() == before.entries + 1;
        QVERIFY2(hasBegun || news.isEmpty(), "there is a backup that the journal has nothing of");
        ++m_counts[QStringLiteral("%1: %2").arg(QLatin1String(killed),
                                                !news.isEmpty() ? QStringLiteral("backed up")
                                                : hasBegun      ? QStringLiteral("no backup")
                                                                : QStringLiteral("not begun"))];
        if (!hasBegun)
            return;
        const QString state = all.last()[QStringLiteral("state")].toString();
        QCOMPARE(state, news.isEmpty() ? QStringLiteral("refused") : QStringLiteral("done"));
    }

    /// The next backup removes what the killed ones left.
    void nothingHalfMadeStays()
    {
        QVERIFY(session() != nullptr);
        QProcess process;
        start(process, {});
        QVERIFY(process.waitForFinished(limitMs));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        const QDir folder(m_data.filePath(QStringLiteral("backups")));
        for (const QString& name :
             folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
            QVERIFY2(!name.startsWith(QLatin1Char('.')) && !name.endsWith(QStringLiteral(".part")),
                     qPrintable(name));
            QVERIFY2(folder.exists(name.section(QLatin1Char('.'), 0, 0) + QStringLiteral(".json")),
                     qPrintable(name));
        }
    }

    QTemporaryDir m_data;
    std::unique_ptr<PrivateServer> m_server;
    std::mt19937 m_random;
    QMap<QString, int> m_counts;
    int m_kills = 0;
};

int killed_backup_test(int argc, char** argv)
{
    KilledBackupTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "killed_backup_test.moc"
