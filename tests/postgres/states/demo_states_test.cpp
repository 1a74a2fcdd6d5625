// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demos/demo.h"
#include "tests/postgres/states/renamed_demo.h"
#include "tests/postgres/states/state_bench.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

/// What the incident document of a demo arrived at.
struct Arrived
{
    const char* recommended; ///< empty: nothing to mend
    std::vector<const char*> says;
    std::vector<const char*> offers; ///< ids of ways back
};

const std::map<std::string, Arrived> arrived{
    {"version-mismatch",
     {"rebuild-schema",
      {"0 of 8 promised tables are there"},
      {"rebuild-schema", "restore-backup"}}},
    {"interrupted",
     {"undo-part",
      {"6a2a7dcf630a stopped half-way: 2 of 4 operations are done",
       "Index uq_fact_entities_name of public.fact_entities is invalid",
       "Not done: Creates table knowledge_links",
       "It leaves the transaction at line"},
      {"undo-part", "finish-part"}}},
    {"manual-changes",
     {"set-aside",
      {"custom_metadata",
       "emoji_custom",
       "idx_characters_custom",
       "9c23e4e81011 will pass and change nothing",
       "b4d1c7a09e25 will stop",
       "7173074fc645 will stop"},
      {"set-aside", "undo-changes"}}},
    {"unknown-revision",
     {"find-file",
      {"invalid_revision_12345", "has the same schema"},
      {"find-file", "stamp-match", "stamp-first", "stamp-head"}}},
    {"missing-initial", {"write-initial", {"No revision creates public.users"}, {"write-initial"}}},
    {"stale-init-sql", {"stamp-match", {"The schema matches"}, {"stamp-match"}}},
    {"two-heads", {"upgrade", {"pending"}, {"upgrade"}}},
    {"healthy", {"", {"promised tables are there as the revisions make them"}, {}}},
};

/// What is said, without a name in it.
std::multiset<std::string> shapeOf(const Diagnosis& diagnosis, const Renaming& renaming)
{
    std::multiset<std::string> shape{"state " + std::string(toText(diagnosis.state)),
                                     "title " + renaming.withoutNames(diagnosis.title)};
    for (const DatabaseState also : diagnosis.alsoHolds)
        shape.insert("also " + std::string(toText(also)));
    for (const Evidence& each : diagnosis.evidence)
        shape.insert("evidence " + renaming.withoutNames(each.text));
    for (const WayBack& way : diagnosis.options)
        shape.insert("way " + way.id + (way.recommended ? ", recommended, " : ", ") +
                     std::to_string(way.steps.size()));
    for (const ChecklistItem& each : diagnosis.checklist)
        shape.insert("checked " + renaming.withoutNames(each.item) +
                     (!each.ok   ? " not known"
                      : *each.ok ? " yes"
                                 : " no"));
    return shape;
}

/// A diagnosis without the database's own name, which is another one too.
Diagnosis withoutDatabase(const Inspection& inspection)
{
    Diagnosis diagnosis = inspection.diagnosis;
    const std::string named = "database " + inspection.live->server.database;
    for (Evidence& each : diagnosis.evidence) {
        const std::size_t at = each.text.find(named);
        if (at != std::string::npos)
            each.text.replace(at, named.size(), "the database");
    }
    return diagnosis;
}

std::string shown(const std::multiset<std::string>& all, const std::multiset<std::string>& other)
{
    std::string text;
    for (const std::string& line : all) {
        if (!other.contains(line))
            text += "  " + line + "\n";
    }
    return text;
}

} // namespace

class DemoStatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void arrivesWhereTheIncidentDocumentDid_data()
    {
        QTest::addColumn<QString>("name");
        const auto demos = demosFolder().and_then(listDemos);
        QVERIFY(demos.has_value());
        for (const DemoDescription& demo : *demos)
            QTest::newRow(demo.name.c_str()) << QString::fromStdString(demo.name);
    }

    void arrivesWhereTheIncidentDocumentDid()
    {
        QFETCH(const QString, name);
        const auto running = startDemo(name.toStdString(), {});
        QVERIFY2(running.has_value(), running ? "" : toText(running.error()).c_str());
        const Inspection inspection = inspectionOf(running->project.string(), running->dsn);
        const Diagnosis& diagnosis = inspection.diagnosis;
        const std::string all = textOf(diagnosis) + stepsOf(diagnosis);
        QVERIFY2(toText(diagnosis.state) == running->description.expectedState,
                 (std::string(toText(diagnosis.state)) + "\n" + all).c_str());
        const auto expected = arrived.find(name.toStdString());
        if (expected == arrived.end())
            return;
        QVERIFY2(recommendedOf(diagnosis) == expected->second.recommended,
                 (recommendedOf(diagnosis) + "\n" + all).c_str());
        for (const char* words : expected->second.says)
            QVERIFY2(textOf(diagnosis).find(words) != std::string::npos,
                     (std::string(words) + "\n" + all).c_str());
        for (const char* id : expected->second.offers)
            QVERIFY2(stepsOf(diagnosis).find("[" + std::string(id) + "]") != std::string::npos,
                     all.c_str());
    }

    void saysTheSameUnderOtherNames_data() { arrivesWhereTheIncidentDocumentDid_data(); }

    /// Nothing is written for a demo by hand: it arrives there whatever things are called.
    void saysTheSameUnderOtherNames()
    {
        QFETCH(const QString, name);
        const auto running = startDemo(name.toStdString(), {});
        QVERIFY2(running.has_value(), running ? "" : toText(running.error()).c_str());
        const std::string project = running->project.string();
        const Inspection before = inspectionOf(project, running->dsn);
        const Renaming renaming(before, project);
        QVERIFY(renaming.names() > 5);

        const QTemporaryDir folder;
        renaming.writeProject(project, folder.path().toStdString());
        const auto sql = DiskFileSystem().read(running->description.folder / "database.sql");
        QVERIFY(sql.has_value());
        QVERIFY(running->server->createDatabase("renamed", {}).has_value());
        const auto ran = running->server->runSql("renamed", renaming.renamed(*sql), {});
        QVERIFY2(ran.has_value(), ran ? "" : toText(ran.error()).c_str());
        const Inspection after =
            inspectionOf(folder.path().toStdString(), running->server->conninfo("renamed"));

        const auto one = shapeOf(withoutDatabase(before), renaming);
        const auto other = shapeOf(withoutDatabase(after), renaming);
        QVERIFY2(
            one == other,
            ("before:\n" + shown(one, other) + "under other names:\n" + shown(other, one)).c_str());
    }
};

int demo_states_test(int argc, char** argv)
{
    DemoStatesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "demo_states_test.moc"
