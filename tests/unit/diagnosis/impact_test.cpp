// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/impact.h"
#include "tests/support/graph_text.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

/// A chain of three, a database at the first of them, and what is known around it.
struct ImpactCase
{
    RevisionGraph graph = RevisionGraph::build(revisionsFromText("a1\nb2 <- a1\nc3 <- b2\n"));
    Diagnosis diagnosis;
    PendingFacts pending;
    SurroundingFacts around;
    bool reviewed = true;

    ImpactCase()
    {
        diagnosis.hasDatabase = true;
        diagnosis.state = DatabaseState::Pending;
        diagnosis.current = {"a1"};
        diagnosis.pending = {"b2", "c3"};
        diagnosis.freshDatabase.ok = true;
    }

    ImpactCase& container(StartOrder order)
    {
        around.scanned = true;
        around.containers.push_back({.name = "Service web of compose.yml", .order = order});
        return *this;
    }

    Impact impact() const
    {
        return impactOf({.diagnosis = diagnosis,
                         .graph = graph,
                         .pending = reviewed ? &pending : nullptr,
                         .around = around});
    }

    Scenario scenario(const std::string& id) const
    {
        for (Scenario& each : impact().scenarios) {
            if (each.id == id)
                return each;
        }
        return {};
    }

    std::string outcome(const std::string& id) const
    {
        return std::string(toText(scenario(id).outcome));
    }

    std::string answer(const std::string& item) const
    {
        for (const CleanStartItem& each : impact().cleanStart) {
            if (each.item.find(item) != std::string::npos)
                return !each.ok ? "unknown" : *each.ok ? "yes" : "no";
        }
        return "";
    }
};

} // namespace

class ImpactTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aNewDatabaseIsJudgedByTheChainAlone()
    {
        ImpactCase made;
        QCOMPARE(made.outcome("fresh-database"), std::string("works"));
        made.diagnosis.freshDatabase = {
            .ok = false, .revision = "b2", .error = "relation \"users\" does not exist"};
        QCOMPARE(made.outcome("fresh-database"), std::string("stops"));
        QVERIFY(made.scenario("fresh-database").text.find("b2") != std::string::npos);
        made.diagnosis.freshDatabase = {.reason = "b2 reads a file"};
        QCOMPARE(made.outcome("fresh-database"), std::string("not-known"));
        QVERIFY(made.scenario("fresh-database").needsRehearsal);
    }

    void thisDatabaseIsJudgedByWhatIsPending()
    {
        ImpactCase made;
        QCOMPARE(made.outcome("this-database"), std::string("works"));
        made.pending.notAnalysed = "revision c3 runs text that could not be read.";
        QCOMPARE(made.outcome("this-database"), std::string("not-known"));
        made.pending.loss = "1 table loses all its rows, 12 as far as is known";
        QCOMPARE(made.outcome("this-database"), std::string("loses-data"));
        made.pending.refusedAt = "b2";
        made.pending.refusal = "relation \"orders\" already exists";
        QCOMPARE(made.outcome("this-database"), std::string("stops"));
        made.reviewed = false;
        QCOMPARE(made.outcome("this-database"), std::string("not-known"));
        made.diagnosis.pending.clear();
        QCOMPARE(made.outcome("this-database"), std::string("works"));
        made.diagnosis.state = DatabaseState::UnknownRevision;
        made.diagnosis.pendingUnknown = "an upgrade would stop at the version rows";
        QCOMPARE(made.outcome("this-database"), std::string("stops"));
        made.diagnosis.hasDatabase = false;
        QCOMPARE(made.outcome("this-database"), std::string("not-known"));
    }

    void aDeploymentFollowsItsContainer()
    {
        QCOMPARE(ImpactCase().outcome("deployment"), std::string("not-known"));
        ImpactCase first = ImpactCase().container(StartOrder::UpgradesFirst);
        QCOMPARE(first.outcome("deployment"), std::string("works"));
        first.pending.refusedAt = "b2";
        first.pending.refusal = "relation \"orders\" already exists";
        QCOMPARE(first.outcome("deployment"), std::string("stops"));
        QVERIFY(first.scenario("deployment").text.find("does not start") != std::string::npos);
        first.around.containers.front().failureIgnored = true;
        QVERIFY(first.scenario("deployment").text.find("old schema") != std::string::npos);
        QCOMPARE(ImpactCase().container(StartOrder::UpgradesAfter).outcome("deployment"),
                 std::string("risky"));
        ImpactCase none = ImpactCase().container(StartOrder::NoUpgrade);
        QCOMPARE(none.outcome("deployment"), std::string("risky"));
        none.diagnosis.pending.clear();
        QCOMPARE(none.outcome("deployment"), std::string("works"));
    }

    void replicasMeetUnlessSomethingKeepsThemApart()
    {
        QCOMPARE(ImpactCase().outcome("replicas"), std::string("not-known"));
        QCOMPARE(ImpactCase().container(StartOrder::NoUpgrade).outcome("replicas"),
                 std::string("works"));
        QCOMPARE(ImpactCase().container(StartOrder::NotKnown).outcome("replicas"),
                 std::string("not-known"));
        ImpactCase several = ImpactCase().container(StartOrder::UpgradesFirst);
        several.around.containers.front().replicas = 3;
        QCOMPARE(several.outcome("replicas"), std::string("risky"));
        QVERIFY(several.scenario("replicas").text.find("3 replicas") != std::string::npos);
        several.around.envTakesLock = true;
        QCOMPARE(several.outcome("replicas"), std::string("works"));
        ImpactCase lines;
        lines.around.upgradeLines = {Evidence{.text = "start.sh:4"}};
        QCOMPARE(lines.outcome("replicas"), std::string("risky"));
        lines.around.upgradeLines->clear();
        QCOMPARE(lines.outcome("replicas"), std::string("not-known"));
    }

    void aCleanStartIsAnsweredLineByLine()
    {
        ImpactCase made;
        QCOMPARE(made.answer("builds an empty database"), std::string("yes"));
        QCOMPARE(made.answer("one head"), std::string("yes"));
        QCOMPARE(made.answer("Seed data"), std::string("unknown")); // operations are not read
        QCOMPARE(made.answer("every table of the models"), std::string("unknown"));
        QCOMPARE(made.answer("Nothing but the chain"), std::string("unknown"));
        QCOMPARE(made.answer("after the upgrade"), std::string("unknown"));
        QCOMPARE(made.answer("A run on an empty database"), std::string("unknown"));
        made.container(StartOrder::UpgradesFirst);
        QCOMPARE(made.answer("Nothing but the chain"), std::string("yes"));
        QCOMPARE(made.answer("after the upgrade"), std::string("yes"));
        made.around.createAll = {"app/main.py:12"};
        made.container(StartOrder::UpgradesAfter);
        QCOMPARE(made.answer("Nothing but the chain"), std::string("no"));
        QCOMPARE(made.answer("after the upgrade"), std::string("no"));
        made.graph = RevisionGraph::build(revisionsFromText("a1\nb2 <- a1\nc3 <- a1\n"));
        QCOMPARE(made.answer("one head"), std::string("no"));
    }
};

int impact_test(int argc, char** argv)
{
    ImpactTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "impact_test.moc"
