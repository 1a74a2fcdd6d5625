// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/script_directory.h"

#include <QTest>

#include <algorithm>
#include <atomic>

using namespace sightglass;

namespace {

/// Asks for a stop once some files are read, and keeps what was reported.
class StoppingSink final : public ProgressSink
{
public:
    std::stop_source source;
    std::size_t stopAt = SIZE_MAX;
    std::atomic<std::size_t> last{0};

    void report(const Progress& progress) override
    {
        last = std::max(last.load(), progress.done);
        if (progress.done >= stopAt)
            source.request_stop();
    }
};

std::string revision(const std::string& id)
{
    return "revision = '" + id + "'\ndown_revision = None\n";
}

std::string ids(const Scripts& scripts)
{
    std::string out;
    for (const Revision& one : scripts.revisions)
        out += one.id + " ";
    return out;
}

} // namespace

class ScriptDirectoryTest : public QObject
{
    Q_OBJECT

    static Project project(std::vector<Path> locations, bool recursive = false)
    {
        Project result;
        result.versionLocations = std::move(locations);
        result.recursive = recursive;
        return result;
    }

private Q_SLOTS:

    void takesTheFilesThatAlembicTakes()
    {
        MemoryFileSystem files;
        for (const char* name : {"b.py", "a.py", ".hidden.py", "._x.py", "a.b.py", "env.py"})
            files.put(Path("/v") / name, revision(name));
        for (const char* name :
             {"__init__.py", "__init__foo.py", ".#lock.py", "a.PY", "README", "x.pyc", "a.py.orig"})
            files.put(Path("/v") / name, revision(name));
        files.put("/v/sub/c.py", revision("c"));
        files.put("/v/__pycache__/a.cpython-311.pyc", "");
        const auto scripts = readScripts(files, project({"/v"}), {});
        QCOMPARE(ids(*scripts), std::string("._x.py .hidden.py a.b.py a.py b.py env.py "));
        QCOMPARE(scripts->ignored.size(), std::size_t{8});
        QCOMPARE(scripts->ignored[0].reason,
                 std::string("its name begins with .#, as an editor's lock does"));
        QCOMPARE(scripts->ignored[1].reason, std::string("its name does not end in .py"));
        const auto folder =
            std::ranges::find(scripts->ignored, std::string("/v/sub"), &IgnoredFile::file);
        QVERIFY(folder != scripts->ignored.end());
        QCOMPARE(folder->reason,
                 std::string("it is a folder, and recursive_version_locations is not true"));
    }

    void walksFoldersInAlembicsOrder()
    {
        MemoryFileSystem files;
        for (const char* name :
             {"z.py", "b/y.py", "b/a/x.py", "a/w.py", ".h/v.py", "__pycache__/no.py"})
            files.put(Path("/v") / name, revision(Path(name).stem()));
        const auto scripts = readScripts(files, project({"/v"}, true), {});
        QCOMPARE(ids(*scripts), std::string("z v w y x "));
    }

    void takesLocationsInTheirOrderAndEachFileOnce()
    {
        MemoryFileSystem files;
        files.put("/v/b/x.py", revision("x"));
        files.put("/v/a/y.py", revision("y"));
        const auto scripts = readScripts(files, project({"/v/b", "/nowhere", "/v/a", "/v/b"}), {});
        QCOMPARE(ids(*scripts), std::string("x y "));
        QCOMPARE(scripts->problems.size(), std::size_t{1});
        QCOMPARE(scripts->problems[0].kind, FileProblem::Kind::LoadedTwice);
    }

    void reportsCompiledFilesWithoutSource()
    {
        MemoryFileSystem files;
        files.put("/v/a.py", revision("a"));
        files.put("/v/a.pyc", "");
        files.put("/v/b.pyc", "");
        files.put("/v/__pycache__/c.cpython-311.pyc", "");
        files.put("/v/__pycache__/a.cpython-311.pyc", "");
        Project sourceless = project({"/v"});
        sourceless.sourceless = true;
        const auto scripts = readScripts(files, sourceless, {});
        QCOMPARE(scripts->problems.size(), std::size_t{2});
        QCOMPARE(scripts->problems[0].detail,
                 std::string("The file is compiled and its source is gone, so it can't be read "
                             "here; restore the .py file."));
        QVERIFY(scripts->problems[0].span.file.ends_with("c.cpython-311.pyc"));
        QVERIFY(scripts->problems[1].span.file.ends_with("b.pyc"));
    }

    void givesNoRevisionsForAFolderThatDoesNotExist()
    {
        const auto scripts = readScripts(MemoryFileSystem(), project({"/v"}), {});
        QVERIFY(scripts.has_value());
        QVERIFY(scripts->revisions.empty());
    }

    void keepsTheOrderWhenManyThreadsRead()
    {
        MemoryFileSystem files;
        std::string expected;
        for (int i = 1'000; i < 3'000; ++i) {
            files.put("/v/" + std::to_string(i) + ".py", revision(std::to_string(i)));
            expected += std::to_string(i) + " ";
        }
        StoppingSink sink;
        const auto scripts = readScripts(files, project({"/v"}), {.stop = {}, .progress = &sink});
        QCOMPARE(ids(*scripts), expected);
        QCOMPARE(sink.last.load(), std::size_t{2'000});
        QCOMPARE(scripts->filesRead, std::size_t{2'000});
    }

    void stopsWhenAsked()
    {
        MemoryFileSystem files;
        for (int i = 0; i < 2'000; ++i)
            files.put("/v/" + std::to_string(i) + ".py", revision(std::to_string(i)));
        StoppingSink sink;
        sink.stopAt = 64;
        const auto scripts = readScripts(
            files, project({"/v"}), {.stop = sink.source.get_token(), .progress = &sink});
        QVERIFY(!scripts.has_value());
        QCOMPARE(scripts.error().code, ErrorCode::Cancelled);
        QVERIFY(sink.last.load() < 2'000);
    }

    void readsAHundredThousandFiles()
    {
        class Many final : public FileSystem
        {
        public:
            Result<std::string> read(const Path& file, std::size_t) const override
            {
                const std::string id = file.stem().string();
                return "revision = '" + id + "'\ndown_revision = None\n";
            }

            Result<std::vector<DirectoryEntry>> list(const Path&) const override
            {
                std::vector<DirectoryEntry> entries;
                for (int i = 100'000; i < 200'000; ++i)
                    entries.push_back(
                        {.name = std::to_string(i) + ".py", .isDirectory = false, .isFile = true});
                return entries;
            }

            bool isFile(const Path&) const override { return true; }

            bool isDirectory(const Path&) const override { return true; }

            Result<std::uintmax_t> size(const Path&) const override { return 1; }

            Result<Path> canonical(const Path& path) const override { return path; }
        };

        const auto scripts = readScripts(Many(), project({"/v"}), {});
        QCOMPARE(scripts->revisions.size(), std::size_t{100'000});
        QCOMPARE(scripts->revisions.back().id, std::string("199999"));
        QVERIFY(scripts->problems.empty());
    }
};

int script_directory_test(int argc, char** argv)
{
    ScriptDirectoryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "script_directory_test.moc"
