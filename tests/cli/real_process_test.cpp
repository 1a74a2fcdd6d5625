// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/run_cli.h"

#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace sightglass::tests;

namespace {

constexpr int limitMs = 120'000;
const QString program = QStringLiteral(SIGHTGLASS_BINARY_DIR "/bin/sightglass-cli");
const QString shop = QStringLiteral(SIGHTGLASS_TEST_DATA "/cli/shop");

} // namespace

/// What only the program itself shows: streams, signals, pictures.
class RealProcessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void jsonIsAllThatStandardOutputHolds()
    {
        QProcess process;
        process.start(program,
                      {QStringLiteral("chain"),
                       QStringLiteral("--project"),
                       shop,
                       QStringLiteral("--format"),
                       QStringLiteral("json")});
        QVERIFY(process.waitForFinished(limitMs));
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(!QJsonDocument::fromJson(process.readAllStandardOutput()).isNull());
        QCOMPARE(process.readAllStandardError(), QByteArray());
    }

    void drawsPicturesWithoutADisplay()
    {
        const QTemporaryDir folder;
        for (const char* name : {"graph.png", "graph.svg"}) {
            const QString file = folder.filePath(QLatin1String(name));
            QProcess process;
            process.start(program,
                          {QStringLiteral("draw"),
                           QStringLiteral("-o"),
                           file,
                           QStringLiteral("--project"),
                           shop});
            QVERIFY(process.waitForFinished(limitMs));
            const QByteArray said = process.readAllStandardError();
            QVERIFY2(process.exitCode() == 0, said.constData());
            QCOMPARE(said, QByteArray("Wrote " + file.toUtf8() + ".\n"));
            QFile picture(file);
            QVERIFY(picture.open(QIODevice::ReadOnly));
            const QByteArray bytes = picture.readAll();
            if (file.endsWith(QStringLiteral(".png"))) {
                QVERIFY2(QImage::fromData(bytes).width() > 100, name);
            } else {
                QVERIFY2(bytes.contains("<svg") && bytes.contains("orders"),
                         bytes.left(400).constData());
            }
        }
    }

    void aServedDemoGoesAtTheFirstSignal()
    {
        QProcess process;
#ifdef __SANITIZE_THREAD__
        // The thread sanitizer loses what it knows of a thread once Qt forks in it, and then takes
        // the library's own lock behind a stop token for none.
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("TSAN_OPTIONS"), QStringLiteral("report_bugs=0"));
        process.setProcessEnvironment(environment);
#endif
        process.start(
            program,
            {QStringLiteral("demo"), QStringLiteral("healthy"), QStringLiteral("--serve")});
        QByteArray out;
        while (out.count('\n') < 2) {
            QVERIFY2(process.waitForReadyRead(limitMs), process.readAllStandardError().constData());
            out += process.readAllStandardOutput();
        }
        const QString project = QString::fromUtf8(out.mid(9, out.indexOf('\n') - 9));
        QVERIFY2(QFileInfo(project).isDir(), qPrintable(project));
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGTERM), 0);
        QVERIFY(process.waitForFinished(limitMs));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(!QFileInfo::exists(project));
    }
};

int real_process_test(int argc, char** argv)
{
    RealProcessTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "real_process_test.moc"
