// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"
#include "core/cluster/server_programs.h"
#include "core/live/connection_target.h"
#include "core/process/run_process.h"
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

const std::string firstRevision =
    "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));"
    "INSERT INTO alembic_version VALUES ('1a2b3c4d5e6f');"
    "CREATE TABLE users (id int PRIMARY KEY);"
    "CREATE TABLE audit_log (id int);"
    "INSERT INTO users SELECT generate_series(1, 500); ANALYZE users;";
const std::string secondRevision = "UPDATE alembic_version SET version_num = '2b3c4d5e6f7a';"
                                   "CREATE TABLE orders (id int PRIMARY KEY);";

QString kinds(const QJsonObject& identity)
{
    QStringList words;
    for (const QJsonValue& each : identity[QStringLiteral("changes")].toArray()) {
        const QJsonObject change = each.toObject();
        QStringList objects;
        for (const QJsonValue& object : change[QStringLiteral("objects")].toArray())
            objects.append(object.toString());
        words.append(change[QStringLiteral("kind")].toString() + QLatin1Char(' ') +
                     objects.join(QLatin1Char(' ')));
    }
    return words.join(QStringLiteral("; "));
}

} // namespace

/// Visits to one address, behind which the database changes between them.
class IdentityVisitTest : public QObject
{
    Q_OBJECT

    /// `database` may have more keywords behind it.
    std::string dsn(const std::string& database) const
    {
        ConnectionTarget target = m_target;
        target.parameters["host"] = (m_folder.path() + QStringLiteral("/server")).toStdString();
        target.parameters.erase("dbname");
        return toConninfo(target) + " dbname=" + database;
    }

    /// From now on the address leads to `server`.
    void lead(const PrivateServer& server)
    {
        m_target = parseConnectionTarget(server.conninfo()).value();
        const QString link = m_folder.path() + QStringLiteral("/server");
        QFile::remove(link);
        QVERIFY(QFile::link(QString::fromStdString(m_target.value("host")), link));
    }

    CliRun diagnose(const std::string& database, const std::vector<std::string>& more = {}) const
    {
        std::vector<std::string> arguments{
            "diagnose", "--project", dataProject("shop"), "--dsn", dsn(database)};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return runCli(arguments);
    }

    QJsonObject visit(const std::string& database) const
    {
        const CliRun run = diagnose(database, {"--format", "json"});
        return run.json()[QStringLiteral("database")]
            .toObject()[QStringLiteral("identity")]
            .toObject();
    }

    static void make(const PrivateServer& server, const std::string& name, const std::string& sql)
    {
        QVERIFY(server.createDatabase(name, {}).has_value());
        run(server, name, sql);
    }

    static void run(const PrivateServer& server, const std::string& name, const std::string& sql)
    {
        const auto ran = server.runSql(name, sql, {});
        QVERIFY2(ran.has_value(), ran ? "" : toText(ran.error()).c_str());
    }

    std::string dump(const PrivateServer& server, const std::string& database) const
    {
        const auto programs = findServerPrograms();
        const auto dumped =
            runProcess({.program = programs->path("pg_dump"),
                        .arguments = {"--no-owner", "-d", server.conninfo(database)}},
                       {});
        return dumped && dumped->exitCode == 0 ? dumped->output : std::string();
    }

private Q_SLOTS:

    void initTestCase()
    {
        qunsetenv("SIGHTGLASS_DSN");
        qunsetenv("SIGHTGLASS_IDENTITY");
        qunsetenv("CI");
        QVERIFY(m_folder.isValid());
        qputenv("XDG_DATA_HOME", m_folder.path().toUtf8());
        for (auto* each : {&m_first, &m_second}) {
            auto server = PrivateServer::start({});
            QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
            *each = std::move(*server);
        }
    }

    void cleanupTestCase()
    {
        m_first.reset();
        m_second.reset();
        qputenv("SIGHTGLASS_IDENTITY", "off");
    }

    void init() { lead(*m_first); }

    void aVisitWithoutChangeSaysNothing()
    {
        make(*m_first, "quiet", firstRevision);
        const QJsonObject first = visit("quiet");
        QVERIFY(first[QStringLiteral("remembered_at")].isNull());
        QVERIFY(!first.contains(QStringLiteral("not_compared")));
        const QJsonObject second = visit("quiet");
        QVERIFY(second[QStringLiteral("remembered_at")].isString());
        QCOMPARE(kinds(second), QString());
        // An upgrade takes nothing away.
        run(*m_first, "quiet", secondRevision);
        QCOMPARE(kinds(visit("quiet")), QString());
        QVERIFY(contains(diagnose("quiet").out, "the same database as on"));
        QCOMPARE(diagnose("quiet").status, 0);
    }

    void anotherClusterBehindTheSameAddressIsSaid()
    {
        make(*m_first, "shop", firstRevision + secondRevision + "DROP TABLE audit_log;");
        make(*m_second, "shop", firstRevision + secondRevision + "DROP TABLE audit_log;");
        QCOMPARE(diagnose("shop").status, 0);
        lead(*m_second);
        const CliRun swapped = diagnose("shop", {"--format", "json"});
        QCOMPARE(swapped.status, 1);
        const QJsonObject database = swapped.json()[QStringLiteral("database")].toObject();
        const QJsonObject identity = database[QStringLiteral("identity")].toObject();
        const QString now = database[QStringLiteral("system_identifier")].toString();
        QVERIFY(kinds(identity).startsWith(QStringLiteral("another-cluster ")));
        QVERIFY(kinds(identity).endsWith(now));
        QVERIFY(swapped.json()[QStringLiteral("detail")].toString().contains(now));
        // Told once as new; in sight until somebody says that it was meant.
        const QJsonObject second = visit("shop");
        QCOMPARE(kinds(second), QString());
        QCOMPARE(second[QStringLiteral("noticed")].toArray().size(), 1);
        QVERIFY(contains(diagnose("shop").out, "Noticed before"));
        QCOMPARE(diagnose("shop", {"--remember"}).status, 0);
        QVERIFY(visit("shop")[QStringLiteral("noticed")].toArray().isEmpty());
    }

    void aDatabaseMadeAnewUnderTheSameNameIsSaid()
    {
        make(*m_first, "anew", firstRevision);
        visit("anew");
        run(*m_first, "postgres", "DROP DATABASE anew;");
        make(*m_first, "anew", firstRevision);
        QCOMPARE(kinds(visit("anew")), QStringLiteral("another-database anew"));
        QCOMPARE(kinds(visit("anew")), QString());
    }

    void droppedTablesAreNamed()
    {
        make(*m_first, "dropped", firstRevision + secondRevision);
        visit("dropped");
        run(*m_first, "dropped", "DROP TABLE users, audit_log;");
        QCOMPARE(kinds(visit("dropped")),
                 QStringLiteral("tables-lost public.audit_log public.users"));
        QCOMPARE(kinds(visit("dropped")), QString());
    }

    void rowsThatFellToZeroAreSaid()
    {
        make(*m_first, "emptied", firstRevision);
        visit("emptied");
        run(*m_first, "emptied", "DELETE FROM users WHERE id > 100; ANALYZE users;");
        QCOMPARE(kinds(visit("emptied")), QString());
        run(*m_first, "emptied", "DELETE FROM users; ANALYZE users;");
        QCOMPARE(kinds(visit("emptied")), QStringLiteral("rows-lost public.users"));
    }

    void anOlderDumpThatWasRestoredIsSaid()
    {
        make(*m_first, "restored", firstRevision);
        const std::string older = dump(*m_first, "restored");
        QVERIFY(!older.empty());
        run(*m_first, "restored", secondRevision);
        visit("restored");
        run(*m_first, "restored", "DROP SCHEMA public CASCADE; CREATE SCHEMA public;");
        run(*m_first, "restored", older);
        QCOMPARE(kinds(visit("restored")),
                 QStringLiteral("revision-went-back 2b3c4d5e6f7a; tables-lost public.orders"));
        QCOMPARE(kinds(visit("restored")), QString());
    }

    void aClusterThatMayNotBeNamedIsStillRemembered()
    {
        make(*m_first,
             "guarded",
             firstRevision + "CREATE ROLE guest LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public "
                             "TO guest; REVOKE EXECUTE ON FUNCTION "
                             "pg_catalog.pg_control_system() FROM PUBLIC;");
        const std::string guest = "guarded options='-c role=guest'";
        QVERIFY(visit(guest)[QStringLiteral("remembered_at")].isNull());
        QVERIFY(visit(guest)[QStringLiteral("remembered_at")].isString());
        run(*m_first, "guarded", "DROP TABLE audit_log;");
        QCOMPARE(kinds(visit(guest)), QStringLiteral("tables-lost public.audit_log"));
    }

    void theFilesHoldNoPassword()
    {
        make(*m_first, "secret", firstRevision);
        visit("secret password=hunter2secret");
        const QDir folder(m_folder.path() + QStringLiteral("/sightglass/identities"));
        const QStringList names = folder.entryList(QDir::Files);
        QVERIFY(names.size() >= 6);
        for (const QString& name : names) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains("hunter2secret"));
            QVERIFY(name.endsWith(QStringLiteral(".json")));
            QCOMPARE(file.permissions() & QFileDevice::ReadOther, QFileDevice::Permissions());
            QVERIFY(file.remove()); // safe to delete
        }
        QVERIFY(visit("secret")[QStringLiteral("remembered_at")].isNull());
    }

    void theEnvironmentIsSaid()
    {
        make(*m_first, "shop_prod", firstRevision);
        const QJsonObject told = diagnose("shop_prod", {"--format", "json"})
                                     .json()[QStringLiteral("database")]
                                     .toObject()[QStringLiteral("environment")]
                                     .toObject();
        QCOMPARE(told[QStringLiteral("kind")].toString(), QStringLiteral("production"));
        QVERIFY(told[QStringLiteral("why")].toString().contains(QStringLiteral("shop_prod")));
        QCOMPARE(told[QStringLiteral("confirmation")].toString(), QStringLiteral("typed-phrase"));
    }

private:
    QTemporaryDir m_folder;
    ConnectionTarget m_target;
    std::unique_ptr<PrivateServer> m_first;
    std::unique_ptr<PrivateServer> m_second;
};

int identity_visit_test(int argc, char** argv)
{
    IdentityVisitTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "identity_visit_test.moc"
