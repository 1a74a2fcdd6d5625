// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"
#include "core/live/connection_target.h"
#include "core/postgres/writing_session.h"
#include "tests/cli/run_cli.h"

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
const std::string orders = "2b3c4d5e6f7a";
const std::string table = "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL, "
                          "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));";

std::string rowOf(const std::string& id)
{
    return "INSERT INTO alembic_version VALUES ('" + id + "');";
}

QJsonObject planOf(const CliRun& run)
{
    return run.json()[QStringLiteral("plan")].toObject();
}

QString phraseOf(const CliRun& run)
{
    return planOf(run)[QStringLiteral("confirmation")]
        .toObject()[QStringLiteral("phrase")]
        .toString();
}

} // namespace

/// The command through the whole program, on a real server.
class StampCommandTest : public QObject
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

    void init()
    {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("SIGHTGLASS_DATA", m_data->path().toUtf8());
        m_project = dataProject("shop");
        newDatabase("shop" + std::to_string(++m_number), table + rowOf(users));
    }

    void aDryRunShowsThePlanAndChangesNothing()
    {
        const CliRun run = cli({"stamp", orders, "--dry-run", "--format", "json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(rows(), QStringLiteral("1a2b3c4d5e6f"));
        QCOMPARE(run.json()[QStringLiteral("dry_run")].toBool(), true);
        QCOMPARE(phraseOf(run), QString::fromStdString(m_database));
        const QByteArray plan = QJsonDocument(planOf(run)).toJson();
        QVERIFY2(plan.contains("LOCK TABLE public.alembic_version IN ACCESS EXCLUSIVE MODE"),
                 plan.constData());
        QVERIFY(plan.contains("UPDATE public.alembic_version SET version_num = '2b3c4d5e6f7a' "
                              "WHERE version_num = '1a2b3c4d5e6f'"));
        QVERIFY(!QFile::exists(m_data->filePath(QStringLiteral("journal.jsonl"))));
        const CliRun text = cli({"stamp", orders, "--dry-run"});
        QVERIFY(contains(text.out, "After          2b3c4d5e6f7a (head)"));
        QVERIFY(contains(text.out, "It runs with --confirm '" + m_database + "'"));
    }

    void withoutThePhraseItIsRefused()
    {
        for (const char* phrase : {"", "no", "SHOP"}) {
            std::vector<std::string> arguments{"stamp", orders};
            if (*phrase != '\0')
                arguments.insert(arguments.end(), {"--confirm", phrase});
            const CliRun run = cli(arguments);
            QCOMPARE(run.status, 4);
            QVERIFY2(isOneErrorLine(run.err), run.err.c_str());
            QCOMPARE(rows(), QStringLiteral("1a2b3c4d5e6f"));
        }
    }

    void stampsAndTakesItBack()
    {
        const CliRun run = cli({"stamp", orders, "--confirm", m_database, "--format", "json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(rows(), QStringLiteral("2b3c4d5e6f7a"));
        const QJsonObject outcome = run.json()[QStringLiteral("outcome")].toObject();
        QCOMPARE(outcome[QStringLiteral("state")].toString(), QStringLiteral("done"));
        QCOMPARE(outcome[QStringLiteral("verdict")].toString(), QStringLiteral("as-planned"));

        const CliRun shown = cli({"undo", "--dry-run"});
        QVERIFY2(shown.status == 0, shown.err.c_str());
        QCOMPARE(rows(), QStringLiteral("2b3c4d5e6f7a"));
        QCOMPARE(cli({"undo"}).status, 4);
        const CliRun undone = cli({"undo", "--confirm", m_database});
        QVERIFY2(undone.status == 0, undone.err.c_str());
        QCOMPARE(rows(), QStringLiteral("1a2b3c4d5e6f"));
        QCOMPARE(cli({"undo", "--confirm", m_database}).status, 2);

        const QJsonArray entries =
            cli({"journal", "--format", "json"}).json()[QStringLiteral("entries")].toArray();
        QCOMPARE(entries.size(), 2);
        QCOMPARE(entries[0][QStringLiteral("undone_by")], entries[1][QStringLiteral("run")]);
        QCOMPARE(entries[1][QStringLiteral("state")].toString(), QStringLiteral("done"));
    }

    void undoLeavesWhatSomebodyDidSince()
    {
        QCOMPARE(cli({"stamp", orders, "--confirm", m_database}).status, 0);
        sql("UPDATE alembic_version SET version_num = 'deadbeef0000'");
        const CliRun run = cli({"undo", "--confirm", m_database});
        QCOMPARE(run.status, 4);
        QVERIFY2(contains(run.err, "deadbeef0000"), run.err.c_str());
        QCOMPARE(rows(), QStringLiteral("deadbeef0000"));
    }

    void aPlanThatWasShownIsTheOneThatRuns()
    {
        const CliRun shown = cli({"stamp", orders, "--dry-run", "--format", "json"});
        const std::string id = planOf(shown)[QStringLiteral("id")].toString().toStdString();
        sql("DELETE FROM alembic_version");
        const CliRun late = cli({"stamp", orders, "--confirm", m_database, "--plan", id});
        QCOMPARE(late.status, 4);
        QCOMPARE(rows(), QString());
        sql(rowOf(users));
        QCOMPARE(cli({"stamp", orders, "--confirm", m_database, "--plan", id}).status, 0);
    }

    void aLockOfAnotherSessionIsNotWaitedForLong()
    {
        const auto rival = session();
        QVERIFY(rival->begin(WritingSession::Access::ReadWrite, {}).has_value());
        QVERIFY(
            rival->execute("locking", "LOCK TABLE alembic_version IN SHARE MODE", {}).has_value());
        const CliRun run = cli({"stamp", orders, "--confirm", m_database, "--lock-timeout", "200"});
        QCOMPARE(run.status, 4);
        QVERIFY2(contains(run.err, "another session holds a lock"), run.err.c_str());
        rival->rollback();
        QCOMPARE(rows(), QStringLiteral("1a2b3c4d5e6f"));
    }

    void rowsThatNoFileDefinesNeedAPurge()
    {
        sql("UPDATE alembic_version SET version_num = 'deadbeef0000'");
        const CliRun run = cli({"stamp", "head", "--confirm", m_database});
        QCOMPARE(run.status, 4);
        QVERIFY2(contains(run.err, "--purge"), run.err.c_str());
        QCOMPARE(cli({"stamp", "head", "--purge", "--confirm", m_database}).status, 0);
        QCOMPARE(rows(), QStringLiteral("2b3c4d5e6f7a"));
        QCOMPARE(cli({"undo", "--confirm", m_database}).status, 0);
        QCOMPARE(rows(), QStringLiteral("deadbeef0000"));
    }

    void theTableIsMadeAndRemovedAgain()
    {
        sql("DROP TABLE alembic_version");
        QCOMPARE(cli({"stamp", "base", "--confirm", m_database}).status, 0);
        QCOMPARE(rows(), QString());
        QCOMPARE(cli({"undo", "--confirm", m_database}).status, 0);
        QVERIFY(!session()->executeAlone("reading", "SELECT 1 FROM alembic_version", {}));
    }

    void aLongIdWidensTheColumn()
    {
        const std::string id(40, 'a');
        QTemporaryDir folder;
        newProject(folder, id);
        const CliRun run = cli({"stamp", id, "--purge", "--confirm", m_database});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(rows(), QString::fromStdString(id));
        QCOMPARE(cli({"undo", "--confirm", m_database}).status, 0);
        QCOMPARE(rows(), QStringLiteral("1a2b3c4d5e6f"));
    }

    void productionAsksForANumberToo()
    {
        newDatabase("shop_prod", table + rowOf(users));
        const CliRun shown = cli({"stamp", orders, "--dry-run", "--format", "json"});
        QCOMPARE(phraseOf(shown), QStringLiteral("shop_prod 1"));
        QCOMPARE(cli({"stamp", orders, "--confirm", "shop_prod"}).status, 4);
        QCOMPARE(cli({"stamp", orders, "--confirm", "shop_prod 1"}).status, 0);
    }

    void whatCanNotBeReadOrReachedIsTold()
    {
        QCOMPARE(cli({"stamp", "nosuch", "--confirm", m_database}).status, 2);
        QCOMPARE(runCli({"stamp", "head", "--project", m_project}).status, 2);
        QCOMPARE(
            runCli({"stamp", "head", "--project", m_project, "--dsn", "host=/nonexistent dbname=x"})
                .status,
            3);
        QCOMPARE(rows(), QStringLiteral("1a2b3c4d5e6f"));
    }

    void whatIsThereAlreadyIsNothingToDo()
    {
        const CliRun run = cli({"stamp", users, "--confirm", m_database});
        QCOMPARE(run.status, 0);
        QVERIFY(contains(run.out, "There is nothing to do."));
        QVERIFY(!QFile::exists(m_data->filePath(QStringLiteral("journal.jsonl"))));
    }

    void candidatesNeverPreselectAContradiction()
    {
        sql("DROP TABLE alembic_version; CREATE TABLE users (id int PRIMARY KEY)");
        const CliRun fits = cli({"stamp", "--format", "json"});
        QVERIFY2(fits.status == 0, fits.err.c_str());
        const QJsonObject first =
            fits.json()[QStringLiteral("candidates")].toArray().first().toObject();
        QCOMPARE(first[QStringLiteral("revisions")].toArray().first().toString(),
                 QStringLiteral("1a2b3c4d5e6f"));
        QVERIFY2(first[QStringLiteral("preselected")].toBool(), fits.out.c_str());

        sql("ALTER TABLE users ALTER COLUMN id TYPE bigint");
        const CliRun doubtful = cli({"stamp", "--format", "json"});
        for (const QJsonValue& each : doubtful.json()[QStringLiteral("candidates")].toArray())
            QVERIFY2(!each[QStringLiteral("preselected")].toBool(), doubtful.out.c_str());
    }

    void anIncidentReportHasWhatWasDone()
    {
        QCOMPARE(cli({"stamp", orders, "--confirm", m_database}).status, 0);
        const QString file = m_data->filePath(QStringLiteral("incident.md"));
        const CliRun run = cli({"report", "--incident", "-o", file.toStdString()});
        QFile page(file);
        QVERIFY2(page.open(QIODevice::ReadOnly), run.err.c_str());
        const QByteArray text = page.readAll();
        QVERIFY2(text.contains("Set the version of " + QByteArray::fromStdString(m_database)),
                 text.constData());
        QVERIFY(text.contains("UPDATE public.alembic_version SET version_num"));
        QVERIFY(text.contains("## What is left to do"));
    }

    void noPasswordGetsIntoTheUsersFolder()
    {
        const std::string dsn = m_server->conninfo(m_database) + " password=geheim17";
        const CliRun run = runCli(
            {"stamp", orders, "--project", m_project, "--dsn", dsn, "--confirm", m_database});
        QVERIFY2(run.status == 0, run.err.c_str());
        QVERIFY(!contains(run.out + run.err, "geheim17"));
        QDirIterator files(m_data->path(), QDir::Files, QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains("geheim17"));
            ++count;
        }
        QVERIFY(count > 0);
    }

private:
    void newDatabase(const std::string& name, const std::string& text)
    {
        m_database = name;
        QVERIFY(m_server->createDatabase(name, {}).has_value());
        sql(text);
    }

    void newProject(const QTemporaryDir& folder, const std::string& id)
    {
        const std::string root = folder.path().toStdString();
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("versions")));
        QFile file(folder.filePath(QStringLiteral("versions/one.py")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString("revision = '" + id +
                                             "'\ndown_revision = None\n\n\ndef upgrade():\n    "
                                             "pass\n\n\ndef downgrade():\n    pass\n"));
        m_project = root;
    }

    CliRun cli(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(),
                         {"--project", m_project, "--dsn", m_server->conninfo(m_database)});
        return runCli(arguments);
    }

    void sql(const std::string& text) const
    {
        const auto done = m_server->runSql(m_database, text, {});
        QVERIFY2(done.has_value(), done ? "" : toText(done.error()).c_str());
    }

    std::unique_ptr<WritingSession> session() const
    {
        const auto target = parseConnectionTarget(m_server->conninfo(m_database));
        auto opened = connectForAction(*target, {}, {});
        return opened ? std::move(*opened) : nullptr;
    }

    /// The version rows, sorted.
    QString rows() const
    {
        const auto answer = session()->executeAlone(
            "reading", "SELECT version_num FROM alembic_version ORDER BY 1", {});
        if (!answer)
            return QString::fromStdString(toText(answer.error()));
        QStringList rows;
        for (const auto& row : answer->rows)
            rows << QString::fromStdString(row[0].value_or("NULL"));
        return rows.join(QLatin1Char(' '));
    }

    std::unique_ptr<PrivateServer> m_server;
    std::unique_ptr<QTemporaryDir> m_data;
    std::string m_project;
    std::string m_database;
    int m_number = 0;
};

int stamp_command_test(int argc, char** argv)
{
    StampCommandTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "stamp_command_test.moc"
