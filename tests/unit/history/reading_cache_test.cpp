// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/history_reader.h"
#include "core/history/reading_bytes.h"
#include "tests/support/migration_case.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace sightglass;
using namespace sightglass::tests;
namespace fs = std::filesystem;

namespace {

void write(const Path& file, const std::string& text)
{
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

/// All that a History tells, as bytes.
std::string told(const History& history, std::size_t revisions)
{
    kept::KeptRun run;
    for (RevisionIndex each = 0; each < revisions; ++each) {
        const RevisionSteps& steps = history.steps(each);
        run.revisions.push_back({.revision = each,
                                 .upgrade = steps.upgrade,
                                 .downgrade = steps.downgrade,
                                 .refused = steps.refused});
    }
    run.freshRun = history.freshRun();
    run.resolution = history.resolution();
    return kept::bytesOf(run);
}

struct Read
{
    std::string told;
    std::vector<ReplayedSchema> after; ///< each revision
};

bool sameSchemas(const Read& left, const Read& right)
{
    return std::ranges::equal(
        left.after, right.after, [](const ReplayedSchema& a, const ReplayedSchema& b) {
            return a.schema == b.schema && a.doubts == b.doubts;
        });
}

Read readProject(const Path& folder, const Path& cache, const std::string& program = "one")
{
    const DiskFileSystem files;
    const auto project = findProject(files, {.start = folder});
    if (!project)
        qFatal("%s", toText(project.error()).c_str());
    const auto scripts = readScripts(files, *project, {});
    const auto graph =
        std::make_shared<const RevisionGraph>(RevisionGraph::build(scripts->revisions));
    HistorySettings settings;
    settings.cacheFolder = cache;
    settings.program = program;
    const auto history = readHistory(files, *scripts, graph, settings, {});
    Read read{.told = told(*history, graph->size()), .after = {}};
    for (RevisionIndex each = 0; each < graph->size(); ++each)
        read.after.push_back(history->after(each));
    return read;
}

std::string revisionText(const std::string& id, const std::string& down, const std::string& body)
{
    return "from alembic import op\nimport sqlalchemy as sa\n" + body.substr(0, body.find('|')) +
           "\nrevision = '" + id +
           "'\ndown_revision = " + (down.empty() ? "None" : "'" + down + "'") +
           "\n\ndef upgrade():\n    " + body.substr(body.find('|') + 1) +
           "\n\ndef downgrade():\n    pass\n";
}

} // namespace

class ReadingCacheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(project() / "alembic.ini", "[alembic]\nscript_location = migrations\n");
        write(project() / "migrations" / "env.py", "");
    }

    void tellsTheSameWithAndWithoutACache_data()
    {
        QTest::addColumn<QString>("file");
        QDirIterator each(QStringLiteral(SIGHTGLASS_TEST_DATA "/operations"),
                          {QStringLiteral("*.cases")});
        while (each.hasNext()) {
            const QString file = each.next();
            QTest::newRow(qPrintable(each.fileName())) << file;
        }
    }

    void tellsTheSameWithAndWithoutACache()
    {
        QFETCH(QString, file);
        std::ifstream stream(file.toStdString());
        std::stringstream text;
        text << stream.rdbuf();
        const auto cases = casesFromText(text.str(), file.toStdString());
        QVERIFY(!cases.empty());
        for (const MigrationCase& one : cases) {
            const QTemporaryDir folder;
            const Path path = folder.path().toStdString();
            writeProject(one, folder.path().toStdString());
            const Read plain = readProject(path, {});
            const Read filling = readProject(path, cache());
            const Read warm = readProject(path, cache());
            QVERIFY2(filling.told == plain.told && sameSchemas(filling, plain), one.name.c_str());
            QVERIFY2(warm.told == plain.told && sameSchemas(warm, plain), one.name.c_str());

            const Path changed = path / "versions" / (one.revisions.front().id + ".py");
            std::ofstream(changed, std::ios::app)
                << "\n\ndef upgrade():\n    op.create_table('added', sa.Column('id', "
                   "sa.Integer))\n";
            const Read plainChanged = readProject(path, {});
            const Read warmChanged = readProject(path, cache());
            QVERIFY2(plainChanged.told != plain.told, one.name.c_str());
            QVERIFY2(warmChanged.told == plainChanged.told &&
                         sameSchemas(warmChanged, plainChanged),
                     one.name.c_str());
        }
    }

    void seesAChangeInAModuleThatARevisionImports()
    {
        write(project() / "migrations" / "versions" / "one.py",
              revisionText("r1", "", "from helpers import name|op.execute('DROP TABLE ' + name)"));
        write(project() / "helpers.py", "name = 'a'\n");
        const Read first = readProject(project(), cache());
        QCOMPARE(readProject(project(), cache()).told, first.told);
        write(project() / "helpers.py", "name = 'b'\n");
        const Read second = readProject(project(), cache());
        QVERIFY(second.told != first.told);
        QCOMPARE(second.told, readProject(project(), {}).told);
        fs::remove(project() / "helpers.py");
        QCOMPARE(readProject(project(), cache()).told, readProject(project(), {}).told);
    }

    void seesAModuleThatWasNotThereBefore()
    {
        write(project() / "migrations" / "versions" / "one.py",
              revisionText("r1", "", "from helpers import name|op.execute('DROP TABLE ' + name)"));
        const Read without = readProject(project(), cache());
        write(project() / "helpers.py", "name = 'a'\n");
        const Read with = readProject(project(), cache());
        QVERIFY(with.told != without.told);
        QCOMPARE(with.told, readProject(project(), {}).told);
    }

    void seesAChangeInAFileThatARevisionOpens()
    {
        const Path sql = project() / "made.sql";
        write(project() / "migrations" / "versions" / "one.py",
              revisionText("r1", "", "|op.execute(open('" + sql.string() + "').read())"));
        const Read without = readProject(project(), cache());
        write(sql, "CREATE TABLE a (id integer)");
        const Read first = readProject(project(), cache());
        QVERIFY(first.told != without.told);
        write(sql, "CREATE TABLE b (id integer)");
        const Read second = readProject(project(), cache());
        QVERIFY(second.told != first.told);
        QCOMPARE(second.told, readProject(project(), {}).told);
    }

    void readsAgainWhatAsksTheSchemaWhenAnEarlierFileChanges()
    {
        const Path versions = project() / "migrations" / "versions";
        write(versions / "one.py",
              revisionText("r1", "", "|op.create_table('a', sa.Column('id', sa.Integer))"));
        write(versions / "two.py",
              revisionText(
                  "r2",
                  "r1",
                  "|if sa.inspect(op.get_bind()).has_table('a'):\n        op.drop_table('a')"));
        const Read first = readProject(project(), cache());
        QCOMPARE(readProject(project(), cache()).told, first.told);
        write(versions / "one.py",
              revisionText("r1", "", "|op.create_table('b', sa.Column('id', sa.Integer))"));
        const Read second = readProject(project(), cache());
        QVERIFY(second.told != first.told);
        QCOMPARE(second.told, readProject(project(), {}).told);
        QCOMPARE(second.after.back().schema.tables.size(), 1U);
    }

    void seesAChangeOfTheOrderAlone()
    {
        const Path versions = project() / "migrations" / "versions";
        write(versions / "one.py", revisionText("r1", "", "|op.execute('DROP TABLE IF EXISTS a')"));
        write(versions / "two.py",
              revisionText("r2", "r1", "|op.create_table('a', sa.Column('id', sa.Integer))"));
        const Read first = readProject(project(), cache());
        write(versions / "three.py", revisionText("r3", "r1", "|op.drop_table('a')"));
        const Read second = readProject(project(), cache());
        QVERIFY(second.told != first.told);
        QCOMPARE(second.told, readProject(project(), {}).told);
    }

    void passesOverWhatAnotherBuildKept()
    {
        write(project() / "migrations" / "versions" / "one.py",
              revisionText("r1", "", "|op.drop_table('a')"));
        readProject(project(), cache(), "one");
        const auto before = packs();
        readProject(project(), cache(), "one");
        QCOMPARE(packs(), before);
        readProject(project(), cache(), "two");
        QVERIFY(packs() > before);
    }

    void readsOnWhereTheCacheIsDamagedOrCanNotBeUsed()
    {
        write(project() / "migrations" / "versions" / "one.py",
              revisionText("r1", "", "|op.drop_table('a')"));
        const std::string plain = readProject(project(), {}).told;
        QCOMPARE(readProject(project(), cache()).told, plain);
        for (const auto& each : fs::directory_iterator(cache()))
            fs::resize_file(each.path(), each.file_size() / 2);
        QCOMPARE(readProject(project(), cache()).told, plain);
        const Path file = project() / "alembic.ini";
        QCOMPARE(readProject(project(), file / "below a file").told, plain);
    }

private:
    Path project() const { return Path(m_folder->path().toStdString()) / "project"; }

    Path cache() const { return Path(m_folder->path().toStdString()) / "cache"; }

    std::ptrdiff_t packs() const
    {
        return std::distance(fs::directory_iterator(cache()), fs::directory_iterator());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int reading_cache_test(int argc, char** argv)
{
    ReadingCacheTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "reading_cache_test.moc"
