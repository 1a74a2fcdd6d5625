// SPDX-License-Identifier: GPL-3.0-or-later
// A person's way through the window, with real events on whatever platform the program runs on.
#include "tests/ui/window/fixture.h"
#include "ui/text.h"

#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace sightglass {

class JourneyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void opensADemoWalksTheGraphFiltersJumpsFromAProblemAndFollowsAnEdit()
    {
        WindowFixture fixture;
        const auto application = fixture.open();
        MainWindow& window = application->window();
        qInfo("platform %s", qPrintable(QGuiApplication::platformName()));

        QTRY_VERIFY_WITH_TIMEOUT(application->demosListed(), 10000);
        if (auto* more = findIn<QPushButton>(window, "moreDemos"))
            QTest::mouseClick(more, Qt::LeftButton);
        auto* open = findIn<QPushButton>(window, "demo:broken-chain");
        QVERIFY(open != nullptr);
        QTest::mouseClick(open, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            application->store().current() && application->store().current()->live, 60000);
        QTRY_VERIFY_WITH_TIMEOUT(application->runner().isIdle(), 60000);
        QCOMPARE(application->store().current()->diagnosis.state, DatabaseState::BrokenChain);

        walkTheGraph(*application);
        if (QTest::currentTestFailed())
            return;
        filterRevisions(*application);
        if (QTest::currentTestFailed())
            return;
        jumpFromAProblem(*application);
        if (QTest::currentTestFailed())
            return;
        followAnEdit(*application);
        if (QTest::currentTestFailed())
            return;
        application->requests().ask(CloseProject{});
        QTRY_VERIFY_WITH_TIMEOUT(!application->runner().isRunning(QStringLiteral("end of demo")),
                                 30000);
        QVERIFY(window.close());
    }

private:
    static void walkTheGraph(Application& application)
    {
        auto* graph = findIn<QWidget>(application.window(), "graphView");
        QVERIFY(graph != nullptr);
        const RevisionGraph& chain = *application.store().current()->graph;
        const std::string head = chain.revision(chain.effectiveHeads().front()).id;
        application.selection().jumpToRevision(toQString(std::string_view(head)));
        QTRY_VERIFY_WITH_TIMEOUT(application.runner().isIdle(), 20000);
        graph->setFocus();
        QTRY_VERIFY(graph->hasFocus());
        QStringList visited{application.selection().revision()};
        for (int step = 0; step < 4; ++step) {
            QTest::keyClick(graph, Qt::Key_Down);
            const QString here = application.selection().revision();
            if (here != visited.back())
                visited.append(here);
        }
        QVERIFY2(visited.size() >= 3, qPrintable(visited.join(QLatin1Char(' '))));
    }

    static void filterRevisions(Application& application)
    {
        QTest::keyClick(&application.window(), Qt::Key_F, Qt::ControlModifier);
        auto* field = findIn<QLineEdit>(application.window(), "revisionFilter");
        auto* list = findIn<QAbstractItemView>(application.window(), "revisionList");
        QVERIFY(field != nullptr && list != nullptr);
        QTRY_VERIFY(field->hasFocus());
        const int all = list->model()->rowCount();
        const RevisionGraph& chain = *application.store().current()->graph;
        QTest::keyClicks(field, toQString(std::string_view(chain.revision(0).id)));
        QTRY_VERIFY(list->model()->rowCount() >= 1 && list->model()->rowCount() < all);
        field->clear();
        QTRY_COMPARE(list->model()->rowCount(), all);
    }

    static void jumpFromAProblem(Application& application)
    {
        application.selection().clear();
        auto* list = findIn<QAbstractItemView>(application.window(), "problemList");
        QVERIFY(list != nullptr && list->model()->rowCount() > 0);
        for (int press = 0;
             press < list->model()->rowCount() && application.selection().revision().isEmpty();
             ++press) {
            QTest::keyClick(&application.window(), Qt::Key_F8);
            QTest::keyClick(list, Qt::Key_Return);
        }
        QTRY_VERIFY(!application.selection().revision().isEmpty());
    }

    static void followAnEdit(Application& application)
    {
        const RevisionGraph& chain = *application.store().current()->graph;
        const std::size_t before = chain.size();
        const Revision head = chain.revision(chain.effectiveHeads().front());
        const QFileInfo file(toQString(std::string_view(head.span.file)));
        WindowFixture::writeFile(
            file.dir().filePath(QStringLiteral("fedcba987654_after_all.py")),
            QByteArray("\"\"\"after all\"\"\"\nrevision = 'fedcba987654'\ndown_revision = '") +
                head.id.c_str() + "'\n\n\ndef upgrade():\n    pass\n");
        QTRY_COMPARE_WITH_TIMEOUT(application.store().current()->graph->size(), before + 1, 20000);
        QVERIFY(application.store().current()->graph->find("fedcba987654").has_value());
    }
};

} // namespace sightglass

int journey_test(int argc, char** argv)
{
    sightglass::JourneyTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "journey_test.moc"
