// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"
#include "tests/ui/panels/read_project.h"
#include "ui/panels/diagnosis/diagnosis_words.h"
#include "ui/panels/findings/finding_card.h"
#include "ui/panels/inspector/inspector_panel.h"
#include "ui/panels/inspector/operation_review.h"
#include "ui/panels/inspector/source_view.h"
#include "ui/text.h"

#include <QTabBar>
#include <QTest>
#include <QTextBrowser>
#include <QTextCursor>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

constexpr std::string_view tables = R"py(
def upgrade():
    op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_index("ix_orders_id", "orders", ["id"])


def downgrade():
    op.drop_table("orders")
)py";

constexpr std::string_view dangers = R"py(
import os


def upgrade():
    op.create_index("ix_orders_state", "orders", ["id"])
    op.execute(os.environ["EXTRA_SQL"])
    op.drop_table("orders")


def downgrade():
    pass
)py";

} // namespace

class ReviewedOperationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        m_project.add("aa01", "", tables);
        m_project.add("bb02", "aa01", dangers);
        m_inspection = m_project.readAndReview();
        QVERIFY(m_inspection != nullptr);
    }

    void init()
    {
        m_fixture = std::make_unique<PanelFixture>();
        m_jobs = std::make_unique<JobRunner>();
    }

    void cleanup() { m_jobs.reset(); }

    void locksStandInPostgresWordsBesideEachOperation()
    {
        const UpgradeReview review = upgradeReview(*m_inspection, indexOf("bb02"));
        QVERIFY(review.known);
        QCOMPARE(review.operations.size(), std::size_t{3});
        QCOMPARE(review.operations[0].lock, QStringLiteral("SHARE"));
        QCOMPARE(review.operations[0].duration, QStringLiteral("builds an index"));
        QCOMPARE(review.operations[1].lock, QStringLiteral("lock not known"));
        QCOMPARE(review.operations[2].lock, QStringLiteral("ACCESS EXCLUSIVE"));
        QVERIFY(review.operations[2].worst != nullptr);
        QCOMPARE(QString::fromStdString(review.operations[2].worst->rule),
                 QStringLiteral("drop-table"));
        QVERIFY(!review.notAnalysed.empty());
    }

    void nobodyWaitsForATableThatTheRevisionItselfMakes()
    {
        const UpgradeReview review = upgradeReview(*m_inspection, indexOf("aa01"));
        QCOMPARE(review.operations[0].lock, QStringLiteral("instant"));
        QCOMPARE(review.operations[1].lock, QStringLiteral("new table"));
    }

    void sizesAreSaidOfPendingRevisionsOnly()
    {
        Inspection inspection = *m_inspection;
        auto live = std::make_shared<LiveState>();
        auto orders = std::make_shared<Table>();
        orders->name = {.schema = "public", .name = "orders"};
        orders->rowEstimate = 1'200'000;
        orders->bytes = 640LL * 1024 * 1024;
        live->schema.tables.insert_or_assign(orders->name, orders);
        inspection.live = live;
        inspection.applied = {true, false};
        QCOMPARE(upgradeReview(inspection, indexOf("bb02")).operations[0].size,
                 QStringLiteral("1.2 M rows, 640 MB"));
        inspection.applied = {true, true};
        QCOMPARE(upgradeReview(inspection, indexOf("bb02")).operations[0].size, QString());
    }

    void thePageShowsLocksAndTheWorstFindingAndLeadsToTheOthers()
    {
        auto twice = std::make_shared<Inspection>(*m_inspection);
        auto found = std::make_shared<ReviewResult>(*m_inspection->review);
        for (ReviewedRevision& revision : found->revisions) {
            const std::vector<Finding> once = revision.findings;
            revision.findings.insert(revision.findings.end(), once.begin(), once.end());
        }
        twice->review = found;
        const auto panel = shown(twice, "bb02", InspectorPanel::Page::Operations);
        auto* browser = panel->findChild<QTextBrowser*>(QStringLiteral("operations"));
        const QString text = browser->toPlainText();
        for (const char* part : {"SHARE", "builds an index", "ACCESS EXCLUSIVE", "lock not known"})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        const UpgradeReview review = upgradeReview(*m_inspection, indexOf("bb02"));
        QVERIFY2(text.contains(toQString(review.operations[2].worst->title)), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("\u25CF")));
        QTextCursor link = browser->document()->find(QStringLiteral("1 more finding"));
        QVERIFY2(!link.isNull(), qPrintable(text));
        link.setPosition(link.selectionStart() + 2);
        browser->setTextCursor(link);
        browser->ensureCursorVisible();
        QTest::mouseClick(
            browser->viewport(), Qt::LeftButton, {}, browser->cursorRect(link).center());
        QCOMPARE(panel->page(), InspectorPanel::Page::Findings);
        QVERIFY(panel->findChildren<FindingCard*>().size() > 1);
    }

    void aLockStaysInOneLineInANarrowWindow()
    {
        const auto panel = shown(m_inspection, "bb02", InspectorPanel::Page::Operations);
        panel->resize(330, 600);
        QCoreApplication::processEvents();
        auto* browser = panel->findChild<QTextBrowser*>(QStringLiteral("operations"));
        const QTextCursor lock = browser->document()->find(QStringLiteral("ACCESS EXCLUSIVE"));
        QVERIFY(!lock.isNull());
        QTextCursor begin = lock;
        begin.setPosition(lock.selectionStart());
        QTextCursor end = lock;
        end.setPosition(lock.selectionEnd());
        QCOMPARE(browser->cursorRect(begin).top(), browser->cursorRect(end).top());
    }

    void withoutAReviewNothingIsCalledHarmless()
    {
        const auto unreviewed = m_project.read();
        QVERIFY(!upgradeReview(*unreviewed, indexOf("aa01")).known);
        const auto panel = shown(unreviewed, "aa01", InspectorPanel::Page::Operations);
        const QString text =
            panel->findChild<QTextBrowser*>(QStringLiteral("operations"))->toPlainText();
        QVERIFY2(!text.contains(QStringLiteral("\u2713")), qPrintable(text));
        QVERIFY(!text.contains(QStringLiteral("instant")));
    }

    void remarksStandInTheSourceWorstFirst()
    {
        const auto panel = shown(m_inspection, "bb02", InspectorPanel::Page::Source);
        const auto* view = panel->findChild<SourceView*>();
        QTRY_VERIFY(view->isVisible());
        const std::vector<SourceRemark> remarks = remarksIn(
            m_inspection->graph->revision(indexOf("bb02")).span.file, m_inspection->findings);
        const auto drop = std::ranges::find_if(remarks, [](const SourceRemark& each) {
            return each.title.startsWith(QStringLiteral("Drops"));
        });
        QVERIFY(drop != remarks.end());
        QCOMPARE(drop->severity, Severity::Critical);
        QVERIFY(!drop->detail.isEmpty());
        const QString shownText = view->remarkAt(drop->line).simplified();
        QVERIFY2(shownText.startsWith(QStringLiteral("\u25CF ") + drop->title),
                 qPrintable(shownText));
        for (std::size_t i = 1; i < remarks.size(); ++i)
            QVERIFY(remarks[i - 1].line < remarks[i].line ||
                    remarks[i - 1].severity <= remarks[i].severity);
    }

    void longRemarksAreBrokenToTheWidthThatIsThere()
    {
        const auto panel = shown(m_inspection, "bb02", InspectorPanel::Page::Source);
        const auto* view = panel->findChild<SourceView*>();
        QTRY_VERIFY(view->isVisible());
        int line = 0;
        for (const Finding& finding : m_inspection->findings) {
            if (finding.rule == "drop-table")
                line = finding.span.line;
        }
        QTRY_VERIFY(view->remarkAt(line).contains(QLatin1Char('\n')));
        const auto narrow = view->remarkAt(line).count(QLatin1Char('\n'));
        panel->resize(1400, 700);
        QTRY_VERIFY(view->remarkAt(line).count(QLatin1Char('\n')) < narrow);
    }

    void theBannerDoesNotReassureBesideCriticalFindings()
    {
        const BannerWords reviewed = bannerWords(*m_inspection);
        QVERIFY2(!reviewed.title.contains(QStringLiteral("sound")), qPrintable(reviewed.title));
        QVERIFY2(reviewed.title.contains(QStringLiteral("critical finding")),
                 qPrintable(reviewed.title));
        QCOMPARE(reviewed.tone, Tone::Warning);
        QCOMPARE(reviewed.icon, QStringLiteral("warning"));
        const auto unreviewed = m_project.read();
        QVERIFY(bannerWords(*unreviewed).title.contains(QStringLiteral("The chain is sound.")));
    }

    void allTabsAreInSightWithManyFindings()
    {
        auto many = std::make_shared<Inspection>(*m_inspection);
        for (int i = 0; i < 120; ++i)
            many->findings.push_back({.rule = "x", .title = "t", .revision = "bb02"});
        const auto panel = shown(many, "bb02", InspectorPanel::Page::Overview);
        const auto* tabs = panel->findChild<QTabBar*>(QStringLiteral("inspectorTabs"));
        const int last = tabs->count() - 1;
        QVERIFY(tabs->tabText(last).startsWith(QStringLiteral("Findings 1")));
        QVERIFY2(tabs->tabRect(last).right() <= tabs->width(),
                 qPrintable(QString::number(tabs->tabRect(last).right())));
        QVERIFY(tabs->tabRect(0).left() >= 0);
    }

private:
    RevisionIndex indexOf(const char* id) const { return *m_inspection->graph->find(id); }

    std::unique_ptr<InspectorPanel> shown(const std::shared_ptr<const Inspection>& inspection,
                                          const char* id,
                                          InspectorPanel::Page wanted)
    {
        auto panel = std::make_unique<InspectorPanel>(
            m_fixture->context(), *m_jobs, [](const std::string& file) {
                return DiskFileSystem().read(file);
            });
        m_fixture->open(inspection);
        m_fixture->selection.selectRevision(QString::fromLatin1(id));
        panel->resize(430, 700);
        panel->show();
        panel->setPage(wanted);
        return panel;
    }

    ReadProject m_project;
    std::shared_ptr<Inspection> m_inspection;
    std::unique_ptr<PanelFixture> m_fixture;
    std::unique_ptr<JobRunner> m_jobs;
};

int reviewed_operations_test(int argc, char** argv)
{
    ReviewedOperationsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "reviewed_operations_test.moc"
