// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/options.h"
#include "tests/ui/window/fixture.h"
#include "ui/text.h"

#include <QFile>
#include <QLabel>
#include <QTabBar>
#include <QTest>
#include <QTextBrowser>

namespace sightglass {

namespace {

/// A revision whose upgrade is `body`, one line.
void writeStep(const QString& project, int number, const char* body)
{
    const QString id = WindowFixture::revisionId(number);
    const QString down = number == 0
                             ? QStringLiteral("None")
                             : QStringLiteral("'%1'").arg(WindowFixture::revisionId(number - 1));
    WindowFixture::writeFile(
        QStringLiteral("%1/migrations/versions/%2_step.py").arg(project, id),
        QStringLiteral("\"\"\"step %1\n\nRevision ID: %2\n\"\"\"\nfrom alembic import op\n"
                       "import sqlalchemy as sa\n\nrevision = '%2'\ndown_revision = %3\n\n\n"
                       "def upgrade():\n    %4\n\n\ndef downgrade():\n    pass\n")
            .arg(number)
            .arg(id, down, QLatin1String(body))
            .toUtf8());
}

bool operationsAreRead(Application& application)
{
    const auto& inspection = application.store().current();
    return inspection && inspection->history != nullptr && application.runner().isIdle();
}

QString bannerOf(Application& application)
{
    return findIn<QLabel>(application.window(), "diagnosisSentence")->text();
}

QString operationsPageOf(Application& application)
{
    return findIn<QTextBrowser>(application.window(), "operations")->toPlainText();
}

} // namespace

class OperationsInWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whatRevisionsDoIsReadAfterTheChainIsShown()
    {
        WindowFixture fixture;
        const QString project = fixture.writeProject(QStringLiteral("shop"), 1);
        writeStep(project, 0, "op.create_table('users', sa.Column('id', sa.Integer()))");
        const auto application = openOperations(fixture, project);
        QTRY_VERIFY_WITH_TIMEOUT(operationsAreRead(*application), 10000);
        QCOMPARE(application->store().current()->history->resolution().resolved, std::size_t(1));
        QTRY_VERIFY_WITH_TIMEOUT(
            operationsPageOf(*application).contains(QStringLiteral("Creates table users")), 5000);
        QVERIFY2(bannerOf(*application).contains(QStringLiteral("The chain is sound.")),
                 qPrintable(bannerOf(*application)));
    }

    void aChainThatCannotBeRunIsSaidInTheBannerAndOnTheCard()
    {
        WindowFixture fixture;
        const QString project = fixture.writeProject(QStringLiteral("shop"), 1);
        writeStep(project, 0, "op.add_column('users', sa.Column('name', sa.Text()))");
        const auto application = openOperations(fixture, project);
        application->window().workspace().showTab(BottomTab::Diagnosis);
        QTRY_VERIFY_WITH_TIMEOUT(operationsAreRead(*application), 10000);
        QTRY_VERIFY2_WITH_TIMEOUT(
            bannerOf(*application).contains(QStringLiteral("can't build a new database")),
            qPrintable(bannerOf(*application)),
            5000);
        QTRY_VERIFY_WITH_TIMEOUT(findIn<QWidget>(application->window(), "impactCard") != nullptr,
                                 10000);
        auto* scenario = findIn<QLabel>(application->window(), "scenarioLink");
        QVERIFY2(scenario->text().contains(QStringLiteral("relation &quot;users&quot;")),
                 qPrintable(scenario->text()));
        application->selection().clear();
        Q_EMIT scenario->linkActivated(QStringLiteral("revision:r00000"));
        QCOMPARE(application->selection().revision(), QStringLiteral("r00000"));
        QVERIFY(application->selection().line() > 0);
    }

    void aFileThatChangesIsReadAgainWithItsOperations()
    {
        WindowFixture fixture;
        const QString project = fixture.writeProject(QStringLiteral("shop"), 1);
        writeStep(project, 0, "op.create_table('users', sa.Column('id', sa.Integer()))");
        const auto application = openOperations(fixture, project);
        QTRY_VERIFY_WITH_TIMEOUT(operationsAreRead(*application), 10000);
        writeStep(project, 0, "op.create_table('people', sa.Column('id', sa.Integer()))");
        QTest::keyClick(&application->window(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(
            operationsAreRead(*application) &&
                operationsPageOf(*application).contains(QStringLiteral("Creates table people")),
            10000);
        QVERIFY(!operationsPageOf(*application).contains(QStringLiteral("users")));
    }

    void readingThatIsStoppedLeavesTheChainAndSaysHowToGoOn()
    {
        WindowFixture fixture;
        const QString project = fixture.writeProject(QStringLiteral("shop"), 1);
        writeStep(project, 0, "op.create_table('users', sa.Column('id', sa.Integer()))");
        const auto application = openOperations(fixture, project);
        JobRunner& runner = application->runner();
        // Queued before the thread begins, so it comes before any result.
        const auto stopping = connect(
            &runner,
            &JobRunner::started,
            &runner,
            [&runner](const QString& subject) {
                if (subject == QStringLiteral("operations"))
                    runner.stop(subject);
            },
            Qt::QueuedConnection);
        QTRY_VERIFY_WITH_TIMEOUT(application->store().current() != nullptr && runner.isIdle(),
                                 10000);
        QVERIFY(application->store().current()->history == nullptr);
        QVERIFY(operationsPageOf(*application).contains(QStringLiteral("Press F5")));
        QVERIFY(bannerOf(*application).contains(QStringLiteral("The chain is sound.")));
        disconnect(stopping);
        QTest::keyClick(&application->window(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(operationsAreRead(*application), 10000);
    }

    void optionsNamePageAndTab()
    {
        const auto parsed =
            parseWindowOptions({"shop", "--page", "sql", "--tab", "schema", "--select", "head"});
        const auto* options = std::get_if<WindowOptions>(&parsed);
        QVERIFY(options != nullptr);
        QCOMPARE(options->page, InspectorPanel::Page::Sql);
        QCOMPARE(options->tab, BottomTab::Schema);
        const auto wrong = parseWindowOptions({"--page", "everything"});
        const auto* leave = std::get_if<PrintAndLeave>(&wrong);
        QVERIFY(leave != nullptr);
        QCOMPARE(leave->status, 2);
        QVERIFY(leave->text.find("--page") != std::string::npos);
    }

private:
    static std::unique_ptr<Application> openOperations(WindowFixture& fixture,
                                                       const QString& project)
    {
        WindowOptions options;
        options.project = project.toStdString();
        options.page = InspectorPanel::Page::Operations;
        return fixture.open(options);
    }
};

} // namespace sightglass

int operations_in_window_test(int argc, char** argv)
{
    sightglass::OperationsInWindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "operations_in_window_test.moc"
