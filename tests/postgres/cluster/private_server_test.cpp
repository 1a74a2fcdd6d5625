// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"

#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include <fstream>

#include <csignal>
#include <sys/types.h>

using namespace sightglass;

namespace {

pid_t postmasterOf(const std::string& folder)
{
    std::ifstream file(folder + "/data/postmaster.pid");
    pid_t server = 0;
    file >> server;
    return server;
}

bool isAlive(pid_t process)
{
    return ::kill(process, 0) == 0;
}

bool exists(const std::string& path)
{
    return QFileInfo::exists(QString::fromStdString(path));
}

} // namespace

class PrivateServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsRunsSqlAndLeavesNothingBehind()
    {
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        const std::string folder = (*server)->folder();
        const pid_t postmaster = postmasterOf(folder);
        QVERIFY(isAlive(postmaster));
        QVERIFY((*server)->createDatabase("a \"b\" 'c'", {}).has_value());
        QVERIFY((*server)->runSql("a \"b\" 'c'", "CREATE TABLE t (id int);", {}).has_value());
        const auto failed = (*server)->runSql("postgres", "SELECT * FROM nowhere;", {});
        QVERIFY(!failed.has_value());
        QVERIFY(failed.error().message.find("relation \"nowhere\" does not exist") != std::string::npos);
        server->reset();
        QVERIFY(!exists(folder));
        QVERIFY(!isAlive(postmaster));
    }

    void listensOnNoNetworkPort()
    {
        auto server = PrivateServer::start({});
        QVERIFY(server.has_value());
        QVERIFY((*server)
                    ->runSql("postgres",
                             "DO $$ BEGIN IF current_setting('listen_addresses') <> '' THEN RAISE EXCEPTION 'open'; "
                             "END IF; END $$;",
                             {})
                    .has_value());
    }

    void leavesNothingWhenTheProgramIsKilled()
    {
        QProcess holder;
        holder.start(QStringLiteral(SIGHTGLASS_BINARY_DIR "/bin/tests/private_server_holder"), QStringList());
        QVERIFY(holder.waitForStarted());
        QVERIFY(holder.waitForReadyRead(60'000));
        const std::string folder = holder.readLine().trimmed().toStdString();
        QVERIFY2(exists(folder), folder.c_str());
        const pid_t postmaster = postmasterOf(folder);
        QVERIFY(isAlive(postmaster));
        holder.kill();
        QVERIFY(holder.waitForFinished());
        QTRY_VERIFY_WITH_TIMEOUT(!exists(folder), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!isAlive(postmaster), 20'000);
    }

    void stopsWhileStarting()
    {
        std::stop_source source;
        source.request_stop();
        const auto server = PrivateServer::start({.stop = source.get_token()});
        QVERIFY(!server.has_value());
        QCOMPARE(server.error().code, ErrorCode::Cancelled);
    }
};

int private_server_test(int argc, char** argv)
{
    PrivateServerTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "private_server_test.moc"
