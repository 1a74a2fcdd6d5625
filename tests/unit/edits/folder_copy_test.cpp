// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/edits/folder_copy.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sightglass;

/// Copies of a versions folder: whole, checked, and not too many.
class FolderCopyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_place = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_place->path()).mkpath(QStringLiteral("versions/sub/__pycache__")));
        write("versions/a.py", "a\r\n\xff");
        write("versions/sub/b.py", "b");
        write("versions/sub/__pycache__/b.pyc", "cache");
    }

    void copiesEverythingButCaches()
    {
        const auto state = readFolderState(path("versions"), {});
        QVERIFY(state.has_value());
        QVERIFY(copyFolder(*state, path("copies"), 10, {}).has_value());
        const auto copy = readFolderState(copyOf(*state, path("copies")), {});
        QVERIFY(copy.has_value());
        QCOMPARE(copy->files.size(), std::size_t(2));
        QVERIFY(copy->files == state->files);
        QVERIFY(copyFolder(*state, path("copies"), 10, {}).has_value());
    }

    void aFileThatChangedMeanwhileIsTold()
    {
        const auto state = readFolderState(path("versions"), {});
        write("versions/a.py", "another");
        const auto copied = copyFolder(*state, path("copies"), 10, {});
        QVERIFY(!copied);
        QCOMPARE(copied.error().code, ErrorCode::StateChanged);
        QVERIFY(
            !QFileInfo::exists(QString::fromStdString(copyOf(*state, path("copies")).string())));
    }

    void theNewestStay()
    {
        Path last;
        for (const QByteArray text : {"1", "2", "3", "4"}) {
            write("versions/a.py", text);
            const auto state = readFolderState(path("versions"), {});
            QVERIFY(copyFolder(*state, path("copies"), 2, {}).has_value());
            last = copyOf(*state, path("copies"));
        }
        const QDir copies(QString::fromStdString(last.parent_path().string()));
        QCOMPARE(copies.entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot).size(), 2);
        QVERIFY(QFileInfo::exists(QString::fromStdString(last.string())));
    }

private:
    Path path(const std::string& name) const { return Path(m_place->path().toStdString()) / name; }

    void write(const std::string& name, const QByteArray& text) const
    {
        QFile file(QString::fromStdString(path(name).string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_place;
};

int folder_copy_test(int argc, char** argv)
{
    FolderCopyTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "folder_copy_test.moc"
