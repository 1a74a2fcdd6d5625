// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_system.h"
#include "core/git/repository.h"
#include "core/review/branch_revisions.h"
#include "core/scripts/project.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace sightglass;

namespace {

/// A clone with a versions folder, driven by the git command.
class Clone
{
public:
    Clone()
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("app/versions"));
        write(QStringLiteral("app/env.py"), QStringLiteral("from alembic import context\n"));
        git({QStringLiteral("init"),
             QStringLiteral("-q"),
             QStringLiteral("-b"),
             QStringLiteral("main")});
        git({QStringLiteral("config"),
             QStringLiteral("user.email"),
             QStringLiteral("a@example.org")});
        git({QStringLiteral("config"), QStringLiteral("user.name"), QStringLiteral("A")});
        git({QStringLiteral("config"), QStringLiteral("commit.gpgsign"), QStringLiteral("false")});
    }

    void git(const QStringList& arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral("git"), arguments);
        QVERIFY2(process.waitForFinished(30'000), "git did not end");
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    void write(const QString& name, const QString& text) const
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }

    void revision(const QString& id, const QString& down, const QString& body = {}) const
    {
        write(QStringLiteral("app/versions/%1.py").arg(id), text(id, down, body));
    }

    static QString text(const QString& id, const QString& down, const QString& body = {})
    {
        return QStringLiteral("\"\"\"%1\"\"\"\nfrom alembic import op\n\nrevision = '%1'\n"
                              "down_revision = %2\n\n\ndef upgrade():\n    %3\n\n\n"
                              "def downgrade():\n    pass\n")
            .arg(id,
                 down.isEmpty() ? QStringLiteral("None") : QStringLiteral("'%1'").arg(down),
                 body.isEmpty() ? QStringLiteral("pass") : body);
    }

    void commit(const QString& message) const
    {
        git({QStringLiteral("add"), QStringLiteral("-A")});
        git({QStringLiteral("commit"), QStringLiteral("-q"), QStringLiteral("-m"), message});
    }

    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// Ids that the branch adds since `reference`; an error's words.
    QStringList added(const QString& reference, QStringList* deleted = nullptr) const
    {
        const DiskFileSystem files;
        const auto project =
            findProject(files, {.start = path(QStringLiteral("app")).toStdString()});
        if (!project)
            return {QString::fromStdString(project.error().message)};
        const auto scripts = readScripts(files, *project, {});
        const RevisionGraph graph = RevisionGraph::build(scripts->revisions);
        const auto branch = revisionsSince(files, *scripts, graph, reference.toStdString());
        if (!branch)
            return {QString::fromStdString(branch.error().message)};
        QStringList ids;
        for (const RevisionIndex index : branch->added)
            ids.append(QString::fromStdString(graph.revision(index).id));
        if (deleted != nullptr) {
            for (const std::string& id : branch->deleted)
                deleted->append(QString::fromStdString(id));
        }
        return ids;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

class BranchRevisionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void onlyWhatTheBranchAddsCounts()
    {
        const Clone clone;
        clone.revision(QStringLiteral("r1"), {});
        clone.revision(QStringLiteral("r2"), QStringLiteral("r1"));
        clone.commit(QStringLiteral("base"));
        clone.git({QStringLiteral("checkout"),
                   QStringLiteral("-q"),
                   QStringLiteral("-b"),
                   QStringLiteral("feature")});
        clone.revision(QStringLiteral("r3"), QStringLiteral("r2"));
        clone.commit(QStringLiteral("feature"));
        // What main got in the meantime is none of the branch's.
        clone.git({QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("main")});
        clone.revision(QStringLiteral("m3"), QStringLiteral("r2"));
        clone.commit(QStringLiteral("main goes on"));
        clone.git({QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("feature")});
        // Not committed yet, and counts.
        clone.revision(QStringLiteral("r4"), QStringLiteral("r3"));
        QCOMPARE(clone.added(QStringLiteral("main")),
                 (QStringList{QStringLiteral("r3"), QStringLiteral("r4")}));
    }

    void branchesAreListedWithTheOneToCompareWith()
    {
        const Clone clone;
        const auto branches = [&clone] {
            return *GitRepository::containing(clone.path(QStringLiteral("app")).toStdString())
                        ->branches();
        };
        QVERIFY(branches().names.empty()); // no commit yet
        clone.revision(QStringLiteral("r1"), {});
        clone.commit(QStringLiteral("base"));
        QCOMPARE(branches().current, std::string("main"));
        QCOMPARE(branches().usual, std::string()); // nothing but itself
        clone.git({QStringLiteral("checkout"),
                   QStringLiteral("-q"),
                   QStringLiteral("-b"),
                   QStringLiteral("feature/x")});
        QCOMPARE(branches().current, std::string("feature/x"));
        QCOMPARE(branches().usual, std::string("main"));
        QCOMPARE(branches().names, (std::vector<std::string>{"feature/x", "main"}));
        clone.git({QStringLiteral("update-ref"),
                   QStringLiteral("refs/remotes/origin/trunk"),
                   QStringLiteral("main")});
        clone.git({QStringLiteral("symbolic-ref"),
                   QStringLiteral("refs/remotes/origin/HEAD"),
                   QStringLiteral("refs/remotes/origin/trunk")});
        clone.git({QStringLiteral("branch"), QStringLiteral("-D"), QStringLiteral("main")});
        QCOMPARE(branches().usual, std::string("origin/trunk"));
        QCOMPARE(branches().names, (std::vector<std::string>{"feature/x", "origin/trunk"}));
        clone.git({QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("--detach")});
        QCOMPARE(branches().current, std::string());
    }

    void aRenamedFileAddsNothing()
    {
        const Clone clone;
        clone.revision(QStringLiteral("r1"), {});
        clone.revision(QStringLiteral("r2"), QStringLiteral("r1"));
        clone.commit(QStringLiteral("base"));
        clone.git({QStringLiteral("checkout"),
                   QStringLiteral("-q"),
                   QStringLiteral("-b"),
                   QStringLiteral("feature")});
        QVERIFY(QFile::rename(clone.path(QStringLiteral("app/versions/r2.py")),
                              clone.path(QStringLiteral("app/versions/2026_r2.py"))));
        clone.commit(QStringLiteral("rename"));
        QCOMPARE(clone.added(QStringLiteral("main")), QStringList());
    }

    void aRevisionWithOtherContentsCountsAsAdded()
    {
        const Clone clone;
        clone.revision(QStringLiteral("r1"), {});
        clone.commit(QStringLiteral("base"));
        clone.git({QStringLiteral("checkout"),
                   QStringLiteral("-q"),
                   QStringLiteral("-b"),
                   QStringLiteral("feature")});
        clone.revision(QStringLiteral("r1"), {}, QStringLiteral("op.drop_table('orders')"));
        clone.commit(QStringLiteral("rewrite history"));
        QCOMPARE(clone.added(QStringLiteral("main")), QStringList{QStringLiteral("r1")});
    }

    void deletedRevisionsAreNamed()
    {
        const Clone clone;
        clone.revision(QStringLiteral("r1"), {});
        clone.revision(QStringLiteral("r2"), QStringLiteral("r1"));
        clone.commit(QStringLiteral("base"));
        clone.git({QStringLiteral("checkout"),
                   QStringLiteral("-q"),
                   QStringLiteral("-b"),
                   QStringLiteral("feature")});
        QVERIFY(QFile::remove(clone.path(QStringLiteral("app/versions/r2.py"))));
        clone.revision(QStringLiteral("r3"), QStringLiteral("r1"));
        clone.commit(QStringLiteral("squash"));
        QStringList deleted;
        QCOMPARE(clone.added(QStringLiteral("main"), &deleted), QStringList{QStringLiteral("r3")});
        QCOMPARE(deleted, QStringList{QStringLiteral("r2")});
    }

    void nothingIsCheckedOutOrWritten()
    {
        const Clone clone;
        clone.revision(QStringLiteral("r1"), {});
        clone.commit(QStringLiteral("base"));
        clone.git({QStringLiteral("checkout"),
                   QStringLiteral("-q"),
                   QStringLiteral("-b"),
                   QStringLiteral("feature")});
        clone.revision(QStringLiteral("r2"), QStringLiteral("r1"));
        const auto states = [&] {
            QStringList list;
            for (const QFileInfo& file :
                 QDir(clone.path(QStringLiteral(".git"))).entryInfoList(QDir::Files, QDir::Name))
                list.append(file.fileName() + file.lastModified().toString(Qt::ISODateWithMs));
            return list;
        };
        const QStringList before = states();
        QCOMPARE(clone.added(QStringLiteral("main")), QStringList{QStringLiteral("r2")});
        QCOMPARE(states(), before);
    }

    void anUnknownReferenceIsNamed()
    {
        const Clone clone;
        clone.revision(QStringLiteral("r1"), {});
        clone.commit(QStringLiteral("base"));
        const QStringList words = clone.added(QStringLiteral("origin/nowhere"));
        QCOMPARE(words.size(), 1);
        QVERIFY2(words.first().contains(QStringLiteral("origin/nowhere")),
                 qPrintable(words.first()));
    }
};

int branch_revisions_test(int argc, char** argv)
{
    BranchRevisionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "branch_revisions_test.moc"
