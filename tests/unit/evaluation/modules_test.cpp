// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "program_text.h"

using namespace sightglass;

class ModulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void followsImportsOfTheProject()
    {
        TextModules modules;
        modules.put("app", "", true);
        modules.put("app.names", "TABLE = 'jobs'\n_private = 1\ndef f(x):\n    return TABLE + x\n");
        modules.put("app.more",
                    "from .names import TABLE as T\nfrom . import names\nW = names.f('_w')\n");
        QCOMPARE(outcomeOf("import app.names\nfrom app import names as n\nfrom app.more import T, "
                           "W\nfrom app.names import *\n"
                           "import importlib\nm = importlib.import_module('app.names')\n"
                           "note(app.names.TABLE, n.f('x'), T, W, f('y'), m.TABLE)\n",
                           modules),
                 std::string("note 'jobs' 'jobsx' 'jobs' 'jobs_w' 'jobsy' 'jobs'\n"));
    }

    void reportsCallsOfWhatIsNotKnown()
    {
        QCOMPARE(outcomeOf("x = third.a.run(1)\nthird.go()\nimport "
                           "datetime\ndatetime.datetime.now().strftime('%Y')\nimport "
                           "csv\ncsv.reader(1).x()\nnote(x)\n"),
                 std::string("unknown third.a.run =\nunknown third.go\nnote Unknown(third is not "
                             "part of the project)\n"));
    }

    void keepsQuietAboutTheTopLevelOfImportedModules()
    {
        TextModules modules;
        modules.put("app", "import flask\napp = flask.Flask('x')\nX = 1\n");
        QCOMPARE(outcomeOf("from app import X, app\nnote(X, app)\n", modules),
                 std::string("note 1 Unknown(flask is not part of the project)\n"));
    }

    void asksTheModulesOwnGetattr()
    {
        TextModules modules;
        modules.put("app",
                    "A = 1\ndef _make_B():\n    return 2\n"
                    "def __getattr__(name):\n    make = globals().get('_make_' + name)\n"
                    "    if make:\n        return make()\n"
                    "    if name == 'E':\n        raise ValueError(name)\n"
                    "    raise AttributeError(name)\n",
                    true);
        modules.put("app.C", "D = 3\n");
        QCOMPARE(outcomeOf("import app\nfrom app import A, B, C, E\nnote(A, B, C.D, E)\n"
                           "note(app.B)\n",
                           modules),
                 std::string("note 1 2 3 Unknown(app can't make E: ValueError)\nnote 2\n"));
    }

    void takesALazyObjectForWhatItIsMadeOf()
    {
        QCOMPARE(outcomeOf("from lazy_object_proxy import Proxy\np = Proxy(lambda: 5)\nnote(p)\n"),
                 std::string("note 5\n"));
    }

    void keepsWhatAModuleBoundBeforeItFailed()
    {
        TextModules modules;
        modules.put("app", "A = 1\nraise ValueError('x')\nB = 2\n");
        QCOMPARE(
            outcomeOf("from app import A, B\nnote(A, B)\n", modules),
            std::string("note 1 Unknown(app was not read to its end: ValueError in line 2)\n"));
    }

    void survivesModulesThatImportEachOther()
    {
        TextModules modules;
        modules.put("a", "from b import B\nA = 1\n");
        modules.put("b", "from a import A\nB = 2\nC = A\n");
        QCOMPARE(outcomeOf("from a import A, B\nnote(A, B)\n", modules), std::string("note 1 2\n"));
    }

    void readsFilesBesideTheProgram()
    {
        TextModules modules;
        modules.files["/p/sql/a.sql"] = "SELECT 1";
        QCOMPARE(outcomeOf("import os\nfrom pathlib import Path\n"
                           "with open(os.path.join(os.path.dirname(__file__), 'sql', 'a.sql')) as "
                           "f:\n    note(f.read())\n"
                           "note((Path(__file__).parent / 'sql' / 'a.sql').read_text())\n"
                           "note(Path(__file__).with_suffix('.sql').name)\n",
                           modules),
                 std::string("note 'SELECT 1'\nnote 'SELECT 1'\nnote 'revision.sql'\n"));
    }

    void knowsTheUsualLibrary()
    {
        QCOMPARE(valueOf("textwrap.dedent('''\n    a\n      b\n''')", "import textwrap"),
                 std::string("'\\na\\n  b\\n'"));
        QCOMPARE(valueOf("string.Template('$$1 $a ${b}c').substitute({'a': 1}, b='x'), "
                         "string.Template('$a $b $').safe_substitute(a=2)",
                         "import string"),
                 std::string("('$1 1 xc', '2 $b $')"));
        QCOMPARE(outcomeOf("import string\n"
                           "try:\n    string.Template('$a').substitute(b=1)\n"
                           "except KeyError:\n    note('missing')\n"
                           "try:\n    string.Template('$').substitute()\n"
                           "except ValueError:\n    note('invalid')\n"),
                 std::string("note 'missing'\nnote 'invalid'\n"));
        QVERIFY(valueOf("string.Template('$a').substitute(a=x)",
                        "import string\nfrom elsewhere import x")
                    .starts_with("Unknown("));
        QCOMPARE(valueOf("json.loads('{\"a\": [1, true, null]}'), json.dumps({'a': [1, None]})",
                         "import json"),
                 std::string("({'a': [1, True, None]}, '{\"a\": [1, null]}')"));
        QCOMPARE(valueOf("list(itertools.chain([1], [2])), list(itertools.product('a', [1, 2]))",
                         "import itertools"),
                 std::string("([1, 2], [('a', 1), ('a', 2)])"));
        QCOMPARE(
            valueOf("functools.partial(f, 1)(b=2), functools.reduce(lambda a, b: a + b, [1, 2, 3])",
                    "import functools\ndef f(a, b):\n    return a, b"),
            std::string("((1, 2), 6)"));
        QCOMPARE(valueOf("d['a'], dict(o)",
                         "from collections import defaultdict, OrderedDict\nd = "
                         "defaultdict(list)\nd['a'].append(1)\no = OrderedDict([('x', 1)])"),
                 std::string("([1], {'x': 1})"));
        QCOMPARE(
            valueOf(
                "p.x, p[1]",
                "from collections import namedtuple\nP = namedtuple('P', 'x y')\np = P(1, y=2)"),
            std::string("(1, 2)"));
    }
};

int modules_test(int argc, char** argv)
{
    ModulesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "modules_test.moc"
