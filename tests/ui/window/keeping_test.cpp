// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept on disk: settings and log. Planted passwords must not be in either.
#include "app/window/logging.h"
#include "app/window/options.h"
#include "app/window/settings.h"
#include "tests/ui/window/fixture.h"
#include "ui/text.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

namespace sightglass {

namespace {

QByteArray bytesOfFolder(const QString& folder)
{
    QByteArray all;
    for (const QFileInfo& info : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

WindowOptions optionsOf(std::vector<std::string> arguments)
{
    const auto parsed = parseWindowOptions(std::move(arguments));
    return std::holds_alternative<WindowOptions>(parsed) ? std::get<WindowOptions>(parsed)
                                                         : WindowOptions{};
}

} // namespace

class KeepingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void writesNoPasswordIntoTheLogWhateverFormItComesIn()
    {
        QTemporaryDir folder;
        Logging log(folder.path());
        QSignalSpy shown(&log, &Logging::logged);
        log.write(
            LogLevel::Info, "database", "connecting to postgresql://clerk:planted-one@db1/shop");
        log.write(LogLevel::Warn, "database", "host=db1 password=planted-two user=clerk");
        log.write(LogLevel::Info, "database", "host=db1 password='planted three' user=clerk");
        log.hide("planted-four");
        log.write(LogLevel::Error, "files", "the server repeated planted-four in its answer");
        log.flush();
        QTRY_COMPARE(shown.size(), 4);
        QByteArray everything = bytesOfFolder(folder.path());
        QVERIFY(everything.contains("connecting to"));
        for (const QList<QVariant>& entry : shown)
            everything += entry.value(3).toString().toUtf8();
        for (const char* secret : {"planted-one", "planted-two", "planted three", "planted-four"})
            QVERIFY2(!everything.contains(secret), secret);
    }

    void writesNoPasswordDuringAWholeSession()
    {
        WindowFixture fixture;
        const QString project = fixture.writeProject(
            QStringLiteral("shop"),
            2,
            QStringLiteral("sqlalchemy.url = postgresql://clerk:planted-ini@127.0.0.1:1/shop\n"));
        {
            const auto application =
                fixture.open({.project = toStd(project),
                              .dsn = "host=127.0.0.1 port=1 user=clerk password=planted-dsn"});
            QTRY_VERIFY_WITH_TIMEOUT(application->session().state().databaseError.has_value(),
                                     20000);
            QTRY_VERIFY_WITH_TIMEOUT(application->store().current() != nullptr, 10000);
            application->requests().ask(ConnectProjectDatabase{});
            QTRY_VERIFY_WITH_TIMEOUT(!application->session().state().databaseError.has_value(),
                                     20000);
            QTRY_VERIFY_WITH_TIMEOUT(application->session().state().databaseError.has_value(),
                                     20000);
            QTRY_VERIFY_WITH_TIMEOUT(application->controller().isIdle(), 20000);
            QVERIFY(application->window().close());
        }
        const QByteArray kept = bytesOfFolder(fixture.path(QStringLiteral("logs"))) +
                                bytesOfFolder(fixture.path(QString()));
        QVERIFY(kept.contains("127.0.0.1"));
        QVERIFY(!kept.contains("planted-dsn"));
        QVERIFY(!kept.contains("planted-ini"));
    }

    void keepsTwentyRecentProjectsNewestFirst()
    {
        QTemporaryDir folder;
        WindowSettings settings(folder.filePath(QStringLiteral("s.ini")));
        for (int i = 0; i < 25; ++i)
            settings.rememberProject({.path = QStringLiteral("/p%1").arg(i),
                                      .name = QStringLiteral("p"),
                                      .environment = Environment::Staging});
        settings.rememberProject({.path = QStringLiteral("/p10"), .name = QStringLiteral("again")});
        const auto recent = settings.recentProjects();
        QCOMPARE(recent.size(), std::size_t(20));
        QCOMPARE(recent[0].name, QStringLiteral("again"));
        QCOMPARE(recent[1].path, QStringLiteral("/p24"));
        QCOMPARE(recent[1].environment, Environment::Staging);
    }

    void withoutAFileNothingIsWrittenWhereTheProgramStands()
    {
        QTemporaryDir folder;
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(folder.path()));
        const auto left = [&folder] {
            return QDir(folder.path())
                .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
        };
        {
            WindowSettings settings{QString()};
            settings.setThemeChoice(ThemeChoice::Dark);
            settings.rememberProject({.path = QStringLiteral("/p"), .name = QStringLiteral("p")});
            QTest::qWait(50); // QSettings writes when the event loop turns
            QCOMPARE(settings.themeChoice(), ThemeChoice::Dark);
            QCOMPARE(left(), QStringList());
        }
        QCOMPARE(left(), QStringList());
        QVERIFY(QDir::setCurrent(before));
    }

    void goesOnWithoutAFileWhereNoneCanBeWritten()
    {
        QTemporaryDir folder;
        WindowFixture::writeFile(folder.filePath(QStringLiteral("taken")), "a file, not a folder");
        Logging log(folder.filePath(QStringLiteral("taken")));
        QVERIFY(!log.fileProblem().isEmpty());
        QSignalSpy shown(&log, &Logging::logged);
        log.write(LogLevel::Info, "files", "still here");
        QTRY_COMPARE(shown.size(), 1);
    }

    void readsTheCommandLine()
    {
        const WindowOptions options = optionsOf({"shop",
                                                 "--dsn",
                                                 "host=db1",
                                                 "--name",
                                                 "other",
                                                 "--theme",
                                                 "dark",
                                                 "--size",
                                                 "800x600",
                                                 "--screenshot",
                                                 "a.png",
                                                 "--tab",
                                                 "log",
                                                 "--select",
                                                 "head",
                                                 "--report",
                                                 "r.md"});
        QCOMPARE(options.project, std::string("shop"));
        QCOMPARE(options.dsn, std::string("host=db1"));
        QCOMPARE(options.section, std::string("other"));
        QVERIFY(options.theme == ThemeChoice::Dark);
        QCOMPARE(options.width, 800);
        QCOMPARE(options.height, 600);
        QVERIFY(options.tab == BottomTab::Log);
        QVERIFY(options.isPictureRun());
        QVERIFY(!optionsOf({"shop"}).isPictureRun());
    }

    void refusesACommandLineInOneSentence()
    {
        for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--size", "big"},
                                                      {"--theme", "pink"},
                                                      {"--nonsense"},
                                                      {"a", "b"}}) {
            const auto parsed = parseWindowOptions(wrong);
            QVERIFY(std::holds_alternative<PrintAndLeave>(parsed));
            const auto& text = std::get<PrintAndLeave>(parsed);
            QCOMPARE(text.status, 2);
            QCOMPARE(std::count(text.text.begin(), text.text.end(), '\n'), 1);
        }
        QCOMPARE(std::get<PrintAndLeave>(parseWindowOptions({"--help"})).status, 0);
        QVERIFY(std::get<PrintAndLeave>(parseWindowOptions({"--version"}))
                    .text.find(SIGHTGLASS_VERSION) != std::string::npos);
    }
};

} // namespace sightglass

int keeping_test(int argc, char** argv)
{
    sightglass::KeepingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "keeping_test.moc"
