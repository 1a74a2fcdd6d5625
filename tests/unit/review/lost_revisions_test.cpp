// SPDX-License-Identifier: GPL-3.0-or-later
// Files of revisions that only another branch, a stash, the past or another folder has.
#include "app/lost_revisions.h"
#include "core/scripts/script_directory.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace sightglass;

namespace {

/// A clone in a folder of its own, with room for neighbours.
class Clone
{
public:
    Clone()
    {
        QDir().mkpath(project(QStringLiteral("versions")));
        write(QStringLiteral("env.py"), QStringLiteral("from alembic import context\n"));
        git({QStringLiteral("init"),
             QStringLiteral("-q"),
             QStringLiteral("-b"),
             QStringLiteral("main")});
        git({QStringLiteral("config"),
             QStringLiteral("user.email"),
             QStringLiteral("a@example.org")});
        git({QStringLiteral("config"), QStringLiteral("user.name"), QStringLiteral("A")});
        git({QStringLiteral("config"), QStringLiteral("commit.gpgsign"), QStringLiteral("false")});
        revision("aaaa1111", "");
        commit("first");
    }

    QString project(const QString& below = {}) const
    {
        return m_folder.path() + QStringLiteral("/clone/") + below;
    }

    QString beside(const QString& below) const
    {
        return m_folder.path() + QLatin1Char('/') + below;
    }

    void git(const QStringList& arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(project());
        process.start(QStringLiteral("git"), arguments);
        QVERIFY2(process.waitForFinished(30'000), "git did not end");
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    void commit(const char* message) const
    {
        git({QStringLiteral("add"), QStringLiteral("-A")});
        git({QStringLiteral("commit"),
             QStringLiteral("-q"),
             QStringLiteral("-m"),
             QString::fromLatin1(message)});
    }

    static void writeFile(const QString& path, const QString& text)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(text.toUtf8());
    }

    void write(const QString& path, const QString& text) const { writeFile(project(path), text); }

    static QString text(const char* id, const char* down)
    {
        return QStringLiteral(
                   "revision = \"%1\"\ndown_revision = %2\n\n\ndef upgrade():\n    pass\n")
            .arg(QString::fromLatin1(id),
                 *down == '\0' ? QStringLiteral("None")
                               : QStringLiteral("\"%1\"").arg(QString::fromLatin1(down)));
    }

    void revision(const char* id, const char* down) const
    {
        write(QStringLiteral("versions/%1.py").arg(QString::fromLatin1(id)), text(id, down));
    }

    void remove(const char* id) const
    {
        QVERIFY(
            QFile::remove(project(QStringLiteral("versions/%1.py").arg(QString::fromLatin1(id)))));
    }

    /// What is found of a row of the version table.
    ElsewhereSearch search(const std::string& row) const
    {
        const DiskFileSystem files;
        const auto found = findProject(files, {.start = project().toStdString()});
        const Scripts scripts = *readScripts(files, *found, {});
        const RevisionGraph graph = RevisionGraph::build(scripts.revisions);
        LiveState live;
        live.server.searchPath = {"public"};
        live.versionTables.push_back({.name = {"public", "alembic_version"},
                                      .rows = {row},
                                      .columnType = "character varying(32)"});
        const auto result = searchElsewhere(files, scripts, graph, live, {});
        return result != nullptr ? *result : ElsewhereSearch();
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

class LostRevisionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void searchesNothingWhereEveryRowIsKnown()
    {
        const Clone clone;
        QVERIFY(clone.search("aaaa1111").searched.empty());
    }

    void findsWhatWasDeleted()
    {
        const Clone clone;
        clone.revision("bbbb2222", "aaaa1111");
        clone.commit("add b");
        clone.remove("bbbb2222");
        clone.commit("lose b");
        const ElsewhereSearch search = clone.search("bbbb2222");
        QCOMPARE(search.found.size(), std::size_t{1});
        const FoundRevision& found = search.found.front();
        QVERIFY(found.place == FoundRevision::Place::Deleted);
        QCOMPARE(found.path, std::string("versions/bbbb2222.py"));
        QCOMPARE(found.summary, std::string("add b"));
        QCOMPARE(found.buildsOn, std::vector<RevisionId>{"aaaa1111"});
        QCOMPARE(found.contents, Clone::text("bbbb2222", "aaaa1111").toStdString());
        QVERIFY(search.complete);
        QVERIFY(search.searched.starts_with("3 commits"));
    }

    void findsWhatAnotherBranchHasAndTheWayToIt()
    {
        const Clone clone;
        clone.git({QStringLiteral("checkout"),
                   QStringLiteral("-q"),
                   QStringLiteral("-b"),
                   QStringLiteral("feature")});
        clone.revision("bbbb2222", "aaaa1111");
        clone.commit("add b");
        clone.revision("cccc3333", "bbbb2222");
        clone.commit("add c");
        clone.git({QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("main")});
        const ElsewhereSearch search = clone.search("cccc3333");
        QCOMPARE(search.found.size(), std::size_t{1});
        const FoundRevision& found = search.found.front();
        QVERIFY(found.place == FoundRevision::Place::Branch);
        QCOMPARE(found.where, std::string("feature"));
        QCOMPARE(found.buildsOn, std::vector<RevisionId>{"aaaa1111"});
        QCOMPARE(found.steps, std::size_t{2});
    }

    void findsWhatWasOverwritten()
    {
        const Clone clone;
        clone.write(QStringLiteral("versions/b.py"), Clone::text("bbbb2222", "aaaa1111"));
        clone.commit("add b");
        clone.write(QStringLiteral("versions/b.py"), Clone::text("cccc3333", "bbbb2222"));
        clone.commit("overwrite b");
        const ElsewhereSearch search = clone.search("bbbb2222");
        QCOMPARE(search.found.size(), std::size_t{1});
        QVERIFY(search.found.front().place == FoundRevision::Place::Deleted);
        QCOMPARE(search.found.front().summary, std::string("add b"));
    }

    void findsWhatIsStashedTrackedOrNot()
    {
        const Clone clone;
        clone.revision("bbbb2222", "aaaa1111");
        clone.git({QStringLiteral("stash"),
                   QStringLiteral("push"),
                   QStringLiteral("-q"),
                   QStringLiteral("-u")});
        clone.revision("cccc3333", "aaaa1111");
        clone.git({QStringLiteral("add"), QStringLiteral("-A")});
        clone.git({QStringLiteral("stash"), QStringLiteral("push"), QStringLiteral("-q")});
        for (const char* id : {"bbbb2222", "cccc3333"}) {
            const ElsewhereSearch search = clone.search(id);
            QVERIFY2(search.found.size() == 1, id);
            QVERIFY2(search.found.front().place == FoundRevision::Place::Stash, id);
        }
    }

    void findsWhatANeighbouringFolderHas()
    {
        const Clone clone;
        Clone::writeFile(clone.beside(QStringLiteral("other/alembic/versions/b.py")),
                         Clone::text("bbbb2222", "aaaa1111"));
        const ElsewhereSearch search = clone.search("bbbb2222");
        QCOMPARE(search.found.size(), std::size_t{1});
        QVERIFY(search.found.front().place == FoundRevision::Place::Folder);
        QVERIFY(search.found.front().where.ends_with("/other/alembic/versions"));
        QCOMPARE(search.found.front().path, std::string("b.py"));
    }

    void doesNotTakeAFileThatOnlyNamesTheId()
    {
        const Clone clone;
        clone.revision("cccc3333", "bbbb2222");
        clone.commit("follows something that never was");
        const ElsewhereSearch search = clone.search("bbbb2222");
        QVERIFY(search.found.empty());
        QVERIFY(search.complete);
    }
};

int lost_revisions_test(int argc, char** argv)
{
    LostRevisionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "lost_revisions_test.moc"
