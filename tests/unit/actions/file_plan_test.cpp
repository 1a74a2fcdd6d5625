// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/settle_run.h"
#include "tests/unit/actions/pretended_server.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

/// Files that a plan changes, and that undo puts back.
class FilePlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("versions")));
        m_journal = std::make_unique<ActionJournal>(
            Path(m_folder->filePath(QStringLiteral("data")).toStdString()));
        write("a.py", "revision = 'a'\r\n\xff");
    }

    void oneFileBecomesAnotherAndBack()
    {
        Plan plan = planOf({.file = file("a.py"),
                            .before = contentHash("revision = 'a'\r\n\xff"),
                            .contents = "revision = 'b'\n"});
        plan.steps.push_back(
            {.title = "New", .work = FileWork{.file = file("new.py"), .contents = "new"}});
        QVERIFY(QFile::setPermissions(QString::fromStdString(file("a.py")),
                                      QFileDevice::ReadOwner | QFileDevice::WriteOwner));
        QVERIFY(run(plan).isFine());
        QCOMPARE(read("a.py"), QByteArray("revision = 'b'\n"));
        QCOMPARE(read("new.py"), QByteArray("new"));
        QCOMPARE(listed(), QStringLiteral("a.py new.py"));
        const auto permissions =
            QFileInfo(QString::fromStdString(file("a.py"))).permissions() & QFileDevice::ReadGroup;
        QVERIFY(!permissions);

        const auto undo = planUndo(entries().front(), plan.target);
        QVERIFY2(undo.has_value(), undo ? "" : toText(undo.error()).c_str());
        QVERIFY(runPlan(*undo, undo->confirmation.phrase, seams(), {}).isFine());
        QCOMPARE(read("a.py"), QByteArray("revision = 'a'\r\n\xff"));
        QCOMPARE(listed(), QStringLiteral("a.py"));
        QVERIFY(!entries().front().canBeUndone());
    }

    void aFileThatGoesComesBack()
    {
        const Plan plan =
            planOf({.file = file("a.py"), .before = contentHash("revision = 'a'\r\n\xff")});
        QVERIFY(run(plan).isFine());
        QCOMPARE(listed(), QString());
        const auto undo = planUndo(entries().front(), plan.target);
        QVERIFY(undo.has_value());
        QVERIFY(runPlan(*undo, undo->confirmation.phrase, seams(), {}).isFine());
        QCOMPARE(read("a.py"), QByteArray("revision = 'a'\r\n\xff"));
    }

    void aFileThatWasEditedSinceIsLeftAlone()
    {
        const Plan plan = planOf(
            {.file = file("a.py"), .before = contentHash("something else"), .contents = "x"});
        const PlanOutcome outcome = run(plan);
        QCOMPARE(outcome.state, EntryState::Refused);
        QCOMPARE(outcome.error->code, ErrorCode::StateChanged);
        QCOMPARE(read("a.py"), QByteArray("revision = 'a'\r\n\xff"));
    }

    void aFileThatMustBeNewIsNotWrittenOver()
    {
        const PlanOutcome outcome = run(planOf({.file = file("a.py"), .contents = "x"}));
        QCOMPARE(outcome.state, EntryState::Refused);
        QCOMPARE(read("a.py"), QByteArray("revision = 'a'\r\n\xff"));
    }

    void undoLeavesWhatWasEditedSince()
    {
        const Plan plan = planOf({.file = file("a.py"),
                                  .before = contentHash("revision = 'a'\r\n\xff"),
                                  .contents = "mine"});
        QVERIFY(run(plan).isFine());
        write("a.py", "yours");
        const auto undo = planUndo(entries().front(), plan.target);
        QVERIFY(undo.has_value());
        const PlanOutcome outcome = runPlan(*undo, undo->confirmation.phrase, seams(), {});
        QCOMPARE(outcome.state, EntryState::Refused);
        QCOMPARE(read("a.py"), QByteArray("yours"));
        QVERIFY(entries().front().canBeUndone());
    }

    void aFolderThatIsNotThereLeavesNothing()
    {
        const PlanOutcome outcome = run(planOf({.file = file("gone/a.py"), .contents = "x"}));
        QCOMPARE(outcome.state, EntryState::Refused);
        QCOMPARE(listed(), QStringLiteral("a.py"));
    }

private:
    std::string file(const std::string& name) const
    {
        return m_folder->filePath(QStringLiteral("versions/")).toStdString() + name;
    }

    void write(const std::string& name, const QByteArray& text) const
    {
        QFile one(QString::fromStdString(file(name)));
        QVERIFY(one.open(QIODevice::WriteOnly));
        one.write(text);
    }

    QByteArray read(const std::string& name) const
    {
        QFile one(QString::fromStdString(file(name)));
        return one.open(QIODevice::ReadOnly) ? one.readAll() : QByteArray("(absent)");
    }

    /// Hidden ones too: nothing may stay behind.
    QString listed() const
    {
        const QDir folder(m_folder->filePath(QStringLiteral("versions")));
        return folder.entryList(QDir::Files | QDir::Hidden, QDir::Name).join(QLatin1Char(' '));
    }

    static Plan planOf(FileWork work)
    {
        Plan plan{.action = "edit", .title = "Change a file"};
        plan.target = {.place = {.shown = "versions", .project = "/srv/shop"},
                       .environment = EnvironmentKind::Development};
        plan.steps.push_back({.title = "File", .work = std::move(work)});
        plan.undo = {.text = "Undo puts it back.", .steps = {}, .possible = true};
        plan.confirmation = {.level = ConfirmationLevel::Click, .phrase = "shop"};
        return plan;
    }

    PlanSeams seams() const
    {
        return {.journal = *m_journal, .clock = m_clock, .open = {}, .perform = {}, .verify = {}};
    }

    PlanOutcome run(const Plan& plan) const { return runPlan(plan, "shop", seams(), {}); }

    std::vector<JournalEntry> entries() const
    {
        return entriesOf(*m_journal->read(), [](const std::string&) { return false; });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ActionJournal> m_journal;
    SystemClock m_clock;
};

int file_plan_test(int argc, char** argv)
{
    FilePlanTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "file_plan_test.moc"
