// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"
#include "ui/panels/log/log_panel.h"
#include "ui/widgets/row_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QScrollBar>
#include <QTest>

using namespace sightglass;

namespace {

LogEntry line(const QString& level, const QString& text)
{
    return {QDateTime::fromSecsSinceEpoch(1'795'000'000), level, QStringLiteral("scripts"), text};
}

RowTable* tableOf(LogPanel& panel)
{
    return panel.findChild<RowTable*>(QStringLiteral("logList"));
}

} // namespace

class LogPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void keepsAtMostTenThousandLinesAndDropsTheOldest()
    {
        LogModel model; // the model tester looks at every row after each: too slow here
        for (int i = 0; i <= LogModel::mostLines; ++i)
            model.append(line(QStringLiteral("info"), QString::number(i)));
        QVERIFY(model.rowCount() <= LogModel::mostLines);
        QCOMPARE(model.entry(model.rowCount() - 1).text, QString::number(LogModel::mostLines));
        QVERIFY(model.entry(0).text != QStringLiteral("0"));
    }

    void showsOnlyTheChosenLevels()
    {
        LogPanel panel(m_fixture.theme);
        const QAbstractItemModelTester tester(
            tableOf(panel)->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const char* level : {"error", "warning", "info", "debug"})
            panel.append(line(QString::fromLatin1(level), QString::fromLatin1(level)));
        QCOMPARE(tableOf(panel)->model()->rowCount(), 3);
        auto* level = panel.findChild<QComboBox*>(QStringLiteral("logLevel"));
        level->setCurrentIndex(0);
        QCOMPARE(tableOf(panel)->model()->rowCount(), 1);
        level->setCurrentIndex(3);
        QCOMPARE(tableOf(panel)->model()->rowCount(), 4);
    }

    void followsTheEndOnlyWhileTheEndIsInSight()
    {
        LogPanel panel(m_fixture.theme);
        panel.resize(500, 200);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        for (int i = 0; i < 100; ++i)
            panel.append(line(QStringLiteral("info"), QString::number(i)));
        const QScrollBar* const bar = tableOf(panel)->verticalScrollBar();
        QTRY_COMPARE(bar->value(), bar->maximum());
        tableOf(panel)->scrollToTop();
        panel.append(line(QStringLiteral("info"), QStringLiteral("late")));
        QCOMPARE(bar->value(), 0);
    }

    void copiesTheSelectedLinesInTheirOrder()
    {
        LogPanel panel(m_fixture.theme);
        panel.append(line(QStringLiteral("info"), QStringLiteral("first")));
        panel.append(line(QStringLiteral("info"), QStringLiteral("second")));
        panel.show();
        RowTable* const table = tableOf(panel);
        table->setFocus();
        table->selectAll();
        QTest::keySequence(table, QKeySequence::Copy);
        const QStringList copied = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(copied.size(), 2);
        QVERIFY(copied[0].endsWith(QStringLiteral("info\tscripts\tfirst")));
        QVERIFY(copied[1].endsWith(QStringLiteral("second")));
    }

    void saysWhyItIsEmpty()
    {
        LogPanel panel(m_fixture.theme);
        QCOMPARE(tableOf(panel)->emptyText(), QStringLiteral("Nothing was logged yet."));
    }

private:
    tests::PanelFixture m_fixture;
};

int log_panel_test(int argc, char** argv)
{
    LogPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "log_panel_test.moc"
