// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_system.h"
#include "core/edits/identifier_edits.h"
#include "core/scripts/project_modules.h"
#include "core/scripts/revision_file.h"

#include <QTest>

using namespace sightglass;

namespace {

const std::string plain = "\"\"\"add orders\r\n"
                          "\r\n"
                          "Revision ID: bbb\r\n"
                          "Revises: aaa\r\n"
                          "Create Date: 2026-01-02 03:04:05\r\n"
                          "\r\n"
                          "\"\"\"\r\n"
                          "from alembic import op  # é\r\n"
                          "revision = 'bbb'  # its id\r\n"
                          "down_revision: str | None = 'aaa' # its parent\r\n"
                          "depends_on = (\"ccc\", 'ddd')\r\n";

Revision read(const std::string& text)
{
    const MemoryFileSystem files;
    ProjectModules modules(files, {});
    const auto file = readRevisionFile({.file = "/v/b.py", .bytes = text}, modules);
    return file.revision.value_or(Revision());
}

QByteArray bytes(const Result<std::string>& text)
{
    return QByteArray::fromStdString(text ? *text : "error: " + toText(text.error()));
}

/// `plain` with texts exchanged.
QByteArray changed(const std::vector<std::pair<QByteArray, QByteArray>>& pairs)
{
    QByteArray text = QByteArray::fromStdString(plain);
    for (const auto& [from, to] : pairs)
        text.replace(from, to);
    return text;
}

} // namespace

/// Which bytes of a file an edit of its identifiers changes, and no others.
class IdentifierEditsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void pointsToAnotherParent()
    {
        const std::vector<RevisionId> down{"zzz"};
        QCOMPARE(bytes(withDownRevisions(read(plain), plain, down)),
                 changed({{"Revises: aaa", "Revises: zzz"}, {"= 'aaa'", "= 'zzz'"}}));
    }

    void pointsToSeveralAndToNone()
    {
        const std::vector<RevisionId> two{"x", "y"};
        QCOMPARE(bytes(withDownRevisions(read(plain), plain, two)),
                 changed({{"Revises: aaa", "Revises: x, y"}, {"= 'aaa'", "= ('x', 'y')"}}));
        QCOMPARE(bytes(withDownRevisions(read(plain), plain, {})),
                 changed({{"Revises: aaa", "Revises:"}, {"= 'aaa'", "= None"}}));
        const std::string base = "revision = \"b\"\ndown_revision = None\n";
        const std::vector<RevisionId> one{"a"};
        QCOMPARE(bytes(withDownRevisions(read(base), base, one)),
                 QByteArray("revision = \"b\"\ndown_revision = \"a\"\n"));
    }

    void givesAnotherId()
    {
        QCOMPARE(bytes(withRevisionId(read(plain), plain, "b2")),
                 changed({{"Revision ID: bbb", "Revision ID: b2"}, {"= 'bbb'", "= 'b2'"}}));
    }

    void exchangesReferences()
    {
        QCOMPARE(bytes(withReference(read(plain), plain, "ddd", "d2")),
                 changed({{"'ddd'", "'d2'"}}));
        QCOMPARE(bytes(withReference(read(plain), plain, "aaa", "a2")),
                 changed({{"Revises: aaa", "Revises: a2"}, {"'aaa'", "'a2'"}}));
        QCOMPARE(bytes(withReference(read(plain), plain, "nowhere", "a2")), changed({}));
    }

    void aMarkAtTheBeginningStays()
    {
        const std::string marked = "\xEF\xBB\xBFrevision = 'b'\ndown_revision = 'a'\n";
        const std::vector<RevisionId> down{"c"};
        QCOMPARE(bytes(withDownRevisions(read(marked), marked, down)),
                 QByteArray("\xEF\xBB\xBFrevision = 'b'\ndown_revision = 'c'\n"));
    }

    void whatIsBuiltElsewhereIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("constant") << QByteArray("P = 'a'\nrevision = 'b'\ndown_revision = P\n");
        QTest::newRow("call") << QByteArray("revision = 'b'\ndown_revision = 'A'.lower()\n");
        QTest::newRow("joined") << QByteArray("revision = 'b'\ndown_revision = 'a' 'a'\n");
        QTest::newRow("latin-1") << QByteArray(
            "# -*- coding: latin-1 -*-\n# \xE9\nrevision = 'b'\ndown_revision = 'a'\n");
    }

    void whatIsBuiltElsewhereIsLeftAlone()
    {
        QFETCH(const QByteArray, text);
        const std::string file = text.toStdString();
        const std::vector<RevisionId> down{"c"};
        const auto edited = withDownRevisions(read(file), file, down);
        QVERIFY2(!edited, edited ? edited->c_str() : "");
        QCOMPARE(edited.error().code, ErrorCode::Unsupported);
        QVERIFY(!edited.error().nextStep.empty());
    }
};

int identifier_edits_test(int argc, char** argv)
{
    IdentifierEditsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "identifier_edits_test.moc"
