// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"
#include "tests/ui/panels/sample_inspections.h"
#include "ui/panels/findings/finding_card.h"
#include "ui/panels/problems/problems_panel.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/flow_text.h"
#include "ui/widgets/row_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

RowTable* tableOf(const QWidget& panel)
{
    return panel.findChild<RowTable*>(QStringLiteral("problemList"));
}

int rows(const QWidget& panel)
{
    return tableOf(panel)->model()->rowCount();
}

QString cell(const QWidget& panel, int row, int column)
{
    return tableOf(panel)->model()->index(row, column).data().toString();
}

} // namespace

class ProblemsPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init() { m_fixture = std::make_unique<PanelFixture>(); }

    void showsSeverityProblemPlaceAndFixesWorstFirst()
    {
        ProblemsPanel panel(m_fixture->context());
        QSignalSpy counts(&panel, &ProblemsPanel::countChanged);
        m_fixture->open(brokenChain());
        panel.show();
        const QAbstractItemModelTester tester(
            tableOf(panel)->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(counts.last().first().toInt(), 5);
        QCOMPARE(cell(panel, 0, 0), QStringLiteral("Critical"));
        QCOMPARE(cell(panel, 0, 2), QStringLiteral("189b1231afd4_bootstrap_tables.py:14"));
        QCOMPARE(cell(panel, 0, 3),
                 QStringLiteral("Bring the file back from version control · "
                                "Correct the down revision"));
        QCOMPARE(cell(panel, 1, 2), QStringLiteral("live: habits"));
        QCOMPARE(cell(panel, 4, 0), QStringLiteral("Medium"));
    }

    void saysThatThereAreNoneOnlyWhileAProjectIsOpen()
    {
        ProblemsPanel panel(m_fixture->context());
        panel.show();
        QCOMPARE(tableOf(panel)->emptyText(), QStringLiteral("No project is open."));
        m_fixture->open(inspectionOf("a; b <- a"));
        QCOMPARE(tableOf(panel)->emptyText(), QStringLiteral("No problems found in 2 revisions."));
        m_fixture->open(nullptr);
        QCOMPARE(tableOf(panel)->emptyText(), QStringLiteral("No project is open."));
    }

    void returnJumpsToTheRevisionAndItsLine()
    {
        ProblemsPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        tableOf(panel)->setFocus();
        QTest::keyClick(tableOf(panel), Qt::Key_End);
        QTest::keyClick(tableOf(panel), Qt::Key_Return);
        QCOMPARE(m_fixture->jumps, 1);
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("3b7a1d2e4f56"));
        QCOMPARE(m_fixture->selection.line(), 31);
    }

    void walksThroughTheProblemsAndAroundTheEndAlsoWhileHidden()
    {
        ProblemsPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.selectNext();
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("2a3f4c9d1cde"));
        QCOMPARE(m_fixture->selection.line(), 14);
        panel.selectPrevious();
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("3b7a1d2e4f56"));
        panel.selectNext();
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("2a3f4c9d1cde"));
    }

    void filtersBySeverityAndByText()
    {
        ProblemsPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        auto* medium = panel.findChild<ChipButton*>(QStringLiteral("chipMedium"));
        QCOMPARE(medium->text(), QStringLiteral("Medium 2"));
        QTest::mouseClick(medium, Qt::LeftButton);
        QCOMPARE(rows(panel), 2);
        auto* field = panel.findChild<QLineEdit*>(QStringLiteral("problemFilter"));
        QTest::keyClicks(field, QStringLiteral("INDEX"));
        QCOMPARE(rows(panel), 1);
        QTest::keyClicks(field, QStringLiteral("zzz"));
        QCOMPARE(rows(panel), 0);
        QCOMPARE(tableOf(panel)->emptyText(), QStringLiteral("No problem matches the filter."));
        field->clear();
        QTest::mouseClick(panel.findChild<ChipButton*>(QStringLiteral("chipAll")), Qt::LeftButton);
        QCOMPARE(rows(panel), 5);
    }

    void sortsByItsHeaderAndKeepsTheOrderOfNeedAtFirst()
    {
        ProblemsPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        tableOf(panel)->horizontalHeader()->setSortIndicator(1, Qt::AscendingOrder);
        QVERIFY(cell(panel, 0, 1).startsWith(QStringLiteral("Drops")));
        tableOf(panel)->horizontalHeader()->setSortIndicator(1, Qt::DescendingOrder);
        QVERIFY(cell(panel, 0, 1).startsWith(QStringLiteral("Tables")));
        tableOf(panel)->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
        QVERIFY(cell(panel, 0, 1).startsWith(QStringLiteral("Missing")));
    }

    void copiesARowWithItsFullPath()
    {
        ProblemsPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        tableOf(panel)->setFocus();
        QTest::keyClick(tableOf(panel), Qt::Key_Home);
        QTest::keySequence(tableOf(panel), QKeySequence::Copy);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.startsWith(QStringLiteral("Critical\tmissing-revision\tMissing revision")));
        QVERIFY(copied.contains(
            QStringLiteral("/project/alembic/versions/189b1231afd4_bootstrap_tables.py:14")));
    }

    void detailsSayWhatWhyAndWhatHelpsWithMarkupEscaped()
    {
        auto inspection = inspectionOf("a");
        inspection->findings = {{.rule = "x",
                                 .severity = Severity::High,
                                 .title = "Name is <b>bold</b>",
                                 .detail = "Because of <that>.",
                                 .revision = "a",
                                 .fixes = {{.id = "y", .title = "Rename <it>"}}}};
        ProblemsPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.show();
        panel.selectNext();
        QTest::mouseClick(panel.findChild<ChipButton*>(QStringLiteral("problemDetailsButton")),
                          Qt::LeftButton);
        const QString text =
            panel.findChild<FlowText*>(QStringLiteral("findingText"))->toPlainText();
        QVERIFY(text.contains(QStringLiteral("Name is <b>bold</b>")));
        QVERIFY(text.contains(QStringLiteral("Because of <that>.")));
        QVERIFY(text.contains(QStringLiteral("What helps: Rename <it>")));
    }

    void theFixOfARuleIsItsSafeFormOrItsPage()
    {
        auto inspection = inspectionOf("a");
        inspection->findings = {{.rule = "drop-table",
                                 .severity = Severity::Critical,
                                 .title = "Drops table orders",
                                 .revision = "a",
                                 .instead = "op.rename_table('orders', 'parked')"},
                                {.rule = "drop-column",
                                 .severity = Severity::High,
                                 .title = "Drops column a.b",
                                 .revision = "a"}};
        ProblemsPanel panel(m_fixture->context());
        panel.resize(1200, 300);
        m_fixture->open(inspection);
        panel.show();
        QCOMPARE(cell(panel, 0, 3), QStringLiteral("Show safe form"));
        QCOMPARE(cell(panel, 1, 3), QStringLiteral("Open the rule"));
        clickCell(panel, 0, 3);
        const auto* card = panel.findChild<FindingCard*>();
        QVERIFY(card != nullptr && card->isVisible());
        QVERIFY(card->findChild<CodeBlock*>()->toPlainText().contains(QStringLiteral("parked")));
        clickCell(panel, 1, 3);
        QCOMPARE(m_fixture->asked.size(), std::size_t{1});
        QCOMPARE(std::get<ShowRule>(m_fixture->asked[0]).rule, QStringLiteral("drop-column"));
    }

    void pendingOnlyIsOfferedWithADatabaseAndCountsStayRight()
    {
        auto inspection = inspectionOf("a; b <- a");
        inspection->findings = {
            {.rule = "x", .severity = Severity::Critical, .title = "Old", .revision = "a"},
            {.rule = "x", .severity = Severity::Critical, .title = "New", .revision = "b"},
            {.rule = "y", .severity = Severity::Medium, .title = "Old too", .revision = "a"},
            {.rule = "z", .category = "chain", .severity = Severity::Medium, .title = "Chain"}};
        ProblemsPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.show();
        auto* pending = panel.findChild<ChipButton*>(QStringLiteral("chipPending"));
        QVERIFY(!pending->isVisible());
        auto live = std::make_shared<Inspection>(*inspection);
        live->applied = {true, false};
        m_fixture->open(live);
        QVERIFY(pending->isVisible());
        pending->setFocus();
        QTest::keyClick(pending, Qt::Key_Space);
        QCOMPARE(rows(panel), 1);
        QCOMPARE(cell(panel, 0, 1), QStringLiteral("New"));
        QCOMPARE(chip(panel, "chipCritical"), QStringLiteral("Critical 1"));
        QCOMPARE(chip(panel, "chipMedium"), QStringLiteral("Medium 0"));
        QCOMPARE(chip(panel, "chipAll"), QStringLiteral("All 1"));
        // Without a database nothing is known to be pending: nothing is hidden then.
        m_fixture->open(inspection);
        QCOMPARE(rows(panel), 4);
        QCOMPARE(chip(panel, "chipAll"), QStringLiteral("All 4"));
    }

    void oneRuleCanBeShownAlone()
    {
        ProblemsPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        auto* rule = panel.findChild<QComboBox*>(QStringLiteral("problemRule"));
        QVERIFY(rule->count() > 2);
        rule->setFocus();
        QTest::keyClick(rule, Qt::Key_Down);
        const QString chosen = rule->currentData().toString();
        QVERIFY(!chosen.isEmpty());
        QVERIFY(rows(panel) > 0 && rows(panel) < 5);
        QCOMPARE(rule->currentText(), QStringLiteral("%1 (%2)").arg(chosen).arg(rows(panel)));
        // The choice outlives a reload.
        m_fixture->open(brokenChain());
        QCOMPARE(rule->currentData().toString(), chosen);
        QTest::keyClick(rule, Qt::Key_Home);
        QCOMPARE(rows(panel), 5);
    }

    void holdsAHundredThousandFindings()
    {
        ProblemsPanel panel(m_fixture->context());
        m_fixture->open(manyFindings(100'000));
        panel.show();
        QCOMPARE(rows(panel), 100'000);
        QTest::mouseClick(panel.findChild<ChipButton*>(QStringLiteral("chipCritical")),
                          Qt::LeftButton);
        QCOMPARE(rows(panel), 20'000);
    }

private:
    static QString chip(const QWidget& panel, const char* name)
    {
        return panel.findChild<ChipButton*>(QLatin1String(name))->text();
    }

    static void clickCell(const QWidget& panel, int row, int column)
    {
        RowTable* const table = tableOf(panel);
        QTest::mouseClick(table->viewport(),
                          Qt::LeftButton,
                          {},
                          table->visualRect(table->model()->index(row, column)).center());
    }

    std::unique_ptr<PanelFixture> m_fixture;
};

int problems_panel_test(int argc, char** argv)
{
    ProblemsPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "problems_panel_test.moc"
