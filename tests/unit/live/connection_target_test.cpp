// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/live/connection_target.h"

#include <QTest>

#include <map>
#include <random>

using namespace sightglass;

namespace {

/// The target as text: its parameters, then what it shows, its driver and what was dropped.
std::string described(const std::string& address)
{
    const auto target = parseConnectionTarget(address);
    if (!target)
        return std::string(toText(target.error().code)) + ": " + toText(target.error());
    std::string text;
    for (const auto& [key, value] : target->parameters)
        text += key + "=" + value + " ";
    text += "| " + target->shown;
    if (!target->driver.empty())
        text += " | driver " + target->driver;
    for (const std::string& key : target->dropped)
        text += " | dropped " + key;
    return text;
}

std::string percentEncoded(const std::string& text)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0)
            result += c;
        else
            result += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return result;
}

} // namespace

class ConnectionTargetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryNotation_data()
    {
        QTest::addColumn<std::string>("address");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char* name, const char* address, const char* expected) {
            QTest::newRow(name) << std::string(address) << std::string(expected);
        };
        row("uri", "postgresql://ann:s3cret@localhost:5432/swae",
            "dbname=swae host=localhost password=s3cret port=5432 user=ann | swae on localhost:5432");
        row("short scheme", "postgres://localhost/swae", "dbname=swae host=localhost | swae on localhost");
        row("nothing but the scheme", "postgresql://", "| the default database");
        row("empty host", "postgresql:///swae", "dbname=swae | swae");
        row("no user, a password", "postgresql://:pw@h/d", "dbname=d host=h password=pw | d on h");
        row("user alone", "postgresql://ann@/d", "dbname=d user=ann | d");
        row("escapes", "postgresql://a%40b:p%40%3A%2F%25w@h/my%20db",
            "dbname=my db host=h password=p@:/%w user=a@b | my db on h");
        row("a percent sign that escapes nothing", "postgresql://u:100%@h/d",
            "dbname=d host=h password=100% user=u | d on h");
        row("several hosts", "postgresql://u@a:1,b,[::1]:3/d",
            "dbname=d host=a,b,::1 port=1,,3 user=u | d on a:1, b, [::1]:3");
        row("ipv6", "postgresql://[2001:db8::1]:5433/d",
            "dbname=d host=2001:db8::1 port=5433 | d on [2001:db8::1]:5433");
        row("socket in the host", "postgresql://%2Frun%2Fpg/d", "dbname=d host=/run/pg | d on /run/pg");
        row("socket in the query", "postgresql:///d?host=/run/pg&port=5433",
            "dbname=d host=/run/pg port=5433 | d on /run/pg:5433");
        row("hosts in the query", "postgresql+psycopg2://u@/d?host=a:1&host=b:2",
            "dbname=d host=a,b port=1,2 user=u | d on a:1, b:2 | driver psycopg2");
        row("query options", "postgresql://h/d?sslmode=require&options=-c%20search_path%3Dapp",
            "dbname=d host=h options=-c search_path=app sslmode=require | d on h");
        row("plus as a blank, with a driver", "postgresql+psycopg://h/d?options=-c+geqo%3Doff",
            "dbname=d host=h options=-c geqo=off | d on h | driver psycopg");
        row("plus as itself, without", "postgresql://h/d?application_name=a+b",
            "application_name=a+b dbname=d host=h | d on h");
        row("asyncpg", "postgresql+asyncpg://u:p@h/d?ssl=require&prepared_statement_cache_size=0",
            "dbname=d host=h password=p sslmode=require user=u | d on h | driver asyncpg"
            " | dropped prepared_statement_cache_size");
        row("asyncpg verify-full", "postgresql+asyncpg://h/d?ssl=verify-full",
            "dbname=d host=h sslmode=verify-full | d on h | driver asyncpg");
        row("asyncpg ssl=false", "postgresql+asyncpg://h/d?ssl=false",
            "dbname=d host=h sslmode=disable | d on h | driver asyncpg");
        row("a path as ssl", "postgresql+pg8000://h/d?ssl=/a/b",
            "dbname=d host=h | d on h | driver pg8000 | dropped ssl");
        row("blanks around", "  postgresql://h/d\n", "dbname=d host=h | d on h");
        row("keywords", "host=h port=5433 dbname=d user=u", "dbname=d host=h port=5433 user=u | d on h:5433");
        row("keywords with quotes", "dbname = 'my \\'db\\'' password='a b\\\\' host=h",
            "dbname=my 'db' host=h password=a b\\ | my 'db' on h");
        row("keywords with escapes", "password=a\\ b dbname=d", "dbname=d password=a b | d");
        row("empty value", "password='' dbname=d", "dbname=d password= | d");
        row("service", "service=shop", "service=shop | service shop");
        row("service and database", "service=shop dbname=d", "dbname=d service=shop | d of service shop");
        row("service in a uri", "postgresql://?service=shop", "service=shop | service shop");
        row("a url inside a keyword string", "dbname='a://b'", "dbname=a://b | a://b");
        row("a newline in the name", "postgresql://h/a%0Ab", "dbname=a\nb host=h | a\\nb on h");
    }

    void readsEveryNotation()
    {
        QFETCH(std::string, address);
        QFETCH(std::string, expected);
        QCOMPARE(described(address), expected);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<std::string>("address");
        QTest::addColumn<std::string>("sentence");
        const auto row = [](const char* name, const std::string& address, const char* sentence) {
            QTest::newRow(name) << address << std::string(sentence);
        };
        row("empty", "  ", "malformed: There is no address of a database.");
        row("a word", "shop", "malformed: The address is neither a URL nor a string of keyword=value pairs.");
        row("other keyword", "hots=h dbname=d", "malformed: The address has the keyword hots,");
        row("open quote", "dbname='d", "malformed: The value of dbname opens a quote and never closes it.");
        row("sqlite", "sqlite:///a.db", "unsupported: The address is one of sqlite, not of PostgreSQL.");
        row("mysql", "mysql+pymysql://h/d", "unsupported: The address is one of mysql+pymysql, not of PostgreSQL.");
        row("http", "http://h/d", "unsupported: The address is one of http, not of PostgreSQL.");
        row("java", "jdbc:postgresql://h/d", "malformed: The address is written for Java (jdbc:).");
        row("the template's", "driver://user:pass@localhost/dbname",
            "malformed: The address is still the placeholder that Alembic's template writes.");
        row("shell variable", "postgresql://u:${DB_PASSWORD}@h/d",
            "malformed: The address holds the placeholder ${DB_PASSWORD}, which nothing has filled in.");
        row("whole variable", "%(DB_URL)s",
            "malformed: The address holds the placeholder %(DB_URL)s, which nothing has filled in.");
        row("port", "postgresql://h:abc/d", "malformed: The port in the address is not a number from 1 to 65535.");
        row("large port", "host=h port=70000", "malformed: The port in the address is not a number from 1 to 65535.");
        row("open bracket", "postgresql://[::1/d", "malformed: The address opens an IPv6 host with [");
        row("raw @", "postgresql://u:p@ss@h/d", "malformed: The address has more than one @ before its database.");
        row("raw /", "postgresql://u:p/w@h/d", "malformed: The address has an unescaped / before its @.");
        row("%00", "postgresql://h/d%00", "malformed: The value of dbname in the address holds a zero byte (%00).");
        row("zero byte", std::string("dbname=a\0b", 10), "malformed: The address holds a zero byte.");
    }

    void saysWhatIsWrong()
    {
        QFETCH(std::string, address);
        QFETCH(std::string, sentence);
        const std::string text = described(address);
        QVERIFY2(text.starts_with(sentence), text.c_str());
        const auto target = parseConnectionTarget(address);
        QVERIFY2(!target.error().nextStep.empty(), text.c_str());
    }

    void neverShowsAPasswordInAnError()
    {
        for (const char* const address :
             {"postgresql://u:hunter2/x@h/d", "postgresql://u:hunter2@x@h/d", "postgresql://u:hunter2",
              "postgresql://u:hunter2/x", "password='hunter2 dbname=d", "password=a hunter2"}) {
            const auto target = parseConnectionTarget(address);
            QVERIFY2(!target.has_value(), address);
            QVERIFY2(toText(target.error()).find("hunter2") == std::string::npos, toText(target.error()).c_str());
        }
    }

    void aKeywordStringMadeOfATargetReadsTheSame()
    {
        std::mt19937 random(20261121); // NOLINT(cert-msc51-cpp): a fixed seed is the point
        std::uniform_int_distribution<int> byte(1, 255);
        std::uniform_int_distribution<int> length(1, 12);
        for (int round = 0; round < 2000; ++round) {
            std::map<std::string, std::string> wanted;
            for (const char* const key : {"user", "password", "dbname", "application_name"}) {
                std::string& value = wanted[key];
                for (int i = length(random); i > 0; --i)
                    value += static_cast<char>(byte(random));
            }
            const auto direct = parseConnectionTarget(toConninfo({.parameters = wanted}));
            // Random bytes may form a placeholder such as ${x}; nothing else is refused.
            if (!direct && direct.error().message.find("placeholder") != std::string::npos)
                continue;
            QVERIFY2(direct.has_value(), toConninfo({.parameters = wanted}).c_str());
            QVERIFY(direct->parameters == wanted);
            const std::string uri = "postgresql://" + percentEncoded(wanted["user"]) + ":" +
                                    percentEncoded(wanted["password"]) + "@/" + percentEncoded(wanted["dbname"]) +
                                    "?application_name=" + percentEncoded(wanted["application_name"]);
            const auto fromUri = parseConnectionTarget(uri);
            QVERIFY2(fromUri.has_value(), uri.c_str());
            QVERIFY2(fromUri->parameters == wanted, uri.c_str());
        }
    }
};

int connection_target_test(int argc, char** argv)
{
    ConnectionTargetTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "connection_target_test.moc"
