// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"
#include "core/demos/demo.h"
#include "tests/cli/run_cli.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

QJsonObject scenario(const QJsonObject& document, const char* id)
{
    for (const QJsonValue& each : document[QStringLiteral("scenarios")].toArray()) {
        if (each.toObject()[QStringLiteral("id")].toString() == QLatin1String(id))
            return each.toObject();
    }
    return {};
}

QString outcome(const QJsonObject& document, const char* id)
{
    return scenario(document, id)[QStringLiteral("outcome")].toString();
}

bool hasRule(const QJsonObject& document, const char* rule)
{
    for (const QJsonValue& each : document[QStringLiteral("findings")].toArray()) {
        if (each.toObject()[QStringLiteral("rule")].toString() == QLatin1String(rule))
            return true;
    }
    return false;
}

void write(const QString& name, const char* text)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

} // namespace

/// What `diagnose` tells of an upgrade that is to come.
class OutlookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whatAnUpgradeWouldDestroyIsSaid()
    {
        const auto demo = startDemo("dropped-tables", {});
        QVERIFY2(demo.has_value(), demo ? "" : toText(demo.error()).c_str());
        const std::vector<std::string> arguments{
            "diagnose", "--project", demo->project.string(), "--dsn", demo->dsn};
        std::vector<std::string> withJson = arguments;
        withJson.insert(withJson.end(), {"--format", "json"});
        const QJsonObject document = runCli(withJson).json();
        const QJsonObject way = document[QStringLiteral("options")].toArray().at(0).toObject();
        QVERIFY(way[QStringLiteral("cons")].toArray().at(0).toString().contains(
            QStringLiteral("tables lose all their rows")));
        QVERIFY(document[QStringLiteral("loss")].isObject());
        QVERIFY(hasRule(document, "drop-table"));
        QCOMPARE(document[QStringLiteral("before_upgrade")].toArray().size(), 8);
        QCOMPARE(outcome(document, "this-database"), QStringLiteral("loses-data"));
        QCOMPARE(document[QStringLiteral("scenarios")].toArray().size(), 5);
        QCOMPARE(document[QStringLiteral("safe_to_start")]
                     .toObject()[QStringLiteral("verdict")]
                     .toString(),
                 QStringLiteral("yes"));
        const CliRun text = runCli(arguments);
        QVERIFY2(contains(text.out, "Locks now: free."), text.out.c_str());
        QVERIFY2(contains(text.out, "Clean start"), text.out.c_str());
    }

    void withoutADatabaseTheFilesStillTell()
    {
        const QJsonObject document =
            runCli({"diagnose", "--project", dataProject("shop"), "--format", "json"}).json();
        QCOMPARE(outcome(document, "fresh-database"), QStringLiteral("works"));
        QCOMPARE(outcome(document, "this-database"), QStringLiteral("not-known"));
        QCOMPARE(outcome(document, "rollback"), QStringLiteral("loses-data"));
        QVERIFY(!document.contains(QStringLiteral("safe_to_start")));
        QCOMPARE(document[QStringLiteral("clean_start")].toArray().size(), 7);
    }

    void aScanTellsHowContainersStart()
    {
        const QTemporaryDir folder;
        std::filesystem::copy(dataProject("shop"),
                              folder.path().toStdString() + "/shop",
                              std::filesystem::copy_options::recursive);
        const QString shop = folder.path() + QStringLiteral("/shop");
        write(shop + QStringLiteral("/compose.yml"),
              "services:\n  web:\n    build: .\n    command: sh -c \"alembic upgrade head && "
              "python app.py\"\n    deploy:\n      replicas: 3\n");
        write(shop + QStringLiteral("/Dockerfile"), "FROM python:3.11\nCOPY . /app\n");
        write(shop + QStringLiteral("/app.py"), "print('shop')\n");
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        QVERIFY((*server)->createDatabase("fresh", {}).has_value());
        const QJsonObject document = runCli({"diagnose",
                                             "--scan",
                                             "--project",
                                             shop.toStdString(),
                                             "--dsn",
                                             (*server)->uri("fresh"),
                                             "--format",
                                             "json"})
                                         .json();
        QCOMPARE(outcome(document, "deployment"), QStringLiteral("works"));
        QVERIFY(scenario(document, "deployment")[QStringLiteral("text")].toString().contains(
            QStringLiteral("Service web of compose.yml")));
        QCOMPARE(outcome(document, "replicas"), QStringLiteral("risky"));
        QVERIFY(scenario(document, "replicas")[QStringLiteral("text")].toString().contains(
            QStringLiteral("3 replicas")));
    }
};

int outlook_test(int argc, char** argv)
{
    qunsetenv("SIGHTGLASS_DSN");
    OutlookTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "outlook_test.moc"
