// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/connection_target.h"

#include <QTest>

#include <random>

using namespace sightglass;

class WithoutSecretsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masksPasswordsAndNothingElse_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << std::string(text) << std::string(expected);
        };
        row("nothing", "Reading 3 files.", "Reading 3 files.");
        row("url", "to postgresql://u:pw@h:5432/d now", "to postgresql://u:***@h:5432/d now");
        row("no password", "postgresql://u@h:5432/d?x=a@b", "postgresql://u@h:5432/d?x=a@b");
        row("no login", "postgresql://h:5432/d", "postgresql://h:5432/d");
        row("several hosts", "postgresql://a:1,b:2/d", "postgresql://a:1,b:2/d");
        row("ipv6", "postgresql://u:pw@[::1]:5/d postgresql://[::1]:5/d",
            "postgresql://u:***@[::1]:5/d postgresql://[::1]:5/d");
        row("two urls", "a://u:x@h b://u:y@h", "a://u:***@h b://u:***@h");
        row("raw characters", "postgresql://u:p@s/s?w#'\"@h/d", "postgresql://u:***@h/d");
        row("raw blank", "postgresql://u:my pass@h/d", "postgresql://u:***@h/d");
        row("cut off", "postgresql://u:secret", "postgresql://u:***");
        row("in quotes", "url=\"postgresql://u:pw@h/d\"", "url=\"postgresql://u:***@h/d\"");
        row("keyword", "host=h password=pw user=u", "host=h password=*** user=u");
        row("quoted keyword", "password = 'a \\' b' user=u", "password = *** user=u");
        row("escaped blank", "password=a\\ b user=u", "password=*** user=u");
        row("open quote", "password='a b c", "password=***");
        row("query", "postgresql://h/d?password=pw&sslmode=require sslpassword=x",
            "postgresql://h/d?password=***&sslmode=require sslpassword=***");
        row("environment", "PGPASSWORD=pw psql", "PGPASSWORD=*** psql");
        row("python", "connect(password=\"p w\", host=1)", "connect(password=***, host=1)");
        row("a word only", "password authentication failed for user \"u\"",
            "password authentication failed for user \"u\"");
        row("passfile stays", "passfile=/home/u/.pgpass", "passfile=/home/u/.pgpass");
    }

    void masksPasswordsAndNothingElse()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, expected);
        QCOMPARE(withoutSecrets(text), expected);
    }

    void leaksNothingWhateverThePasswordHolds()
    {
        std::mt19937 random(7); // NOLINT(cert-msc51-cpp): a fixed seed is the point
        static constexpr std::string_view alphabet = "@:/?#%&='\"\\+.,;[]{}()<>!$~^*|`-_0az";
        std::uniform_int_distribution<std::size_t> letter(0, alphabet.size() - 1);
        std::uniform_int_distribution<int> length(0, 8);
        const auto noise = [&] {
            std::string text;
            for (int i = length(random); i > 0; --i)
                text += alphabet[letter(random)];
            return text;
        };
        for (int round = 0; round < 20000; ++round) {
            const std::string password = noise() + "HUNTER" + noise();
            const std::string url = "before postgresql+asyncpg://ann:" + password + "@host:5432/shop after";
            QVERIFY2(withoutSecrets(url).find("HUNTER") == std::string::npos, url.c_str());
            ConnectionTarget target;
            target.parameters = {{"host", "h"}, {"password", password}, {"user", "u"}};
            const std::string keywords = "before " + toConninfo(target) + " after";
            const std::string masked = withoutSecrets(keywords);
            QVERIFY2(masked.find("HUNTER") == std::string::npos, keywords.c_str());
        }
    }
};

int without_secrets_test(int argc, char** argv)
{
    WithoutSecretsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "without_secrets_test.moc"
