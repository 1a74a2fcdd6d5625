// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/dot_layout.h"
#include "core/layout/fold_runs.h"
#include "tests/unit/layout/layout_text.h"

#include <QTest>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <future>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

GraphDrawing draw(const RevisionGraph& graph, const FoldRequest& request = {})
{
    return layOut(foldRuns(graph, request), {}, {}).value();
}

GraphDrawing drawText(std::string_view text)
{
    return draw(graphFromText(text), {.foldNothing = true});
}

const PlacedNode& placed(const GraphDrawing& drawing, const std::string& id)
{
    const auto& nodes = drawing.skeleton.nodes;
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const SkeletonNode& n) { return n.id == id; });
    return drawing.nodes[static_cast<std::size_t>(found - nodes.begin())];
}

bool overlap(const PlacedNode& a, const PlacedNode& b)
{
    return std::abs(a.center.x - b.center.x) < (a.width + b.width) / 2 &&
           std::abs(a.center.y - b.center.y) < (a.height + b.height) / 2;
}

bool onBorder(const PlacedNode& node, const Point& point)
{
    constexpr double slack = 0.01;
    const double x = std::abs(point.x - node.center.x);
    const double y = std::abs(point.y - node.center.y);
    return (std::abs(y - node.height / 2) < slack && x <= node.width / 2 + slack) ||
           (std::abs(x - node.width / 2) < slack && y <= node.height / 2 + slack);
}

Point pointOf(const std::vector<Point>& curve, std::size_t start, double t)
{
    const double s = 1 - t;
    const auto mix = [&](double a, double b, double c, double d) {
        return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
    };
    return {mix(curve[start].x, curve[start + 1].x, curve[start + 2].x, curve[start + 3].x),
            mix(curve[start].y, curve[start + 1].y, curve[start + 2].y, curve[start + 3].y)};
}

/// What is wrong with a drawing; empty when nothing is.
QString faultOf(const GraphDrawing& drawing)
{
    const auto& skeleton = drawing.skeleton;
    if (drawing.nodes.size() != skeleton.nodes.size() ||
        drawing.edges.size() != skeleton.edges.size())
        return QStringLiteral("something was not placed");
    for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
        const PlacedNode& node = drawing.nodes[i];
        if (node.width <= 0 || node.center.x - node.width / 2 < -0.01 ||
            node.center.y - node.height / 2 < -0.01 ||
            node.center.x + node.width / 2 > drawing.width + 0.01 ||
            node.center.y + node.height / 2 > drawing.height + 0.01)
            return QStringLiteral("node outside: %1")
                .arg(QString::fromStdString(skeleton.nodes[i].id));
        for (std::size_t j = 0; j < i; ++j) {
            if (overlap(node, drawing.nodes[j]))
                return QStringLiteral("nodes overlap: %1")
                    .arg(QString::fromStdString(skeleton.nodes[i].id));
        }
    }
    for (std::size_t i = 0; i < drawing.edges.size(); ++i) {
        const auto& points = drawing.edges[i].points;
        const SkeletonEdge& edge = skeleton.edges[i];
        const QString name =
            QStringLiteral("%1>%2").arg(QString::fromStdString(skeleton.nodes[edge.from].id),
                                        QString::fromStdString(skeleton.nodes[edge.to].id));
        if (points.size() < 4 || points.size() % 3 != 1)
            return QStringLiteral("no curve: ") + name;
        if (!onBorder(drawing.nodes[edge.to], points.front()) ||
            !onBorder(drawing.nodes[edge.from], points.back()))
            return QStringLiteral("edge hangs in the air: ") + name;
    }
    return {};
}

/// The first edge that runs through a card that is not its own.
QString crossedCard(const GraphDrawing& drawing)
{
    for (std::size_t i = 0; i < drawing.edges.size(); ++i) {
        const auto& points = drawing.edges[i].points;
        const SkeletonEdge& edge = drawing.skeleton.edges[i];
        for (std::size_t start = 0; start + 3 < points.size(); start += 3) {
            for (int step = 0; step <= 16; ++step) {
                const Point point = pointOf(points, start, step / 16.0);
                for (std::size_t n = 0; n < drawing.nodes.size(); ++n) {
                    const PlacedNode& node = drawing.nodes[n];
                    if (n != edge.from && n != edge.to &&
                        std::abs(point.x - node.center.x) < node.width / 2 - 0.5 &&
                        std::abs(point.y - node.center.y) < node.height / 2 - 0.5)
                        return QStringLiteral("edge %1 runs through %2")
                            .arg(i)
                            .arg(QString::fromStdString(drawing.skeleton.nodes[n].id));
                }
            }
        }
    }
    return {};
}

bool newerAbove(const GraphDrawing& drawing)
{
    return std::all_of(drawing.skeleton.edges.begin(),
                       drawing.skeleton.edges.end(),
                       [&](const SkeletonEdge& edge) {
                           return drawing.nodes[edge.from].center.y <
                                  drawing.nodes[edge.to].center.y;
                       });
}

} // namespace

class LayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aChainIsAColumnWithoutGraphviz()
    {
        const GraphDrawing drawing = drawText("a; b <- a; c <- b");
        QCOMPARE(drawing.method, LayoutMethod::Column);
        QCOMPARE(placed(drawing, "a").center.x, placed(drawing, "c").center.x);
        QCOMPARE(drawing.height, 3 * 52.0 + 2 * 34.0);
        QVERIFY(placed(drawing, "c").center.y < placed(drawing, "a").center.y);
        QCOMPARE(faultOf(drawing), QString());
    }

    void branchesStandSideBySide()
    {
        const GraphDrawing drawing = drawText("a; b <- a; c <- a; d <- b, c");
        QCOMPARE(drawing.method, LayoutMethod::Dot);
        QCOMPARE(placed(drawing, "b").center.y, placed(drawing, "c").center.y);
        QVERIFY(std::abs(placed(drawing, "b").center.x - placed(drawing, "c").center.x) >=
                218 + 26 - 1);
        QCOMPARE(faultOf(drawing), QString());
        QVERIFY(newerAbove(drawing));
    }

    void curvesGoUpFromTheOlderCardToTheNewer()
    {
        const GraphDrawing drawing = drawText("a; b <- a; c <- a");
        for (const PlacedEdge& edge : drawing.edges)
            QVERIFY(edge.points.front().y > edge.points.back().y);
    }

    void disconnectedPiecesStandSideBySide()
    {
        const GraphDrawing drawing = drawText("a; b <- a; x; y <- x");
        QCOMPARE(faultOf(drawing), QString());
        QCOMPARE(placed(drawing, "b").center.y, placed(drawing, "y").center.y);
        QVERIFY(placed(drawing, "b").center.x != placed(drawing, "y").center.x);
    }

    void manyIslandsMakeABlockAndNotALine()
    {
        std::string text;
        for (int i = 0; i < 400; ++i)
            text += "island" + std::to_string(i) + ";";
        const GraphDrawing drawing = drawText(text);
        QCOMPARE(faultOf(drawing), QString());
        QVERIFY(drawing.width < drawing.height * 4);
        QVERIFY(drawing.height < drawing.width * 4);
    }

    void unknownRowsStandAboveEverything()
    {
        const GraphDrawing drawing = draw(graphFromText("a; b <- a; c <- a"),
                                          {.unknownRows = {"dead", "beef"}, .foldNothing = true});
        QCOMPARE(faultOf(drawing), QString());
        QCOMPARE(placed(drawing, "dead").center.y, placed(drawing, "beef").center.y);
        QVERIFY(placed(drawing, "dead").center.y < placed(drawing, "b").center.y - 52);
    }

    void aFlaggedCardHasRoomBesideIt()
    {
        const CardSizes sizes;
        const GraphDrawing drawing =
            draw(graphFromText("a; b <- a; c <- a"), {.flagged = {1}, .foldNothing = true});
        const double between =
            std::abs(placed(drawing, "b").center.x - placed(drawing, "c").center.x);
        QVERIFY(between >= sizes.cardWidth + sizes.flagWidth);
        QCOMPARE(placed(drawing, "b").width, sizes.cardWidth);
    }

    void cyclesSelfReferencesAndMissingRevisionsAreDrawn()
    {
        for (const char* text : {"a <- c; b <- a; c <- b; d <- c",
                                 "a; b <- b",
                                 "a <- b; b <- a",
                                 "a <- gone; b <- a, gone2",
                                 "a; a; b <- a; c <- a",
                                 "a; b <- a +a; c <- b +a"})
            QVERIFY2(faultOf(drawText(text)).isEmpty(), text);
    }

    void nothingOverlapsAndEveryEdgeIsThere()
    {
        for (std::uint32_t seed = 1; seed <= 60; ++seed) {
            const GraphDrawing drawing = draw(randomGraph(seed, 5 + seed * 3));
            const QString fault = faultOf(drawing) + crossedCard(drawing);
            QVERIFY2(fault.isEmpty(),
                     qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(fault)));
            QVERIFY2(newerAbove(drawing), qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }

    void largeGraphsGetLanesWithTheSamePromises()
    {
        for (std::uint32_t seed = 1; seed <= 3; ++seed) {
            const GraphDrawing drawing = draw(randomGraph(seed, 1500, true), {.foldNothing = true});
            QCOMPARE(drawing.method, LayoutMethod::Lanes);
            const QString fault = faultOf(drawing);
            QVERIFY2(fault.isEmpty(),
                     qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(fault)));
            QVERIFY2(newerAbove(drawing), qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
        const GraphDrawing drawing = draw(randomGraph(9, 700, true), {.foldNothing = true});
        QCOMPARE(crossedCard(drawing), QString());
    }

    void theSameGraphIsDrawnTheSameWay()
    {
        const auto points = [](const GraphDrawing& drawing) {
            std::vector<Point> all;
            for (const PlacedNode& node : drawing.nodes)
                all.push_back(node.center);
            for (const PlacedEdge& edge : drawing.edges)
                all.insert(all.end(), edge.points.begin(), edge.points.end());
            return all;
        };
        for (const std::size_t count : {60U, 1500U}) {
            const RevisionGraph graph = randomGraph(5, count);
            QVERIFY(points(draw(graph)) == points(draw(graph)));
        }
    }

    void aDecimalCommaChangesNothing()
    {
        const RevisionGraph graph = graphFromText("a; b <- a; c <- a; d <- b, c");
        const double before = draw(graph).width;
        const std::string locale = std::setlocale(LC_NUMERIC, nullptr);
        bool tried = false;
        for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8"})
            tried = tried || std::setlocale(LC_NUMERIC, name) != nullptr;
        const double after = draw(graph).width;
        std::setlocale(LC_NUMERIC, locale.c_str());
        QCOMPARE(after, before);
        if (!tried)
            QSKIP("No locale with a decimal comma is installed.");
    }

    void severalThreadsTakeTurns()
    {
        const RevisionGraph graph = randomGraph(3, 80);
        const double width = draw(graph).width;
        std::vector<std::future<double>> others;
        for (int i = 0; i < 4; ++i)
            others.push_back(
                std::async(std::launch::async, [&graph] { return draw(graph).width; }));
        for (auto& other : others)
            QCOMPARE(other.get(), width);
    }

    void stopsWhenAsked()
    {
        std::stop_source source;
        source.request_stop();
        const auto drawing =
            layOut(foldRuns(graphFromText("a; b <- a"), {}), {}, {.stop = source.get_token()});
        QVERIFY(!drawing.has_value());
        QCOMPARE(drawing.error().code, ErrorCode::Cancelled);
    }

    void aDeepChainIsNoLimit()
    {
        std::vector<Revision> revisions(100'000);
        for (std::size_t i = 0; i < revisions.size(); ++i) {
            revisions[i].id = "r" + std::to_string(i);
            if (i > 0)
                revisions[i].down.push_back({.id = "r" + std::to_string(i - 1), .span = {}});
        }
        const RevisionGraph graph = RevisionGraph::build(std::move(revisions));
        QCOMPARE(draw(graph).nodes.size(), std::size_t{3});
        QCOMPARE(draw(graph, {.foldNothing = true}).nodes.size(), std::size_t{100'000});
    }
};

int layout_test(int argc, char** argv)
{
    LayoutTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "layout_test.moc"
