// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"
#include "tests/ui/panels/sample_inspections.h"
#include "ui/panels/diagnosis/diagnosis_banner.h"
#include "ui/panels/diagnosis/diagnosis_panel.h"
#include "ui/panels/diagnosis/diagnosis_words.h"
#include "ui/panels/diagnosis/way_back_card.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

QPushButton* button(const QWidget& panel, const char* name)
{
    return panel.findChild<QPushButton*>(QString::fromLatin1(name));
}

} // namespace

class DiagnosisPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init() { m_fixture = std::make_unique<PanelFixture>(); }

    void bannerIsThereOnlyWhileAProjectIsOpen()
    {
        QWidget window;
        auto* banner = new DiagnosisBanner(m_fixture->context(), &window);
        window.show();
        QVERIFY(!banner->isVisible());
        m_fixture->open(brokenChain());
        QVERIFY(banner->isVisible());
        QVERIFY(banner->accessibleDescription().startsWith(
            QStringLiteral("The chain is broken at 189b1231afd4. One file names it")));
        m_fixture->open(nullptr);
        QVERIFY(!banner->isVisible());
    }

    void bannerJumpsToWhatTheEvidenceNamesAndOffersDetails()
    {
        DiagnosisBanner banner(m_fixture->context());
        QSignalSpy details(&banner, &DiagnosisBanner::detailsRequested);
        m_fixture->open(brokenChain());
        QTest::mouseClick(button(banner, "diagnosisShow"), Qt::LeftButton);
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("2a3f4c9d1cde"));
        QCOMPARE(m_fixture->jumps, 1);
        QTest::mouseClick(button(banner, "diagnosisDetails"), Qt::LeftButton);
        QCOMPARE(details.count(), 1);
        m_fixture->open(inspectionOf("a"));
        QVERIFY(!button(banner, "diagnosisShow")->isVisible());
    }

    void bannerKeepsItsSentenceWhenNarrow()
    {
        DiagnosisBanner banner(m_fixture->context());
        m_fixture->open(brokenChain());
        QVERIFY(banner.heightForWidth(600) > banner.heightForWidth(1600));
    }

    void onlyAHealthyDatabaseIsGood()
    {
        Diagnosis diagnosis;
        diagnosis.state = DatabaseState::Healthy;
        QCOMPARE(toneOf(diagnosis), Tone::Neutral);
        QCOMPARE(stateText(diagnosis), QStringLiteral("Files only"));
        diagnosis.hasDatabase = true;
        QCOMPARE(toneOf(diagnosis), Tone::Good);
        diagnosis.severity = Severity::Critical;
        QCOMPARE(toneOf(diagnosis), Tone::Danger);
    }

    void showsEvidenceWaysBackAndChecklist()
    {
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.resize(1440, 800);
        panel.show();
        const auto cards = panel.findChildren<WayBackCard*>();
        QCOMPARE(cards.size(), 3);
        QCOMPARE(panel.findChildren<PillLabel*>(QStringLiteral("recommended")).size(), 1);
        QVERIFY(panel.findChild<QWidget*>(QStringLiteral("checklist")) != nullptr);
        QCOMPARE(cards[0]->y(), cards[1]->y());
        panel.resize(500, 800);
        QTRY_VERIFY(cards[0]->y() < cards[1]->y());
    }

    void evidenceLeadsToItsRevision()
    {
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        const auto links = panel.findChildren<TextLabel*>(QStringLiteral("evidenceLink"));
        QCOMPARE(links.size(), 1);
        Q_EMIT links.front()->linkActivated(QStringLiteral("show"));
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("2a3f4c9d1cde"));
        QCOMPARE(m_fixture->selection.line(), 14);
    }

    void commandsAreCopiedExactly()
    {
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        const auto copies = panel.findChildren<CopyButton*>(QStringLiteral("copyCommand"));
        QCOMPARE(copies.size(), 9);
        QTest::mouseClick(copies.front(), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("git log --all --diff-filter=D -- '*189b1231afd4*'"));
    }

    void withoutADatabaseItSaysWhatAConnectionAdds()
    {
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspectionOf("a"));
        panel.show();
        QTest::mouseClick(button(panel, "connectFromDiagnosis"), Qt::LeftButton);
        QCOMPARE(m_fixture->asked.size(), std::size_t{1});
        QVERIFY(std::holds_alternative<ShowConnectDialog>(m_fixture->asked[0]));
        QVERIFY(button(panel, "readAgain") == nullptr);
    }

    void aDatabaseThatCantBeReadSaysWhy()
    {
        auto inspection = inspectionOf("a");
        inspection->liveError = Error{.code = ErrorCode::ConnectionLost,
                                      .message = "The server closed the connection.",
                                      .nextStep = "Connect again."};
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.show();
        bool said = false;
        for (const TextLabel* label : panel.findChildren<TextLabel*>())
            said =
                said || label->text().contains(QStringLiteral("The server closed the connection."));
        QVERIFY(said);
    }

    void readsAgainOnRequest()
    {
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(unknownRow());
        panel.show();
        QTest::mouseClick(button(panel, "readAgain"), Qt::LeftButton);
        QVERIFY(std::holds_alternative<ReloadDatabase>(m_fixture->asked.at(0)));
    }

private:
    std::unique_ptr<PanelFixture> m_fixture;
};

int diagnosis_panel_test(int argc, char** argv)
{
    DiagnosisPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagnosis_panel_test.moc"
