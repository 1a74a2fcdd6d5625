// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/yaml_document.h"
#include "tests/unit/project/project_tree.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

class ComposeTest : public QObject
{
    Q_OBJECT

    /// "kind name" where the service db keeps its data.
    static std::string data(const std::string& service, const std::string& more = {})
    {
        const ProjectTree tree{{"compose.yml", "services:\n  db:\n" + service + more}};
        const ProjectScan scan = tree.scan();
        if (scan.volumes.empty())
            return "no database";
        const DatabaseVolume& volume = scan.volumes.front();
        return std::string(toText(volume.kind)) + " " + volume.name +
               (volume.covered ? " covered" : "");
    }

private Q_SLOTS:

    void readsYamlWithAliasesAndMergeKeys()
    {
        const auto read = readYaml("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc: |\n  text\n", "f");
        QVERIFY(read.has_value());
        const YamlValue& document = read->front();
        QCOMPARE(document["b"]["x"].text, std::string("1"));
        QCOMPARE(document["b"]["y"].text, std::string("3"));
        QCOMPARE(document["b"].line, 2);
        QVERIFY(document["c"].block);
        QCOMPARE(document["missing"].text, std::string());
    }

    void badYamlIsAnErrorWithItsLine()
    {
        const auto read = readYaml("a: 1\nb: [1, 2\nc: }\n", "f.yml");
        QVERIFY(!read.has_value());
        QVERIFY(read.error().line > 1);
        std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 9; ++i) {
            const std::string last = "*a" + std::to_string(i - 1);
            bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
            for (int k = 0; k < 10; ++k)
                bomb += (k == 0 ? "" : ", ") + last;
            bomb += "]\n";
        }
        const auto large = readYaml(bomb, "f.yml");
        QVERIFY(!large.has_value());
        QCOMPARE(large.error().code, ErrorCode::Unsupported);
    }

    void findsWhereTheDataAre_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("expected");
        const auto row =
            [](const char* name, const char* service, const char* more, const char* expected) {
                QTest::newRow(name) << QString::fromUtf8(service) << QString::fromUtf8(more)
                                    << QString::fromUtf8(expected);
            };
        const char* declared = "volumes:\n  d:\n";
        row("named",
            "    image: postgres:16\n    volumes: [d:/var/lib/postgresql/data]\n",
            declared,
            "named p_d");
        row("own name",
            "    image: postgres:16\n    volumes: [d:/var/lib/postgresql/data]\n",
            "volumes:\n  d:\n    name: kept\n",
            "named kept");
        row("external",
            "    image: postgres:16\n    volumes: [d:/var/lib/postgresql/data]\n",
            "volumes:\n  d:\n    external: true\n",
            "named d");
        row("project name",
            "    image: postgres:16\n    volumes: [d:/var/lib/postgresql/data]\n",
            "name: shop\nvolumes:\n  d:\n",
            "named shop_d");
        row("long form",
            "    image: postgres:16\n    volumes:\n      - type: volume\n        source: d\n       "
            " target: /var/lib/postgresql/data\n",
            declared,
            "named p_d");
        row("bind",
            "    image: postgres:16\n    volumes: ['./pg:/var/lib/postgresql/data:rw']\n",
            "",
            "bind ./pg");
        row("variable with a value",
            "    image: postgres:16\n    volumes: ['${DATA:-./pg}:/var/lib/postgresql/data']\n",
            "",
            "bind ./pg");
        row("tmpfs", "    image: postgres:16\n    tmpfs: /var/lib/postgresql/data\n", "", "tmpfs ");
        row("anonymous", "    image: postgres:16\n", "", "anonymous ");
        row("registry and port",
            "    image: localhost:5000/team/postgres:16-alpine\n    volumes: "
            "[d:/var/lib/postgresql/data]\n",
            declared,
            "named p_d");
        row("bitnami",
            "    image: bitnami/postgresql:15\n    volumes: [d:/bitnami/postgresql]\n",
            declared,
            "named p_d");
        row("timescale",
            "    image: timescale/timescaledb:latest-pg16\n    volumes: "
            "[d:/var/lib/postgresql/data]\n",
            declared,
            "named p_d");
        row("PGDATA",
            "    image: postgres:16\n    environment: [PGDATA=/data/pg]\n    volumes: [d:/data]\n",
            declared,
            "named p_d");
        row("PGDATA below",
            "    image: postgres:16\n    environment:\n      PGDATA: "
            "/var/lib/postgresql/data/pgdata\n    volumes: [d:/var/lib/postgresql/data]\n",
            declared,
            "named p_d");
        row("above the image's volume",
            "    image: postgres:16\n    volumes: [d:/var/lib/postgresql]\n",
            declared,
            "anonymous  covered");
        row("18 keeps it higher",
            "    image: postgres:18\n    volumes: [d:/var/lib/postgresql]\n",
            declared,
            "named p_d");
        row("no version",
            "    image: postgres\n    volumes: [d:/var/lib/postgresql]\n",
            declared,
            "named p_d");
        row("built",
            "    build: ./db\n    environment: {POSTGRES_PASSWORD: x}\n    volumes: "
            "[d:/var/lib/postgresql/data]\n",
            declared,
            "named p_d");
        row("another image", "    image: redis\n    volumes: [d:/data]\n", declared, "no database");
        row("exporter", "    image: prometheuscommunity/postgres-exporter\n", "", "no database");
        row("backup", "    image: prodrigestivill/postgres-backup-local\n", "", "no database");
    }

    void findsWhereTheDataAre()
    {
        QFETCH(QString, service);
        QFETCH(QString, more);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(data(service.toStdString(), more.toStdString())), expected);
    }

    void anOverrideIsLaidOverItsFile()
    {
        const ProjectTree tree{
            {"docker-compose.yml",
             "services:\n  db:\n    image: postgres:16\n    volumes: "
             "[a:/var/lib/postgresql/data]\nvolumes:\n  a:\n"},
            {"docker-compose.override.yml",
             "services:\n  db:\n    volumes: [b:/var/lib/postgresql/data]\nvolumes:\n  b:\n"}};
        const ProjectScan scan = tree.scan();
        QCOMPARE(scan.composeFiles.size(), std::size_t(1));
        QCOMPARE(scan.volumes.front().name, std::string("p_b"));
    }

    void otherYamlIsNoCompose()
    {
        const ProjectTree tree{
            {"openapi.yml", "services:\n  a:\n    title: x\n"},
            {"k8s.yml", "apiVersion: v1\nservices:\n  db:\n    image: postgres\n"},
            {".github/workflows/a.yml",
             "jobs:\n  a:\n    services:\n      db:\n        image: postgres:16\n"}};
        QVERIFY(tree.scan().composeFiles.empty());
    }
};

int compose_test(int argc, char** argv)
{
    ComposeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "compose_test.moc"
