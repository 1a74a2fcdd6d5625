// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"
#include "ui/dialogs/rule_page.h"
#include "ui/panels/findings/finding_list.h"
#include "ui/panels/findings/finding_words.h"
#include "ui/text.h"
#include "ui/widgets/flow_text.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QTextBrowser>

#include <cmath>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

Finding dropTable()
{
    return {.rule = "drop-table",
            .category = "data-loss",
            .severity = Severity::Critical,
            .confidence = Confidence::Likely,
            .title = "Drops table <orders> and its rows",
            .detail = "The rows are gone when the revision commits. No downgrade brings them back.",
            .revision = "aa01",
            .span = {.file = "/project/versions/aa01_drop.py", .line = 23},
            .object = "table orders",
            .evidence = {.rows = 1'200'000, .bytes = 640'000'000, .lock = "ACCESS EXCLUSIVE"},
            .instead = "op.rename_table(\n    \"orders\",\n    \"orders_parked\")",
            .unsettled = "whether WITH_ORDERS is set"};
}

template <typename Widget>
Widget* in(const QWidget& widget, const char* name)
{
    return widget.findChild<Widget*>(QLatin1String(name));
}

} // namespace

class FindingCardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_fixture = std::make_unique<PanelFixture>();
        useApplicationLook(m_fixture->theme);
        m_opened.clear();
    }

    void everythingThatIsKnownStandsOnTheCard()
    {
        const auto list = shown({dropTable()});
        const QString text = in<FlowText>(*list, "findingText")->toPlainText();
        for (const char* part : {"Drops table <orders> and its rows",
                                 "No downgrade brings them back.",
                                 "locks ACCESS EXCLUSIVE, 1.2 M rows, 610 MB",
                                 "What would settle it: whether WITH_ORDERS is set",
                                 "versions/aa01_drop.py:23"})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        QCOMPARE(in<ElidedLine>(*list, "findingRule")->text(), QStringLiteral("drop-table"));
        QVERIFY(in<CodeBlock>(*list, "safeForm")
                    ->toPlainText()
                    .contains(QStringLiteral("orders_parked")));
    }

    void nothingIsWiderThanTheListHoweverLongANameIs()
    {
        Finding finding = dropTable();
        finding.span.file = "/project/versions/" + std::string(180, 'x') + ".py";
        finding.title = "Drops " + std::string(90, 'y');
        finding.instead = "op.execute(\"" + std::string(200, 'z') + "\")";
        finding.rule = "add-column-default-rewrite-pg10";
        const auto list = shown({finding});
        QCOMPARE(list->horizontalScrollBar()->maximum(), 0);
        const int width = list->viewport()->width();
        for (const QWidget* const part : list->widget()->findChildren<QWidget*>()) {
            if (!part->isVisible())
                continue;
            const int right = part->mapTo(list->viewport(), QPoint(part->width(), 0)).x();
            QVERIFY2(right <= width, qPrintable(part->objectName()));
        }
        for (const QTextEdit* const text : list->findChildren<QTextEdit*>()) {
            QVERIFY(text->document()->idealWidth() <= text->viewport()->width());
            QVERIFY(text->document()->size().height() <= text->height());
        }
    }

    /// The scroll bar comes when the cards are there, and texts get another line.
    void nothingOverlapsAtAnyWidth()
    {
        Finding finding = dropTable();
        finding.span.file = "/project/versions/aa01_add_research_report_streaming_fields.py";
        const auto list = shown(std::vector<Finding>(8, finding));
        for (int width = 280; width < 520; width += 7) {
            list->resize(width, 500);
            QCoreApplication::processEvents();
            for (const FindingCard* const card : list->findChildren<FindingCard*>()) {
                const auto* text = in<FlowText>(*card, "findingText");
                const auto* code = in<CodeBlock>(*card, "safeForm");
                QVERIFY(text->document()->size().height() <= text->height());
                QVERIFY(code->document()->size().height() <= code->height());
                int below = 0;
                for (int i = 0; i < card->layout()->count(); ++i) {
                    const QLayoutItem* const item = card->layout()->itemAt(i);
                    if (item->isEmpty())
                        continue; // hidden
                    QVERIFY2(item->geometry().top() > below, qPrintable(QString::number(width)));
                    below = item->geometry().bottom();
                }
            }
        }
    }

    void theSafeFormIsCopiedAsItIs()
    {
        const auto list = shown({dropTable()});
        QTest::mouseClick(in<QPushButton>(*list, "copySafeForm"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), toQString(dropTable().instead));
    }

    void silencingNeedsAReason()
    {
        const auto list = shown({dropTable()});
        QTest::mouseClick(in<QPushButton>(*list, "silence"), Qt::LeftButton);
        auto* reason = in<QLineEdit>(*list, "silenceReason");
        auto* copy = in<QPushButton>(*list, "copySilence");
        QVERIFY(reason->isVisible());
        QVERIFY(!copy->isEnabled());
        QTest::keyClicks(reason, QStringLiteral("  replaced by orders_v2 "));
        QVERIFY(copy->isEnabled());
        QTest::keyClick(reason, Qt::Key_Return);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("# danger-ok: drop-table replaced by orders_v2"));
    }

    void sqlFilesGetTheirOwnComment()
    {
        Finding finding = dropTable();
        finding.span.file = "/project/00_init.sql";
        QCOMPARE(silenceLine(finding, QStringLiteral("known")),
                 QStringLiteral("-- danger-ok: drop-table known"));
    }

    void buttonsAskForTheRuleAndForTheEditorAtItsLine()
    {
        const auto list = shown({dropTable()});
        QTest::mouseClick(in<QPushButton>(*list, "rulePage"), Qt::LeftButton);
        QTest::mouseClick(in<QPushButton>(*list, "openFinding"), Qt::LeftButton);
        QCOMPARE(m_fixture->asked.size(), std::size_t{2});
        QCOMPARE(std::get<ShowRule>(m_fixture->asked[0]).rule, QStringLiteral("drop-table"));
        QCOMPARE(std::get<OpenInEditor>(m_fixture->asked[1]).line, 23);
    }

    void aFindingOnTheChainHasNoRulePageAndCantBeSilenced()
    {
        Finding finding = dropTable();
        finding.rule = "missing-revision";
        finding.instead.clear();
        finding.fixes = {{.id = "a", .title = "Bring the file back"}};
        const auto list = shown({finding});
        QVERIFY(in<QPushButton>(*list, "rulePage") == nullptr);
        QVERIFY(in<QPushButton>(*list, "silence") == nullptr);
        QVERIFY(in<QPushButton>(*list, "copySafeForm") == nullptr);
        QVERIFY(in<FlowText>(*list, "findingText")
                    ->toPlainText()
                    .contains(QStringLiteral("What helps: Bring the file back")));
        QCOMPARE(fixWords(finding), QStringLiteral("Bring the file back"));
    }

    void aPlaceThatIsClickedIsOpened()
    {
        const auto list = shown({dropTable()});
        auto* text = in<FlowText>(*list, "findingText");
        QTextCursor found = text->document()->find(QStringLiteral("aa01_drop.py:23"));
        found.setPosition(found.selectionStart() + 2);
        QTest::mouseClick(text->viewport(), Qt::LeftButton, {}, text->cursorRect(found).center());
        QCOMPARE(m_opened, QStringList{QStringLiteral("/project/versions/aa01_drop.py:23")});
    }

    void nothingIsCutBesideAScrollBar()
    {
        useApplicationLook(m_fixture->theme);
        Finding finding = dropTable();
        finding.span.file =
            "/project/versions/20251004_1825-e18e20278eaa_add_jwt_authentication.py";
        const auto list = shown(std::vector<Finding>(5, finding));
        // Where a line more is needed hangs on the width: many are tried.
        for (int width = 260; width < 380; width += 4) {
            list->resize(width, 300);
            QCoreApplication::processEvents();
            QVERIFY(list->verticalScrollBar()->maximum() > 0);
            for (const FlowText* text : list->findChildren<FlowText*>())
                QVERIFY2(text->height() >= std::ceil(text->document()->size().height()),
                         qPrintable(QString::number(width)));
        }
    }

    void manyFindingsComeStepByStep()
    {
        FindingList list(context());
        list.resize(420, 600);
        list.show();
        list.showFindings(std::vector<Finding>(130, dropTable()), QString());
        QVERIFY(list.findChildren<FindingCard*>().size() < 10);
        QTRY_COMPARE_WITH_TIMEOUT(list.findChildren<FindingCard*>().size(), 100, 20000);
        // Others that are asked for meanwhile take their place, and only those.
        list.showFindings(std::vector<Finding>(50, dropTable()), QString());
        list.showFindings({dropTable()}, QString());
        QTest::qWait(50);
        QTRY_COMPARE(list.findChildren<FindingCard*>().size(), 1);
    }

    void firstSentencesEndAtAFullStop()
    {
        QCOMPARE(firstSentence(QStringLiteral("Takes a lock. Then waits.")),
                 QStringLiteral("Takes a lock."));
        QCOMPARE(firstSentence(QStringLiteral("On PostgreSQL 15.4 it scans, e.g. all rows")),
                 QStringLiteral("On PostgreSQL 15.4 it scans, e.g. all rows"));
        QCOMPARE(firstSentence(QString()), QString());
    }

    void thePageOfARuleIsReadable()
    {
        RulePageDialog dialog(m_fixture->theme, QStringLiteral("drop-table"), nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        const QString text = in<QTextBrowser>(dialog, "rulePageText")->toPlainText();
        QVERIFY(text.startsWith(QStringLiteral("Dropping a table")));
        QVERIFY(text.contains(QStringLiteral("op.drop_table(\"orders\")")));
        QVERIFY2(!text.contains(QStringLiteral("<!--")), qPrintable(text));
        QVERIFY(!text.contains(QStringLiteral("```")));
    }

    void everyRuleHasATitle()
    {
        QCOMPARE(ruleTitle("drop-table"), QStringLiteral("Dropping a table"));
        QCOMPARE(ruleTitle("missing-revision"), QStringLiteral("missing-revision"));
    }

private:
    FindingCardContext context()
    {
        return {
            .theme = m_fixture->theme,
            .requests = m_fixture->requests,
            .shownPath = [](const std::string& file) { return toQString(file).mid(9); },
            .open =
                [this](const SourceSpan& span) {
                    m_opened << QStringLiteral("%1:%2").arg(toQString(span.file)).arg(span.line);
                }};
    }

    std::unique_ptr<FindingList> shown(std::vector<Finding> findings)
    {
        auto list = std::make_unique<FindingList>(context());
        list->resize(300, 700);
        list->show();
        list->showFindings(std::move(findings), QString());
        QCoreApplication::processEvents();
        return list;
    }

    std::unique_ptr<PanelFixture> m_fixture;
    QStringList m_opened;
};

int finding_card_test(int argc, char** argv)
{
    FindingCardTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "finding_card_test.moc"
