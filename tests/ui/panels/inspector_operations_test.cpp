// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"
#include "tests/ui/panels/read_project.h"
#include "tests/ui/panels/sample_inspections.h"
#include "ui/panels/inspector/inspector_panel.h"
#include "ui/panels/inspector/source_view.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/sql_view.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>
#include <QTextCursor>
#include <QToolButton>

using namespace sightglass;
using namespace sightglass::tests;

class InspectorOperationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        m_inspection = smallHistory(m_project);
        QVERIFY(m_inspection != nullptr);
        QVERIFY(m_inspection->history != nullptr);
    }

    void init()
    {
        m_fixture = std::make_unique<PanelFixture>();
        m_jobs = std::make_unique<JobRunner>();
    }

    void cleanup() { m_jobs.reset(); }

    void operationsStandInPlainWordsWithTheirLines()
    {
        const auto panel = shown("aa01", InspectorPanel::Page::Operations);
        const QString text = page(*panel, "operations");
        for (const char* part : {"Upgrade",
                                 "all resolved",
                                 "jobs",
                                 "ix_jobs_title",
                                 "line 14",
                                 "Downgrade",
                                 "Read from the file without running it."})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
    }

    void conditionalAndOpaqueSayWhyAndAreMarkedByShape()
    {
        const auto panel = shown("bb02", InspectorPanel::Page::Operations);
        const QString text = page(*panel, "operations");
        QVERIFY2(text.contains(QStringLiteral("4 operations, 2 resolved, 1 conditional, 1 opaque")),
                 qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("\u25C6 conditional")));
        QVERIFY(text.contains(QStringLiteral("os.environ.get(\"WITH_OWNER\")")));
        QVERIFY(text.contains(QStringLiteral("\u25A0 opaque")));
        QVERIFY(text.contains(QStringLiteral("Stops with NotImplementedError: no way back")));
    }

    void whatPostgresWouldRefuseIsSaid()
    {
        const auto panel = shown("cc03", InspectorPanel::Page::Operations);
        const QString text = page(*panel, "operations");
        // The table may come out of the SQL that bb02 takes from the environment; no server reads
        // the statement behind it.
        QVERIFY2(text.contains(QStringLiteral("PostgreSQL would refuse: syntax error at or near "
                                              "\"TABL\"")),
                 qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("\"missing_table\" does not exist")),
                 qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("The file has no such function.")));
    }

    void aClickOnALineOpensItInTheSource()
    {
        const auto panel = shown("aa01", InspectorPanel::Page::Operations);
        auto* browser = panel->findChild<QTextBrowser*>(QStringLiteral("operations"));
        QTextCursor found = browser->document()->find(QStringLiteral("line 14"));
        QVERIFY(!found.isNull());
        found.setPosition(found.selectionStart() + 2);
        QTest::mouseClick(
            browser->viewport(), Qt::LeftButton, {}, browser->cursorRect(found).center());
        QCOMPARE(panel->page(), InspectorPanel::Page::Source);
        const auto* source = panel->findChild<SourceView*>();
        QTRY_VERIFY(source->isVisible());
        QCOMPARE(source->currentLine(), 14);
    }

    void sqlIsShownForBothDirectionsAndCopied()
    {
        const auto panel = shown("aa01", InspectorPanel::Page::Sql);
        const auto* view = panel->findChild<SqlView*>();
        QTRY_VERIFY(view->isVisible());
        QVERIFY2(view->text().contains(QStringLiteral("CREATE TABLE jobs")),
                 qPrintable(view->text()));
        QTest::mouseClick(panel->findChild<CopyButton*>(QStringLiteral("copySql")), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(
            QStringLiteral("CREATE INDEX ix_jobs_title ON jobs (title);")));
        QTest::mouseClick(panel->findChild<QToolButton*>(QStringLiteral("sqlDowngrade")),
                          Qt::LeftButton);
        QCOMPARE(view->text().trimmed(), QStringLiteral("DROP TABLE jobs;"));
    }

    void sqlThatIsNotKnownStandsAsAComment()
    {
        const auto panel = shown("bb02", InspectorPanel::Page::Sql);
        const auto* view = panel->findChild<SqlView*>();
        QTRY_VERIFY(view->isVisible());
        QVERIFY2(view->text().contains(QStringLiteral("\n-- ")), qPrintable(view->text()));
        QVERIFY(view->text().contains(QStringLiteral("UPDATE jobs SET state = 'new';")));
        QTest::mouseClick(panel->findChild<QToolButton*>(QStringLiteral("sqlDowngrade")),
                          Qt::LeftButton);
        const auto* words = panel->findChild<TextLabel*>(QStringLiteral("sqlWords"));
        QVERIFY(words->isVisible());
        QCOMPARE(words->text(), QStringLiteral("The downgrade sends no statement."));
    }

    void schemaChangeNamesWhatIsAddedAndWhatTheDowngradeDoes()
    {
        const auto panel = shown("aa01", InspectorPanel::Page::Schema);
        QTRY_VERIFY(page(*panel, "schemaChange").contains(QStringLiteral("Adds table")));
        const QString text = page(*panel, "schemaChange");
        QVERIFY(text.contains(QStringLiteral("jobs")));
        QVERIFY(text.contains(QStringLiteral("not there")));
        QVERIFY2(text.contains(QStringLiteral("The downgrade ")), qPrintable(text));
    }

    void doubtsOfARevisionStandBelowItsChanges()
    {
        const auto panel = shown("bb02", InspectorPanel::Page::Schema);
        QTRY_VERIFY(page(*panel, "schemaChange").contains(QStringLiteral("Adds column state")));
        QVERIFY(page(*panel, "schemaChange").contains(QStringLiteral("Not known for certain")));
    }

    void theWholeSchemaIsOneClickAway()
    {
        const auto panel = shown("aa01", InspectorPanel::Page::Schema);
        QSignalSpy asked(panel.get(), &InspectorPanel::schemaAsked);
        auto* browser = panel->findChild<QTextBrowser*>(QStringLiteral("schemaChange"));
        const QString link = QStringLiteral("Show the whole schema");
        QTRY_VERIFY(browser->toPlainText().contains(link));
        QTextCursor found = browser->document()->find(link);
        found.setPosition(found.selectionStart() + 2);
        browser->setTextCursor(found);
        browser->ensureCursorVisible();
        QTest::mouseClick(
            browser->viewport(), Qt::LeftButton, {}, browser->cursorRect(found).center());
        QCOMPARE(asked.size(), 1);
    }

    void pagesSayThatOperationsAreNotReadYet()
    {
        m_fixture->open(inspectionOf("a; b <- a"));
        InspectorPanel panel(m_fixture->context(), *m_jobs, noSource());
        m_fixture->selection.selectRevision(QStringLiteral("b"));
        panel.show();
        panel.setPage(InspectorPanel::Page::Operations);
        QVERIFY(page(panel, "operations").contains(QStringLiteral("is being read")));
        panel.setPage(InspectorPanel::Page::Schema);
        QVERIFY(page(panel, "schemaChange").contains(QStringLiteral("is being read")));
        panel.setPage(InspectorPanel::Page::Sql);
        QVERIFY(panel.findChild<TextLabel*>(QStringLiteral("sqlWords"))
                    ->text()
                    .contains(QStringLiteral("is being read")));
    }

    void aRevisionWithoutAFileHasNoOperations()
    {
        m_fixture->open(brokenChain());
        InspectorPanel panel(m_fixture->context(), *m_jobs, noSource());
        m_fixture->selection.selectRevision(QStringLiteral("189b1231afd4"));
        panel.show();
        panel.setPage(InspectorPanel::Page::Operations);
        QVERIFY(page(panel, "operations").contains(QStringLiteral("No file defines")));
    }

private:
    static SourceReader noSource()
    {
        return [](const std::string& file) { return DiskFileSystem().read(file); };
    }

    std::unique_ptr<InspectorPanel> shown(const char* id, InspectorPanel::Page wanted)
    {
        auto panel = std::make_unique<InspectorPanel>(m_fixture->context(), *m_jobs, noSource());
        m_fixture->open(m_inspection);
        m_fixture->selection.selectRevision(QString::fromLatin1(id));
        panel->resize(460, 700);
        panel->show();
        panel->setPage(wanted);
        return panel;
    }

    static QString page(const InspectorPanel& panel, const char* name)
    {
        return panel.findChild<QTextBrowser*>(QString::fromLatin1(name))->toPlainText();
    }

    ReadProject m_project;
    std::shared_ptr<const Inspection> m_inspection;
    std::unique_ptr<PanelFixture> m_fixture;
    std::unique_ptr<JobRunner> m_jobs;
};

int inspector_operations_test(int argc, char** argv)
{
    InspectorOperationsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "inspector_operations_test.moc"
