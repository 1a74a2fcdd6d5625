// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"
#include "tests/ui/panels/sample_inspections.h"
#include "ui/panels/diagnosis/around_card.h"
#include "ui/panels/diagnosis/diagnosis_banner.h"
#include "ui/panels/diagnosis/diagnosis_panel.h"
#include "ui/panels/diagnosis/diagnosis_words.h"
#include "ui/panels/diagnosis/evidence_card.h"
#include "ui/panels/diagnosis/evidence_links.h"
#include "ui/panels/diagnosis/identity_card.h"
#include "ui/panels/diagnosis/impact_card.h"
#include "ui/panels/diagnosis/start_card.h"
#include "ui/panels/diagnosis/way_back_card.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

QPushButton* button(const QWidget& panel, const char* name)
{
    return panel.findChild<QPushButton*>(QString::fromLatin1(name));
}

/// A database with something pending, and what was found of its locks.
std::shared_ptr<Inspection> pendingWith(StartCheck check)
{
    auto inspection = brokenChain();
    auto live = std::make_shared<LiveState>();
    Table table;
    table.name = {"public", "users"};
    live->schema.tables.insert_or_assign(table.name, std::make_shared<const Table>(table));
    inspection->live = live;
    inspection->diagnosis.hasDatabase = true;
    inspection->diagnosis.state = DatabaseState::Pending;
    inspection->diagnosis.severity = Severity::Info;
    inspection->diagnosis.pending = {"3b7a1d2e4f56"};
    Outlook outlook;
    outlook.start = std::move(check);
    inspection->outlook = std::make_shared<const Outlook>(std::move(outlook));
    return inspection;
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
        panel.completeNow();
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
        panel.completeNow();
        const auto links = panel.findChildren<TextLabel*>(QStringLiteral("evidenceLink"));
        QCOMPARE(links.size(), 3); // the fourth sentence names nothing
        Q_EMIT links.front()->linkActivated(QStringLiteral("revision:2a3f4c9d1cde"));
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("2a3f4c9d1cde"));
        QCOMPARE(m_fixture->selection.line(), 14);
    }

    void onlyWholeNamesThatAreKnownBecomeLinks()
    {
        auto inspection = brokenChain();
        auto live = std::make_shared<LiveState>();
        Table table;
        table.name = {"public", "users"};
        live->schema.tables.insert_or_assign(table.name, std::make_shared<const Table>(table));
        inspection->live = live;
        const auto html = [&](const char* text, const char* object = "") {
            return evidenceHtml(
                m_fixture->theme, *inspection, {.text = text, .revision = {}, .object = object});
        };
        QCOMPARE(
            html("It is gone from public.users, public.orders.").count(QStringLiteral("<a href")),
            1);
        QVERIFY(html("See public.users.").contains(QStringLiteral("href=\"table:public.users\"")));
        QVERIFY(!html("The public.users_old is kept").contains(QStringLiteral("<a href")));
        QVERIFY(html("It follows 3b7a1d2e4f56: so")
                    .contains(QStringLiteral("href=\"revision:3b7a1d2e4f56\"")));
        QVERIFY(!html("It follows 3b7a1d2e4f5").contains(QStringLiteral("<a href")));
        // What it points at and does not name stands behind it.
        QVERIFY(html("A check is not valid.", "public.jobs")
                    .endsWith(QStringLiteral(">public.jobs</a>")));
        // A column leads to its table, and nothing stands behind a sentence that names it.
        for (const char* column :
             {"Column public.jobs.state is gone.", "Column jobs.state is gone."})
            QVERIFY(html(column, "public.jobs")
                        .contains(QStringLiteral("href=\"table:public.jobs\"")) &&
                    html(column, "public.jobs").endsWith(QStringLiteral(" is gone.")));
        Outlook outlook;
        outlook.chainTables = {{"public", "lost"}};
        inspection->outlook = std::make_shared<const Outlook>(std::move(outlook));
        QVERIFY(html("It misses public.lost and 5 more.")
                    .contains(QStringLiteral("href=\"table:public.lost\"")));
        QVERIFY(html("Column public.users.name differs.")
                    .contains(QStringLiteral("href=\"table:public.users\"")));
        QVERIFY(!html("It says jobs_old.state.", "public.jobs")
                     .contains(QStringLiteral(">jobs_old.state")));
        QVERIFY(html("a < b").contains(QStringLiteral("a &lt; b")));
    }

    void aTableThatIsNamedIsAskedFor()
    {
        auto inspection = brokenChain();
        inspection->diagnosis.evidence = {{.grade = Grade::Asked,
                                           .text = "Table public.jobs is missing.",
                                           .object = "public.jobs"}};
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.resize(1000, 600);
        panel.show();
        panel.completeNow();
        auto* link = panel.findChild<TextLabel*>(QStringLiteral("evidenceLink"));
        QVERIFY(link != nullptr);
        // A person clicks; where the name stands depends on the font, so the line is searched.
        QSignalSpy asked(&panel, &DiagnosisPanel::tableAsked);
        for (int x = 0; x < link->width() && asked.isEmpty(); x += 6)
            QTest::mouseClick(link, Qt::LeftButton, {}, QPoint(x, 8));
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("public.jobs"));
    }

    void whatAnUpgradeDestroysStandsInThePanel()
    {
        auto inspection = brokenChain();
        inspection->review = std::make_shared<const ReviewResult>(ReviewResult{
            .revisions = {},
            .findings = {},
            .loss = LossAssessment{.losses = {{.table = {"public", "session"},
                                               .rows = 48'210,
                                               .counted = true,
                                               .bytes = 23'000'000,
                                               .dependents = {"view active_users"},
                                               .owner = {.name = "Better Auth"},
                                               .revision = "c51d88e02f6a",
                                               .span = {.file = "x.py", .line = 23}}},
                                   .unknown = {"an execute whose text is not known"}}});
        inspection->beforeUpgrade = {{.item = "A backup exists", .ok = std::nullopt},
                                     {.item = "Nothing is lost", .ok = false},
                                     {.item = "It was reviewed", .ok = true}};
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.resize(1200, 700);
        panel.show();
        panel.completeNow();
        auto* table = panel.findChild<QTextBrowser*>(QStringLiteral("lossTable"));
        QVERIFY(table != nullptr);
        for (const char* part : {"public.session",
                                 "dropped",
                                 "48,210",
                                 "Better Auth",
                                 "view active_users",
                                 "c51d88e02f6a, line 23",
                                 "May destroy more: an execute"})
            QVERIFY2(table->toPlainText().contains(QLatin1String(part)), part);
        Q_EMIT table->anchorClicked(QUrl(QStringLiteral("revision:c51d88e02f6a")));
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("c51d88e02f6a"));
        const auto* list = panel.findChild<ChecklistCard*>(QStringLiteral("beforeUpgrade"));
        QVERIFY(list != nullptr);
        QCOMPARE(list->accessibleName(), QStringLiteral("Before an upgrade: 1 of 3 hold"));
    }

    void whereTheSchemaReallyIsStandsBesideWhatIsRecorded()
    {
        auto inspection = brokenChain();
        inspection->diagnosis.inferred = {"5d02e8f1b3c4"};
        inspection->diagnosis.certainty = Confidence::Likely;
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.show();
        panel.completeNow();
        auto* places = panel.findChild<TextLabel*>(QStringLiteral("diagnosisPlaces"));
        QVERIFY(places != nullptr);
        QVERIFY(places->text().contains(QStringLiteral("revision:2a3f4c9d1cde")));
        Q_EMIT places->linkActivated(QStringLiteral("revision:5d02e8f1b3c4"));
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("5d02e8f1b3c4"));
        QVERIFY(panel.findChild<PillLabel*>(QStringLiteral("diagnosisCertainty")) != nullptr);
        m_fixture->open(brokenChain());
        panel.completeNow();
        QTRY_VERIFY(panel.findChild<TextLabel*>(QStringLiteral("diagnosisPlaces")) == nullptr);
        QVERIFY(panel.findChild<PillLabel*>(QStringLiteral("diagnosisCertainty")) == nullptr);
    }

    void whatCouldNotBeReadAgainIsSaidWithItsAge()
    {
        auto inspection = inspectionOf("a");
        auto live = std::make_shared<LiveState>();
        live->readAt = std::chrono::time_point_cast<Time::duration>(
            std::chrono::system_clock::now() - std::chrono::minutes(7));
        inspection->live = live;
        inspection->diagnosis.hasDatabase = true;
        QCOMPARE(bannerWords(*inspection).tone, Tone::Good);
        inspection->refreshError =
            Error{.code = ErrorCode::ConnectionLost, .message = "The server went away."};
        const BannerWords words = bannerWords(*inspection);
        QCOMPARE(words.tone, Tone::Warning);
        QVERIFY2(words.detail.startsWith(QStringLiteral(
                     "This was so 7 min ago; the database could not be read again.")),
                 qPrintable(words.detail));
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.show();
        panel.completeNow();
        const auto* card = panel.findChild<QWidget*>(QStringLiteral("staleCard"));
        QVERIFY(card != nullptr);
        QVERIFY(card->findChild<TextLabel*>()->text().contains(
            QStringLiteral("The server went away.")));
    }

    void whatLiesAroundIsToldInShort()
    {
        auto inspection = inspectionOf("a");
        auto scan = std::make_shared<ProjectScan>();
        scan->environment.read = true;
        scan->environment.metadataFound = true;
        scan->environment.tables = 9;
        scan->schemaCalls = {{.kind = SchemaCallKind::CreateAll,
                              .file = "app/main.py",
                              .span = {.file = "/project/app/main.py", .line = 12}},
                             {.kind = SchemaCallKind::CreateAll,
                              .file = "tests/conftest.py",
                              .place = ProjectPlace::Test}};
        scan->destructive = {
            {.script = "target clean of Makefile", .file = "/project/Makefile", .line = 293}};
        scan->findings = {{.rule = "destructive-without-prompt", .category = "project"}};
        addSurroundings(*inspection, scan);
        addSurroundings(*inspection, scan); // once
        QCOMPARE(inspection->findings.size(), std::size_t{1});
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.show();
        panel.completeNow();
        const auto* card = panel.findChild<AroundCard*>();
        QVERIFY(card != nullptr);
        const auto links = card->findChildren<TextLabel*>(QStringLiteral("aroundLink"));
        QCOMPARE(links.size(), 2);
        QVERIFY(links[0]->text().startsWith(QStringLiteral("One place of the application")));
        QVERIFY(links[1]->text().contains(QStringLiteral("1 of them asks nobody")));
        Q_EMIT links[1]->linkActivated(QStringLiteral("place:here"));
        QCOMPARE(std::get<OpenInEditor>(m_fixture->asked.at(0)).line, 293);
    }

    void whoStandsInTheWayOfAnUpgradeIsALightWithWords()
    {
        auto inspection = pendingWith({.verdict = StartAnswer::No,
                                       .blockers = {{.kind = StartBlocker::Kind::LockHeld,
                                                     .pid = 4711,
                                                     .relations = {{"public", "users"}},
                                                     .revision = "3b7a1d2e4f56",
                                                     .endsByItself = false,
                                                     .text = "Session 4711 holds SHARE on "
                                                             "public.users for 12 min.",
                                                     .way = "Ask its owner to end it."}},
                                       .notKnown = {"Revision 9be1200c7d41 was not read."},
                                       .readAt = {}});
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.resize(1000, 900);
        panel.show();
        panel.completeNow();
        const auto* card = panel.findChild<StartCard*>();
        QVERIFY(card != nullptr);
        QCOMPARE(card->accessibleName(), QStringLiteral("Do not start an upgrade now."));
        QCOMPARE(card->findChild<StartLight*>()->accessibleName(), QStringLiteral("do not start"));
        const auto links = card->findChildren<TextLabel*>(QStringLiteral("blockerLink"));
        QCOMPARE(links.size(), 2); // the session, and the revision that was not read
        QVERIFY(links[0]->text().contains(QStringLiteral("Ask its owner to end it.")));
        QSignalSpy asked(&panel, &DiagnosisPanel::tableAsked);
        for (int y = 6; y < links[0]->height() && asked.isEmpty(); y += 8) {
            for (int x = 0; x < links[0]->width() && asked.isEmpty(); x += 6)
                QTest::mouseClick(links[0], Qt::LeftButton, {}, QPoint(x, y));
        }
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("public.users"));
        const BannerWords words = bannerWords(*inspection);
        QVERIFY2(words.detail.endsWith(QStringLiteral(
                     "Do not start an upgrade now. Session 4711 holds SHARE on public.users for "
                     "12 min.")),
                 qPrintable(words.detail));
        QCOMPARE(words.tone, Tone::Warning);
    }

    void everyAnswerOfTheLightHasAShapeOfItsOwn()
    {
        std::vector<QImage> shapes;
        for (const std::optional<StartAnswer> answer : {std::optional(StartAnswer::Yes),
                                                        std::optional(StartAnswer::Wait),
                                                        std::optional(StartAnswer::No),
                                                        std::optional<StartAnswer>()}) {
            StartLight light(m_fixture->theme, answer);
            QImage image(light.size(), QImage::Format_ARGB32);
            image.fill(Qt::transparent);
            light.render(&image, {}, {}, QWidget::DrawChildren);
            const QImage shape = image.convertToFormat(QImage::Format_Alpha8);
            QVERIFY(std::ranges::find(shapes, shape) == shapes.end());
            shapes.push_back(shape);
            const QString mark = startWords({.verdict = answer}).mark;
            QVERIFY(startPill({.verdict = answer}).text.endsWith(QStringLiteral("locks: ") + mark));
        }
    }

    void nothingPendingHasNoLight()
    {
        auto inspection = pendingWith({.nothingPending = true});
        DiagnosisBanner banner(m_fixture->context());
        m_fixture->open(inspection);
        QVERIFY(!banner.findChild<QWidget*>(QStringLiteral("bannerStart"))->isVisibleTo(&banner));
        m_fixture->open(pendingWith({.verdict = StartAnswer::Yes}));
        QVERIFY(banner.findChild<QWidget*>(QStringLiteral("bannerStart"))->isVisibleTo(&banner));
        QVERIFY(!bannerWords(*inspection).detail.contains(QStringLiteral("upgrade")));
    }

    void everyScenarioSaysWhatItComesToAndLeadsToItsEvidence()
    {
        auto inspection = brokenChain();
        Outlook outlook;
        outlook.impact.emplace();
        outlook.impact->scenarios = {
            {.id = "fresh-database",
             .title = "A new database",
             .outcome = Scenario::Outcome::Stops,
             .text = "It can't be built.",
             .evidence = {{.text = "3b7a1d2e4f56", .revision = "3b7a1d2e4f56"}}},
            {.id = "deployment",
             .title = "A deployment that upgrades at its start",
             .outcome = Scenario::Outcome::LosesData,
             .text = "Service web upgrades at its start.",
             .evidence = {{.text = "Service web of compose.yml, line 12",
                           .span = {.file = "/project/compose.yml", .line = 12}}},
             .needsRehearsal = true}};
        outlook.impact->cleanStart = {{.item = "The chain runs to its end",
                                       .ok = false,
                                       .evidence = "3b7a1d2e4f56: it stops"}};
        inspection->outlook = std::make_shared<const Outlook>(std::move(outlook));
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.show();
        panel.completeNow();
        const auto* card = panel.findChild<ImpactCard*>();
        QVERIFY(card != nullptr);
        const auto links = card->findChildren<TextLabel*>(QStringLiteral("scenarioLink"));
        QCOMPARE(links.size(), 2);
        Q_EMIT links[0]->linkActivated(QStringLiteral("revision:3b7a1d2e4f56"));
        QCOMPARE(m_fixture->selection.revision(), QStringLiteral("3b7a1d2e4f56"));
        QVERIFY(links[1]->text().contains(QStringLiteral("A rehearsal would settle it.")));
        QVERIFY(
            links[1]->text().contains(QStringLiteral("Service web of compose.yml, line 12</a>")));
        Q_EMIT links[1]->linkActivated(QStringLiteral("place:0"));
        QCOMPARE(std::get<OpenInEditor>(m_fixture->asked.at(0)).line, 12);
        // What the check list names is a link too.
        const auto items = panel.findChildren<TextLabel*>(QStringLiteral("checklistLink"));
        QVERIFY(std::ranges::any_of(items, [](const TextLabel* each) {
            return each->text().contains(QStringLiteral("revision:3b7a1d2e4f56"));
        }));
    }

    void whatIsNotAsItWasIsSaidAndPutAside()
    {
        auto inspection = brokenChain();
        Outlook outlook;
        outlook.visit = DatabaseVisit{
            .environment = {.environment = EnvironmentKind::Staging, .why = "Its name says so."},
            .rememberedAt = "2026-10-25T14:03:00Z",
            .changes = {{.kind = IdentityChangeKind::TablesLost,
                         .text = "2 tables are gone: public.users, public.jobs.",
                         .objects = {"public.users", "public.jobs"}}},
            .noticed = {{.at = "2026-10-24T10:00:00Z",
                         .kind = "another-cluster",
                         .text = "This is another cluster than on 20 October."}}};
        inspection->outlook = std::make_shared<const Outlook>(std::move(outlook));
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.resize(1000, 900);
        panel.show();
        panel.completeNow();
        const auto* card = panel.findChild<IdentityCard*>();
        QVERIFY(card != nullptr);
        const auto links = card->findChildren<TextLabel*>(QStringLiteral("identityLink"));
        QCOMPARE(links.size(), 1);
        // A table that is gone is still known to the chain.
        QVERIFY(links[0]->text().contains(QStringLiteral("href=\"table:public.users\"")));
        QVERIFY(
            bannerWords(*inspection)
                .detail.contains(QStringLiteral("This is another cluster than on 20 October.")));
        QTest::mouseClick(button(panel, "rememberDatabase"), Qt::LeftButton);
        QVERIFY(std::holds_alternative<RememberDatabase>(m_fixture->asked.at(0)));
    }

    void theSameDatabaseHasNothingToPutAside()
    {
        auto inspection = brokenChain();
        Outlook outlook;
        outlook.visit = DatabaseVisit{.rememberedAt = "2026-10-25T14:03:00Z"};
        inspection->outlook = std::make_shared<const Outlook>(std::move(outlook));
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.show();
        panel.completeNow();
        QVERIFY(panel.findChild<IdentityCard*>() != nullptr);
        QVERIFY(button(panel, "rememberDatabase") == nullptr);
    }

    void theRestOfThePageFollowsByItself()
    {
        auto inspection = brokenChain();
        inspection->diagnosis.evidence.assign(
            500, {.grade = Grade::Asked, .text = "Table public.jobs is missing."});
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(inspection);
        panel.resize(1000, 700);
        panel.show();
        const auto lists = [&panel] { return panel.findChildren<ChecklistCard*>().size(); };
        QCOMPARE(lists(), 0); // the evidence was enough for one turn
        QTRY_COMPARE(lists(), 1);
        QCOMPARE(panel.findChildren<WayBackCard*>().size(), 3);
        // Another inspection in the middle takes the place of what is still to come.
        m_fixture->open(inspection);
        m_fixture->open(inspectionOf("a"));
        QTest::qWait(50);
        QCOMPARE(panel.findChildren<WayBackCard*>().size(), 0);
    }

    void commandsAreCopiedExactly()
    {
        DiagnosisPanel panel(m_fixture->context());
        m_fixture->open(brokenChain());
        panel.show();
        panel.completeNow();
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
        panel.completeNow();
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
        panel.completeNow();
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
        panel.completeNow();
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
