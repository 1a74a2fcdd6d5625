// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/run_plan.h"
#include "core/actions/settle_run.h"
#include "core/edits/plan_edits.h"
#include "core/journal/action_journal.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sightglass;

/// Edits of a chain on a disk: what they change, what they refuse, and that undo takes them back.
class PlanEditsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_place = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_place->path()).mkpath(QStringLiteral("shop/migrations/versions")));
        write("../../alembic.ini", "[alembic]\nscript_location = migrations\n");
        write("aaa_users.py", revision("aaa", "None"));
        write("bbb_orders.py", revision("bbb", "'aaa'"));
        write("ccc_items.py", revision("ccc", "'bbb'"));
    }

    void repointsAndTakesBack()
    {
        write("ccc_items.py", revision("ccc", "'gone'"));
        const auto before = folder();
        auto plan = planned([](const ChainScene& scene) {
            return planRepoint(scene, {.revision = "ccc", .down = {"bbb"}}, {});
        });
        QVERIFY2(plan.has_value(), plan ? "" : toText(plan.error()).c_str());
        QVERIFY(firstUnmet(*plan) == nullptr);
        QVERIFY(linesOf(*plan).contains(QStringLiteral("+down_revision = 'bbb'")));
        QVERIFY2(linesOf(*plan).contains(QStringLiteral("Mends")), qPrintable(linesOf(*plan)));
        QVERIFY(run(*plan).isFine());
        QCOMPARE(heads(), QStringLiteral("ccc"));
        takeBack();
        QCOMPARE(folder(), before);
    }

    void aCycleIsRefused()
    {
        const auto plan = planned([](const ChainScene& scene) {
            return planRepoint(scene, {.revision = "bbb", .down = {"ccc"}}, {});
        });
        QVERIFY(plan.has_value());
        QVERIFY(firstUnmet(*plan) != nullptr);
        QCOMPARE(firstUnmet(*plan)->id, std::string("chain-stays-sound"));
    }

    void whatIsSoAlreadyHasNoSteps()
    {
        const auto plan = planned([](const ChainScene& scene) {
            return planRepoint(scene, {.revision = "ccc", .down = {"bbb"}}, {});
        });
        QVERIFY(plan.has_value());
        QVERIFY(plan->steps.empty());
    }

    void renamesAndTakesBack()
    {
        QVERIFY(QFile::rename(path("ccc_items.py"), path("ddd_wrong.py")));
        const auto before = folder();
        const auto plan = planned(
            [](const ChainScene& scene) { return planRename(scene, {.revision = "ccc"}, {}); });
        QVERIFY2(plan.has_value(), plan ? "" : toText(plan.error()).c_str());
        QVERIFY(run(*plan).isFine());
        QVERIFY(QFile::exists(path("ccc_about_ccc.py")));
        QVERIFY(!QFile::exists(path("ddd_wrong.py")));
        takeBack();
        QCOMPARE(folder(), before);
    }

    void aNameThatIsTakenIsRefused()
    {
        const auto plan = planned([](const ChainScene& scene) {
            return planRename(scene, {.revision = "ccc", .name = "bbb_orders.py"}, {});
        });
        QVERIFY(plan.has_value());
        QVERIFY(firstUnmet(*plan) != nullptr);
        const auto outside = planned([](const ChainScene& scene) {
            return planRename(scene, {.revision = "ccc", .name = "../x.py"}, {});
        });
        QVERIFY(!outside);
        QCOMPARE(outside.error().code, ErrorCode::Usage);
    }

    void aRenameSparesWhatHasComeMeanwhile()
    {
        const auto plan = planned([](const ChainScene& scene) {
            return planRename(scene, {.revision = "ccc", .name = "ccc_new.py"}, {});
        });
        write("ccc_new.py", "mine");
        const PlanOutcome outcome = run(*plan);
        QVERIFY(outcome.state != EntryState::Done);
        QCOMPARE(read("ccc_new.py"), QByteArray("mine"));
        QVERIFY(QFile::exists(path("ccc_items.py")));
    }

    void aDuplicateGetsAnIdWithItsEdges()
    {
        write("bbb_copied.py", revision("bbb", "'aaa'"));
        const auto before = folder();
        const auto ambiguous = planned([](const ChainScene& scene) {
            return planNewId(scene, {.file = "bbb", .id = "b2b"}, {});
        });
        QVERIFY(!ambiguous);
        QCOMPARE(ambiguous.error().code, ErrorCode::Ambiguous);
        const auto plan = planned([](const ChainScene& scene) {
            return planNewId(
                scene, {.file = "bbb_copied.py", .id = "b2b", .children = {"ccc"}}, {});
        });
        QVERIFY2(plan.has_value(), plan ? "" : toText(plan.error()).c_str());
        QVERIFY2(firstUnmet(*plan) == nullptr, "");
        QVERIFY(run(*plan).isFine());
        QVERIFY(QFile::exists(path("b2b_copied.py")));
        QVERIFY(read("b2b_copied.py").contains("revision = 'b2b'"));
        QVERIFY(read("ccc_items.py").contains("down_revision = 'b2b'"));
        QCOMPARE(heads(), QStringLiteral("bbb ccc"));
        takeBack();
        QCOMPARE(folder(), before);
    }

    void mergesHeads()
    {
        write("ddd_other.py", revision("ddd", "'aaa'"));
        const auto before = folder();
        const auto plan = planned([](const ChainScene& scene) {
            return planMerge(scene, {.id = "eee", .created = "2026-01-02 03:04:05.000000"}, {});
        });
        QVERIFY2(plan.has_value(), plan ? "" : toText(plan.error()).c_str());
        QVERIFY(run(*plan).isFine());
        QCOMPARE(heads(), QStringLiteral("eee"));
        takeBack();
        QCOMPARE(folder(), before);
        const auto nothing = planned([](const ChainScene& scene) {
            return planMerge(scene, {.revisions = {"ccc"}, .id = "eee"}, {});
        });
        QVERIFY(!nothing);
    }

    void aFileThatWasEditedSinceStopsIt()
    {
        const auto plan = planned([](const ChainScene& scene) {
            return planRepoint(scene, {.revision = "ccc", .down = {"aaa"}}, {});
        });
        write("ccc_items.py", "mine");
        const PlanOutcome outcome = run(*plan);
        QVERIFY(outcome.state != EntryState::Done);
        QCOMPARE(read("ccc_items.py"), QByteArray("mine"));
    }

private:
    static QByteArray revision(const char* id, const char* down)
    {
        return QByteArray("\"\"\"about ") + id + "\n\nRevision ID: " + id +
               "\nRevises:\nCreate Date: 2026-01-02 03:04:05\n\n\"\"\"\nrevision = '" + id +
               "'\ndown_revision = " + down + "\n\n\ndef upgrade():\n    pass\n";
    }

    QString path(const std::string& name) const
    {
        return m_place->filePath(QStringLiteral("shop/migrations/versions/")) +
               QString::fromStdString(name);
    }

    void write(const std::string& name, const QByteArray& text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    QByteArray read(const std::string& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(absent)");
    }

    /// Every file with its contents, hidden ones too.
    QByteArray folder() const
    {
        QByteArray all;
        for (const QString& name : QDir(path("")).entryList(QDir::Files | QDir::Hidden, QDir::Name))
            all += name.toUtf8() + ":\n" + read(name.toStdString());
        return all;
    }

    template <typename Make>
    Result<Plan> planned(const Make& make) const
    {
        const auto project = findProject(
            m_files, {.start = m_place->filePath(QStringLiteral("shop")).toStdString()});
        if (!project)
            return failure(project.error());
        const auto scripts = readScripts(m_files, *project, {});
        if (!scripts)
            return failure(scripts.error());
        const RevisionGraph graph = RevisionGraph::build(scripts->revisions);
        return make(
            ChainScene{.files = m_files, .scripts = *scripts, .graph = graph, .copies = copies()});
    }

    Path copies() const { return m_place->filePath(QStringLiteral("copies")).toStdString(); }

    QString heads() const
    {
        const auto project = findProject(
            m_files, {.start = m_place->filePath(QStringLiteral("shop")).toStdString()});
        const auto scripts = readScripts(m_files, *project, {});
        const RevisionGraph graph = RevisionGraph::build(scripts->revisions);
        QStringList ids;
        for (const RevisionIndex head : graph.heads())
            ids << QString::fromStdString(graph.revision(head).id);
        return ids.join(QLatin1Char(' '));
    }

    static QString linesOf(const Plan& plan)
    {
        QString text;
        for (const PlanLine& line : plan.lines)
            text += QString::fromStdString(line.label + ": " + line.text + "\n");
        for (const std::string& line : stepLines(plan.steps))
            text += QString::fromStdString(line) + QLatin1Char('\n');
        return text;
    }

    ActionJournal journal() const
    {
        return ActionJournal(m_place->filePath(QStringLiteral("data")).toStdString());
    }

    PlanOutcome run(const Plan& plan) const
    {
        const ActionJournal kept = journal();
        const auto project = findProject(
            m_files, {.start = m_place->filePath(QStringLiteral("shop")).toStdString()});
        const auto scripts = readScripts(m_files, *project, {});
        const RevisionGraph graph = RevisionGraph::build(scripts->revisions);
        const ChainScene scene{
            .files = m_files, .scripts = *scripts, .graph = graph, .copies = copies()};
        const PlanSeams seams{.journal = kept,
                              .clock = m_clock,
                              .open = {},
                              .perform = [&](const OwnWork& work, const RunContext& context) {
                                  return work.kind == copyFolderKind
                                             ? copyVersions(scene, context)
                                             : failure(ErrorCode::Usage, "another work");
                              }};
        return runPlan(plan, plan.confirmation.phrase, seams, {});
    }

    void takeBack() const
    {
        const auto entries = entriesOf(*journal().read(), [](const std::string&) { return false; });
        const Path root = m_place->filePath(QStringLiteral("shop")).toStdString();
        const PlanTarget target{.place = {.project = m_files.canonical(root)->string()},
                                .environment = EnvironmentKind::Development};
        const auto undo = planUndo(entries.back(), target);
        QVERIFY2(undo.has_value(), undo ? "" : toText(undo.error()).c_str());
        const PlanOutcome outcome = run(*undo);
        QVERIFY2(outcome.isFine(), outcome.error ? toText(*outcome.error).c_str() : "");
    }

    std::unique_ptr<QTemporaryDir> m_place;
    DiskFileSystem m_files;
    SystemClock m_clock;
};

int plan_edits_test(int argc, char** argv)
{
    PlanEditsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "plan_edits_test.moc"
