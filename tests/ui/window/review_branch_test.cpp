// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/editor_command.h"
#include "app/window/options.h"
#include "tests/ui/window/fixture.h"
#include "ui/dialogs/branch_dialog.h"
#include "ui/dialogs/rule_page.h"
#include "ui/panels/findings/finding_card.h"
#include "ui/panels/inspector/source_view.h"
#include "ui/review/review_page.h"
#include "ui/text.h"
#include "ui/widgets/flow_text.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QProcess>
#include <QPushButton>
#include <QTest>

namespace sightglass {

namespace {

void git(const QString& folder, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("git"), arguments);
    QVERIFY(process.waitForFinished(30'000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

void commitAll(const QString& folder, const char* message)
{
    git(folder, {QStringLiteral("add"), QStringLiteral("-A")});
    git(folder,
        {QStringLiteral("-c"),
         QStringLiteral("user.name=A"),
         QStringLiteral("-c"),
         QStringLiteral("user.email=a@example.org"),
         QStringLiteral("-c"),
         QStringLiteral("commit.gpgsign=false"),
         QStringLiteral("commit"),
         QStringLiteral("-q"),
         QStringLiteral("-m"),
         QLatin1String(message)});
}

void writeStep(const QString& project, int number, const char* message, const char* body)
{
    const QString id = WindowFixture::revisionId(number);
    const QString down = number == 0
                             ? QStringLiteral("None")
                             : QStringLiteral("'%1'").arg(WindowFixture::revisionId(number - 1));
    WindowFixture::writeFile(
        QStringLiteral("%1/migrations/versions/%2_step.py").arg(project, id),
        QStringLiteral("\"\"\"%1\n\nRevision ID: %2\n\"\"\"\nfrom alembic import op\n"
                       "import sqlalchemy as sa\n\nrevision = '%2'\ndown_revision = %3\n\n\n"
                       "def upgrade():\n%4\n\n\ndef downgrade():\n    pass\n")
            .arg(QLatin1String(message), id, down, QLatin1String(body))
            .toUtf8());
}

/// main makes two tables; feature drops both and adds an index.
QString writeBranches(const WindowFixture& fixture)
{
    const QString project = fixture.writeProject(QStringLiteral("shop"), 1);
    git(project,
        {QStringLiteral("init"),
         QStringLiteral("-q"),
         QStringLiteral("-b"),
         QStringLiteral("main")});
    writeStep(project,
              0,
              "tables",
              "    for name in ('users', 'orders', 'jobs'):\n"
              "        op.create_table(name, sa.Column('id', sa.Integer(), primary_key=True))");
    commitAll(project, "base");
    git(project,
        {QStringLiteral("checkout"),
         QStringLiteral("-q"),
         QStringLiteral("-b"),
         QStringLiteral("feature")});
    writeStep(
        project, 1, "drop old tables", "    op.drop_table('users')\n    op.drop_table('orders')");
    writeStep(project, 2, "find jobs faster", "    op.create_index('ix_jobs', 'jobs', ['id'])");
    commitAll(project, "feature");
    return project;
}

bool isReady(Application& application)
{
    const auto& inspection = application.store().current();
    return inspection && inspection->review != nullptr && application.runner().isIdle();
}

QString sentenceOf(Application& application)
{
    return findIn<ElidedLine>(application.window(), "reviewSentence")->text();
}

QStringList outlineOf(Application& application)
{
    QStringList rows;
    const QAbstractItemModel& model =
        *findIn<QListView>(application.window(), "reviewOutline")->model();
    for (int row = 0; row < model.rowCount(); ++row)
        rows << model.index(row, 0).data().toString();
    return rows;
}

bool reviewIsShown(Application& application)
{
    return findIn<ReviewPage>(application.window(), "reviewPage")->isVisible() &&
           application.branchReview().current() != nullptr && application.runner().isIdle();
}

} // namespace

class ReviewBranchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theDialogOffersMainAndTheReviewShowsOnlyWhatTheBranchAdds()
    {
        WindowFixture fixture;
        const auto application = fixture.open({.project = toStd(writeBranches(fixture))});
        QTRY_VERIFY_WITH_TIMEOUT(isReady(*application), 20000);
        QTest::keyClick(&application->window(), Qt::Key_B, Qt::ControlModifier);
        auto* dialog = application->window().findChild<BranchDialog*>();
        QVERIFY(dialog != nullptr);
        auto* field = findIn<QComboBox>(*dialog, "branchField");
        QTRY_COMPARE(field->currentText(), QStringLiteral("main"));
        QVERIFY(findIn<QLabel>(*dialog, "branchWords")->text().contains(QStringLiteral("feature")));
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(reviewIsShown(*application), 20000);
        QCOMPARE(sentenceOf(*application),
                 QStringLiteral("what feature adds to main: 2 revisions, 3 operations"));
        const QStringList rows = outlineOf(*application);
        QVERIFY2(rows.contains(QStringLiteral("drop old tables")), qPrintable(rows.join(u'\n')));
        QVERIFY(rows.contains(QStringLiteral("find jobs faster")));
        QVERIFY(!rows.contains(QStringLiteral("tables")));
        QVERIFY2(rows.contains(QStringLiteral("Dropping a table (2)")),
                 qPrintable(rows.join(u'\n')));
    }

    void choosingARowShowsItsSourceAndItsFindings()
    {
        WindowFixture fixture;
        const auto application = openReview(fixture);
        auto* list = findIn<QListView>(application->window(), "reviewOutline");
        const QWidget& page = *findIn<ReviewPage>(application->window(), "reviewPage");
        auto* source = page.findChild<SourceView*>();
        QTRY_VERIFY(source->isVisible());
        QVERIFY(source->text().contains(QStringLiteral("op.drop_table('users')")));
        QCOMPARE(source->currentLine(), 13);
        QVERIFY(source->remarkAt(13).contains(QStringLiteral("Drops")));
        QTRY_COMPARE(page.findChildren<FindingCard*>().size(), 2);
        // Down to what is found in the second revision, with the keys, and back by a click.
        const auto heading = outlineOf(*application).indexOf(QStringLiteral("find jobs faster"));
        list->setFocus();
        for (int step = 0; step < 30 && list->currentIndex().row() <= heading; ++step)
            QTest::keyClick(list, Qt::Key_Down);
        QTRY_VERIFY(source->text().contains(QStringLiteral("op.create_index")));
        QTest::mouseClick(list->viewport(),
                          Qt::LeftButton,
                          {},
                          list->visualRect(list->model()->index(1, 0)).center());
        QTRY_VERIFY(source->text().contains(QStringLiteral("op.drop_table")));
    }

    void theReviewIsCopiedAsMarkdownAndEscapeGoesBack()
    {
        WindowFixture fixture;
        const auto application = openReview(fixture);
        QTest::mouseClick(findIn<QPushButton>(application->window(), "copyMarkdown"),
                          Qt::LeftButton);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.startsWith(QStringLiteral("## Migration review")));
        QVERIFY(copied.contains(QStringLiteral("`drop-table`")));
        auto* page = findIn<ReviewPage>(application->window(), "reviewPage");
        // The word "Copied" is a window of its own.
        application->window().activateWindow();
        QTRY_VERIFY(application->window().isActiveWindow());
        QTest::keyClick(findIn<QListView>(application->window(), "reviewOutline"), Qt::Key_Escape);
        QTRY_VERIFY(!page->isVisible());
        QVERIFY(!application->branchReview().isOpen());
        QVERIFY(application->window().workspace().isVisible());
    }

    void aChangedFileIsReviewedAgain()
    {
        WindowFixture fixture;
        const QString project = writeBranches(fixture);
        const auto application = openReview(fixture, project);
        writeStep(project, 1, "drop old tables", "    op.drop_table('users')");
        application->requests().ask(ReloadFiles{});
        QTRY_COMPARE_WITH_TIMEOUT(sentenceOf(*application),
                                  QStringLiteral("what feature adds to main: 2 revisions, "
                                                 "2 operations"),
                                  20000);
    }

    void aReferenceThatGitDoesNotKnowIsSaid()
    {
        WindowFixture fixture;
        WindowOptions options{.project = toStd(writeBranches(fixture))};
        options.reviewSince = "no-such-branch";
        const auto application = fixture.open(options);
        auto* words = findIn<TextLabel>(application->window(), "reviewWords");
        QTRY_VERIFY_WITH_TIMEOUT(words->text().contains(QStringLiteral("Git knows no")), 20000);
        QVERIFY(words->isVisible());
        QVERIFY(!findIn<QPushButton>(application->window(), "copyMarkdown")->isEnabled());
    }

    void aFolderWithoutGitIsSaidInTheDialog()
    {
        WindowFixture fixture;
        const QString project = fixture.writeProject(QStringLiteral("plain"), 1);
        const auto application = fixture.open({.project = toStd(project)});
        QTRY_VERIFY_WITH_TIMEOUT(isReady(*application), 20000);
        application->window().openBranchDialog();
        auto* dialog = application->window().findChild<BranchDialog*>();
        auto* problem = findIn<QLabel>(*dialog, "branchProblem");
        QTRY_VERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(QStringLiteral("No git repository holds")),
                 qPrintable(problem->text()));
        QVERIFY(!findIn<QPushButton>(*dialog, "branchReview")->isEnabled());
    }

    void aBranchThatAddsNothingSaysSo()
    {
        WindowFixture fixture;
        WindowOptions options{.project = toStd(writeBranches(fixture))};
        options.reviewSince = "HEAD";
        const auto application = fixture.open(options);
        auto* words = findIn<TextLabel>(application->window(), "reviewWords");
        QTRY_VERIFY_WITH_TIMEOUT(words->text().contains(QStringLiteral("Nothing is added to HEAD")),
                                 20000);
    }

    void aRuleIsOnePaletteEntryAway()
    {
        WindowFixture fixture;
        const auto application = fixture.open({.project = toStd(writeBranches(fixture))});
        QTRY_VERIFY_WITH_TIMEOUT(isReady(*application), 20000);
        QTest::keyClick(&application->window(), Qt::Key_K, Qt::ControlModifier);
        auto* field = findIn<QLineEdit>(application->window(), "goToField");
        QTest::keyClicks(field, QStringLiteral("vacuum-full"));
        QTest::keyClick(field, Qt::Key_Return);
        auto* dialog = application->window().findChild<RulePageDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QVERIFY(dialog->windowTitle().contains(QStringLiteral("vacuum-full")));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(application->window().findChild<RulePageDialog*>() == nullptr);
    }

    void theOptionIsParsed()
    {
        const auto parsed = parseWindowOptions({"shop", "--review-since", "origin/main"});
        QCOMPARE(QString::fromStdString(std::get<WindowOptions>(parsed).reviewSince),
                 QStringLiteral("origin/main"));
    }

    void editorsWithAWindowGetTheLine()
    {
        const QString file = QStringLiteral("/a b/x.py");
        QCOMPARE(
            editorCommand(QStringLiteral("code"), file, 23),
            (EditorCommand{.program = QStringLiteral("code"),
                           .arguments = {QStringLiteral("-g"), QStringLiteral("/a b/x.py:23")}}));
        QCOMPARE(editorCommand(QStringLiteral("/usr/bin/kate -n"), file, 4),
                 (EditorCommand{
                     .program = QStringLiteral("/usr/bin/kate"),
                     .arguments = {
                         QStringLiteral("-n"), QStringLiteral("-l"), QStringLiteral("4"), file}}));
        // A terminal's editor has no window, and without a line the desktop knows best.
        QVERIFY(!editorCommand(QStringLiteral("vim"), file, 4));
        QVERIFY(!editorCommand(QStringLiteral("code"), file, 0));
        QVERIFY(!editorCommand(QString(), file, 4));
    }

private:
    static std::unique_ptr<Application> openReview(WindowFixture& fixture, QString project = {})
    {
        if (project.isEmpty())
            project = writeBranches(fixture);
        WindowOptions options{.project = toStd(project)};
        options.reviewSince = "main";
        auto application = fixture.open(options);
        if (!QTest::qWaitFor([&] { return reviewIsShown(*application); }, 20000))
            qFatal("the review did not come");
        return application;
    }
};

} // namespace sightglass

int review_branch_test(int argc, char** argv)
{
    sightglass::ReviewBranchTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "review_branch_test.moc"
