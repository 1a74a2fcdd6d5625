// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/graph/map_fixture.h"
#include "ui/graph/export.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

class ExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void svgHoldsTheWordsOfTheMap()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("map.svg"));
        QVERIFY(drawGraph(*inspectionFromText("alpha <- gone; beta <- alpha", {"alpha"}),
                          file,
                          ColorScheme::Light));
        QFile read(file);
        QVERIFY(read.open(QIODevice::ReadOnly));
        const QByteArray text = read.readAll();
        for (const char* word : {"alpha", "beta", "missing revision", "database is here", "head"})
            QVERIFY2(text.contains(word), word);
    }

    void pngHasTheThemesBackground()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("map.PNG"));
        QVERIFY(drawGraph(*inspectionFromText("a; b <- a; c <- a"), file, ColorScheme::Dark));
        const QImage image(file);
        QCOMPARE(image.pixelColor(0, 0), Theme(ColorScheme::Dark).colors().background);
        QVERIFY(image.width() > 400);
    }

    void refusesOtherEndingsAndFoldersThatAreNotThere()
    {
        const QTemporaryDir folder;
        const auto inspection = inspectionFromText("a");
        QVERIFY(!drawGraph(
            *inspection, folder.filePath(QStringLiteral("map.jpg")), ColorScheme::Light));
        QVERIFY(!drawGraph(
            *inspection, folder.filePath(QStringLiteral("none/map.svg")), ColorScheme::Light));
    }

    void anEmptyChainIsAnEmptyPicture()
    {
        const QTemporaryDir folder;
        QVERIFY(drawGraph(*inspectionFromText(""),
                          folder.filePath(QStringLiteral("map.png")),
                          ColorScheme::Light));
    }
};

int export_test(int argc, char** argv)
{
    ExportTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "export_test.moc"
