// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"
#include "core/live/connection_target.h"
#include "core/postgres/writing_session.h"
#include "tests/cli/run_cli.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const std::string users = "1a2b3c4d5e6f";
const std::string orders = "2b3c4d5e6f7a";

QJsonObject planOf(const CliRun& run)
{
    return run.json()[QStringLiteral("plan")].toObject();
}

QString lineOf(const CliRun& run, const char* label)
{
    for (const auto& line : planOf(run)[QStringLiteral("lines")].toArray()) {
        if (line.toObject()[QStringLiteral("label")].toString() == QLatin1String(label))
            return line.toObject()[QStringLiteral("text")].toString();
    }
    return {};
}

} // namespace

/// restore through the whole program, on a real server.
class RestoreCommandTest : public QObject
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

    /// A database that was backed up, and has moved on since.
    void init()
    {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("SIGHTGLASS_DATA", m_data->path().toUtf8());
        m_database = "shop" + std::to_string(++m_number);
        QVERIFY(m_server->createDatabase(m_database, {}).has_value());
        m_user.clear();
        sql(schemaSql() + "ALTER DATABASE " + m_database +
            " SET search_path TO public, audit; GRANT CONNECT ON DATABASE " + m_database +
            " TO PUBLIC;");
        QCOMPARE(cli({"backup"}).status, 0);
        m_id = runCli({"backups", "--format", "json"})
                   .json()[QStringLiteral("backups")]
                   .toArray()[0]
                   .toObject()[QStringLiteral("id")]
                   .toString()
                   .toStdString();
        sql("UPDATE alembic_version SET version_num = '" + orders +
            "'; DELETE FROM users WHERE id > 10; CREATE TABLE orders (id int);");
    }

    void aDryRunShowsWhatWouldBeAndChangesNothing()
    {
        const CliRun run = cli({"restore", m_id, "--dry-run", "--format", "json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QVERIFY2(lineOf(run, "Now").contains(QStringLiteral("2b3c4d5e6f7a")), run.out.c_str());
        QVERIFY(lineOf(run, "Backup holds").contains(QStringLiteral("1a2b3c4d5e6f")));
        QCOMPARE(lineOf(run, "Chain"), QStringLiteral("as it was when it was backed up"));
        QCOMPARE(lineOf(run, "Pending then"), QStringLiteral("1 of the chain's revisions"));
        QCOMPARE(count("users"), QStringLiteral("10"));
        QCOMPARE(cli({"restore", m_id}).status, 4);
        QCOMPARE(cli({"restore", m_id, "--confirm", "other"}).status, 4);
        QCOMPARE(databases(), QString::fromStdString(m_database));
    }

    void replacesTheDatabaseAndTakesItBack()
    {
        const auto app = session(m_database); // a connection pool, which is in the way
        const CliRun shown = cli({"restore", m_id, "--dry-run", "--format", "json"});
        QVERIFY2(lineOf(shown, "Connected").contains(QStringLiteral("sightglass")),
                 shown.out.c_str());
        const CliRun run = cli({"restore", m_id, "--confirm", m_database, "--format", "json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(
            run.json()[QStringLiteral("outcome")].toObject()[QStringLiteral("verdict")].toString(),
            QStringLiteral("as-planned"));
        QCOMPARE(count("users"), QStringLiteral("500"));
        QCOMPARE(row(), QString::fromStdString(users));
        QCOMPARE(one("SHOW search_path"), QStringLiteral("public, audit"));
        QCOMPARE(one("SELECT nextval('users_id_seq')"), QStringLiteral("501"));
        QCOMPARE(databases(), QString::fromStdString(m_database + " " + m_database + "_before_1"));
        QCOMPARE(one("SELECT count(*) FROM users", m_database + "_before_1"), QStringLiteral("10"));

        const CliRun undone = cli({"undo", "--confirm", m_database});
        QVERIFY2(undone.status == 0, undone.err.c_str());
        QCOMPARE(count("users"), QStringLiteral("10"));
        QCOMPARE(row(), QString::fromStdString(orders));
        QCOMPARE(databases(),
                 QString::fromStdString(m_database + " " + m_database + "_restored_1"));
    }

    void restoresIntoANewDatabaseBesides()
    {
        const std::string name = m_database + "_then";
        const CliRun run = cli({"restore", m_id, "--into", name});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(one("SELECT count(*) FROM users", name), QStringLiteral("500"));
        QCOMPARE(count("users"), QStringLiteral("10"));
        const CliRun again = cli({"restore", m_id, "--into", name});
        QCOMPARE(again.status, 4);
        QVERIFY2(contains(again.err, "There is no database " + name + " yet"), again.err.c_str());
    }

    void anOwnerWhoIsNoSuperuserRestoresAsWell()
    {
        const std::string name = "owned" + std::to_string(m_number);
        sql("CREATE ROLE " + name +
            " LOGIN CREATEDB; GRANT ALL ON ALL TABLES IN SCHEMA public TO " + name);
        sql("CREATE DATABASE " + name + " OWNER " + name);
        m_database = name;
        m_user = name;
        QVERIFY(m_server->runSql(name, "SET ROLE " + name + "; " + schemaSql(), {}).has_value());
        sql("ALTER ROLE " + name + " IN DATABASE " + name + " SET work_mem = '5MB'");
        QCOMPARE(cli({"backup"}).status, 0);
        const std::string id = backupOf(name);
        QVERIFY(!id.empty());
        sql("DELETE FROM users");
        {
            m_user.clear();
            const auto other = session(name); // of a superuser
            m_user = name;
            const CliRun run = cli({"restore", id, "--confirm", name});
            QCOMPARE(run.status, 4);
            QVERIFY2(contains(run.err, "It may not end those of postgres"), run.err.c_str());
            QCOMPARE(databases(), QString::fromStdString(name));
        }
        QTRY_COMPARE(
            one("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name + "'", "postgres"),
            QStringLiteral("0"));
        const CliRun run = cli({"restore", id, "--confirm", name});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(count("users"), QStringLiteral("500"));
        QCOMPARE(one("SHOW work_mem"), QStringLiteral("5MB"));
    }

    void aDamagedBackupIsNeverRestored()
    {
        const QDir folder(m_data->filePath(QStringLiteral("backups")));
        QFile dump(folder.filePath(folder.entryList({QStringLiteral("*.dump")}).value(0)));
        QVERIFY(dump.open(QIODevice::ReadWrite));
        for (const qint64 place : {dump.size() / 3, dump.size() / 2, dump.size() - 10}) {
            QVERIFY(dump.seek(place));
            QVERIFY(dump.write("x") == 1);
        }
        dump.close();
        const CliRun run = cli({"restore", m_id, "--confirm", m_database});
        QCOMPARE(run.status, 4);
        QVERIFY2(isOneErrorLine(run.err) && contains(run.err, "is damaged"), run.err.c_str());
        QCOMPARE(databases(), QString::fromStdString(m_database));
        QCOMPARE(count("users"), QStringLiteral("10"));
    }

    void whatDoesNotComeOutAsItWentInIsDropped()
    {
        // The manifest counts a row that the dump does not hold.
        const QDir folder(m_data->filePath(QStringLiteral("backups")));
        QFile manifest(folder.filePath(QString::fromStdString(m_id) + QStringLiteral(".json")));
        QVERIFY(manifest.open(QIODevice::ReadWrite));
        QByteArray text = manifest.readAll();
        QVERIFY(text.contains("\"counted\": 500"));
        text.replace("\"counted\": 500", "\"counted\": 501");
        QVERIFY(manifest.seek(0));
        QVERIFY(manifest.write(text) == text.size());
        manifest.close();
        const CliRun run = cli({"restore", m_id, "--confirm", m_database});
        QCOMPARE(run.status, 4);
        QVERIFY2(contains(run.err, "is not what was backed up"), run.err.c_str());
        QCOMPARE(databases(), QString::fromStdString(m_database));
    }

private:
    /// Of this database: another one's may have been made in the same second.
    static std::string backupOf(const std::string& name)
    {
        const QJsonObject list = runCli({"backups", "--format", "json"}).json();
        for (const QJsonValue& each : list[QStringLiteral("backups")].toArray()) {
            const QString id = each.toObject()[QStringLiteral("id")].toString();
            if (id.startsWith(QString::fromStdString(name + "-")))
                return id.toStdString();
        }
        return {};
    }

    static std::string schemaSql()
    {
        return "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY);"
               "INSERT INTO alembic_version VALUES ('" +
               users +
               "'); CREATE TABLE users (id serial PRIMARY KEY, name text UNIQUE);"
               "INSERT INTO users (name) SELECT 'u' || g FROM generate_series(1, 500) g;";
    }

    std::string conninfo(const std::string& database) const
    {
        return m_server->conninfo(database) + (m_user.empty() ? "" : " user=" + m_user);
    }

    CliRun cli(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(),
                         {"--project", dataProject("shop"), "--dsn", conninfo(m_database)});
        return runCli(arguments);
    }

    void sql(const std::string& text) const
    {
        const auto done = m_server->runSql(m_database, text, {});
        QVERIFY2(done.has_value(), done ? "" : toText(done.error()).c_str());
    }

    std::unique_ptr<WritingSession> session(const std::string& database) const
    {
        const auto target = parseConnectionTarget(conninfo(database));
        auto opened = connectForAction(*target, {}, {});
        return opened ? std::move(*opened) : nullptr;
    }

    QString one(const std::string& query, const std::string& database = {}) const
    {
        const auto asked = session(database.empty() ? m_database : database);
        if (!asked)
            return QStringLiteral("no session");
        const auto answer = asked->executeAlone("reading", query, {});
        if (!answer || answer->rows.empty())
            return QStringLiteral("nothing");
        return QString::fromStdString(answer->rows[0][0].value_or("NULL"));
    }

    QString count(const std::string& table) const { return one("SELECT count(*) FROM " + table); }

    QString row() const { return one("SELECT version_num FROM alembic_version"); }

    QString databases() const
    {
        return one("SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE "
                   "datname ~ '^" +
                       m_database + "(_|$)'",
                   "postgres");
    }

    std::unique_ptr<PrivateServer> m_server;
    std::unique_ptr<QTemporaryDir> m_data;
    std::string m_database;
    std::string m_id;
    std::string m_user; ///< empty: the superuser
    int m_number = 0;
};

int restore_command_test(int argc, char** argv)
{
    RestoreCommandTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "restore_command_test.moc"
