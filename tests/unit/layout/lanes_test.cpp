// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/lanes.h"
#include "tests/unit/layout/layout_text.h"

#include <QTest>

#include <map>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

QString lanes(std::string_view text, const std::vector<std::string>& unknownRows = {})
{
    return QString::fromStdString("\n" +
                                  tests::toText(assignLanes(graphFromText(text), unknownRows)));
}

/// Follows every line from the row that starts it; a line that breaks off or ends at nothing is a
/// fault.
QString faultOf(const LaneRows& rows)
{
    std::vector<bool> open;
    for (const LaneRow& row : rows.rows) {
        std::vector<bool> next(40, false);
        for (const LaneSegment& segment : row.segments) {
            if (segment.top >= 0) {
                if (static_cast<std::size_t>(segment.top) >= open.size() ||
                    !open[static_cast<std::size_t>(segment.top)])
                    return QStringLiteral("a line appears from nowhere at %1")
                        .arg(QString::fromStdString(row.id));
                open[static_cast<std::size_t>(segment.top)] = false;
            }
            if (segment.bottom >= 0)
                next[static_cast<std::size_t>(segment.bottom)] = true;
            if (segment.top >= 0 && segment.bottom >= 0 && segment.top == row.lane)
                return QStringLiteral("a line runs through %1").arg(QString::fromStdString(row.id));
        }
        if (std::find(open.begin(), open.end(), true) != open.end())
            return QStringLiteral("a line ends above %1").arg(QString::fromStdString(row.id));
        open = std::move(next);
    }
    return std::find(open.begin(), open.end(), true) == open.end()
               ? QString()
               : QStringLiteral("a line never ends");
}

} // namespace

class LanesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aChainIsOneLane()
    {
        QCOMPARE(lanes("a; b <- a; c <- b"), QString::fromUtf8(R"(
* c
* b
* a
)"));
    }

    void aSideLineTakesTheNextLaneAndGivesItBack()
    {
        QCOMPARE(lanes("a; b <- a; c <- b; d <- b; e <- c, d; f <- e"), QString::fromUtf8(R"(
*  f
*\ e
*| c
\* d
*  b
*  a
)"));
    }

    void ghostsStandBelowWhatNamesThemAndUnknownRowsOnTop()
    {
        QCOMPARE(lanes("a <- gone; b <- a", {"dead"}), QString::fromUtf8(R"(
* dead
* b
* a
* gone
)"));
    }

    void linesNeverBreakOffAndNeverCrossANode()
    {
        for (std::uint32_t seed = 1; seed <= 300; ++seed) {
            const LaneRows rows = assignLanes(randomGraph(seed, 10 + seed), {"unknown"});
            const QString fault = faultOf(rows);
            QVERIFY2(fault.isEmpty(),
                     qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(fault)));
        }
    }

    void cutsEdgesBeyondFortyLanesAndShowsBothEnds()
    {
        // Sixty bases that one merge after the other joins: all lines are open at once.
        std::string text;
        std::string last;
        for (int i = 0; i < 60; ++i)
            text += "base" + std::to_string(i) + ";";
        for (int i = 0; i < 60; ++i)
            last += (i == 0 ? "" : ", ") + ("base" + std::to_string(i));
        const LaneRows rows = assignLanes(graphFromText(text + "merge <- " + last), {});
        QCOMPARE(rows.laneCount, 39);
        const auto cutEnds = [](const LaneRow& row) {
            return std::count_if(
                row.segments.begin(), row.segments.end(), [](const LaneSegment& segment) {
                    return segment.top < 0 && segment.bottom < 0;
                });
        };
        QCOMPARE(rows.rows.front().id, std::string("merge"));
        QCOMPARE(cutEnds(rows.rows.front()), 21);
        std::ptrdiff_t lower = 0;
        for (std::size_t i = 1; i < rows.rows.size(); ++i)
            lower += cutEnds(rows.rows[i]);
        QCOMPARE(lower, 21);
    }

    void aLineKeepsItsColourWhenAnotherHeadAppears()
    {
        const auto colors = [](std::string_view text) {
            std::map<std::string, int> result;
            for (const LaneRow& row : assignLanes(graphFromText(text), {}).rows)
                result[row.id] = row.color;
            return result;
        };
        const auto before = colors("a; b <- a; c <- b; s1 <- a; s2 <- s1; m <- c, s2; n <- m");
        const auto after =
            colors("a; b <- a; c <- b; s1 <- a; s2 <- s1; m <- c, s2; n <- m; extra <- a");
        QCOMPARE(after.at("s2"), before.at("s2"));
        QCOMPARE(before.at("s1"), before.at("s2"));
        QVERIFY(before.at("s2") != before.at("n"));
    }

    void givesEveryRevisionOneRow()
    {
        const RevisionGraph graph = randomGraph(7, 500);
        const LaneRows rows = assignLanes(graph, {"unknown"});
        QCOMPARE(rows.rows.size(), graph.size() + graph.missing().size() + 1);
        QCOMPARE(rows.rows.front().kind, NodeKind::Unknown);
    }
};

int lanes_test(int argc, char** argv)
{
    LanesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "lanes_test.moc"
