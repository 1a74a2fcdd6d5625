// SPDX-License-Identifier: GPL-3.0-or-later
// The command `project` on the demos' projects, each in a folder of its own.
#include "tests/cli/run_cli.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <set>

using namespace sightglass;
using namespace sightglass::tests;

class ProjectCommandTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string copyOf(const std::string& demo)
    {
        namespace fs = std::filesystem;
        const fs::path made = fs::path(m_folder.path().toStdString()) / demo;
        fs::remove_all(made);
        fs::copy(fs::path(SIGHTGLASS_SOURCE_DIR) / "resources/demos" / demo / "project",
                 made,
                 fs::copy_options::recursive);
        return made.string();
    }

    static std::string found(const CliRun& run, const std::string& rule)
    {
        std::set<std::string> made;
        for (const auto& each : run.json()[QStringLiteral("findings")].toArray()) {
            const QJsonObject finding = each.toObject();
            if (finding[QStringLiteral("rule")].toString().toStdString() != rule)
                continue;
            const std::string file = finding[QStringLiteral("file")].toString().toStdString();
            made.insert(finding[QStringLiteral("severity")].toString().toStdString() + " " +
                        file.substr(file.rfind('/') + 1));
        }
        std::string text;
        for (const std::string& each : made)
            text += (text.empty() ? "" : ", ") + each;
        return text;
    }

    static CliRun runOn(const std::string& project)
    {
        return runCli({"project", "--project", project, "--no-docker", "--format", "json"});
    }

private Q_SLOTS:

    void initTestCase()
    {
        qunsetenv("SIGHTGLASS_DSN");
        QVERIFY(m_folder.isValid());
    }

    void theMakefileThatDeletedTheVolumesIsNamed()
    {
        const CliRun run = runOn(copyOf("version-mismatch"));
        QCOMPARE(run.status, 1);
        QVERIFY(found(run, "destructive-without-prompt").find("high Makefile") !=
                std::string::npos);
        QCOMPARE(
            run.json()[QStringLiteral("volumes")][QStringLiteral("docker")][QStringLiteral("asked")]
                .toBool(),
            false);
        const auto databases =
            run.json()[QStringLiteral("volumes")][QStringLiteral("database")].toArray();
        std::set<std::string> names;
        for (const auto& each : databases)
            names.insert(each.toObject()[QStringLiteral("name")].toString().toStdString());
        QVERIFY(names.contains("dashtam-dev_postgres_dev_data"));
        QVERIFY(names.contains("dashtam_postgres_data"));
    }

    void aDockerClientOnThePathIsAsked()
    {
        const std::string project = copyOf("version-mismatch");
        const QString programs = m_folder.filePath(QStringLiteral("bin"));
        QVERIFY(QDir().mkpath(programs));
        QFile docker(programs + QStringLiteral("/docker"));
        QVERIFY(docker.open(QIODevice::WriteOnly));
        docker.write("#!/bin/sh\n[ \"$1 $2\" = 'volume ls' ] || exit 1\n"
                     "echo '{\"Name\":\"dashtam_postgres_dev_data\",\"Labels\":\"\"}'\n"
                     "echo '{\"Name\":\"dashtam-dev_postgres_dev_data\",\"Labels\":\"\"}'\n");
        docker.close();
        docker.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", programs.toUtf8() + ":" + path);
        const CliRun run = runCli({"project", "--project", project, "--format", "json"});
        qputenv("PATH", path);
        const QJsonObject volumes = run.json()[QStringLiteral("volumes")].toObject();
        QVERIFY(volumes[QStringLiteral("docker")][QStringLiteral("asked")].toBool());
        QCOMPARE(volumes[QStringLiteral("stale")].toArray().size(), 1);
        QCOMPARE(volumes[QStringLiteral("stale")]
                     .toArray()
                     .at(0)
                     .toObject()[QStringLiteral("name")]
                     .toString(),
                 QStringLiteral("dashtam_postgres_dev_data"));
        QCOMPARE(found(run, "stale-volume"), std::string("medium "));
    }

    void theStartThatBypassesTheChainIsNamed()
    {
        const CliRun run = runOn(copyOf("missing-initial"));
        QCOMPARE(run.status, 1);
        QCOMPARE(found(run, "create-all-beside-chain"), std::string("high base.py"));
        QCOMPARE(found(run, "start-without-upgrade"), std::string("high Dockerfile"));
    }

    void aStartThatUpgradesIsLeftAlone()
    {
        const CliRun run = runOn(copyOf("interrupted"));
        QCOMPARE(found(run, "start-without-upgrade"), std::string());
        const auto starts = run.json()[QStringLiteral("containers")].toArray();
        QCOMPARE(starts.size(), 1);
        QCOMPARE(starts.at(0).toObject()[QStringLiteral("verdict")].toString(),
                 QStringLiteral("upgrades-first"));
    }

    void theSqlFileBesideTheChainIsNamed()
    {
        const CliRun run = runOn(copyOf("stale-init-sql"));
        QVERIFY(found(run, "sql-file-beside-chain").find("00_init.sql") != std::string::npos);
        QCOMPARE(run.json()[QStringLiteral("sql_files")].toArray().size(), 2);
    }

    void aHealthyProjectHasNothingLoud()
    {
        QCOMPARE(runOn(copyOf("healthy")).status, 0);
        QCOMPARE(runOn(copyOf("two-heads")).status, 0);
    }

    void textNamesEveryPart()
    {
        const CliRun run =
            runCli({"project", "--project", copyOf("missing-initial"), "--no-docker"});
        for (const char* part : {"env.py\n",
                                 "Container start\n",
                                 "Where the data are\n",
                                 "Commands that delete a database or its volume\n",
                                 "Findings\n"})
            QVERIFY2(contains(run.out, part), part);
    }
};

int project_command_test(int argc, char** argv)
{
    ProjectCommandTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "project_command_test.moc"
