// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/revision_file.h"
#include "tests/unit/scripts/revision_text.h"

#include <QTest>

using namespace sightglass;

class IdentifiersTest : public QObject
{
    Q_OBJECT

    /// "id <- down | deps | labels" of a file that binds down_revision unless `text` does.
    static std::string read(const std::string& text, const MemoryFileSystem& files = {})
    {
        return revisionText("/p/versions/x.py", text, files);
    }

private Q_SLOTS:

    void readsEveryFormOfAnIdentifier_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("plain", "revision = 'b'\ndown_revision = 'a'\n", "b <- a | |");
        row("base", "revision = 'b'\ndown_revision = None\n", "b <- | |");
        row("annotated",
            "revision: str = 'b'\ndown_revision: Union[str, None] = 'a'\n",
            "b <- a | |");
        row("annotation alone binds nothing",
            "revision = 'b'\nrevision: str\ndown_revision = 'a'\n",
            "b <- a | |");
        row("tuple", "revision = 'c'\ndown_revision = ('a', 'b')\n", "c <- a, b | |");
        row("tuple without brackets",
            "revision = 'c'\ndown_revision = 'a', 'b'\n",
            "c <- a, b | |");
        row("list", "revision = 'c'\ndown_revision = ['a', 'b']\n", "c <- a, b | |");
        row("set keeps each once",
            "revision = 'c'\ndown_revision = {'a', 'b', 'a'}\n",
            "c <- a, b | |");
        row("tuple of one", "revision = 'c'\ndown_revision = ('a',)\n", "c <- a | |");
        row("only brackets", "revision = ('c')\ndown_revision = ('a')\n", "c <- a | |");
        row("empty tuple", "revision = 'c'\ndown_revision = ()\n", "c <- | |");
        row("empty text is a parent", "revision = 'c'\ndown_revision = ''\n", "c <- '' | |");
        row("repeated", "revision = 'c'\ndown_revision = ('a', 'a')\n", "c <- a, a | |");
        row("labels and dependencies",
            "revision = 'c'\ndown_revision = None\nbranch_labels = ('x', 'y')\ndepends_on = "
            "['d']\n",
            "c <- | d | x, y");
        row("label None as text",
            "revision = 'c'\ndown_revision = None\nbranch_labels = 'None'\n",
            "c <- | | None");
        row("an empty dependency is none",
            "revision = 'c'\ndown_revision = 'b'\ndepends_on = ''\n",
            "c <- b | |");
        row("chained", "revision = rev = 'c'\ndown_revision = depends_on = None\n", "c <- | |");
        row("constant above", "A = 'a'\nrevision = 'c'\ndown_revision = A\n", "c <- a | |");
        row("implicit concatenation", "revision = 'c' 'd'\ndown_revision = None\n", "cd <- | |");
        row("plus", "revision = 'c' + 'd' + 'e'\ndown_revision = None\n", "cde <- | |");
        row("f-string",
            "N = 3\nA = 'a'\nrevision = f'{A}-{N}{{}}'\ndown_revision = None\n",
            "a-3{} <- | |");
        row("percent", "revision = '%s_%d%%' % ('a', 7)\ndown_revision = None\n", "a_7% <- | |");
        row("percent by name",
            "revision = '%(x)s' % {'x': 'a'}\ndown_revision = None\n",
            "a <- | |");
        row("format",
            "revision = '{}-{x}-{}'.format('a', 'b', x='c')\ndown_revision = None\n",
            "a-c-b <- | |");
        row("join", "revision = '_'.join(['a', 'b'])\ndown_revision = None\n", "a_b <- | |");
        row("strip and lower",
            "revision = ' AB '.strip().lower()\ndown_revision = None\n",
            "ab <- | |");
        row("tuple unpacking", "revision, down_revision = 'c', 'a'\n", "c <- a | |");
        row("unpacking in brackets",
            "(revision, [down_revision, x]) = ('c', ('a', 1))\n",
            "c <- a | |");
        row("last binding wins",
            "revision = 'x'\ndown_revision = None\nrevision = 'c'\n",
            "c <- | |");
        row("rebound after the functions",
            "revision = 'x'\ndown_revision = None\ndef upgrade():\n    pass\nrevision = 'c'\n",
            "c <- | |");
        row("true condition",
            "if True:\n    revision = 'c'\nelse:\n    revision = 'd'\ndown_revision = None\n",
            "c <- | |");
        row("condition on a constant",
            "A = 2\nif A > 2:\n    revision = 'c'\nelif A == 2:\n    revision = 'd'\ndown_revision "
            "= None\n",
            "d <- | |");
        row("type checking is false",
            "from typing import TYPE_CHECKING\nrevision = 'c'\nif TYPE_CHECKING:\n    revision = "
            "'d'\ndown_revision = None\n",
            "computed revision");
        row("same on both sides",
            "if x():\n    revision = 'c'\nelse:\n    revision = 'c'\ndown_revision = None\n",
            "c <- | |");
        row("not the same on both sides",
            "revision = 'c'\nif x():\n    down_revision = 'a'\nelse:\n    down_revision = 'b'\n",
            "c <- | | + computed down_revision");
        row("augmented",
            "revision = 'c'\nrevision += 'd'\ndown_revision = ('a',)\ndown_revision += ('b',)\n",
            "cd <- a, b | |");
        row("appended",
            "revision = 'c'\ndown_revision = ['a']\ndown_revision.append('b')\n",
            "c <- a, b | |");
        row("unpacked inside",
            "A = ('a', 'b')\nrevision = 'c'\ndown_revision = (*A, 'd')\n",
            "c <- a, b, d | |");
        row("dictionary by key",
            "IDS = {'x': 'a'}\nrevision = IDS['x']\ndown_revision = None\n",
            "a <- | |");
        row("tuple by index",
            "IDS = ('a', 'b')\nrevision = IDS[-1]\ndown_revision = IDS[0]\n",
            "b <- a | |");
        row("conditional expression",
            "A = None\nrevision = 'c' if A is None else 'd'\ndown_revision = A or 'b'\n",
            "c <- b | |");
        row("walrus", "print(revision := 'c')\ndown_revision = None\n", "c <- | |");
        row("attribute of a class",
            "class C:\n    ID = 'c'\nrevision = C.ID\ndown_revision = None\n",
            "c <- | |");
        row("inside a function is not bound",
            "def f():\n    revision = 'c'\ndown_revision = None\n",
            "no revision");
        row("inside a string is not bound",
            "'''\nrevision = 'c'\n'''\ndown_revision = None\n",
            "no revision");
        row("computed by a call", "revision = f()\ndown_revision = None\n", "computed revision");
        row("known items stay",
            "revision = 'c'\ndown_revision = ('a', f())\n",
            "c <- a | | + computed down_revision");
        row("through a loop",
            "revision = 'c'\nfor down_revision in ('a',):\n    pass\n",
            "c <- | | + computed down_revision");
        row("through globals",
            "revision = 'c'\ndown_revision = None\nglobals()['revision'] = 'd'\n",
            "computed revision");
        row("through exec",
            "revision = 'c'\ndown_revision = None\nexec('revision = 1')\n",
            "computed revision");
        row("through a function that is called",
            "revision = 'c'\ndown_revision = None\ndef f():\n    global revision\n    revision = "
            "'d'\nf()\n",
            "computed revision");
        row("through a function that is not called",
            "revision = 'c'\ndown_revision = None\ndef f():\n    global revision\n    revision = "
            "'d'\n",
            "c <- | |");
        row("try that can't fail",
            "try:\n    revision = 'c'\nexcept Exception:\n    revision = 'd'\ndown_revision = "
            "None\n",
            "c <- | |");
        row("try that can fail",
            "revision = 'c'\ntry:\n    import x\n    depends_on = 'y'\nexcept ImportError:\n    "
            "depends_on = None\n"
            "down_revision = None\n",
            "c <- | | + computed depends_on");
        row("deleted", "revision = 'c'\ndown_revision = None\ndel revision\n", "no revision");
        row("None", "revision = None\ndown_revision = None\n", "invalid revision");
        row("a number", "revision = 12\ndown_revision = None\n", "invalid revision");
        row("bytes", "revision = b'c'\ndown_revision = None\n", "invalid revision");
        row("a number among texts",
            "revision = 'c'\ndown_revision = ('a', 1)\n",
            "c <- a | | + invalid down_revision");
        row("no down_revision", "revision = 'c'\n", "c <- | | + no down_revision");
        row("raised",
            "revision = 'c'\ndown_revision = None\nraise RuntimeError('x')\n",
            "c <- | | + raises");
        row("letters of any kind",
            "revision = 'caf\xc3\xa9'\ndown_revision = 'a b'\n",
            "caf\xc3\xa9 <- a b | |");
        row("escapes",
            "revision = '\\x61\\142\\u0063\\U00000064\\q'\ndown_revision = r'\\x61'\n",
            "abcd\\q <- \\x61 | |");
        row("continued line", "revision = \\\n    'c'\ndown_revision = None\n", "c <- | |");
        row("semicolons", "revision = 'c'; down_revision = 'a'\n", "c <- a | |");
    }

    void readsEveryFormOfAnIdentifier()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(read(text.toStdString())), expected);
    }

    void followsConstantsOfTheProject()
    {
        MemoryFileSystem files;
        files.put("/p/app/cli.py", "EXPAND = 'expand'\nfrom .other import DEEP\n");
        files.put("/p/app/other.py",
                  "from app.cli import EXPAND as E\nDEEP = 'deep'\nclass K:\n    NAME = 'k'\n");
        files.put("/p/app/__init__.py", "");
        QCOMPARE(
            read("from app.cli import EXPAND\nrevision = EXPAND\ndown_revision = None\n", files),
            std::string("expand <- | |"));
        QCOMPARE(read("import app.cli as z\nrevision = z.EXPAND\ndown_revision = z.DEEP\n", files),
                 std::string("expand <- deep | |"));
        QCOMPARE(read("import app.cli\nrevision = app.cli.EXPAND\ndown_revision = None\n", files),
                 std::string("expand <- | |"));
        QCOMPARE(read("from app import cli\nrevision = cli.EXPAND\ndown_revision = None\n", files),
                 std::string("expand <- | |"));
        QCOMPARE(read("from app.other import *\nrevision = DEEP\ndown_revision = None\n", files),
                 std::string("deep <- | |"));
        QCOMPARE(read("from app.other import K\nrevision = K.NAME\ndown_revision = None\n", files),
                 std::string("k <- | |"));
        QCOMPARE(read("from elsewhere import ID\nrevision = ID\ndown_revision = None\n", files),
                 std::string("computed revision"));
    }

    void endsCirclesOfImports()
    {
        MemoryFileSystem files;
        files.put("/p/a.py", "from b import X\n");
        files.put("/p/b.py", "from a import X\n");
        QCOMPARE(read("from a import X\nrevision = X\ndown_revision = None\n", files),
                 std::string("computed revision"));
    }

    void takesTheIdOutOfALegacyFileName()
    {
        QCOMPARE(revisionText("/p/12ab.py", "down_revision = 'a'\n"), std::string("12ab <- a | |"));
        QCOMPARE(revisionText("/p/12ab_x.py", "down_revision = 'a'\n"), std::string("no revision"));
    }

    void saysWhyAndWhereAnIdentifierIsUnknown()
    {
        MemoryFileSystem files;
        ProjectModules modules(files, {});
        const std::string text = "revision = 'c'\ndown_revision = find(\n    'a')\n";
        const auto file = readRevisionFile({.file = "/p/x.py", .bytes = text}, modules);
        QCOMPARE(file.problems.size(), std::size_t{1});
        QCOMPARE(file.problems[0].detail,
                 std::string("down_revision can't be known without running the file (computed by a "
                             "call of find, line 2); "
                             "write it as a literal."));
        QCOMPARE(file.problems[0].span.line, 2);
        QCOMPARE(file.problems[0].revision, std::string("c"));
    }

    void pointsAtLiteralsAndAssignments()
    {
        MemoryFileSystem files;
        ProjectModules modules(files, {});
        const std::string text =
            "A = 'x'\nrevision = 'c'\ndown_revision = (\n    'a',\n    A,\n)\n";
        const auto file = readRevisionFile({.file = "/p/x.py", .bytes = text}, modules);
        QCOMPARE(file.revision->span.line, 2);
        QCOMPARE(file.revision->downSpan.line, 3);
        QCOMPARE(file.revision->downSpan.endLine, 6);
        QCOMPARE(file.revision->down[0].span.line, 4);
        QCOMPARE(file.revision->down[0].span.column, 5);
        QCOMPARE(text.substr(file.revision->down[0].span.begin, 3), std::string("'a'"));
        QCOMPARE(file.revision->down[1].span.line, 3); // built elsewhere: the assignment
    }

    void doesNotGrowWithoutEnd()
    {
        std::string text = "a = ('x',)\n";
        for (int i = 0; i < 80; ++i)
            text += "a = (a, a)\n";
        text += "revision = 'c'\ndown_revision = a\n";
        QVERIFY(read(text).find("computed down_revision") != std::string::npos);
        std::string nested = "revision = ";
        nested +=
            std::string(5'000, '(') + "'c'" + std::string(5'000, ')') + "\ndown_revision = None\n";
        QCOMPARE(read(nested), std::string("computed revision"));
        std::string chain = "revision = 'c'";
        for (int i = 0; i < 5'000; ++i)
            chain += " + 'd'";
        QVERIFY(read(chain + "\ndown_revision = None\n").starts_with("cddd"));
    }
};

int identifiers_test(int argc, char** argv)
{
    IdentifiersTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "identifiers_test.moc"
