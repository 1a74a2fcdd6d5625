// SPDX-License-Identifier: GPL-3.0-or-later
// What a server can answer instead of letting us in, or in the middle of reading.
#include "core/base/error.h"
#include "core/postgres/connect.h"
#include "tests/postgres/catalog/fake_server.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <stop_token>
#include <thread>

using namespace sightglass;
using namespace sightglass::test;

namespace {

using std::chrono::milliseconds;

constexpr SessionLimits shortLimits{.connect = milliseconds(300), .statement = milliseconds(5'000)};

Result<std::unique_ptr<Database>>
connected(const std::string& address, const SessionLimits& limits = {}, const RunContext& run = {})
{
    const auto target = parseConnectionTarget(address);
    if (!target)
        return tl::unexpected(target.error());
    return connectReadOnly(*target, limits, run);
}

/// "code: sentence" with the port, which differs from run to run, as PORT.
std::string failureOf(const std::string& address, int port = 0, const SessionLimits& limits = {})
{
    const auto database = connected(address, limits);
    if (database)
        return "connected";
    std::string text = std::string(toText(database.error().code)) + ": " + toText(database.error());
    const std::string number = std::to_string(port);
    for (std::size_t at = text.find(number); port != 0 && at != std::string::npos;
         at = text.find(number, at))
        text.replace(at, number.size(), "PORT");
    return text;
}

FakeServer::Behaviour refusing(const std::string& sqlState, const std::string& message)
{
    return {.start = [=](const std::string&) {
        return Reply{.bytes = wire::error(sqlState, message), .hangUp = true};
    }};
}

FakeServer::Behaviour welcoming(const std::string& version,
                                std::function<std::optional<Reply>(const std::string&)> query = {})
{
    return {.start = [=](const std::string&) { return Reply{.bytes = wire::welcome(version)}; },
            .query = std::move(query)};
}

bool begins(const std::string& sql)
{
    return sql.starts_with("BEGIN");
}

Reply done(const std::string& tag)
{
    return {.bytes = wire::commandComplete(tag) + wire::readyForQuery()};
}

} // namespace

class RefusalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void namesTheReasonAndTheNextStep_data()
    {
        QTest::addColumn<std::string>("sqlState");
        QTest::addColumn<std::string>("message");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char* state, const char* message, const char* expected) {
            QTest::addRow("%s %s", state, message)
                << std::string(state) << std::string(message) << std::string(expected);
        };
        row("28P01",
            "password authentication failed for user \"ann\"",
            "not permitted: The server at 127.0.0.1:PORT refused the password of user \"ann\"."
            " Check the password, or put it into ~/.pgpass or PGPASSWORD.");
        row("28P01",
            "Passwort-Authentifizierung fehlgeschlagen",
            "not permitted: The server at 127.0.0.1:PORT refused the password of user \"ann\"."
            " Check the password, or put it into ~/.pgpass or PGPASSWORD.");
        row("28000",
            "role \"ann\" does not exist",
            "not permitted: The server at 127.0.0.1:PORT does not let user \"ann\" in: role "
            "\"ann\" does not exist."
            " Check the user name in the address.");
        row("28000",
            "no pg_hba.conf entry for host \"127.0.0.1\"",
            "not permitted: The server at 127.0.0.1:PORT lets user \"ann\" not into database "
            "\"shop\" from this"
            " machine (pg_hba.conf). Try sslmode=require, or ask for an entry in the server's "
            "pg_hba.conf.");
        row("3D000",
            "database \"shop\" does not exist",
            "not found: The server at 127.0.0.1:PORT has no database \"shop\"."
            " Check the name in the address; psql -l lists the databases.");
        row("53300",
            "sorry, too many clients already",
            "connection lost: The server at 127.0.0.1:PORT has no connection left to give."
            " Close other sessions or try again later.");
        row("57P03",
            "the database system is starting up",
            "connection lost: The server at 127.0.0.1:PORT is not ready: the database system is "
            "starting up."
            " Wait until it has started and try again.");
        row("42501",
            "permission denied for database \"shop\"",
            "not permitted: User \"ann\" has no right to connect to database \"shop\"."
            " Ask for it: GRANT CONNECT ON DATABASE … TO ann.");
        row("XX000",
            "something\nelse password=hunter2",
            "connection lost: The server at 127.0.0.1:PORT refused the connection: something "
            "(XX000)."
            " Look at the server's log for the reason.");
    }

    void namesTheReasonAndTheNextStep()
    {
        QFETCH(std::string, sqlState);
        QFETCH(std::string, message);
        QFETCH(std::string, expected);
        const FakeServer server(refusing(sqlState, message));
        QCOMPARE(failureOf(server.address(), server.port()), expected);
    }

    void refusesServersThatAreTooOld()
    {
        const FakeServer server(welcoming("9.5.25"));
        QCOMPARE(
            failureOf(server.address(), server.port()),
            std::string(
                "unsupported: The server of shop on 127.0.0.1:PORT is PostgreSQL 9.5.25, which is"
                " older than 9.6. Sightglass reads PostgreSQL 9.6 and later."));
    }

    void saysSoWhenAnOldServerKnowsNoneOfOurSettings()
    {
        const FakeServer server({.start = [](const std::string& start) {
            if (start.find("idle_in_transaction_session_timeout") != std::string::npos)
                return Reply{.bytes = wire::error("42704", "unrecognized configuration parameter"),
                             .hangUp = true};
            return Reply{.bytes = wire::welcome("9.5.25")};
        }});
        QVERIFY(failureOf(server.address(), server.port()).find("is PostgreSQL 9.5.25") !=
                std::string::npos);
    }

    void noticesAnotherProgramBehindThePort()
    {
        const FakeServer server({.greeting = "HTTP/1.1 400 Bad Request\r\n\r\n"});
        QCOMPARE(
            failureOf(server.address(), server.port()),
            std::string(
                "unsupported: The server at 127.0.0.1:PORT does not speak PostgreSQL's language."
                " Check host and port; another program listens there."));
        QCOMPARE(
            failureOf(server.address() + " sslmode=disable gssencmode=disable", server.port()),
            std::string(
                "unsupported: The server at 127.0.0.1:PORT does not speak PostgreSQL's language."
                " Check host and port; another program listens there."));
    }

    void givesUpOnAServerThatNeverAnswers()
    {
        const FakeServer server({});
        QCOMPARE(
            failureOf(server.address(), server.port(), shortLimits),
            std::string("timed out: No answer from shop on 127.0.0.1:PORT within 1 s."
                        " Check host and port, and the firewall or VPN between here and there."));
    }

    void goesOnToTheNextHostWhenOneIsSilent()
    {
        const FakeServer silent({});
        const FakeServer old(welcoming("9.5.1"));
        const std::string ports = std::to_string(silent.port()) + "," + std::to_string(old.port());
        const std::string text =
            failureOf("host=127.0.0.1,127.0.0.1 user=ann dbname=shop port=" + ports,
                      0,
                      {.connect = milliseconds(1000)});
        QVERIFY2(text.find("is PostgreSQL 9.5.1") != std::string::npos, text.c_str());
    }

    void saysThatNothingListens()
    {
        int port = 0;
        {
            const FakeServer gone({});
            port = gone.port();
        }
        QCOMPARE(failureOf("postgresql://ann@127.0.0.1:" + std::to_string(port) + "/shop", port),
                 std::string("connection lost: The server at 127.0.0.1:PORT does not answer: "
                             "nothing listens there."
                             " Start the server, or check host and port."));
        const QTemporaryDir folder;
        const std::string text =
            failureOf("host=" + folder.path().toStdString() + " port=5432 user=ann");
        QVERIFY2(
            text.starts_with("connection lost: The server at the socket /") &&
                text.find(
                    ".s.PGSQL.5432 does not answer: there is no such socket. Start the server") !=
                    std::string::npos,
            text.c_str());
    }

    void saysThatAServiceIsMissing()
    {
        const QTemporaryDir folder;
        const QByteArray file = folder.path().toUtf8() + "/services";
        std::ofstream(file.toStdString()) << "[other]\nhost=h\n";
        qputenv("PGSERVICEFILE", file);
        const std::string text = failureOf("service=shop");
        qunsetenv("PGSERVICEFILE");
        QCOMPARE(text,
                 std::string("not found: The service of service shop is in no service file."
                             " Add it to ~/.pg_service.conf, or set PGSERVICEFILE."));
    }

    void takesServiceFilesPassfilesAndTheirOptionsAsLibpqDoes()
    {
        const FakeServer server(welcoming("9.5.25"));
        const QTemporaryDir folder;
        const QByteArray file = folder.path().toUtf8() + "/services";
        std::ofstream(file.toStdString())
            << "[shop]\nhost=127.0.0.1\nuser=bea\ndbname=till\noptions=-c geqo=off\nport="
            << server.port() << "\n";
        qputenv("PGSERVICEFILE", file);
        const std::string text = failureOf("service=shop");
        qunsetenv("PGSERVICEFILE");
        QVERIFY2(text.find("is PostgreSQL 9.5.25") != std::string::npos, text.c_str());
        QVERIFY(!server.starts().empty());
        const std::string start = server.starts().back();
        for (const char* const wanted :
             {"bea", "till", "-c geqo=off -c default_transaction_read_only=on", "sightglass"})
            QVERIFY2(start.find(wanted) != std::string::npos, wanted);
    }

    void saysThatAPasswordIsMissing()
    {
        const FakeServer server({.start = [](const std::string&) {
            return Reply{.bytes =
                             std::string("R\0\0\0\x08\0\0\0\x03", 9)}; // asks for it in clear text
        }});
        QCOMPARE(failureOf(server.address() + " passfile=/nonexistent", server.port()),
                 std::string("not permitted: The server at 127.0.0.1:PORT asks for a password, and "
                             "none was given."
                             " Put it into the address, ~/.pgpass or PGPASSWORD."));
    }

    void saysThatEncryptionIsNotOffered()
    {
        const FakeServer server(welcoming("15.1"));
        QCOMPARE(failureOf(server.address() + " sslmode=require gssencmode=disable", server.port()),
                 std::string("not permitted: The server at 127.0.0.1:PORT does not offer SSL, "
                             "which the address asks"
                             " for. Set sslmode=prefer where the network can be trusted."));
    }

    void stopsConnectingAtOnce()
    {
        const FakeServer server({});
        std::stop_source stop;
        const std::jthread presser([&] {
            while (server.starts().empty())
                std::this_thread::sleep_for(milliseconds(1));
            stop.request_stop();
        });
        // Without the stop this takes a minute, and the test's own time-out ends it.
        const auto database = connected(
            server.address(), {.connect = std::chrono::minutes(1)}, {.stop = stop.get_token()});
        QVERIFY(!database.has_value());
        QCOMPARE(database.error().code, ErrorCode::Cancelled);
    }

    void makesItsSettingsInEachTransactionWhereAPoolerRefusesThem()
    {
        const FakeServer server(
            {.start =
                 [](const std::string& start) {
                     if (start.find("default_transaction_read_only") != std::string::npos)
                         return Reply{.bytes = wire::error(
                                          "08P01", "unsupported startup parameter: options"),
                                      .hangUp = true};
                     return Reply{.bytes = wire::welcome("15.1")};
                 },
             .query = [](const std::string&) -> std::optional<Reply> {
                 return Reply{.bytes = {}, .hangUp = true};
             }});
        auto database = connected(server.address());
        QVERIFY(database.has_value());
        QVERIFY(!(*database)->readState({}, {}).has_value());
        QCOMPARE(server.queries().size(), std::size_t{1});
        const std::string begin = server.queries().front();
        QVERIFY(begin.starts_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL "
                                  "statement_timeout = 60000"));
        QVERIFY(begin.find("SET default") ==
                std::string::npos); // would stay on a connection of others
    }

    void namesALostConnectionInTheMiddleOfARow()
    {
        const FakeServer server(
            welcoming("15.1", [](const std::string& sql) -> std::optional<Reply> {
                if (begins(sql))
                    return done("BEGIN");
                const std::string whole = wire::columns({"a", "b"}) + wire::row({"15.1", "shop"});
                return Reply{.bytes = whole.substr(0, whole.size() - 3), .hangUp = true};
            }));
        auto database = connected(server.address());
        QVERIFY(database.has_value());
        const auto state = (*database)->readState({}, {});
        QVERIFY(!state.has_value());
        QCOMPARE(std::string(toText(state.error().code)), std::string("connection lost"));
        QVERIFY2(toText(state.error())
                         .find(" ended while the open transactions were read. Check that the server"
                               " runs, then connect again.") != std::string::npos,
                 toText(state.error()).c_str());
        const auto again = (*database)->readState({}, {});
        QCOMPARE(again.error().code, ErrorCode::ConnectionLost);
    }

    void leavesAServerThatStopsAnsweringWhenStopped()
    {
        const FakeServer server(
            welcoming("15.1", [](const std::string& sql) -> std::optional<Reply> {
                return begins(sql) ? std::optional(done("BEGIN")) : std::nullopt;
            }));
        auto database = connected(server.address());
        QVERIFY(database.has_value());
        std::stop_source stop;
        const std::jthread presser([&] {
            while (server.queries().size() < 2)
                std::this_thread::sleep_for(milliseconds(1));
            stop.request_stop();
        });
        const auto state = (*database)->readState({}, {.stop = stop.get_token()});
        QVERIFY(!state.has_value());
        QCOMPARE(state.error().code, ErrorCode::Cancelled);
    }

    void leavesAServerThatStopsAnsweringAfterItsTime()
    {
        const FakeServer server(
            welcoming("15.1", [](const std::string& sql) -> std::optional<Reply> {
                return begins(sql) ? std::optional(done("BEGIN")) : std::nullopt;
            }));
        auto database = connected(server.address(), {.statement = milliseconds(100)});
        QVERIFY(database.has_value());
        const auto state = (*database)->readState({}, {});
        QVERIFY(!state.has_value());
        QCOMPARE(state.error().code, ErrorCode::TimedOut);
        QVERIFY(toText(state.error())
                    .find("stopped answering while the open transactions were read. Check the"
                          " server and the network") != std::string::npos);
    }
};

int refusals_test(int argc, char** argv)
{
    RefusalsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "refusals_test.moc"
