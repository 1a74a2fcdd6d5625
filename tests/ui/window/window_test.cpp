// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/fixture.h"
#include "ui/go_to/go_to_palette.h"
#include "ui/main_window/message_bar.h"
#include "ui/start_page/start_page.h"
#include "ui/text.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTest>

namespace sightglass {

namespace {

bool hasRevisions(Application& application, std::size_t count)
{
    const auto& inspection = application.store().current();
    return inspection && inspection->graph->size() == count;
}

std::string messageOf(Application& application, const char* id)
{
    const auto& graph = *application.store().current()->graph;
    const auto index = graph.find(id);
    return index ? graph.revision(*index).message : std::string();
}

} // namespace

class WindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void startsOnTheStartPageAndListsTheDemos()
    {
        WindowFixture fixture;
        const auto application = fixture.open();
        QTRY_VERIFY_WITH_TIMEOUT(application->demosListed(), 10000);
        QVERIFY(application->window().startPage().isVisible());
        QVERIFY(findIn<QPushButton>(application->window(), "openFolderButton") != nullptr);
        auto* more = findIn<QPushButton>(application->window(), "moreDemos");
        QVERIFY(more != nullptr);
        QTest::mouseClick(more, Qt::LeftButton);
        QVERIFY(findIn<QPushButton>(application->window(), "demo:broken-chain") != nullptr);
        QVERIFY(findIn<QPushButton>(application->window(), "demo:healthy") != nullptr);
    }

    void opensAFolderThatIsChosenByKeyboard()
    {
        WindowFixture fixture;
        fixture.script.folders = {fixture.writeProject(QStringLiteral("shop"), 3)};
        const auto application = fixture.open();
        QTest::keyClick(&application->window(), Qt::Key_O, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 3), 10000);
        QVERIFY(application->window().workspace().isVisible());
        QCOMPARE(findIn<QLabel>(application->window(), "projectName")->text(),
                 QStringLiteral("shop"));
        QVERIFY(application->window().windowTitle().startsWith(QStringLiteral("shop")));
        QVERIFY(findIn<QLabel>(application->window(), "filesRead")
                    ->text()
                    .startsWith(QStringLiteral("3 files read in ")));
        QVERIFY(fixture.script.unexpected.isEmpty());
    }

    void keepsTheProjectInSightWhenAnotherCantBeOpened()
    {
        WindowFixture fixture;
        const auto application =
            fixture.open({.project = toStd(fixture.writeProject(QStringLiteral("shop"), 2))});
        QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 2), 10000);
        application->requests().ask(OpenProject{.path = fixture.path(QStringLiteral("nowhere"))});
        auto* bar = findIn<MessageBar>(application->window(), "startMessage");
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 10000);
        QVERIFY2(bar->text().contains(QStringLiteral("nowhere")), qPrintable(bar->text()));
        QVERIFY(hasRevisions(*application, 2));
        QCOMPARE(application->session().state().projectName, QStringLiteral("shop"));
        QTest::mouseClick(findIn<QPushButton>(application->window(), "startMessageDismiss"),
                          Qt::LeftButton);
        QVERIFY(!bar->isVisible());
    }

    void saysOnTheStartPageWhyAFolderCantBeOpened()
    {
        WindowFixture fixture;
        const auto application =
            fixture.open({.project = toStd(fixture.path(QStringLiteral("nowhere")))});
        auto* bar = findIn<MessageBar>(application->window(), "openMessage");
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 10000);
        QVERIFY(application->window().startPage().isVisible());
        QVERIFY2(bar->text().contains(QStringLiteral("nowhere")), qPrintable(bar->text()));
    }

    void followsAFileThatIsEditedInPlaceAndKeepsTheSelection()
    {
        WindowFixture fixture;
        const QString project = fixture.writeProject(QStringLiteral("shop"), 3);
        const auto application = fixture.open({.project = toStd(project)});
        QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 3), 10000);
        application->selection().selectRevision(QStringLiteral("r00001"));
        WindowFixture::writeRevision(project, 1, QStringLiteral("another message"), false);
        QTRY_COMPARE_WITH_TIMEOUT(
            messageOf(*application, "r00001"), std::string("another message"), 10000);
        QCOMPARE(application->selection().revision(), QStringLiteral("r00001"));
    }

    void followsAFileThatIsRenamedOverAnotherTwice()
    {
        WindowFixture fixture;
        const QString project = fixture.writeProject(QStringLiteral("shop"), 2);
        const auto application = fixture.open({.project = toStd(project)});
        QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 2), 10000);
        const std::string target = toStd(project) + "/migrations/versions/r00001_step.py";
        for (const char* message : {"first save", "second save"}) {
            const std::string before = messageOf(*application, "r00001");
            QFile file(toQString(std::string_view(target)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QByteArray text = file.readAll();
            text.replace(QByteArray::fromStdString(before), message);
            WindowFixture::writeFile(project + QStringLiteral("/migrations/versions/.swap"), text);
            QCOMPARE(std::rename((toStd(project) + "/migrations/versions/.swap").c_str(),
                                 target.c_str()),
                     0);
            QTRY_COMPARE_WITH_TIMEOUT(
                messageOf(*application, "r00001"), std::string(message), 10000);
        }
    }

    void followsAFileThatAppearsAndOneThatGoes()
    {
        WindowFixture fixture;
        const QString project = fixture.writeProject(QStringLiteral("shop"), 2);
        const auto application = fixture.open({.project = toStd(project)});
        QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 2), 10000);
        WindowFixture::writeRevision(project, 2, QStringLiteral("new"), false);
        QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 3), 10000);
        QVERIFY(QFile::remove(project + QStringLiteral("/migrations/versions/r00001_step.py")));
        QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 2), 10000);
        QCOMPARE(application->store().current()->graph->missing().size(), std::size_t(1));
    }

    void goesToARevisionThroughThePalette()
    {
        WindowFixture fixture;
        const auto application =
            fixture.open({.project = toStd(fixture.writeProject(QStringLiteral("shop"), 12))});
        QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 12), 10000);
        QTest::keyClick(&application->window(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = findIn<GoToPalette>(application->window(), "goToPalette");
        QTRY_VERIFY(palette->isVisible());
        auto* field = findIn<QLineEdit>(application->window(), "goToField");
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("number 7"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(application->selection().revision(), QStringLiteral("r00007"));
        QVERIFY(!palette->isVisible());
    }

    void runsAnActionThroughThePaletteAndLeavesItWithEscape()
    {
        WindowFixture fixture;
        const auto application =
            fixture.open({.project = toStd(fixture.writeProject(QStringLiteral("shop"), 2))});
        QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 2), 10000);
        auto* palette = findIn<GoToPalette>(application->window(), "goToPalette");
        auto* field = findIn<QLineEdit>(application->window(), "goToField");
        QTest::keyClick(&application->window(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("dark theme"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(application->theme().scheme(), ColorScheme::Dark);
        QTest::keyClick(&application->window(), Qt::Key_P, Qt::ControlModifier);
        QTRY_VERIFY(palette->isVisible());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!palette->isVisible());
    }

    void switchesBetweenLightDarkAndTheSystem()
    {
        WindowFixture fixture;
        const QPalette before = QApplication::palette();
        const auto application = fixture.open();
        const Actions& actions = application->window().actions();
        actions.find(QStringLiteral("themeDark"))->trigger();
        QCOMPARE(QApplication::palette().color(QPalette::Window),
                 application->theme().colors().background);
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 60);
        QCOMPARE(application->settings().themeChoice(), ThemeChoice::Dark);
        actions.find(QStringLiteral("themeLight"))->trigger();
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() > 200);
        actions.find(QStringLiteral("themeSystem"))->trigger();
        QApplication::setPalette(QPalette(QColor(20, 20, 20)));
        QTRY_COMPARE(application->theme().scheme(), ColorScheme::Dark);
        QApplication::setPalette(QPalette(QColor(240, 240, 240)));
        QTRY_COMPARE(application->theme().scheme(), ColorScheme::Light);
        QApplication::setPalette(before);
    }

    void keepsThemeRecentProjectsAndSizesForTheNextWindow()
    {
        WindowFixture fixture;
        const QString project = fixture.writeProject(QStringLiteral("shop"), 2);
        QList<int> sizes;
        {
            const auto application = fixture.open({.project = toStd(project)});
            QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 2), 10000);
            application->window().actions().find(QStringLiteral("themeDark"))->trigger();
            auto* columns = findIn<QSplitter>(application->window(), "columns");
            columns->setSizes({400, 500, 540});
            sizes = columns->sizes();
            findIn<QTabWidget>(application->window(), "bottomTabs")->setCurrentIndex(2);
            QVERIFY(application->window().close());
        }
        const auto application = fixture.open();
        QCOMPARE(application->theme().scheme(), ColorScheme::Dark);
        auto* recent =
            application->window().findChild<QPushButton*>(QStringLiteral("recent:") + project);
        QVERIFY(recent != nullptr);
        QTest::mouseClick(recent, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(hasRevisions(*application, 2), 10000);
        QTRY_COMPARE(findIn<QSplitter>(application->window(), "columns")->sizes(), sizes);
        QCOMPARE(findIn<QTabWidget>(application->window(), "bottomTabs")->currentIndex(), 2);
        application->window().actions().find(QStringLiteral("resetLayout"))->trigger();
        QTRY_VERIFY(findIn<QSplitter>(application->window(), "columns")->sizes() != sizes);
    }

    void staysWhenAPersonDoesNotWantToStopWork()
    {
        WindowFixture fixture;
        const auto application = fixture.open();
        // A server that never answers: the job runs until somebody stops it.
        application->runner().start(
            QStringLiteral("database"),
            application.get(),
            [](const RunContext& run) {
                while (!run.stopRequested())
                    std::this_thread::yield();
                return true;
            },
            [](bool) {});
        fixture.script.confirmations = {false, true};
        application->window().close();
        QVERIFY(application->window().isVisible());
        QCOMPARE(fixture.script.details, QStringList{QStringLiteral("reading the database")});
        application->window().close();
        QTRY_VERIFY(!application->window().isVisible());
        QVERIFY(fixture.script.unexpected.isEmpty());
    }

    void showsWhyADatabaseCantBeReadAndKeepsTheFiles()
    {
        WindowFixture fixture;
        WindowOptions options{.project = toStd(fixture.writeProject(QStringLiteral("shop"), 2)),
                              .dsn = "postgresql://somebody:planted-secret@127.0.0.1:1/shop"};
        const auto application = fixture.open(options);
        auto* bar = findIn<MessageBar>(application->window(), "databaseMessage");
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 20000);
        QVERIFY(hasRevisions(*application, 2));
        QVERIFY(!bar->text().contains(QStringLiteral("planted-secret")));
        QCOMPARE(findIn<QLabel>(application->window(), "environmentText")->text(),
                 QStringLiteral("DEV"));
        QVERIFY(!application->store().current()->diagnosis.hasDatabase);
    }

    void everyActionHasATextAndNoTwoShareAShortcut()
    {
        WindowFixture fixture;
        const auto application = fixture.open();
        QStringList keys;
        for (const Actions::Entry& entry : application->window().actions().all()) {
            QVERIFY(!entry.action->text().isEmpty());
            for (const QKeySequence& shortcut : entry.action->shortcuts()) {
                QVERIFY2(!keys.contains(shortcut.toString()), qPrintable(shortcut.toString()));
                keys.append(shortcut.toString());
            }
        }
        QVERIFY(keys.size() > 20);
    }
};

} // namespace sightglass

int window_test(int argc, char** argv)
{
    sightglass::WindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "window_test.moc"
