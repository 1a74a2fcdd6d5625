// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demos/demo.h"

#include <QTest>

#include <algorithm>

using namespace sightglass;

class DemosTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersTheIncidents()
    {
        const auto demos = demosFolder().and_then(listDemos);
        QVERIFY2(demos.has_value(), demos ? "" : toText(demos.error()).c_str());
        for (const char* name : {"version-mismatch", "broken-chain", "dropped-tables", "dropped-tables-after", "missing-initial", "interrupted",
                                 "manual-changes", "unknown-revision", "stale-init-sql", "healthy"}) {
            const auto found = std::ranges::find(*demos, name, &DemoDescription::name);
            QVERIFY2(found != demos->end(), name);
            QVERIFY2(!found->title.empty() && !found->summary.empty() && !found->database.empty(), name);
        }
    }

    void startsEachWithItsProjectAndDatabase_data()
    {
        QTest::addColumn<QString>("name");
        const auto demos = demosFolder().and_then(listDemos);
        QVERIFY(demos.has_value());
        for (const DemoDescription& demo : *demos)
            QTest::newRow(demo.name.c_str()) << QString::fromStdString(demo.name);
    }

    void startsEachWithItsProjectAndDatabase()
    {
        QFETCH(const QString, name);
        const auto running = startDemo(name.toStdString(), {});
        QVERIFY2(running.has_value(), running ? "" : toText(running.error()).c_str());
        QVERIFY(DiskFileSystem().isDirectory(running->project));
        QVERIFY(running->server->runSql(running->description.database, "SELECT 1;", {}).has_value());
    }

    void namesTheDemosWhenThereIsNoSuchOne()
    {
        const auto running = startDemo("no-such", {});
        QVERIFY(!running.has_value());
        QVERIFY(toText(running.error()).find("There are: ") != std::string::npos);
        QVERIFY(toText(running.error()).find("broken-chain") != std::string::npos);
    }
};

int demos_test(int argc, char** argv)
{
    DemosTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "demos_test.moc"
