// SPDX-License-Identifier: GPL-3.0-or-later
// The journey again in a real window: an X server of our own, on a display that it finds free
// itself.
#include <QCoreApplication>
#include <QObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

namespace sightglass {

namespace {
constexpr int serverLimitMs = 20'000;
constexpr int journeyLimitMs = 150'000;
} // namespace

class RealWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void goesTheSameWayInARealWindow()
    {
        const QString server = QStandardPaths::findExecutable(QStringLiteral("Xvfb"));
        if (server.isEmpty())
            QSKIP("Xvfb is not installed.");
        QProcess display;
        display.start(server,
                      {QStringLiteral("-displayfd"),
                       QStringLiteral("1"),
                       QStringLiteral("-screen"),
                       QStringLiteral("0"),
                       QStringLiteral("1600x1000x24"),
                       QStringLiteral("-nolisten"),
                       QStringLiteral("tcp")});
        QVERIFY(display.waitForStarted(serverLimitMs));
        while (!display.canReadLine())
            QVERIFY2(display.waitForReadyRead(serverLimitMs),
                     display.readAllStandardError().constData());
        const QString number = QString::fromLatin1(display.readLine().trimmed());

        QProcess journey;
        journey.setProcessChannelMode(QProcess::MergedChannels);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
        environment.insert(QStringLiteral("DISPLAY"), QLatin1Char(':') + number);
        journey.setProcessEnvironment(environment);
        journey.start(QCoreApplication::applicationFilePath(), {QStringLiteral("journey_test")});
        const bool ended = journey.waitForFinished(journeyLimitMs);
        const QByteArray said = journey.readAll();
        if (!ended) {
            journey.kill();
            journey.waitForFinished(serverLimitMs);
        }
        display.terminate();
        if (!display.waitForFinished(serverLimitMs))
            display.kill();
        QVERIFY2(ended, said.constData());
        QVERIFY2(journey.exitStatus() == QProcess::NormalExit && journey.exitCode() == 0,
                 said.constData());
        QVERIFY2(said.contains("platform xcb"), said.constData());
    }
};

} // namespace sightglass

int real_window_test(int argc, char** argv)
{
    sightglass::RealWindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "real_window_test.moc"
