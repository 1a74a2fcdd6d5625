// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/project/project_tree.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

std::string service(const std::string& project, const std::string& key)
{
    return "name: " + project +
           "\nservices:\n  postgres:\n    image: postgres:17-alpine\n    volumes: [" + key +
           ":/var/lib/postgresql/data]\nvolumes:\n  " + key + ":\n";
}

} // namespace

class VolumesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void readsWhatDockerLists()
    {
        const auto volumes = readDockerVolumes("{\"Name\":\"a_b\",\"Labels\":\"com.docker.compose."
                                               "project=a,com.docker.compose.volume=b\"}\n"
                                               "no json\n{\"Name\":\"c\"}\n");
        QCOMPARE(volumes.size(), std::size_t(2));
        QCOMPARE(volumes[0].composeProject, std::string("a"));
        QCOMPARE(volumes[0].composeVolume, std::string("b"));
        QCOMPARE(volumes[1].composeVolume, std::string());
    }

    void volumesUnderAnOlderNameAreStale()
    {
        // As the incident's machine had them.
        const ProjectTree tree{
            {"compose/docker-compose.dev.yml", service("dashtam-dev", "postgres_dev_data")}};
        const auto project = findProject(tree.files(), {.start = "/p"});
        ScanInput more{.project = *project};
        more.docker.asked = true;
        for (const char* name : {"dashtam-dev_postgres_dev_data",
                                 "dashtam-dev_redis_dev_data",
                                 "dashtam_postgres_data",
                                 "dashtam_postgres_dev_data",
                                 "dashtam_redis_data",
                                 "other_postgres_data",
                                 "dashtamer_postgres_data",
                                 "3f0b7d7c1c6d4f7a"})
            more.docker.volumes.push_back(
                {.name = name, .composeProject = {}, .composeVolume = {}});
        const ProjectScan scan = tree.scan(&more);
        std::vector<std::string> stale;
        for (const StaleVolume& each : scan.staleVolumes) {
            stale.push_back(each.name);
            QCOMPARE(each.instead, std::string("dashtam-dev_postgres_dev_data"));
        }
        QCOMPARE(stale,
                 (std::vector<std::string>{"dashtam_postgres_data", "dashtam_postgres_dev_data"}));
    }

    void labelsOutweighNames()
    {
        const ProjectTree tree{{"compose.yml", service("shop", "data")}};
        const auto project = findProject(tree.files(), {.start = "/p"});
        ScanInput more{.project = *project};
        more.docker.volumes = {
            {.name = "shop_data_old", .composeProject = "another", .composeVolume = "data"},
            {.name = "kept", .composeProject = "shop", .composeVolume = "data"}};
        const ProjectScan scan = tree.scan(&more);
        QCOMPARE(scan.staleVolumes.size(), std::size_t(1));
        QCOMPARE(scan.staleVolumes.front().name, std::string("kept"));
    }

    void whatIsWrongWithAMountIsSaid()
    {
        const auto found = [](const std::string& mount, const std::string& name = "compose.yml") {
            const ProjectTree tree{{name, "services:\n  db:\n    image: postgres:16\n" + mount}};
            return ProjectTree::text(tree.scan());
        };
        QVERIFY(found("    volumes: [d:/var/lib/postgresql]\nvolumes:\n  d:\n")
                    .find("volume-beside-the-data high compose.yml:4") != std::string::npos);
        QVERIFY(found("").find("database-without-volume low compose.yml:2") != std::string::npos);
        QVERIFY(found("    volumes: [d:/var/lib/postgresql/data]\n")
                    .find("volume-not-declared low compose.yml:4") != std::string::npos);
        QVERIFY(found("", "compose.test.yml").find("database-without-volume") == std::string::npos);
        QVERIFY(
            found("    volumes: [d:/var/lib/postgresql/data]\nvolumes:\n  d:\n").find("volume") ==
            std::string::npos);
    }

    void twoVolumesOfOneDatabaseAreNamed()
    {
        const ProjectTree tree{{"docker-compose.yml", service("shop", "pg")},
                               {"docker-compose.dev.yml", service("shop-dev", "pg_dev")},
                               {"docker-compose.test.yml", service("shop-test", "pg_test")}};
        const ProjectScan scan = tree.scan();
        QVERIFY(ProjectTree::text(scan, "database-in-several-volumes")
                    .starts_with("info docker-compose.dev.yml:"));
        QCOMPARE(scan.volumes.size(), std::size_t(3));
    }
};

int volumes_test(int argc, char** argv)
{
    VolumesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "volumes_test.moc"
