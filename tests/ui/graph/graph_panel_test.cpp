// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/graph/map_fixture.h"
#include "ui/graph/graph_panel.h"
#include "ui/graph/minimap.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

std::string chain(int count)
{
    std::string text = "r0";
    for (int i = 1; i < count; ++i)
        text += ";r" + std::to_string(i) + "<-r" + std::to_string(i - 1);
    return text;
}

void turnWheel(QWidget* widget, const QPoint& at, int angle, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(at,
                      widget->mapToGlobal(at),
                      {},
                      {0, angle},
                      Qt::NoButton,
                      modifiers,
                      Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(widget, &event);
}

QPushButton* button(MapFixture& map, const char* name)
{
    return map.panel.findChild<QPushButton*>(QString::fromLatin1(name));
}

} // namespace

class GraphPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void saysWhatToDoWhileNothingIsOpen()
    {
        MapFixture map;
        const auto* words = map.panel.findChild<QLabel*>(QStringLiteral("graphWords"));
        QCOMPARE(words->text(), QStringLiteral("Open a migrations folder to see its chain."));
        QVERIFY(words->isVisible());
        QVERIFY(!button(map, "graphFit")->isVisible());
        QVERIFY(map.show(inspectionFromText("a")));
        QVERIFY(!words->isVisible());
        QVERIFY(button(map, "graphFit")->isVisible());
        QVERIFY(map.show(inspectionFromText("")));
        QCOMPARE(words->text(), QStringLiteral("This folder holds no revisions."));
        map.store.set(nullptr);
        QCOMPARE(words->text(), QStringLiteral("Open a migrations folder to see its chain."));
    }

    /// The second inspection brings the database, and with it a flag beside a card.
    void whatWasFittedIsFittedAgainWhenAFlagComes()
    {
        MapFixture map;
        map.panel.resize(460, 520);
        QVERIFY(map.show(inspectionFromText("a; b <- a; c <- b")));
        QVERIFY(map.show(inspectionFromText("a; b <- a; c <- b", {"b"})));
        const GraphView& view = map.view();
        const QRectF card = view.picture()->rectOf(view.picture()->nodeOf("b"));
        const QRectF flag = view.painter().flagRect(card);
        QVERIFY2(view.toScreen(flag.topRight()).x() <= view.width(),
                 qPrintable(QString::number(view.toScreen(flag.topRight()).x())));
    }

    void theFirstLookShowsTheFlagAlsoWhereNothingFits()
    {
        MapFixture map;
        map.panel.resize(460, 520);
        auto inspection = inspectionFromText(chain(9), {"r4"}); // not folded
        QVERIFY(map.show(inspection));
        const GraphView& view = map.view();
        QCOMPARE(view.scale(), 1.0);
        const QRectF card = view.picture()->rectOf(view.picture()->nodeOf("r4"));
        QVERIFY(view.toScreen(view.painter().flagRect(card).topRight()).x() <= view.width());
        QVERIFY(view.toScreen(card.topLeft()).x() >= 0);
    }

    void theButtonsNeverLieOverTheMap()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText(chain(9), {"r4"})));
        for (const QSize& size : {QSize(700, 540), QSize(300, 260), QSize(1200, 900)}) {
            map.panel.resize(size);
            const auto* controls = map.panel.findChild<QWidget*>(QStringLiteral("graphControls"));
            QVERIFY(controls->isVisible());
            QVERIFY(!controls->geometry().intersects(map.widget()->geometry()));
            QVERIFY(map.panel.rect().contains(controls->geometry().bottomLeft()));
        }
    }

    void whatTheSchemaLooksLikeHasAFlagOfItsOwn()
    {
        MapFixture map;
        auto inspection = inspectionFromText(chain(60), {"r59"});
        inspection->diagnosis.current = {"r59"};
        inspection->diagnosis.inferred = {"r20"};
        inspection->diagnosis.noTrace = {"r59"};
        QVERIFY(map.show(inspection));
        const GraphPicture& picture = *map.view().picture();
        const NodeLook& likeness = picture.look(picture.nodeOf("r20"));
        QVERIFY(likeness.looksLike); // and so it is not folded away
        QCOMPARE(likeness.kind, NodeKind::Revision);
        QVERIFY(!likeness.databaseHere);
        const NodeLook& recorded = picture.look(picture.nodeOf("r59"));
        QVERIFY(recorded.noTrace);
        QVERIFY(!recorded.looksLike);
        QVERIFY(std::ranges::any_of(recorded.pills, [](const Pill& pill) {
            return pill.text == QStringLiteral("no trace");
        }));
        QTest::keyClick(map.widget(), Qt::Key_End);
        map.selection.selectRevision(QStringLiteral("r20"));
        QTest::keyClick(map.widget(), Qt::Key_Up);
        QTest::keyClick(map.widget(), Qt::Key_Down);
        QVERIFY(
            map.widget()->accessibleName().contains(QStringLiteral("the schema looks like this")));
    }

    void arrowsWalkTheLineAndSelect()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText("a; b <- a; c <- b", {"b"})));
        map.selection.selectRevision(QStringLiteral("a"));
        QTest::keyClick(map.widget(), Qt::Key_Up);
        QCOMPARE(map.selection.revision(), QStringLiteral("b"));
        QCOMPARE(map.widget()->accessibleName(), QStringLiteral("b, b, applied, database is here"));
        QTest::keyClick(map.widget(), Qt::Key_Up);
        QTest::keyClick(map.widget(), Qt::Key_Up);
        QCOMPARE(map.selection.revision(), QStringLiteral("c"));
        QTest::keyClick(map.widget(), Qt::Key_End);
        QCOMPARE(map.selection.revision(), QStringLiteral("a"));
        QTest::keyClick(map.widget(), Qt::Key_Home);
        QCOMPARE(map.selection.revision(), QStringLiteral("c"));
        QTest::keyClick(map.widget(), Qt::Key_C);
        QCOMPARE(map.selection.revision(), QStringLiteral("b"));
        QTest::keyClick(map.widget(), Qt::Key_H);
        QCOMPARE(map.selection.revision(), QStringLiteral("c"));
    }

    void controlArrowsGoToTheOtherLine()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText("a; b <- a; c <- a; d <- b, c")));
        const double b = map.middleOf("b").x();
        const double c = map.middleOf("c").x();
        const QString left = b < c ? QStringLiteral("b") : QStringLiteral("c");
        const QString right = b < c ? QStringLiteral("c") : QStringLiteral("b");
        map.selection.selectRevision(left);
        QTest::keyClick(map.widget(), Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(map.selection.revision(), right);
        QTest::keyClick(map.widget(), Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(map.selection.revision(), left);
    }

    void aRunOpensInPlaceAndFoldsAgain()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText(chain(14))));
        QCOMPARE(map.nodes(), QStringLiteral("r13; 12 revisions; r0"));
        QTest::mouseClick(map.widget(), Qt::LeftButton, {}, map.middleOf("r5"));
        QVERIFY(map.settled());
        QCOMPARE(map.view().picture()->size(), std::size_t{14});
        QCOMPARE(map.focused(), QStringLiteral("r12"));
        QTest::keyClick(map.widget(), Qt::Key_Left);
        QVERIFY(map.settled());
        QCOMPARE(map.nodes(), QStringLiteral("r13; 12 revisions; r0"));
        QTest::keyClick(map.widget(), Qt::Key_Return);
        QVERIFY(map.settled());
        QCOMPARE(map.view().picture()->size(), std::size_t{14});
    }

    void foldsAndSelectionOutliveAReload()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText(chain(60))));
        QTest::mouseClick(map.widget(), Qt::LeftButton, {}, map.middleOf("r5"));
        QVERIFY(map.settled());
        map.selection.selectRevision(QStringLiteral("r30"));
        const QPoint before = map.middleOf("r30");
        QVERIFY(map.show(inspectionFromText(chain(60) + "; new1 <- r59; new2 <- new1")));
        QCOMPARE(map.view().picture()->size(), std::size_t{62});
        QCOMPARE(map.middleOf("r30"), before);
        QCOMPARE(map.view().selected(), map.view().picture()->nodeOf("r30"));
    }

    void aFoldedRevisionThatIsSelectedGetsItsCard()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText(chain(100))));
        map.selection.selectRevision(QStringLiteral("r50"));
        QVERIFY(map.settled());
        QCOMPARE(map.nodes(), QStringLiteral("r99; 48 revisions; r50; 49 revisions; r0"));
        QVERIFY(
            QRectF(map.widget()->rect()).contains(map.view().screenRectOf(map.view().selected())));
    }

    void aJumpCentresTheRevision()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText(chain(100))));
        map.panel.findChild<QPushButton*>(QStringLiteral("graphZoomOut"))->click();
        map.selection.jumpToRevision(QStringLiteral("r20"));
        QVERIFY(map.settled());
        QCOMPARE(map.focused(), QStringLiteral("r20"));
        QVERIFY(map.widget()->rect().contains(map.middleOf("r20")));
    }

    void aClickSelectsAndEnterAsksForTheSource()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText("a <- gone; b <- a")));
        QTest::mouseClick(map.widget(), Qt::LeftButton, {}, map.middleOf("gone"));
        QCOMPARE(map.selection.revision(), QStringLiteral("gone"));
        QTest::mouseClick(map.widget(), Qt::LeftButton, {}, map.middleOf("b"));
        QCOMPARE(map.selection.revision(), QStringLiteral("b"));
        const QSignalSpy jumps(&map.selection, &Selection::jumped);
        QTest::keyClick(map.widget(), Qt::Key_Return);
        QCOMPARE(jumps.count(), 1);
        QCOMPARE(map.selection.line(), 1);
    }

    void controlWheelZoomsAtThePointerWithinLimits()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText("a; b <- a; c <- a; d <- b, c")));
        const QPoint at = map.middleOf("b");
        turnWheel(map.widget(), at, 120, Qt::ControlModifier);
        QCOMPARE(map.view().scale(), 1.25);
        QVERIFY((map.middleOf("b") - at).manhattanLength() <= 2);
        for (int i = 0; i < 40; ++i)
            turnWheel(map.widget(), at, 120, Qt::ControlModifier);
        QCOMPARE(map.view().scale(), GraphView::mostScale);
        for (int i = 0; i < 60; ++i)
            turnWheel(map.widget(), at, -120, Qt::ControlModifier);
        QCOMPARE(map.view().scale(), GraphView::leastScale);
        QTest::keyClick(map.widget(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(map.view().scale(), 1.0);
        QTest::keyClick(map.widget(), Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(button(map, "graphZoom")->text(), QStringLiteral("80 %"));
        QTest::keyClick(map.widget(), Qt::Key_9, Qt::ControlModifier);
        QCOMPARE(map.view().scale(), 1.0);
    }

    void draggingAndTheWheelMoveTheDrawing()
    {
        MapFixture map;
        map.panel.resize(400, 300);
        QVERIFY(map.show(inspectionFromText(chain(10))));
        QTest::keyClick(map.widget(), Qt::Key_0, Qt::ControlModifier);
        const QPoint before = map.middleOf("r5");
        turnWheel(map.widget(), {10, 10}, 120, Qt::NoModifier);
        const QPoint scrolled = map.middleOf("r5");
        QVERIFY(scrolled.y() > before.y());
        QTest::mousePress(map.widget(), Qt::LeftButton, {}, {20, 20});
        QTest::mouseMove(map.widget(), {20, 60});
        QTest::mouseMove(map.widget(), {20, 80});
        QTest::mouseRelease(map.widget(), Qt::LeftButton, {}, {20, 80});
        QVERIFY(map.middleOf("r5").y() > scrolled.y());
        QVERIFY(map.selection.revision().isEmpty());
    }

    void theMenuSaysWhyAnItemIsNotAvailable()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText("a <- gone")));
        QTest::mouseClick(map.widget(), Qt::LeftButton, {}, map.middleOf("gone"));
        QContextMenuEvent event(QContextMenuEvent::Mouse,
                                map.middleOf("gone"),
                                map.widget()->mapToGlobal(map.middleOf("gone")));
        QApplication::sendEvent(map.widget(), &event);
        auto* menu = map.panel.findChild<QMenu*>(QStringLiteral("graphMenu"));
        QVERIFY(menu != nullptr);
        for (QAction* action : menu->actions()) {
            if (action->text() == QStringLiteral("Show source")) {
                QVERIFY(!action->isEnabled());
                QCOMPARE(action->toolTip(), QStringLiteral("No file defines this revision."));
            }
            if (action->text() == QStringLiteral("Copy id"))
                action->trigger();
        }
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("gone"));
        menu->close();
    }

    void goToDatabaseIsOfferedOnlyWhereThereIsOne()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText(chain(30))));
        QVERIFY(!button(map, "graphToDatabase")->isEnabled());
        QVERIFY(map.show(inspectionFromText(chain(30), {"r10", "dead"})));
        QVERIFY(button(map, "graphToDatabase")->isEnabled());
        QTest::mouseClick(button(map, "graphToDatabase"), Qt::LeftButton);
        const QString first = map.selection.revision();
        QTest::mouseClick(button(map, "graphToDatabase"), Qt::LeftButton);
        QVERIFY(first != map.selection.revision());
        QVERIFY(QStringLiteral("r10 dead").contains(first));
    }

    void everythingInteractiveHasANameAndTabReachesIt()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText("a")));
        for (QWidget* widget : map.panel.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus)
                continue;
            QVERIFY(!widget->objectName().isEmpty());
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            QVERIFY((widget->focusPolicy() & Qt::TabFocus) != 0);
        }
    }

    void theOverviewHidesWhatItWouldRepeatAndCoversNoCard()
    {
        MapFixture map;
        map.panel.resize(700, 900);
        QVERIFY(map.show(inspectionFromText("a; b <- a")));
        auto* overview = map.panel.findChild<Minimap*>();
        QVERIFY2(!overview->isVisible(), "all of it is in sight");
        map.panel.resize(700, 360);
        QVERIFY(map.show(inspectionFromText(chain(40) + ";x<-r3;y<-r7;z<-r11;u<-r15;v<-r19")));
        for (int step = 0; step < 12; ++step) {
            QTest::keyClick(map.widget(), step < 6 ? Qt::Key_Plus : Qt::Key_Down);
            if (!overview->isVisible() || overview->isFaded())
                continue;
            const QRect place = overview->geometry().intersected(map.widget()->geometry());
            for (NodeIndex node = 0; node < map.view().picture()->size(); ++node)
                QVERIFY(!map.view().screenRectOf(node).intersects(QRectF(place)));
        }
        QVERIFY(overview->isVisible());
    }

    void paintsAllDetailsInBothSchemes()
    {
        for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark}) {
            MapFixture map(scheme);
            QVERIFY(map.show(inspectionFromText(chain(30) + "; side <- r3 [x] +r9; bad <- gone",
                                                {"r10", "dead"})));
            for (const double scale : {1.0, 0.45, 0.2, 0.05}) {
                map.widget()->setScale(scale, {100, 100});
                map.widget()->fit();
                map.widget()->setScale(scale, {350, 250});
                const QImage image = map.panel.grab().toImage();
                const QColor accent = map.theme.colors().accent;
                bool flag = false;
                for (int y = 0; y < image.height() - 100 && !flag; ++y) {
                    for (int x = 0; x < image.width() && !flag; ++x)
                        flag = image.pixelColor(x, y) == accent;
                }
                QVERIFY2(flag, qPrintable(QStringLiteral("no flag at %1").arg(scale)));
            }
        }
    }

    void aLargeChainFullyOpenedPaintsOnlyWhatIsVisible()
    {
        MapFixture map;
        QVERIFY(map.show(inspectionFromText(chain(10'000))));
        QCOMPARE(map.nodes(), QStringLiteral("r9999; 9,998 revisions; r0"));
        QTest::mouseClick(map.widget(), Qt::LeftButton, {}, map.middleOf("r5"));
        QVERIFY(map.settled());
        QCOMPARE(map.view().picture()->size(), std::size_t{10'000});
        QVERIFY(map.view().picture()->nodesIn(map.view().visibleArea()).size() < 20);
    }
};

int graph_panel_test(int argc, char** argv)
{
    GraphPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "graph_panel_test.moc"
