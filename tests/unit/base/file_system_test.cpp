// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_system.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include <sys/stat.h>

using namespace sightglass;

class FileSystemTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsListsAndNamesWhatIsMissing()
    {
        const QTemporaryDir folder;
        const Path root = folder.path().toStdString();
        std::ofstream(root / "b.py") << "text";
        std::filesystem::create_directory(root / "a");
        const DiskFileSystem files;
        const auto entries = files.list(root);
        QVERIFY(entries.has_value());
        QCOMPARE(entries->size(), std::size_t{2});
        QCOMPARE(entries->front().name, std::string("a"));
        QVERIFY(entries->front().isDirectory);
        QCOMPARE(files.read(root / "b.py", 2).value(), std::string("te"));
        const auto missing = files.read(root / "c.py");
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY(toText(missing.error()).find("c.py: it does not exist.") != std::string::npos);
    }

    void refusesWhatIsNotARegularFile()
    {
        const QTemporaryDir folder;
        const Path pipe = Path(folder.path().toStdString()) / "pipe.py";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        const auto text = DiskFileSystem().read(pipe);
        QCOMPARE(text.error().code, ErrorCode::NotReadable);
    }

    void survivesLinksInALoop()
    {
        const QTemporaryDir folder;
        const Path link = Path(folder.path().toStdString()) / "loop.py";
        std::filesystem::create_symlink(link, link);
        const auto text = DiskFileSystem().read(link);
        QCOMPARE(text.error().code, ErrorCode::NotReadable);
        QVERIFY(text.error().message.find("links form a loop") != std::string::npos);
    }

    void memoryFormAnswersLikeTheDisk()
    {
        MemoryFileSystem files;
        files.put("/p/versions/a.py", "x = 1");
        QVERIFY(files.isDirectory("/p"));
        QVERIFY(files.isFile("/p/versions/a.py"));
        QCOMPARE(files.list("/p").value().front().name, std::string("versions"));
        QCOMPARE(files.read("/p/none").error().code, ErrorCode::NotFound);
    }
};

int file_system_test(int argc, char** argv)
{
    FileSystemTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "file_system_test.moc"
