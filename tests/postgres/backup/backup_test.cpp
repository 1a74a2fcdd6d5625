// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/import_dump.h"
#include "core/backup/plan_backup.h"
#include "core/backup/verify_backup.h"
#include "core/cluster/private_server.h"
#include "core/postgres/connect.h"
#include "core/postgres/snapshot_catalog.h"
#include "core/postgres/writing_session.h"
#include "core/process/run_process.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace sightglass;

namespace {

constexpr const char* schemaSql =
    "CREATE TABLE users (id int PRIMARY KEY, name text);"
    "INSERT INTO users SELECT g, repeat('x', 100) FROM generate_series(1, 2000) g;"
    "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL);"
    "INSERT INTO alembic_version VALUES ('1a2b3c4d5e6f'); ANALYZE;";

/// Stops at the first word of progress.
class StopAtOnce final : public ProgressSink
{
public:
    explicit StopAtOnce(std::stop_source& stop)
        : m_stop(stop)
    {}

    void report(const Progress&) override
    {
        m_stop.request_stop();
        m_since.start();
        ++m_reports;
    }

    int reports() const { return m_reports; }

    qint64 sinceMs() const { return m_since.elapsed(); }

private:
    std::stop_source& m_stop;
    QElapsedTimer m_since;
    int m_reports = 0;
};

} // namespace

class BackupTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        m_server = std::move(*server);
        QVERIFY(m_server->createDatabase("shop", {}).has_value());
        QVERIFY(m_server->runSql("shop", schemaSql, {}).has_value());
        auto target = parseConnectionTarget(m_server->conninfo("shop") + " password=geheim17");
        QVERIFY(target.has_value());
        m_target = std::move(*target);
        const auto tools = findDumpTools({});
        QVERIFY2(tools.has_value(), tools ? "" : toText(tools.error()).c_str());
        m_tools = *tools;
        auto database = connectReadOnly(m_target, {}, {});
        QVERIFY(database.has_value());
        auto live = (*database)->readState({}, {});
        QVERIFY(live.has_value());
        m_live = std::move(*live);
    }

    void cleanupTestCase() { m_server.reset(); }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aBackupIsVerifiedAndHoldsItsRevision_data()
    {
        QTest::addColumn<int>("jobs");
        QTest::newRow("one file") << 1;
        QTest::newRow("a folder") << 2;
    }

    void aBackupIsVerifiedAndHoldsItsRevision()
    {
        QFETCH(int, jobs);
        const BackupPlan made = plan(jobs);
        QVERIFY(firstUnmet(made.plan) == nullptr);
        const auto kept = runBackup(made.job, store(), door(), m_clock, {});
        QVERIFY2(kept.has_value(), kept ? "" : toText(kept.error()).c_str());
        QCOMPARE(kept->versionRows, std::vector<std::string>{"1a2b3c4d5e6f"});
        QCOMPARE(kept->tables.size(), std::size_t(2));
        QVERIFY(kept->contents > 4);
        const auto backups = store().list();
        QCOMPARE(backups->size(), std::size_t(1));
        QVERIFY(backups->front().isVerified());
        QVERIFY(backups->front().manifest == *kept);
        const auto again = verifyBackup(store(), backups->front(), m_tools, m_clock, {});
        QVERIFY2(again.has_value(), again ? "" : toText(again.error()).c_str());
        QCOMPARE(listed().size(), 2); // the dump and its manifest, and nothing else
        const std::string text = manifestText(*kept);
        QVERIFY(text.find("geheim17") == std::string::npos);
        QVERIFY(text.find("xxxx") == std::string::npos);
    }

    void thePlanHasNoPassword()
    {
        const BackupPlan made = plan(1);
        for (const std::string& line : stepLines(made.plan.steps))
            QVERIFY2(line.find("geheim17") == std::string::npos, line.c_str());
        const CommandWork command = dumpCommand(made.job, "part", "1-1");
        for (const std::string& word : command.argv)
            QVERIFY2(word.find("geheim17") == std::string::npos, word.c_str());
        QCOMPARE(command.environment.at("PGPASSWORD"), std::string("geheim17"));
    }

    void aStopLeavesNothing()
    {
        std::stop_source stop;
        StopAtOnce sink(stop);
        const auto kept = runBackup(
            plan(1).job, store(), door(), m_clock, {.stop = stop.get_token(), .progress = &sink});
        QVERIFY(!kept.has_value());
        QCOMPARE(kept.error().code, ErrorCode::Cancelled);
        QVERIFY(sink.reports() > 0);
        QVERIFY2(sink.sinceMs() < 1'000, std::to_string(sink.sinceMs()).c_str());
        QVERIFY(listed().isEmpty());
        QVERIFY(store().list()->empty());
    }

    void whatIsDamagedIsNoVerifiedBackup()
    {
        const auto kept = runBackup(plan(1).job, store(), door(), m_clock, {});
        QVERIFY(kept.has_value());
        QFile dump(QString::fromStdString(store().dumpOf(*kept).string()));
        QVERIFY(dump.open(QIODevice::ReadWrite));
        QVERIFY(dump.seek(dump.size() / 2));
        QVERIFY(dump.write("damage") == 6);
        dump.close();
        QVERIFY(store().list()->front().isVerified()); // contents are not read for a list
        const auto checked = verifyBackup(store(), store().list()->front(), m_tools, m_clock, {});
        QVERIFY(!checked.has_value());
        QCOMPARE(checked.error().code, ErrorCode::Malformed);
        QVERIFY(!store().list()->front().isVerified());
        QVERIFY(dump.resize(dump.size() - 1));
        QVERIFY(!store().list()->front().problem.empty());
        QVERIFY(dump.remove());
        QCOMPARE(store().list()->front().problem, std::string("Its dump is missing."));
    }

    void anOlderClientIsRefused()
    {
        DumpTools old = m_tools;
        old.major = 9;
        old.version = "9.6.1";
        const BackupPlan made = planWith(old, 1);
        const Precondition* unmet = firstUnmet(made.plan);
        QVERIFY(unmet != nullptr);
        QCOMPARE(unmet->id, std::string("client-version"));
    }

    void aServerThatIsGoneLeavesNothing()
    {
        BackupPlan made = plan(1);
        made.job.target.parameters["dbname"] = "gone";
        const auto kept = runBackup(made.job, store(), door(), m_clock, {});
        QVERIFY(!kept.has_value());
        QVERIFY2(kept.error().message.find("no database \"gone\"") != std::string::npos,
                 kept.error().message.c_str());
        QVERIFY(listed().isEmpty());
    }

    void leftoversOfKilledRunsAreRemoved()
    {
        const BackupStore kept = store();
        for (const char* name : {"shop-1.part", ".shop-1.lock", "shop-2.dump", "shop-2.json.part"})
            write(name, "half");
        write(".shop-2.lock", "");
        write("other.part", "not ours");
        write("mine.dump", "not ours");
        QCOMPARE(kept.removeLeftovers(), std::size_t(2));
        QCOMPARE(listed(),
                 (QStringList{QStringLiteral("mine.dump"), QStringLiteral("other.part")}));
    }

    void whatWasBeingRemovedGoes()
    {
        const auto kept = runBackup(plan(2).job, store(), door(), m_clock, {});
        QVERIFY(kept.has_value());
        write(("." + kept->id + ".lock").c_str(), "");
        QVERIFY(QFile::remove(QString::fromStdString(store().manifestOf(kept->id).string())));
        QCOMPARE(store().removeLeftovers(), std::size_t(1));
        QVERIFY(listed().isEmpty());
    }

    void aBackupThatWasWholeWhenItsProgramWasKilledStays()
    {
        const auto kept = runBackup(plan(1).job, store(), door(), m_clock, {});
        QVERIFY(kept.has_value());
        write(("." + kept->id + ".lock").c_str(), "");
        QCOMPARE(store().removeLeftovers(), std::size_t(1));
        QCOMPARE(store().list()->size(), std::size_t(1));
        QVERIFY(store().list()->front().isVerified());
    }

    void theManifestTellsWhatTheSnapshotHeld()
    {
        const auto kept = runBackup(plan(1).job, store(), door(), m_clock, {});
        QVERIFY2(kept.has_value(), kept ? "" : toText(kept.error()).c_str());
        const auto users =
            std::ranges::find(kept->tables, std::string("public.users"), &BackedUpTable::name);
        QVERIFY(users != kept->tables.end());
        QCOMPARE(users->counted.value_or(0), std::int64_t(2'000));
        QVERIFY(kept->shapes.contains("table public.users"));
        QCOMPARE(kept->fingerprint.size(), std::size_t(32));
    }

    void isRestoredOnAPrivateServerAndCompared()
    {
        const auto kept = runBackup(plan(1).job, store(), door(), m_clock, {});
        QVERIFY(kept.has_value());
        const auto tried =
            rehearseRestore(store(), store().list()->front(), m_tools, door(), m_clock, {});
        QVERIFY2(tried.has_value(), tried ? "" : toText(tried.error()).c_str());
        QVERIFY(!store().list()->front().manifest.rehearsedAt.empty());

        BackupManifest wrong = store().list()->front().manifest;
        wrong.tables.back().counted = 1'999;
        QVERIFY(store().keep(wrong).has_value());
        const auto rows =
            rehearseRestore(store(), store().list()->front(), m_tools, door(), m_clock, {});
        QVERIFY(!rows.has_value());
        QVERIFY2(rows.error().message.find("1999") != std::string::npos,
                 rows.error().message.c_str());
        QVERIFY(!store().list()->front().isVerified());

        wrong = *kept;
        wrong.shapes["table public.users"] = "0000";
        QVERIFY(store().keep(wrong).has_value());
        const auto shape =
            rehearseRestore(store(), store().list()->front(), m_tools, door(), m_clock, {});
        QVERIFY(!shape.has_value());
        QVERIFY2(shape.error().message.find("table public.users") != std::string::npos,
                 shape.error().message.c_str());
    }

    void importsADumpOfSomebodyElse_data()
    {
        QTest::addColumn<QString>("format");
        for (const char* format : {"custom", "directory", "tar"})
            QTest::newRow(format) << QString::fromLatin1(format);
    }

    void importsADumpOfSomebodyElse()
    {
        QFETCH(QString, format);
        QTemporaryDir elsewhere;
        const std::string file = elsewhere.filePath(QStringLiteral("theirs")).toStdString();
        dump(file, format.toStdString());
        const auto made = importDump(file, store(), m_tools, m_clock, {});
        QVERIFY2(made.has_value(), made ? "" : toText(made.error()).c_str());
        QCOMPARE(made->versionRows, std::vector<std::string>{"1a2b3c4d5e6f"});
        QCOMPARE(made->database, std::string("shop"));
        QCOMPARE(made->format, format.toStdString());
        QVERIFY(store().list()->front().isVerified());
        QCOMPARE(listed().size(), 2);
        const auto again = verifyBackup(store(), store().list()->front(), m_tools, m_clock, {});
        QVERIFY2(again.has_value(), again ? "" : toText(again.error()).c_str());
    }

    void aPlainScriptIsNotImported()
    {
        QTemporaryDir elsewhere;
        const std::string file = elsewhere.filePath(QStringLiteral("plain.sql")).toStdString();
        dump(file, "plain");
        const auto made = importDump(file, store(), m_tools, m_clock, {});
        QVERIFY(!made.has_value());
        QCOMPARE(made.error().code, ErrorCode::Unsupported);
        QVERIFY(listed().isEmpty());
    }

private:
    BackupStore store() const { return BackupStore(Path(m_folder->path().toStdString())); }

    static ServerDoor door()
    {
        return {.read = catalogReader({}),
                .open = [](const ConnectionTarget& target, const RunContext& run) {
                    return connectForAction(target, {}, run);
                }};
    }

    BackupPlan plan(int jobs) const { return planWith(m_tools, jobs); }

    BackupPlan planWith(const DumpTools& tools, int jobs) const
    {
        const RevisionGraph graph;
        const PlanTarget place{.place = {.shown = m_target.shown, .database = "shop"},
                               .environment = EnvironmentKind::Test};
        return planBackup({.graph = graph,
                           .live = m_live,
                           .versionTable = &m_live.versionTables.front(),
                           .connection = m_target},
                          place,
                          {.folder = store().folder(), .jobs = jobs},
                          tools,
                          m_clock.now());
    }

    void dump(const std::string& file, const std::string& format) const
    {
        const auto made = runProcess(
            {.program = m_tools.dump,
             .arguments = {"--format=" + format, "--file=" + file, m_server->conninfo("shop")},
             .environment = {},
             .workingDirectory = {},
             .input = {}},
            {});
        QVERIFY(made.has_value());
        QCOMPARE(made->exitCode, 0);
    }

    void write(const char* name, const char* text) const
    {
        QFile file(m_folder->filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    /// Hidden files too.
    QStringList listed() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    }

    std::unique_ptr<PrivateServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    ConnectionTarget m_target;
    DumpTools m_tools;
    LiveState m_live;
    SystemClock m_clock;
};

int backup_test(int argc, char** argv)
{
    BackupTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "backup_test.moc"
