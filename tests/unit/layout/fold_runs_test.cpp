// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/fold_runs.h"
#include "tests/unit/layout/layout_text.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

QString folded(std::string_view text, FoldRequest request = {})
{
    return QString::fromStdString(tests::toText(foldRuns(graphFromText(text), request)));
}

constexpr auto chain = "a; b <- a; c <- b; d <- c; e <- d; f <- e";

} // namespace

class FoldRunsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void foldsWhatLiesBetweenHeadAndBase()
    {
        QCOMPARE(folded(chain), QString::fromUtf8("f; (e..b 4); a | f>e..b, e..b>a"));
    }

    void leavesShortRunsOpen()
    {
        QCOMPARE(folded("a; b <- a; c <- b; d <- c"),
                 QString::fromUtf8("d; c; b; a | d>c, c>b, b>a"));
        QCOMPARE(folded(chain, {.minimumRun = 5}),
                 QString::fromUtf8("f; e; d; c; b; a | f>e, e>d, d>c, c>b, b>a"));
    }

    void opensARunThatHoldsAnOpenedRevision()
    {
        QCOMPARE(folded(chain, {.opened = {2}}),
                 QString::fromUtf8("f; e; d; c; b; a | f>e, e>d, d>c, c>b, b>a"));
    }

    void splitsARunAtARevisionToKeep()
    {
        QCOMPARE(folded("a; b <- a; c <- b; d <- c; e <- d; f <- e; g <- f; h <- g; i <- h",
                        {.keep = {4}}),
                 QString::fromUtf8("i; (h..f 3); e; (d..b 3); a | i>h..f, h..f>e, e>d..b, d..b>a"));
    }

    void keepsRoomForTheFlagOnly()
    {
        const Skeleton skeleton = foldRuns(graphFromText(chain), {.flagged = {4}});
        QCOMPARE(tests::toText(skeleton), std::string("f; e; (d..b 3); a | f>e, e>d..b, d..b>a"));
        QVERIFY(skeleton.nodes[1].flagged);
        QVERIFY(!skeleton.nodes[0].flagged);
    }

    void neverFoldsBranchAndMergePointsLabelsAndDependencies()
    {
        QCOMPARE(folded("a; b <- a; c <- b; d <- b; e <- c, d; f <- e"),
                 QString::fromUtf8("f; e; c; d; b; a | f>e, e>c, e>d, c>b, d>b, b>a"));
        QCOMPARE(folded("a; b <- a; c <- b [x]; d <- c; e <- d +b; f <- e"),
                 QString::fromUtf8("f; e; d; c; b; a | f>e, e>d, e~>b, d>c, c>b, b>a"));
    }

    void showsMissingRevisionsBelowWhatNamesThem()
    {
        QCOMPARE(folded("a <- gone; b <- a"), QString::fromUtf8("b; a; ?gone | b>a, a>gone"));
        QCOMPARE(folded("a; b <- a +lost"), QString::fromUtf8("b; ?lost; a | b>a, b>lost"));
    }

    void putsUnknownRowsOnTopAndDetached()
    {
        QCOMPARE(folded("a; b <- a", {.unknownRows = {"dead", "beef"}}),
                 QString::fromUtf8("!dead; !beef; b; a | b>a"));
    }

    void showsDuplicatesSelfReferencesAndCycles()
    {
        const Skeleton twice = foldRuns(graphFromText("a; a; b <- a"), {});
        QCOMPARE(twice.nodes.size(), std::size_t{3});
        const Skeleton self = foldRuns(graphFromText("a; b <- b"), {});
        QCOMPARE(self.nodes.size(), std::size_t{2});
        const Skeleton ring = foldRuns(graphFromText("a <- d; b <- a; c <- b; d <- c"), {});
        QCOMPARE(ring.nodes.size(), std::size_t{4});
        QCOMPARE(ring.edges.size(), std::size_t{4});
    }

    void anEmptyFolderGivesNothing() { QCOMPARE(folded(""), QString()); }

    void putsEveryRevisionIntoExactlyOneNode()
    {
        for (std::uint32_t seed = 1; seed <= 200; ++seed) {
            const RevisionGraph graph = randomGraph(seed, 20 + seed);
            const Skeleton skeleton = foldRuns(graph, {.keep = {seed % 20}});
            std::vector<int> seen(graph.size(), 0);
            for (const SkeletonNode& node : skeleton.nodes) {
                for (const RevisionIndex member : node.members)
                    ++seen[member];
                QVERIFY2(node.kind != NodeKind::Run || node.members.size() >= 3,
                         qPrintable(QString::number(seed)));
            }
            QVERIFY2(std::all_of(seen.begin(), seen.end(), [](int count) { return count == 1; }),
                     qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }

    void losesNoEdge()
    {
        for (std::uint32_t seed = 1; seed <= 100; ++seed) {
            const RevisionGraph graph = randomGraph(seed, 60);
            const Skeleton open = foldRuns(graph, {.foldNothing = true});
            std::set<std::pair<std::string, std::string>> drawn;
            for (const SkeletonEdge& edge : open.edges)
                drawn.emplace(open.nodes[edge.from].id, open.nodes[edge.to].id);
            std::set<std::pair<std::string, std::string>> written;
            for (const Revision& revision : graph.revisions()) {
                for (const RevisionReference& reference : revision.down)
                    written.emplace(revision.id, reference.id);
                for (const RevisionReference& reference : revision.dependsOn)
                    written.emplace(revision.id, reference.id);
            }
            QVERIFY2(drawn == written, qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }
};

int fold_runs_test(int argc, char** argv)
{
    FoldRunsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "fold_runs_test.moc"
