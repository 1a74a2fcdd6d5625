// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/python/quick_scan.h"

#include <QTest>

#include <array>

using namespace sightglass;

class QuickScanTest : public QObject
{
    Q_OBJECT

    static bool takes(const std::string& text)
    {
        static constexpr std::array<std::string_view, 2> names{"revision", "down_revision"};
        return quickScan(text, names).has_value();
    }

private Q_SLOTS:

    void takesTheUsualShape()
    {
        QVERIFY(takes("\"\"\"m\n\nRevision ID: a\n\"\"\"\nfrom typing import Union\nimport "
                      "sqlalchemy as sa\n\n"
                      "revision: str = 'a'\ndown_revision: Union[str, None] = ('b', 'c')\n\n\n"
                      "def upgrade() -> None:\n    if x:\n        op.add(\n            'x', a=[1, "
                      "-2], **kw)\n    else:\n        return\n\n\n"
                      "def f():\n    if 'a' not in b and not c:\n        op.add(f'x_{name}', "
                      "f\"{self.name}\")\n\n\n"
                      "@decorated\ndef downgrade(a, *, b: int = 1):\n    pass\n"));
    }

    void leavesAnythingElseToTheTree_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* text) {
            QTest::newRow(name) << QString::fromUtf8(text);
        };
        row("computed", "revision = f()\n");
        row("f-string of a call", "a = f'{x()}'\n");
        row("f-string of a keyword", "a = f'{if}'\n");
        row("f-string with a format", "a = f'{x:{y}}'\n");
        row("f-string left open", "a = f'{x'\n");
        row("f-string with a lone brace", "a = f'x}'\n");
        row("not without in", "a = b not c\n");
        row("f-string", "revision = f'{x}'\n");
        row("condition", "if x:\n    revision = 'a'\n");
        row("another target", "a, revision = 'a', 'b'\n");
        row("imported", "from x import revision\n");
        row("imported by star", "from x import *\n");
        row("renamed import", "import x as revision\n");
        row("global", "revision = 'a'\ndef f():\n    global revision\n    revision = 'b'\n");
        row("globals", "globals()['revision'] = 'a'\n");
        row("walrus", "f(revision := 'a')\n");
        row("loop", "for revision in x:\n    pass\n");
        row("augmented", "revision = 'a'\nrevision += 'b'\n");
        row("deleted", "revision = 'a'\ndel revision\n");
        row("function of that name", "def revision():\n    pass\n");
        row("semicolon", "revision = 'a'; revision = 'b'\n");
        row("raise", "raise X\n");
        row("missing colon", "def f()\n    pass\n");
        row("bad indent", "def f():\npass\n");
        row("bad dedent", "def f():\n        a = 1\n    b = 2\n");
        row("unexpected indent", "a = 1\n    b = 2\n");
        row("open bracket", "a = (1\n");
        row("wrong bracket", "a = (1]\n");
        row("open string", "a = 'x\n");
        row("open long string", "a = '''x\n");
        row("two operands", "a = b c\n");
        row("two operators", "a = * / b\n");
        row("no value", "a =\n");
        row("sign for an attribute", "a = b.-c\n");
        row("bracket for an attribute", "a = b.(c)\n");
        row("text for an attribute", "a = b.'c'\n");
        row("sign in a parameter", "def f(a@b=1):\n    pass\n");
        row("bracket in a parameter", "def f(a(b)=1):\n    pass\n");
        row("number for a parameter", "def f(1):\n    pass\n");
        row("keyword outside of a call", "a = b / (c=1)\n");
        row("keywords unpacked outside of a call", "a = b / (**c)\n");
        row("conflict", "<<<<<<< HEAD\na = 1\n");
        row("old print", "def f():\n    print 'x'\n");
        row("else without if", "def f():\n    else:\n        pass\n");
        row("try alone", "def f():\n    try:\n        pass\n    a = 1\n");
        row("lone carriage return", "a = 1\rb = 2\n");
        row("call as target", "f() = 1\n");
        row("tabs", "def f():\n\tpass\n");
        row("decorator alone", "@x\na = 1\n");
        row("strange letter", "a = $b\n");
        row("octal of old", "a = 0777\n");
        row("block at the end missing", "def f():\n");
    }

    void leavesAnythingElseToTheTree()
    {
        QFETCH(QString, text);
        QVERIFY(!takes(text.toStdString()));
    }
};

int quick_scan_test(int argc, char** argv)
{
    QuickScanTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "quick_scan_test.moc"
