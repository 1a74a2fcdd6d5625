// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"
#include "tests/ui/panels/sample_inspections.h"
#include "ui/panels/revisions/revisions_panel.h"
#include "ui/widgets/row_table.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

RowTable* tableOf(const QWidget& panel)
{
    return panel.findChild<RowTable*>(QStringLiteral("revisionList"));
}

QLineEdit* filterOf(const QWidget& panel)
{
    return panel.findChild<QLineEdit*>(QStringLiteral("revisionFilter"));
}

QString ids(const QWidget& panel)
{
    QStringList all;
    const QAbstractItemModel& model = *tableOf(panel)->model();
    for (int row = 0; row < model.rowCount(); ++row)
        all << model.index(row, 1).data().toString();
    return all.join(QLatin1Char(' '));
}

QString currentId(const QWidget& panel)
{
    return tableOf(panel)->currentIndex().data(RevisionsModel::revisionIdRole).toString();
}

QAction* action(const QWidget& panel, const char* text)
{
    for (QAction* one : tableOf(panel)->actions()) {
        if (one->text() == QLatin1String(text))
            return one;
    }
    return nullptr;
}

} // namespace

class RevisionsPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init() { m_fixture = std::make_unique<PanelFixture>(); }

    void listsNewestFirstWithTheMissingRevisionBelowWhatNamesIt()
    {
        RevisionsPanel panel(m_fixture->context());
        m_fixture->open(inspectionOf("b <- a; c <- b"));
        panel.show();
        const QAbstractItemModelTester tester(
            tableOf(panel)->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(ids(panel), QStringLiteral("c b a"));
        QCOMPARE(panel.findChild<QLabel*>(QStringLiteral("revisionCount"))->text(),
                 QStringLiteral("2"));
        QCOMPARE(tableOf(panel)->model()->index(2, 3).data().toString(), QStringLiteral("missing"));
        QCOMPARE(tableOf(panel)->model()->index(0, 3).data().toString(),
                 QStringLiteral("not known"));
    }

    void givesEachRowItsMostImportantMark()
    {
        RevisionsModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto inspection = brokenChain();
        model.setInspection(inspection);
        const auto mark = [&model](const char* id) {
            const auto pill = model.pill(model.rowOf(QString::fromLatin1(id)));
            return pill ? pill->text : QString();
        };
        QCOMPARE(mark("189b1231afd4"), QStringLiteral("missing"));
        QCOMPARE(mark("c51d88e02f6a"), QStringLiteral("1 critical"));
        QCOMPARE(mark("f07c31aa90be"), QStringLiteral("head"));
        QCOMPARE(mark("7f80a1b3d5e6"), QStringLiteral("programs"));
        QCOMPARE(mark("6e71f9a2c4d5"), QString());
        std::erase_if(inspection->findings,
                      [](const Finding& one) { return one.severity == Severity::Critical; });
        model.setInspection(inspection);
        QCOMPARE(mark("2a3f4c9d1cde"), QStringLiteral("renamed"));
    }

    void driftStandsBesideTheOtherMarks()
    {
        RevisionsModel model;
        auto inspection = brokenChain();
        inspection->diagnosis.noTrace = {"2a3f4c9d1cde"};
        inspection->diagnosis.inferred = {"9be1200c7d41", "c51d88e02f6a"};
        inspection->diagnosis.current = {"2a3f4c9d1cde"};
        model.setInspection(inspection);
        const auto marks = [&model](const char* id) {
            QStringList texts;
            for (const Pill& pill : model.pills(model.rowOf(QString::fromLatin1(id))))
                texts << pill.text;
            return texts.join(QStringLiteral(" | "));
        };
        // Danger first, then drift, then place.
        QCOMPARE(marks("2a3f4c9d1cde"), QStringLiteral("1 critical | no trace"));
        QCOMPARE(marks("c51d88e02f6a"), QStringLiteral("1 critical | looks like this"));
        QCOMPARE(marks("9be1200c7d41"), QStringLiteral("looks like this"));
        QCOMPARE(marks("6e71f9a2c4d5"), QString());
        const int row = model.rowOf(QStringLiteral("2a3f4c9d1cde"));
        QCOMPARE(model.index(row, static_cast<int>(RevisionColumn::State)).data().toString(),
                 QStringLiteral("applied, no trace"));
        QVERIFY(model.index(row, 0)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("shows none of its effects")));
        // Where rows and objects agree there is nothing to mark.
        inspection->diagnosis.inferred = {"2a3f4c9d1cde"};
        inspection->diagnosis.noTrace.clear();
        model.setInspection(inspection);
        QCOMPARE(marks("2a3f4c9d1cde"), QStringLiteral("1 critical"));
    }

    void showsARowThatOnlyTheDatabaseHolds()
    {
        RevisionsModel model;
        model.setInspection(unknownRow());
        QCOMPARE(model.state(model.rowOf(QStringLiteral("3aebf1"))), RevisionState::OnlyInDatabase);
        QCOMPARE(model.message(0), QStringLiteral("only in database"));
        QCOMPARE(model.state(model.rowOf(QStringLiteral("a"))), RevisionState::Pending);
    }

    void selectsInBothDirectionsById()
    {
        RevisionsPanel panel(m_fixture->context());
        m_fixture->open(inspectionOf("a; b <- a; c <- b"));
        panel.show();
        m_fixture->selection.selectRevision(QStringLiteral("b"));
        QCOMPARE(currentId(panel), QStringLiteral("b"));
        tableOf(panel)->setFocus();
        QTest::keyClick(tableOf(panel), Qt::Key_Down);
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("a"));
        QTest::keyClick(tableOf(panel), Qt::Key_Home);
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("c"));
        m_fixture->open(inspectionOf("a; b <- a; c <- b; d <- c"));
        QCOMPARE(currentId(panel), QStringLiteral("c"));
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("c"));
    }

    void walksOverTwoFilesWithOneIdWithoutFallingBack()
    {
        RevisionsPanel panel(m_fixture->context());
        m_fixture->open(inspectionOf("a; b <- a; b <- a"));
        panel.show();
        tableOf(panel)->setFocus();
        const int rows = tableOf(panel)->model()->rowCount();
        QTest::keyClick(tableOf(panel), Qt::Key_Home);
        for (int row = 1; row < rows; ++row) {
            QTest::keyClick(tableOf(panel), Qt::Key_Down);
            QCOMPARE(tableOf(panel)->currentIndex().row(), row);
        }
    }

    void filtersByEveryWordInIdMessageFileLabelAndFinding()
    {
        RevisionsPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        QLineEdit* const field = filterOf(panel);
        panel.focusFilter();
        QTest::keyClicks(field, QStringLiteral("LESSON tasks"));
        QCOMPARE(ids(panel), QStringLiteral("6e71f9a2c4d5"));
        QCOMPARE(panel.findChild<QLabel*>(QStringLiteral("revisionCount"))->text(),
                 QStringLiteral("1 of 11"));
        field->setText(QStringLiteral("48,210 rows"));
        QCOMPARE(ids(panel), QStringLiteral("c51d88e02f6a"));
        field->setText(QStringLiteral("programs"));
        QCOMPARE(ids(panel), QStringLiteral("7f80a1b3d5e6"));
        field->setText(QStringLiteral("bootstrap"));
        QCOMPARE(ids(panel), QStringLiteral("2a3f4c9d1cde"));
        field->setText(QStringLiteral("no such text"));
        QVERIFY(tableOf(panel)->emptyText().startsWith(QStringLiteral("No revision matches")));
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(tableOf(panel)->model()->rowCount(), 11);
    }

    void findsTextThatIsNotAsciiWhateverItsCase()
    {
        auto inspection = inspectionOf("a; b <- a");
        auto revisions = inspection->scripts->revisions;
        revisions[1].message = "Éléments supprimés";
        inspection->graph =
            std::make_shared<const RevisionGraph>(RevisionGraph::build(std::move(revisions)));
        RevisionsPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.show();
        filterOf(panel)->setText(QString::fromUtf8("éléments"));
        QCOMPARE(ids(panel), QStringLiteral("b"));
    }

    void aJumpGoesToARowThatTheFilterHides()
    {
        RevisionsPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        filterOf(panel)->setText(QStringLiteral("lesson"));
        m_fixture->selection.jumpToRevision(QStringLiteral("f07c31aa90be"));
        QCOMPARE(currentId(panel), QStringLiteral("f07c31aa90be"));
        QVERIFY(filterOf(panel)->text().isEmpty());
    }

    void copiesTheIdAndOpensTheEditorOnlyWhereThereIsAFile()
    {
        RevisionsPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        m_fixture->selection.selectRevision(QStringLiteral("3b7a1d2e4f56"));
        tableOf(panel)->setFocus();
        QTest::keySequence(tableOf(panel), QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("3b7a1d2e4f56"));
        action(panel, "Open in editor")->trigger();
        QCOMPARE(m_fixture->asked.size(), std::size_t{1});
        QCOMPARE(std::get<OpenInEditor>(m_fixture->asked[0]).line, 13);
        m_fixture->selection.selectRevision(QStringLiteral("189b1231afd4"));
        QVERIFY(!action(panel, "Open in editor")->isEnabled());
        action(panel, "Show in map")->trigger();
        QCOMPARE(m_fixture->jumps, 1);
    }

    void showsMoreColumnsWhenWide()
    {
        RevisionsPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.resize(300, 400);
        panel.show();
        QVERIFY(tableOf(panel)->isColumnHidden(1));
        panel.resize(800, 400);
        QTRY_VERIFY(!tableOf(panel)->isColumnHidden(1));
    }

    void saysWhyThereAreNoRows()
    {
        RevisionsPanel panel(m_fixture->context());
        panel.show();
        QVERIFY(tableOf(panel)->emptyText().startsWith(QStringLiteral("No project is open.")));
        QVERIFY(!filterOf(panel)->isEnabled());
        m_fixture->open(inspectionOf(""));
        QVERIFY(tableOf(panel)->emptyText().startsWith(QStringLiteral("No revision was found")));
    }

    void paintsEveryKindOfRow()
    {
        RevisionsPanel panel(m_fixture->context());
        panel.resize(300, 400);
        panel.show();
        for (const auto& inspection : {brokenChain(),
                                       unknownRow(),
                                       inspectionOf("a; b <- a; c <- a +b; d <- b, c; e <- x")}) {
            m_fixture->open(inspection);
            QVERIFY(!panel.grab().isNull());
        }
    }

    void holdsAHundredThousandRevisionsAndFiltersThem()
    {
        RevisionsPanel panel(m_fixture->context());
        const auto inspection = longChain(100'000);
        QElapsedTimer timer;
        timer.start();
        m_fixture->open(inspection);
        panel.show();
        qInfo("shown after %lld ms", static_cast<long long>(timer.restart()));
        QCOMPARE(tableOf(panel)->model()->rowCount(), 100'000);
        QTest::keyClicks(filterOf(panel), QStringLiteral("9"));
        qInfo("first key %lld ms", static_cast<long long>(timer.restart()));
        QTest::keyClicks(filterOf(panel), QStringLiteral("9999"));
        qInfo("four more keys %lld ms", static_cast<long long>(timer.restart()));
        QCOMPARE(ids(panel), QStringLiteral("r99999"));
        filterOf(panel)->clear();
        m_fixture->selection.jumpToRevision(QStringLiteral("r0"));
        QCOMPARE(tableOf(panel)->currentIndex().row(), 99'999);
        timer.restart();
        QVERIFY(!panel.grab().isNull());
        qInfo("painted in %lld ms", static_cast<long long>(timer.elapsed()));
    }

private:
    std::unique_ptr<PanelFixture> m_fixture;
};

int revisions_panel_test(int argc, char** argv)
{
    RevisionsPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "revisions_panel_test.moc"
