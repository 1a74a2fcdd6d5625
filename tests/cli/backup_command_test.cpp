// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"
#include "tests/cli/run_cli.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const std::string users = "1a2b3c4d5e6f";
constexpr const char* secret = "geheim4711";

QJsonArray backupsOf(const CliRun& run)
{
    return run.json()[QStringLiteral("backups")].toArray();
}

} // namespace

/// backup and backups through the whole program, on a real server.
class BackupCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        qunsetenv("SIGHTGLASS_DSN");
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        m_server = std::move(*server);
        QVERIFY(m_server->createDatabase("shop", {}).has_value());
        QVERIFY(m_server
                    ->runSql("shop",
                             "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL "
                             "PRIMARY KEY); INSERT INTO alembic_version VALUES ('" +
                                 users +
                                 "'); CREATE TABLE users (id int PRIMARY KEY, name text);"
                                 "INSERT INTO users VALUES (1, 'rowofdata');"
                                 "CREATE TABLE noise AS SELECT md5(g::text || random()) "
                                 "FROM generate_series(1, 20000) g",
                             {})
                    .has_value());
    }

    void cleanupTestCase() { m_server.reset(); }

    void init()
    {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("SIGHTGLASS_DATA", m_data->path().toUtf8());
    }

    void aDryRunMakesNothing()
    {
        const CliRun run = cli({"backup", "--dry-run"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QVERIFY2(contains(run.out, "pg_dump"), run.out.c_str());
        QVERIFY2(contains(run.out, "There is no verified backup of shop."), run.out.c_str());
        QVERIFY2(!contains(run.out, "--confirm"), run.out.c_str());
        QVERIFY(!QDir(m_data->filePath(QStringLiteral("backups"))).exists());
    }

    void backsUpListsAndVerifies()
    {
        const CliRun run = cli({"backup"});
        QVERIFY2(run.status == 0, run.err.c_str());
        const CliRun listed = cli({"backups", "--format", "json"});
        QCOMPARE(listed.status, 0);
        QCOMPARE(backupsOf(listed).size(), 1);
        const QJsonObject backup = backupsOf(listed)[0].toObject();
        QVERIFY(backup[QStringLiteral("verified")].toBool());
        QCOMPARE(backup[QStringLiteral("version_rows")].toArray(),
                 (QJsonArray{QString::fromStdString(users)}));
        const std::string id = backup[QStringLiteral("id")].toString().toStdString();
        QCOMPARE(cli({"backups", "verify", id}).status, 0);
        const CliRun restored = cli({"backups", "verify", id, "--restore", "--format", "json"});
        QVERIFY2(restored.status == 0, restored.err.c_str());
        QVERIFY(backupsOf(restored)[0].toObject().contains(QStringLiteral("rehearsed_at")));

        const CliRun stamp = cli({"stamp", "base", "--dry-run"});
        QVERIFY2(contains(stamp.out, "The last verified backup of shop is " + id),
                 stamp.out.c_str());
    }

    void aDamagedOneIsTold()
    {
        QCOMPARE(cli({"backup"}).status, 0);
        QFile dump(dumpFile());
        QVERIFY(dump.open(QIODevice::ReadWrite));
        QVERIFY(dump.seek(dump.size() - 40));
        QVERIFY(dump.write("damage") == 6);
        dump.close();
        const CliRun run = cli({"backups", "verify", "shop-", "--format", "json"});
        QCOMPARE(run.status, 2); // no id ends so
        const std::string id = onlyId();
        const CliRun damaged = cli({"backups", "verify", id});
        QCOMPARE(damaged.status, 1);
        QVERIFY2(isOneErrorLine(damaged.err) && contains(damaged.err, "is damaged"),
                 damaged.err.c_str());
        QVERIFY(!backupsOf(cli({"backups", "--format", "json"}))[0]
                     .toObject()[QStringLiteral("verified")]
                     .toBool());
        QVERIFY(contains(cli({"stamp", "base", "--dry-run"}).out, "There is no verified backup"));
    }

    void keepsSoMany()
    {
        for (int i = 0; i < 3; ++i)
            QCOMPARE(cli({"backup", "--keep", "2"}).status, 0);
        QCOMPARE(backupsOf(cli({"backups", "--format", "json"})).size(), 2);
        QCOMPARE(cli({"backups", "prune", "--keep", "1"}).status, 0);
        QCOMPARE(backupsOf(cli({"backups", "--format", "json"})).size(), 1);
        const std::string id = onlyId();
        QCOMPARE(cli({"backups", "remove", id}).status, 4);
        QCOMPARE(cli({"backups", "remove", id, "--confirm", id}).status, 0);
        QVERIFY(backupsOf(cli({"backups", "--format", "json"})).isEmpty());
    }

    void aFullDiskIsOneSentence()
    {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("there is no /dev/full here");
        // A file that takes no byte, in place of the dump that pg_dump writes.
        const QString tools = m_data->filePath(QStringLiteral("bin"));
        QVERIFY(QDir().mkpath(tools));
        QFile script(tools + QStringLiteral("/pg_dump"));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\n"
                     "case $1 in --version) exec /usr/lib/postgresql/15/bin/pg_dump \"$@\";; esac\n"
                     "for word; do case $word in --file=*) shift;; *) shift; set -- \"$@\" "
                     "\"$word\";; esac; done\n"
                     "exec /usr/lib/postgresql/15/bin/pg_dump \"$@\" --file=/dev/full\n");
        script.close();
        QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QVERIFY(QFile::link(QStringLiteral("/usr/lib/postgresql/15/bin/pg_restore"),
                            tools + QStringLiteral("/pg_restore")));
        qputenv("SIGHTGLASS_POSTGRES_BIN", tools.toUtf8());
        const CliRun run = cli({"backup"});
        qunsetenv("SIGHTGLASS_POSTGRES_BIN");
        QCOMPARE(run.status, 4);
        QVERIFY2(isOneErrorLine(run.err) && contains(run.err, "is full."), run.err.c_str());
        QVERIFY2(contains(run.out, "Nothing was changed."), run.out.c_str());
        QVERIFY(QDir(m_data->filePath(QStringLiteral("backups")))
                    .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                    .isEmpty());
    }

    void noPasswordAndNoRowStandsAnywhere()
    {
        const CliRun run =
            cli({"backup"}, m_server->conninfo("shop") + " password=" + std::string(secret));
        QVERIFY2(run.status == 0, run.err.c_str());
        for (const std::string& text : {run.out, run.err})
            QVERIFY2(!contains(text, secret), text.c_str());
        QDirIterator files(
            m_data->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int read = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            QVERIFY2(!text.contains(secret), qPrintable(file.fileName()));
            if (!file.fileName().endsWith(QStringLiteral(".dump")))
                QVERIFY2(!text.contains("rowofdata"), qPrintable(file.fileName()));
            ++read;
        }
        QVERIFY(read >= 3); // journal, dump, manifest
        QCOMPARE(QFile(dumpFile()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }

private:
    CliRun cli(std::vector<std::string> arguments, const std::string& dsn = {}) const
    {
        if (arguments.front() != "backups")
            arguments.insert(arguments.end(),
                             {"--project",
                              dataProject("shop"),
                              "--dsn",
                              dsn.empty() ? m_server->conninfo("shop") : dsn});
        return runCli(arguments);
    }

    std::string onlyId() const
    {
        return backupsOf(runCli({"backups", "--format", "json"}))[0]
            .toObject()[QStringLiteral("id")]
            .toString()
            .toStdString();
    }

    QString dumpFile() const
    {
        const QDir folder(m_data->filePath(QStringLiteral("backups")));
        return folder.filePath(folder.entryList({QStringLiteral("*.dump")}).value(0));
    }

    std::unique_ptr<PrivateServer> m_server;
    std::unique_ptr<QTemporaryDir> m_data;
};

int backup_command_test(int argc, char** argv)
{
    BackupCommandTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "backup_command_test.moc"
