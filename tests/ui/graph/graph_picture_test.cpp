// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/dot_layout.h"
#include "tests/ui/graph/map_fixture.h"
#include "ui/graph/node_words.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

GraphPicture pictureOf(const std::shared_ptr<Inspection>& inspection)
{
    auto drawing =
        layOut(foldRuns(*inspection->graph, FoldState().requestFor(*inspection)), {}, {});
    return GraphPicture(inspection, std::move(*drawing));
}

QString pillsOf(const GraphPicture& picture, std::string_view id)
{
    QStringList texts;
    for (const Pill& pill : picture.look(picture.nodeOf(id)).pills)
        texts.append(pill.text);
    return texts.join(QStringLiteral(", "));
}

} // namespace

class GraphPictureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void saysWhatARevisionIs()
    {
        const auto inspection = inspectionFromText("a; b <- a [billing]; c <- b", {"b"});
        addFinding(*inspection, "c", Severity::Critical, "Drops a table");
        addFinding(*inspection, "c", Severity::Critical, "Drops a column");
        addFinding(*inspection, "c", Severity::Low, "No message");
        const GraphPicture picture = pictureOf(inspection);
        QCOMPARE(pillsOf(picture, "c"), QStringLiteral("2 critical, head"));
        QCOMPARE(pillsOf(picture, "b"), QStringLiteral("billing"));
        QCOMPARE(picture.look(picture.nodeOf("a")).state, RevisionState::Applied);
        QCOMPARE(picture.look(picture.nodeOf("c")).state, RevisionState::Pending);
        QVERIFY(picture.look(picture.nodeOf("b")).databaseHere);
        QCOMPARE(spokenName(picture, picture.nodeOf("b")),
                 QStringLiteral("b, b, applied, database is here"));
        QCOMPARE(spokenName(picture, picture.nodeOf("c")),
                 QStringLiteral("c, c, pending, head, 3 problems"));
        QCOMPARE(spokenPlace(picture, picture.nodeOf("b")),
                 QStringLiteral("builds on a; followed by c"));
    }

    void withoutADatabaseNothingIsSaidToBePending()
    {
        const GraphPicture picture = pictureOf(inspectionFromText("a; b <- a"));
        QCOMPARE(picture.look(0).state, RevisionState::NotKnown);
        QVERIFY(!spokenName(picture, 0).contains(QStringLiteral("pending")));
    }

    void marksGhostsDuplicatesAndCycles()
    {
        const GraphPicture picture =
            pictureOf(inspectionFromText("a <- gone; twice; twice; x <- y; y <- x", {"dead"}));
        QCOMPARE(picture.look(picture.nodeOf("gone")).title, QStringLiteral("missing revision"));
        QCOMPARE(pillsOf(picture, "dead"), QStringLiteral("only in database"));
        QVERIFY(pillsOf(picture, "twice").contains(QStringLiteral("2 files")));
        QVERIFY(pillsOf(picture, "x").contains(QStringLiteral("cycle")));
        QCOMPARE(picture.databasePositions().size(), std::size_t{1});
    }

    void escapesWhatComesFromFiles()
    {
        const auto inspection = inspectionFromText("a");
        addFinding(*inspection, "a", Severity::High, "<img src=x>");
        const GraphPicture picture = pictureOf(inspection);
        QVERIFY(hoverText(picture, 0).contains(QStringLiteral("&lt;img")));
        QVERIFY(!hoverText(picture, 0).contains(QStringLiteral("<img")));
    }

    void findsEveryNodeAndEdgeByPlaceOnce()
    {
        std::string text = "r0";
        for (int i = 1; i < 400; ++i)
            text += ";r" + std::to_string(i) + "<-r" + std::to_string(i - 1 - i % 2);
        const auto inspection = inspectionFromText(text);
        const GraphPicture picture = pictureOf(inspection);
        QCOMPARE(picture.nodesIn(picture.bounds()).size(), picture.size());
        QCOMPARE(picture.edgesIn(picture.bounds()).size(), picture.drawing().edges.size());
        for (NodeIndex i = 0; i < picture.size(); ++i)
            QCOMPARE(picture.nodeAt(picture.rectOf(i).center()), i);
        QCOMPARE(picture.nodeAt({-50, -50}), noNode);
    }

    void travelsAlongEdges()
    {
        const GraphPicture picture = pictureOf(inspectionFromText("a; b <- a; c <- a; d <- b, c"));
        const auto go = [&picture](std::string_view from, Travel travel) {
            return QString::fromStdString(
                picture.idOf(travelFrom(picture, picture.nodeOf(from), travel)));
        };
        const QString left = go("a", Travel::Newer);
        const QString right = go(left.toStdString(), Travel::OtherRight);
        const QString other = right == left ? go(left.toStdString(), Travel::OtherLeft) : right;
        QVERIFY(left != other);
        QCOMPARE(go(other.toStdString(), Travel::Newer), QStringLiteral("d"));
        QCOMPARE(go(other.toStdString(), Travel::Older), QStringLiteral("a"));
        QCOMPARE(go("d", Travel::Newer), QStringLiteral("d"));
        QCOMPARE(go("a", Travel::Older), QStringLiteral("a"));
        QCOMPARE(go("a", Travel::Newest), QStringLiteral("d"));
        QCOMPARE(go("d", Travel::Oldest), QStringLiteral("a"));
    }

    void keepsFindingsOpenButNotWhenThereAreTooMany()
    {
        std::string text = "r0";
        for (int i = 1; i < 1000; ++i)
            text += ";r" + std::to_string(i) + "<-r" + std::to_string(i - 1);
        const auto few = inspectionFromText(text);
        addFinding(*few, "r500", Severity::Medium, "Locks");
        QCOMPARE(pictureOf(few).size(), std::size_t{5});
        const auto many = inspectionFromText(text);
        for (int i = 1; i < 900; ++i)
            many->findings.push_back(
                {.severity = Severity::Medium, .revision = "r" + std::to_string(i)});
        QCOMPARE(pictureOf(many).size(), std::size_t{3});
    }
};

int graph_picture_test(int argc, char** argv)
{
    GraphPictureTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "graph_picture_test.moc"
