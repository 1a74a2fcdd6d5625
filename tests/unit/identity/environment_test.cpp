// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/environment.h"

#include <QTest>

using namespace sightglass;

class EnvironmentTest : public QObject
{
    Q_OBJECT

    static std::string judged(const QString& dsn, const EnvironmentHints& hints = {})
    {
        return std::string(
            toText(judgeEnvironment(*parseConnectionTarget(dsn.toStdString()), hints).environment));
    }

private Q_SLOTS:

    void namesSpeak_data()
    {
        QTest::addColumn<QString>("dsn");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* dsn, const char* expected) {
            QTest::newRow(dsn) << QString::fromUtf8(dsn) << QString::fromUtf8(expected);
        };
        row("postgresql://h.prod.example.org/shop", "production");
        row("postgresql://localhost/shop_prod", "production");
        row("postgresql://h/shop-live", "production");
        row("postgresql://h/product", "unknown");
        row("postgresql://staging-db.example.org/shop", "staging");
        row("postgresql://h/shop_test", "test");
        row("postgresql://prod.example.org/shop_test", "production");
        row("postgresql://h/latest", "unknown");
        row("postgresql://h/delivery", "unknown");
        row("postgresql://localhost/shop", "development");
        row("postgresql:///shop", "development");
        row("postgresql://dev.example.org/shop", "development");
        row("postgresql://10.1.2.3/shop", "unknown");
        row("service=shop", "unknown");
        row("service=shop-production", "production");
        row("host=/var/lib/production/run dbname=shop", "development");
        row("host=/tmp/sightglass-pg-a1B2 dbname=shop", "ephemeral");
    }

    void namesSpeak()
    {
        QFETCH(QString, dsn);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(judged(dsn)), expected);
    }

    void thePatternsOfTheProjectComeFirst()
    {
        EnvironmentHints hints;
        hints.patterns = {{"10.1.*", EnvironmentKind::Production},
                          {"*/shop_test", EnvironmentKind::Staging},
                          {"h:6000/*", EnvironmentKind::Test}};
        QCOMPARE(judged(QStringLiteral("postgresql://10.1.2.3/shop"), hints),
                 std::string("production"));
        QCOMPARE(judged(QStringLiteral("postgresql://x/shop_test"), hints), std::string("staging"));
        QCOMPARE(judged(QStringLiteral("postgresql://h:6000/a"), hints), std::string("test"));
        QCOMPARE(judged(QStringLiteral("postgresql://h:6001/a"), hints), std::string("unknown"));
    }

    void composeAndCiSpeakForALocalServer()
    {
        EnvironmentHints hints;
        hints.composed = {{.port = "5433",
                           .file = "compose.test.yml",
                           .service = "db",
                           .environment = EnvironmentKind::Test}};
        QCOMPARE(judged(QStringLiteral("postgresql://localhost:5433/shop"), hints),
                 std::string("test"));
        QCOMPARE(judged(QStringLiteral("postgresql://localhost:5432/shop"), hints),
                 std::string("development"));
        QCOMPARE(judged(QStringLiteral("postgresql://elsewhere:5433/shop"), hints),
                 std::string("unknown"));
        hints.inCi = true;
        QCOMPARE(judged(QStringLiteral("postgresql://localhost/shop"), hints),
                 std::string("ephemeral"));
        QCOMPARE(judged(QStringLiteral("postgresql://10.1.2.3/shop"), hints),
                 std::string("unknown"));
    }

    void whatAnsweredFillsWhatTheAddressLeavesOpen()
    {
        EnvironmentHints hints;
        hints.connectedHost = "db7.example.org";
        hints.connectedDatabase = "shop_prod";
        QCOMPARE(judged(QStringLiteral("service=shop"), hints), std::string("production"));
        hints.connectedDatabase = "shop";
        QCOMPARE(judged(QStringLiteral("postgresql:///shop"), hints), std::string("unknown"));
        QCOMPARE(judged(QStringLiteral("postgresql://localhost/shop"), hints),
                 std::string("development"));
        QCOMPARE(judged(QStringLiteral("host=localhost hostaddr=10.1.2.3 dbname=shop")),
                 std::string("unknown"));
        hints.connectedHost = "/run/postgresql";
        QCOMPARE(judged(QStringLiteral("service=shop"), hints), std::string("development"));
    }

    void unknownIsConfirmedLikeProduction()
    {
        QCOMPARE(confirmationFor(EnvironmentKind::Unknown),
                 confirmationFor(EnvironmentKind::Production));
        QVERIFY(confirmationFor(EnvironmentKind::Test) !=
                confirmationFor(EnvironmentKind::Production));
    }

    void theReasonHoldsNoSecret()
    {
        const auto judged =
            judgeEnvironment(*parseConnectionTarget("postgresql://me:s3cret@h.prod/d"));
        QVERIFY(judged.why.find("s3cret") == std::string::npos);
        QVERIFY(judged.why.find("h.prod") != std::string::npos);
    }

    void wordsGoThereAndBack()
    {
        for (const EnvironmentKind each : allEnvironmentKinds)
            QCOMPARE(environmentFromText(toText(each)), each);
        QCOMPARE(environmentFromText("prod"), EnvironmentKind::Unknown);
    }
};

int environment_test(int argc, char** argv)
{
    EnvironmentTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "environment_test.moc"
