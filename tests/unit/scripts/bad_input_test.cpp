// SPDX-License-Identifier: GPL-3.0-or-later
// Each kind of bad file gives one clear sentence with the next step, and never takes the rest with
// it.
#include "core/scripts/script_directory.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <algorithm>
#include <fstream>

using namespace sightglass;

namespace {

/// A disk on which some files are trouble.
class TroubledFiles final : public FileSystem
{
public:
    MemoryFileSystem files;
    Path forbidden;
    Path vanishing;

    Result<std::string> read(const Path& file, std::size_t limit) const override
    {
        if (file == forbidden)
            return failure(ErrorCode::NotReadable,
                           "Can't read " + file.string() + ": you have no right to read it.",
                           "Check its permissions.");
        if (file == vanishing)
            return failure(ErrorCode::NotFound,
                           "Can't read " + file.string() + ": it does not exist.",
                           "Check the path.");
        return files.read(file, limit);
    }

    Result<std::vector<DirectoryEntry>> list(const Path& folder) const override
    {
        return files.list(folder);
    }

    bool isFile(const Path& path) const override { return files.isFile(path); }

    bool isDirectory(const Path& path) const override { return files.isDirectory(path); }

    Result<std::uintmax_t> size(const Path& file) const override { return files.size(file); }

    Result<Path> canonical(const Path& path) const override { return files.canonical(path); }
};

const std::string good = "revision = 'good'\ndown_revision = None\n";

} // namespace

class BadInputTest : public QObject
{
    Q_OBJECT

    static Scripts
    read(const FileSystem& files, const Path& folder = "/p/versions", bool recursive = false)
    {
        Project project;
        project.versionLocations = {folder};
        project.recursive = recursive;
        auto scripts = readScripts(files, project, {});
        return scripts ? *scripts : Scripts{};
    }

    /// "sentence | alembic | ids read" of a folder with one bad file beside a good one.
    static std::string bad(const std::string& bytes)
    {
        MemoryFileSystem files;
        files.put("/p/versions/faulty.py", bytes);
        files.put("/p/versions/good.py", good);
        return said(read(files));
    }

    static std::string said(const Scripts& scripts)
    {
        std::string out;
        for (const FileProblem& problem : scripts.problems)
            out += problem.detail + " | " + problem.alembic + " | ";
        for (const Revision& revision : scripts.revisions)
            out += revision.id + " ";
        return out;
    }

private Q_SLOTS:

    void saysOneSentenceForBrokenPython()
    {
        QCOMPARE(bad("revision = 'bad'\ndown_revision = None\ndef upgrade(:\n    pass\n"),
                 std::string("Python can't read the file from line 3 on (syntax error); mend it, "
                             "or restore it from version "
                             "control. | SyntaxError; no command of this environment works until "
                             "the file is mended | bad good "));
        QVERIFY(bad("revision = 'bad'\ndown_revision = None\n<<<<<<< HEAD\nx = 1\n=======\n")
                    .find("from line 3 on") != std::string::npos);
        QVERIFY(bad("revision = 'bad'\ndown_revision = None\nprint 'x'\n").find("from line 3 on") !=
                std::string::npos);
        QVERIFY(bad("revision = 'bad'\ndown_revision = '''x\n").find("syntax error") !=
                std::string::npos);
    }

    void saysOneSentenceForEachEncoding()
    {
        const std::string latin = "The file is not UTF-8 at byte 40 and names no other encoding; "
                                  "save it as UTF-8 or put a "
                                  "coding line on top. | ";
        QVERIFY(bad("revision = 'bad'\ndown_revision = None\n'\xE9'\n")
                    .find("SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xe9 in "
                          "position 39 | bad good ") != std::string::npos);
        QCOMPARE(bad("revision = 'bad'\ndown_revision = None\n# \xE9\n"),
                 latin + " | bad good "); // Python skips comments
        QVERIFY(bad("\xFF\xFEr\0e\0")
                    .starts_with(
                        "The file is UTF-16, which Python does not read; save it as UTF-8. | "));
        QCOMPARE(bad("# coding: gbk\nrevision = 'bad'\ndown_revision = None\n"),
                 std::string("The file declares the encoding gbk, which is not decoded here; save "
                             "it as UTF-8. |  | good "));
        QVERIFY(bad("# coding: klingon\nrevision = 'bad'\ndown_revision = None\n")
                    .find("SyntaxError: unknown encoding: klingon") != std::string::npos);
        QVERIFY(bad("# coding: koi8-r\nrevision = 'bad'\ndown_revision = None\n# \xC1\n")
                    .starts_with("The file declares the encoding koi8-r, whose letters outside "
                                 "ASCII are not decoded here; save "
                                 "it as UTF-8 to see them. |  | bad good"));
        QVERIFY(bad("\xEF\xBB\xBF# coding: latin-1\nrevision = 'bad'\ndown_revision = None\n")
                    .find("begins with UTF-8's byte order mark and declares the encoding latin-1; "
                          "remove one of the two.") != std::string::npos);
        QVERIFY(bad("# coding: ascii\nrevision = 'bad'\ndown_revision = None\n# \xE9\n")
                    .find("declares ASCII and has another byte at 56; save it as UTF-8 and remove "
                          "the coding line.") != std::string::npos);
    }

    void decodesWhatPythonDecodes()
    {
        QCOMPARE(bad("# -*- coding: latin-1 -*-\nrevision = 'caf\xE9'\ndown_revision = None\n"),
                 std::string("caf\xC3\xA9 good "));
        QCOMPARE(bad("#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nrevision = "
                     "'b\x80'\ndown_revision = None\n"),
                 std::string("b\xE2\x82\xAC good "));
        QCOMPARE(bad("# coding: iso-8859-15\nrevision = 'b\xA4'\ndown_revision = None\n"),
                 std::string("b\xE2\x82\xAC good "));
        QCOMPARE(bad("\xEF\xBB\xBFrevision = 'bad'\r\ndown_revision = None\r\n"),
                 std::string("bad good "));
        QCOMPARE(bad("x = 1\n# coding: klingon\nrevision = 'bad'\ndown_revision = None\n"),
                 std::string("bad good "));
    }

    void saysOneSentenceForAZeroByte()
    {
        QCOMPARE(bad(std::string("revision = 'bad'\n\0", 18)),
                 std::string("The file has a zero byte at 17; restore it from version control or "
                             "another copy. | ValueError: "
                             "source code string cannot contain null bytes | good "));
    }

    void saysOneSentenceForAHugeFileAndReadsItsHead()
    {
        const std::string line = "# data data data data data data data data\n";
        std::string text =
            "revision = 'bad'\ndown_revision = 'good'\n\n\ndef upgrade():\n    x = '''\n";
        while (text.size() < 50'000'000)
            text += line;
        QCOMPARE(bad(text),
                 std::string("The file has more than 16 MB, so only its first 1 MB was read and "
                             "identifiers bound later are not "
                             "seen; move its data into another file. |  | bad good "));
    }

    void saysOneSentenceForAFileThatIsNoRevision()
    {
        QCOMPARE(bad("def helper():\n    pass\n"),
                 std::string("The file binds no name \"revision\", so it is no revision; move it "
                             "out of the versions folder. | "
                             "Could not determine revision id from filename faulty.py. Be sure the "
                             "'revision' variable is declared "
                             "inside the script (please see 'Upgrading from Alembic 0.1 to 0.2' in "
                             "the documentation). | good "));
        QCOMPARE(bad("revision = 'bad'\n"),
                 std::string("The file binds no name \"down_revision\"; add it (None for the first "
                             "revision). | AttributeError: "
                             "module 'faulty_py' has no attribute 'down_revision' | bad good "));
        QCOMPARE(bad("revision = None\ndown_revision = None\n"),
                 std::string("revision is None, not text; write the id as a string. | TypeError; "
                             "no command of this environment "
                             "works | good "));
        QVERIFY(bad("").starts_with("The file binds no name \"revision\""));
    }

    void saysOneSentenceForFilesThatCantBeRead()
    {
        TroubledFiles files;
        files.forbidden = "/p/versions/a.py";
        files.vanishing = "/p/versions/b.py";
        for (const char* name : {"/p/versions/a.py", "/p/versions/b.py", "/p/versions/good.py"})
            files.files.put(name, good);
        QCOMPARE(
            said(read(files)),
            std::string(
                "Can't read /p/versions/a.py: you have no right to read it. Check its permissions. "
                "| an error of the "
                "operating system while loading the file | The file was listed and is gone, or is "
                "a link to "
                "nothing; read the folder again, or remove the link. | FileNotFoundError | good "));
    }

    void isNotHeldUpByPipesLinksAndLoops()
    {
        const QTemporaryDir folder;
        const Path root = Path(folder.path().toStdString()) / "versions";
        std::filesystem::create_directories(root / "sub");
        std::ofstream(root / "good.py") << good;
        QCOMPARE(::mkfifo((root / "pipe.py").c_str(), 0600), 0);
        std::filesystem::create_symlink("nowhere.py", root / "dangling.py");
        std::filesystem::create_symlink("circle.py", root / "circle.py");
        std::filesystem::create_symlink("good.py", root / "twice.py");
        std::filesystem::create_directory_symlink("..", root / "sub" / "up");
        std::filesystem::create_directory(root / "folder.py");
        const Scripts scripts = read(DiskFileSystem(), root, true);
        QCOMPARE(scripts.revisions.size(), std::size_t{1});
        const std::string all = said(scripts);
        QVERIFY(all.find("pipe.py: it is not a regular file. Move it out of the folder.") !=
                std::string::npos);
        QVERIFY(all.find("circle.py: its links form a loop.") != std::string::npos);
        QVERIFY(all.find("is a link to nothing; read the folder again, or remove the link.") !=
                std::string::npos);
        QVERIFY(all.find("The file is reached twice and counts once; make the entries of "
                         "version_locations differ, or remove "
                         "the link. | File " +
                         std::filesystem::canonical(root / "good.py").string() +
                         " loaded twice! ignoring. Please ensure version_locations is unique.") !=
                std::string::npos);
        QVERIFY(std::ranges::any_of(scripts.ignored, [](const IgnoredFile& one) {
            return one.file.ends_with("/up") &&
                   one.reason == "it is a link to a folder, and those are not followed";
        }));
    }

    void keepsNamesWithQuotesAndNewlines()
    {
        MemoryFileSystem files;
        files.put("/p/versions/it's \"x\".py", good);
        files.put("/p/versions/two\nlines.py", good);
        const Scripts scripts = read(files);
        QCOMPARE(scripts.revisions.size(), std::size_t{1});
        QCOMPARE(scripts.revisions[0].span.file, std::string("/p/versions/it's \"x\".py"));
        QCOMPARE(scripts.ignored.size(), std::size_t{1});
        QCOMPARE(scripts.ignored[0].reason, std::string("its name holds a newline"));
    }

    void namesFilesThatCollideOnOtherSystems()
    {
        MemoryFileSystem files;
        files.put("/p/versions/A.py", good);
        files.put("/p/versions/a.py", "revision = 'a'\ndown_revision = None\n");
        QCOMPARE(said(read(files)),
                 std::string("The names A.py and a.py differ only in case and are one file on "
                             "Windows and macOS; rename one of "
                             "them. |  | good a "));
    }
};

int bad_input_test(int argc, char** argv)
{
    BadInputTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "bad_input_test.moc"
