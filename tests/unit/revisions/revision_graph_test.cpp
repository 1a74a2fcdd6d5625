// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/revision_graph.h"
#include "tests/support/graph_text.h"

#include <QTest>

#include <algorithm>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

RevisionGraph graphOf(std::string_view text)
{
    return RevisionGraph::build(revisionsFromText(text));
}

QString shown(const std::string& text)
{
    return QString::fromStdString(text);
}

QString labelsOf(const RevisionGraph& graph)
{
    QStringList lines;
    for (RevisionIndex i = 0; i < graph.size(); ++i) {
        QStringList labels;
        for (const std::string& label : graph.labels(i))
            labels.append(shown(label));
        lines.append(shown(graph.revision(i).id) + QLatin1Char(':') +
                     labels.join(QLatin1Char(',')));
    }
    return lines.join(QLatin1Char(' '));
}

Revision
numbered(std::size_t number, std::vector<std::size_t> down, std::vector<std::size_t> dependsOn = {})
{
    Revision revision;
    revision.id = "r" + std::to_string(number);
    for (const std::size_t other : down)
        revision.down.push_back({.id = "r" + std::to_string(other), .span = {}});
    for (const std::size_t other : dependsOn)
        revision.dependsOn.push_back({.id = "r" + std::to_string(other), .span = {}});
    return revision;
}

/// Every revision once, and none before one that is built on it.
bool isNewestFirst(const RevisionGraph& graph)
{
    std::vector<std::size_t> place(graph.size(), graph.size());
    for (std::size_t i = 0; i < graph.walkOrder().size(); ++i)
        place[graph.walkOrder()[i]] = i;
    if (graph.walkOrder().size() != graph.size() ||
        std::ranges::find(place, graph.size()) != place.end())
        return false;
    for (RevisionIndex i = 0; i < graph.size(); ++i) {
        for (const RevisionIndex below : graph.acyclicDown(i)) {
            if (place[below] < place[i])
                return false;
        }
    }
    return true;
}

} // namespace

class RevisionGraphTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void isEmptyForAnEmptyFolder()
    {
        const RevisionGraph graph = graphOf("");
        QCOMPARE(graph.size(), std::size_t(0));
        QVERIFY(graph.heads().empty());
        QVERIFY(graph.problems().empty());
        QVERIFY(!graph.stopsAlembic());
    }

    void knowsHeadsBasesAndPoints()
    {
        const RevisionGraph graph = graphOf("a; b <- a; c <- a; d <- b, c; e <- d; f <- d; g + f");
        QCOMPARE(shown(textOf(graph, graph.heads())), QStringLiteral("e f g"));
        QCOMPARE(shown(textOf(graph, graph.effectiveHeads())), QStringLiteral("e g"));
        QCOMPARE(shown(textOf(graph, graph.bases())), QStringLiteral("a g"));
        QCOMPARE(shown(textOf(graph, graph.branchPoints())), QStringLiteral("a d"));
        QCOMPARE(shown(textOf(graph, graph.mergePoints())), QStringLiteral("d"));
        QCOMPARE(shown(textOf(graph, graph.walkOrder())), QStringLiteral("e g f d b c a"));
    }

    void followsLoadOrderWhereHeadsAreEqual()
    {
        const RevisionGraph graph = graphOf("z2 <- z1; b <- a; a; z1");
        QCOMPARE(shown(textOf(graph, graph.walkOrder())), QStringLiteral("z2 z1 b a"));
    }

    void keepsDownRevisionsInWrittenOrderEachOnce()
    {
        const RevisionGraph graph = graphOf("a; b; c <- b, a, b");
        QCOMPARE(shown(textOf(graph, graph.down(2))), QStringLiteral("b a"));
        QVERIFY(graph.isMergePoint(2));
    }

    void dropsDependenciesThatAnAncestorHas()
    {
        const RevisionGraph graph = graphOf("x; y; a + x; b <- a + x, y; c <- b + y");
        QCOMPARE(shown(textOf(graph, graph.dependencies(3))), QStringLiteral("x y"));
        QCOMPARE(shown(textOf(graph, graph.normalizedDependencies(3))), QStringLiteral("y"));
        QVERIFY(graph.normalizedDependencies(4).empty());
        QCOMPARE(shown(textOf(graph, graph.dependents(1))), QStringLiteral("b c"));
    }

    void resolvesLabelsInDependencies()
    {
        const RevisionGraph graph = graphOf("a [lab]; b + lab");
        QCOMPARE(shown(textOf(graph, graph.dependencies(1))), QStringLiteral("a"));
        QCOMPARE(graph.findLabel("lab"), std::optional<RevisionIndex>(0));
        QVERIFY(!graph.find("lab"));
    }

    void spreadsALabelOverAWholeLine()
    {
        QCOMPARE(labelsOf(graphOf("a; b <- a [x]; c <- b")), QStringLiteral("a:x b:x c:x"));
    }

    void spreadsALabelUpwardsOnlyWhereTheLineBranches()
    {
        QCOMPARE(labelsOf(graphOf("a; b <- a [x]; c <- b; d <- b")),
                 QStringLiteral("a: b:x c:x d:x"));
        QCOMPARE(labelsOf(graphOf("a; b <- a [x]; c <- a [y]; d <- b, c")),
                 QStringLiteral("a: b:x c:y d:x,y"));
        QCOMPARE(labelsOf(graphOf("a; b <- a; c <- b [x]; d + b")), QStringLiteral("a: b: c:x d:"));
    }

    void goesThroughAncestorsAndDescendantsWithDependencies()
    {
        const RevisionGraph graph = graphOf("a; b <- a; x; y <- x + a; z");
        const std::vector<RevisionIndex> y{3};
        QCOMPARE(graph.withAncestors(y), (std::vector<bool>{true, false, true, true, false}));
        const std::vector<RevisionIndex> a{0};
        QCOMPARE(graph.withDescendants(a), (std::vector<bool>{true, true, false, true, false}));
    }

    void keepsTheRestOfABrokenGraph()
    {
        const RevisionGraph graph =
            graphOf("a; b <- a; c <- gone; d <- c, b; e <- f; f <- e; g <- f");
        QCOMPARE(shown(textOf(graph, graph.down(3))), QStringLiteral("c b"));
        QVERIFY(!graph.isBase(2));
        QCOMPARE(shown(textOf(graph, graph.heads())), QStringLiteral("d g"));
        QVERIFY(isNewestFirst(graph));
        QCOMPARE(graph.missing().size(), std::size_t(1));
        QCOMPARE(graph.missing()[0].referencedBy, std::vector<RevisionIndex>{2});
    }

    void putsAReplacedFileBesideItsSuccessor()
    {
        const RevisionGraph graph = graphOf("a; b <- a; b <- a; c <- b");
        QCOMPARE(graph.find("b"), std::optional<RevisionIndex>(2));
        QVERIFY(graph.isReplaced(1));
        QCOMPARE(graph.loadPosition(2), RevisionIndex(1));
        QVERIFY(graph.isHead(1));
        QCOMPARE(shown(textOf(graph, graph.walkOrder())), QStringLiteral("c b b a"));
        QVERIFY(isNewestFirst(graph));
    }

    void staysSmallOnHundredThousandRevisions_data()
    {
        QTest::addColumn<int>("shape");
        QTest::newRow("a line") << 0;
        QTest::newRow("a star") << 1;
        QTest::newRow("branches that merge") << 2;
        QTest::newRow("dependencies at every tenth") << 3;
        QTest::newRow("many long branches") << 4;
        QTest::newRow("one cycle of all") << 5;
        QTest::newRow("merges of the same two") << 6;
    }

    /// Quadratic work on this many would take minutes, beyond the limit of the test.
    void staysSmallOnHundredThousandRevisions()
    {
        QFETCH(int, shape);
        constexpr std::size_t count = 100'000;
        std::vector<Revision> revisions;
        for (std::size_t i = 0; i < count; ++i) {
            if (i == 0)
                revisions.push_back(shape == 5 ? numbered(0, {count - 1}) : numbered(0, {}));
            else if (shape == 1)
                revisions.push_back(numbered(i, {0}));
            else if (shape == 2 && i % 3 == 0)
                revisions.push_back(numbered(i, {i - 1, i - 2}));
            else if (shape == 2 && i % 3 == 2)
                revisions.push_back(numbered(i, {i - 2}));
            else if (shape == 3 && i > 100 && i % 10 == 0)
                revisions.push_back(numbered(i, {i - 1}, {i - 100, i / 2}));
            else if (shape == 6)
                revisions.push_back(i == 1 ? numbered(1, {}) : numbered(i, {0, 1}));
            else if (shape == 4)
                revisions.push_back(numbered(i, {i <= 300 ? 0 : i - 300}));
            else
                revisions.push_back(numbered(i, {i - 1}));
        }
        revisions[5].labels.push_back({.id = "label", .span = {}});
        const RevisionGraph graph = RevisionGraph::build(std::move(revisions));
        QVERIFY(isNewestFirst(graph));
        QCOMPARE(graph.stopsAlembic(), shape == 5);
    }
};

int revision_graph_test(int argc, char** argv)
{
    RevisionGraphTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "revision_graph_test.moc"
