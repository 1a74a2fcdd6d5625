// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filtered_rows.h"

#include <QAbstractItemModelTester>
#include <QStandardItemModel>
#include <QTest>

using namespace sightglass;

namespace {

void fill(QStandardItemModel& model, const QStringList& texts)
{
    for (const QString& text : texts)
        model.appendRow(new QStandardItem(text));
}

QString shown(const QAbstractItemModel& model)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.index(row, 0).data().toString();
    return texts.join(QLatin1Char(' '));
}

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

} // namespace

class FilteredRowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void keepsTheSourcesOrderAndNarrows()
    {
        QStandardItemModel source;
        fill(source, words("delta alpha dot beta"));
        FilteredRows rows;
        const QAbstractItemModelTester tester(
            &rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        rows.setSourceModel(&source);
        const auto startsWith = [&source](const char* text) {
            return [&source, text](int row) {
                return source.item(row)->text().startsWith(QLatin1String(text));
            };
        };
        rows.setAccept(startsWith("d"));
        QCOMPARE(shown(rows), QStringLiteral("delta dot"));
        rows.narrow(startsWith("do"));
        QCOMPARE(shown(rows), QStringLiteral("dot"));
        QCOMPARE(rows.rowOfSource(2), 0);
        QCOMPARE(rows.rowOfSource(0), -1);
        rows.setAccept({});
        QCOMPARE(shown(rows), QStringLiteral("delta alpha dot beta"));
    }

    void sortsBothWaysAndGoesBackToTheSourcesOrder()
    {
        QStandardItemModel source;
        fill(source, words("delta alpha dot beta"));
        FilteredRows rows;
        const QAbstractItemModelTester tester(
            &rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        rows.setSourceModel(&source);
        rows.setLess([&source](int, int left, int right) {
            return source.item(left)->text() < source.item(right)->text();
        });
        const QPersistentModelIndex kept = rows.index(0, 0);
        rows.sort(0);
        QCOMPARE(shown(rows), QStringLiteral("alpha beta delta dot"));
        QCOMPARE(kept.row(), 2);
        rows.sort(0, Qt::DescendingOrder);
        QCOMPARE(shown(rows), QStringLiteral("dot delta beta alpha"));
        rows.sort(-1);
        QCOMPARE(shown(rows), QStringLiteral("delta alpha dot beta"));
        QCOMPARE(kept.row(), 0);
    }

    void followsRowsThatComeAndGo()
    {
        QStandardItemModel source;
        fill(source, words("a1 b1 a2 b2"));
        FilteredRows rows;
        const QAbstractItemModelTester tester(
            &rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        rows.setSourceModel(&source);
        rows.setAccept([&source](int row) {
            return source.item(row) != nullptr &&
                   !source.item(row)->text().startsWith(QLatin1Char('b'));
        });
        source.removeRows(0, 2);
        QCOMPARE(shown(rows), QStringLiteral("a2"));
        QCOMPARE(rows.sourceRow(0), 0);
        source.clear();
        QCOMPARE(rows.rowCount(), 0);
    }
};

int filtered_rows_test(int argc, char** argv)
{
    FilteredRowsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "filtered_rows_test.moc"
