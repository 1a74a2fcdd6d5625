// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"
#include "tests/ui/panels/sample_inspections.h"
#include "ui/panels/findings/finding_card.h"
#include "ui/panels/inspector/inspector_panel.h"
#include "ui/panels/inspector/source_view.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QTabBar>
#include <QTest>
#include <QTextBrowser>

using namespace sightglass;
using namespace sightglass::tests;

class InspectorPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_fixture = std::make_unique<PanelFixture>();
        m_jobs = std::make_unique<JobRunner>();
        m_source = sampleSource();
    }

    void cleanup() { m_jobs.reset(); }

    void overviewNamesEveryFactWithItsPlace()
    {
        const auto panel = shown(brokenChain(), "3b7a1d2e4f56");
        const QString text = overview(*panel);
        for (const char* part :
             {"2a3f4c9d1cde",
              "cascade deletes",
              "pending, number 1 of 9",
              "4c19d0e7a2b1",
              "2025-10-21T09:30:00",
              "read from the file without running it",
              "alembic/versions/3b7a1d2e4f56_soft_delete_for_program_templates.py"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QCOMPARE(panel->findChild<QTabBar*>(QStringLiteral("inspectorTabs"))
                     ->tabText(static_cast<int>(InspectorPanel::Page::Findings)),
                 QStringLiteral("Findings 1"));
    }

    void linksOfTheOverviewSelect()
    {
        const auto panel = shown(brokenChain(), "3b7a1d2e4f56");
        Q_EMIT panel->findChild<QTextBrowser*>(QStringLiteral("overview"))
            ->anchorClicked(QUrl(QStringLiteral("revision:2a3f4c9d1cde")));
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("2a3f4c9d1cde"));
        QVERIFY(overview(*panel).contains(QStringLiteral("the database is here")));
    }

    void aPendingRevisionSaysWhatItWouldDestroy()
    {
        auto inspection = brokenChain();
        inspection->review = std::make_shared<const ReviewResult>(
            ReviewResult{.revisions = {},
                         .findings = {},
                         .loss = LossAssessment{.losses = {{.table = {"public", "session"},
                                                            .rows = 48'210,
                                                            .owner = {.name = "Better Auth"},
                                                            .revision = "c51d88e02f6a"}},
                                                .unknown = {}}});
        inspection->beforeUpgrade = {{.item = "A backup exists", .ok = false, .evidence = "none"}};
        const auto panel = shown(inspection, "c51d88e02f6a");
        const QString text = overview(*panel);
        for (const char* part : {"Would destroy",
                                 "public.session dropped, about 48,210 rows; made by Better Auth",
                                 "Before it runs",
                                 "A backup exists none",
                                 "0 of 1 hold"})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        m_fixture->selection.selectRevision(QStringLiteral("3b7a1d2e4f56"));
        QVERIFY(overview(*panel).contains(QStringLiteral("nothing that the database holds")));
        // What is applied destroys nothing any more.
        m_fixture->selection.selectRevision(QStringLiteral("2a3f4c9d1cde"));
        QVERIFY(!overview(*panel).contains(QStringLiteral("Would destroy")));
    }

    void anAppliedRevisionWithoutTraceSaysSo()
    {
        auto inspection = brokenChain();
        inspection->diagnosis.noTrace = {"2a3f4c9d1cde"};
        const auto panel = shown(inspection, "2a3f4c9d1cde");
        QVERIFY(
            overview(*panel).contains(QStringLiteral("The database shows none of its effects.")));
    }

    void aGhostSaysWhoNamesItAndWhatToDo()
    {
        const auto panel = shown(brokenChain(), "189b1231afd4");
        const QString text = overview(*panel);
        QVERIFY(text.contains(QStringLiteral("No file defines 189b1231afd4")));
        QVERIFY(text.contains(QStringLiteral("cascade deletes")));
        QVERIFY(text.contains(QStringLiteral(".py:14")));
        panel->setPage(InspectorPanel::Page::Source);
        QCOMPARE(words(*panel, "sourceWords"),
                 QStringLiteral("No file defines this revision, so there is no source to show."));
    }

    void aRowOnlyInTheDatabaseSaysWhatItMeans()
    {
        const auto panel = shown(unknownRow(), "3aebf1");
        QVERIFY(overview(*panel).contains(QStringLiteral("The version table says 3aebf1")));
    }

    void withoutADatabaseNothingIsCalledPending()
    {
        const auto panel = shown(inspectionOf("a; b <- a"), "b");
        QVERIFY(overview(*panel).contains(QStringLiteral("No database is connected")));
        QVERIFY(!overview(*panel).contains(QStringLiteral("pending")));
    }

    void bothFilesOfADuplicateAreNamed()
    {
        auto inspection = inspectionOf("a; a");
        auto revisions = inspection->scripts->revisions;
        revisions[0].span.file = "/project/first.py";
        revisions[1].span.file = "/project/second.py";
        inspection->graph =
            std::make_shared<const RevisionGraph>(RevisionGraph::build(std::move(revisions)));
        const auto panel = shown(inspection, "a");
        QVERIFY(overview(*panel).contains(QStringLiteral("first.py")));
        QVERIFY(overview(*panel).contains(QStringLiteral("second.py")));
    }

    void sourceShowsRemarksAndGoesToTheLineAskedFor()
    {
        const auto panel = shown(brokenChain(), "3b7a1d2e4f56");
        m_fixture->selection.selectRevision(QStringLiteral("3b7a1d2e4f56"), 31);
        QCOMPARE(panel->page(), InspectorPanel::Page::Source);
        const auto* view = panel->findChild<SourceView*>();
        QTRY_VERIFY(view->isVisible());
        QVERIFY(view->text().contains(QStringLiteral("op.add_column")));
        // Blanks bring it under its line, and long sentences are broken.
        QCOMPARE(view->remarkAt(31).simplified().section(QLatin1Char('.'), 0, 0) + QLatin1Char('.'),
                 QStringLiteral("\u25B2 Index build blocks writes to a 640 MB table."));
        QCOMPARE(view->currentLine(), 31);
    }

    void sourceWithNulBytesAndBrokenEncodingIsShownWhole()
    {
        m_source = std::string("a = 1\0# caf\xe9\nlast = 2\n", 22);
        const auto panel = shown(inspectionOf("a"), "a");
        panel->setPage(InspectorPanel::Page::Source);
        const auto* view = panel->findChild<SourceView*>();
        QTRY_VERIFY(view->isVisible());
        QVERIFY(view->text().contains(QStringLiteral("last = 2")));
    }

    void aFileTooLargeToShowSaysSo()
    {
        m_source = std::string(InspectorPanel::mostSourceBytes + 1, 'x');
        const auto panel = shown(inspectionOf("a"), "a");
        panel->setPage(InspectorPanel::Page::Source);
        QTRY_VERIFY(words(*panel, "sourceWords").startsWith(QStringLiteral("a.py is too large")));
    }

    void aFileThatCantBeReadSaysWhy()
    {
        const auto panel =
            shown(inspectionOf("a"), "a", [](const std::string&) -> Result<std::string> {
                return failure(
                    ErrorCode::NotFound, "Can't read a.py: it does not exist.", "Reload.");
            });
        panel->setPage(InspectorPanel::Page::Source);
        QTRY_COMPARE(words(*panel, "sourceWords"),
                     QStringLiteral("Can't read a.py: it does not exist. Reload."));
    }

    void findingsAreCardsAndThePageIsRemembered()
    {
        const auto panel = shown(brokenChain(), "2a3f4c9d1cde");
        panel->setPage(InspectorPanel::Page::Findings);
        QCOMPARE(panel->findChildren<FindingCard*>().size(), 2);
        m_fixture->selection.selectRevision(QStringLiteral("c51d88e02f6a"));
        QCOMPARE(panel->page(), InspectorPanel::Page::Findings);
        QTRY_COMPARE(panel->findChildren<FindingCard*>().size(), 1);
    }

    void copiesTheIdAndAsksForTheEditor()
    {
        const auto panel = shown(brokenChain(), "3b7a1d2e4f56");
        QTest::mouseClick(panel->findChild<CopyButton*>(QStringLiteral("copyRevisionId")),
                          Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("3b7a1d2e4f56"));
        QTest::mouseClick(panel->findChild<QPushButton*>(QStringLiteral("openInEditor")),
                          Qt::LeftButton);
        QCOMPARE(m_fixture->asked.size(), std::size_t{1});
        QVERIFY(std::get<OpenInEditor>(m_fixture->asked[0])
                    .file.endsWith(QStringLiteral("program_templates.py")));
    }

    void looksAtTheSelectionAgainWhenShown()
    {
        const auto panel = shown(brokenChain(), "3b7a1d2e4f56");
        panel->hide();
        m_fixture->selection.selectRevision(QStringLiteral("c51d88e02f6a"));
        panel->show();
        QCOMPARE(words(*panel, "inspectorTitle"), QStringLiteral("drop legacy sessions"));
    }

    void saysWhatToDoWhenNothingIsSelected()
    {
        const auto panel = shown(brokenChain(), "");
        QVERIFY(words(*panel, "inspectorWords").startsWith(QStringLiteral("Select a revision")));
        m_fixture->open(nullptr);
        QCOMPARE(words(*panel, "inspectorWords"), QStringLiteral("No project is open."));
    }

private:
    std::unique_ptr<InspectorPanel>
    shown(const std::shared_ptr<Inspection>& inspection, const char* id, SourceReader reader = {})
    {
        if (!reader)
            reader = [source = m_source](const std::string&) {
                return Result<std::string>(source);
            };
        auto panel = std::make_unique<InspectorPanel>(m_fixture->context(), *m_jobs, reader);
        m_fixture->open(inspection);
        m_fixture->selection.selectRevision(QString::fromLatin1(id));
        panel->resize(430, 640);
        panel->show();
        return panel;
    }

    static QString overview(const InspectorPanel& panel)
    {
        return panel.findChild<QTextBrowser*>(QStringLiteral("overview"))->toPlainText();
    }

    static QString words(const InspectorPanel& panel, const char* name)
    {
        return panel.findChild<TextLabel*>(QString::fromLatin1(name))->text();
    }

    std::unique_ptr<PanelFixture> m_fixture;
    std::unique_ptr<JobRunner> m_jobs;
    std::string m_source;
};

int inspector_panel_test(int argc, char** argv)
{
    InspectorPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "inspector_panel_test.moc"
