// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "program_text.h"

using namespace sightglass;

namespace {

/// An expression, what Python says of it, and statements before.
struct Case
{
    const char* expression;
    const char* value;
    const char* before = "";
};

void check(const std::vector<Case>& cases)
{
    for (const Case& each : cases) {
        const std::string found = valueOf(each.expression, each.before);
        if (found != each.value)
            qWarning("%s", each.expression);
        QCOMPARE(found, std::string(each.value));
    }
}

} // namespace

class ValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void countsAsPythonDoes()
    {
        check({{"1 + 2 * 3", "7"},
               {"-7 // 2, -7 % 3", "(-4, 2)"},
               {"2 ** 10, 7 / 2", "(1024, 3.5)"},
               {"0x1F + 0b11 + 1_000", "1034"},
               {"9223372036854775807 + 1", "Unknown(a number too large to follow)"},
               {"not 0, 1 < 2 < 3, 1 < 3 < 2", "(True, True, False)"},
               {"[1, 2][1], (1, 2, 3)[-1], 'añb'[1], 'añb'[::-1]", "(2, 3, 'ñ', 'bña')"},
               {"[0, 1, 2, 3, 4][1:4:2], 'abc'[1:], [1, 2][5:]", "([1, 3], 'bc', [])"},
               {"1 if 2 > 1 else 0", "1"}});
    }

    void buildsTexts()
    {
        check({{"f'{1}-{\"a\"!r}-{3.5:.2f}-{7:03d}-{\"x\":>4}|{{}}'", "\"1-'a'-3.50-007-   x|{}\""},
               {"'%s_%d_%%' % ('a', 3), '%(n)s' % {'n': 1}, '%05.1f' % 2.5",
                "('a_3_%', '1', '002.5')"},
               {"'{} {0} {n}'.replace('{} ', '').format('a', n=1)", "'a 1'"},
               {"'{:>5}|{:<5}|{:^5}'.format('a', 'b', 'c')", "'    a|b    |  c  '"},
               {"'{a[k]}'.format(a={'k': 3})", "'3'"},
               {"'a,b,,c'.split(','), ' a  b '.split(), 'a,b,c'.rsplit(',', 1)",
                "(['a', 'b', '', 'c'], ['a', 'b'], ['a,b', 'c'])"},
               {"', '.join(['a', 'b']) + 'x' * 3", "'a, bxxx'"},
               {"'Abc'.lower(), 'abc'.upper(), 'a_b'.title(), 'abc'.capitalize()",
                "('abc', 'ABC', 'A_B', 'Abc')"},
               {"'  x '.strip(), 'xxax'.lstrip('x'), 'a.b'.partition('.')",
                "('x', 'ax', ('a', '.', 'b'))"},
               {"'ab\\ncd\\n'.splitlines(), 'abab'.replace('a', 'x', 1)", "(['ab', 'cd'], 'xbab')"},
               {"'abc'.startswith(('x', 'a')), 'b' in 'abc', 'abc'.find('c')", "(True, True, 2)"},
               {"'a' 'b' \"c\" r'\\d'", "'abc\\\\d'"},
               {"f'{x=}'", "'x=3'", "x = 3"},
               {"f'{x:{w}}'", "'    3'", "x = 3\nw = 5"},
               {"str(1.0), str([1, 'a', None]), str({'a': (1,)})",
                "('1.0', \"[1, 'a', None]\", \"{'a': (1,)}\")"}});
    }

    void keepsContainers()
    {
        check(
            {{"x", "[1, 2, 3]", "x = [1]\nx.append(2)\nx += [3]"},
             {"x, y", "([2], [2])", "x = []\ny = x\ny.append(2)"},
             {"{**{'a': 1}, 'b': 2}, [*'ab', 1]", "({'a': 1, 'b': 2}, ['a', 'b', 1])"},
             {"{'a': 1}.get('b', 2), list({'a': 1}.items())", "(2, [('a', 1)])"},
             {"[a * 2 for a in range(4) if a % 2]", "[2, 6]"},
             {"{k: v for k, v in zip('ab', [1, 2])}", "{'a': 1, 'b': 2}"},
             {"sorted([3, 1, 2], reverse=True), sorted(['b', 'A'], key=str.lower)",
              "([3, 2, 1], ['A', 'b'])"},
             {"list(enumerate('ab', 1)), list(reversed([1, 2]))", "([(1, 'a'), (2, 'b')], [2, 1])"},
             {"sum(x for x in [1, 2]), any([]), all([]), max(1, 3), min('b', 'a')",
              "(3, False, True, 3, 'a')"},
             {"sorted({1, 2} | {3}), sorted({1, 2} - {2}), 1 in {1}", "([1, 2, 3], [1], True)"},
             {"a, b", "(1, [2, 3])", "a, *b = [1, 2, 3]"},
             {"x.pop(), x.pop('a', 9) if False else x", "(2, [1])", "x = [1, 2]"},
             {"list(map(str, [1, 2])), list(filter(None, [0, 1]))", "(['1', '2'], [1])"},
             {"d", "{'a': 2}", "d = {'a': 1, 'b': 1}\ndel d['b']\nd['a'] += 1"}});
    }

    void runsFunctions()
    {
        check({{"f(1), f(1, 2), f(1, *[3], k=4)",
                "((1, 5, (), {}), (1, 2, (), {}), (1, 3, (), {'k': 4}))",
                "def f(a, b=5, *r, **k):\n    return a, b, r, k"},
               {"f(2)",
                "5",
                "def outer(n):\n    def inner(x):\n        return x + n\n    return inner\nf = "
                "outer(3)"},
               {"c(), c()",
                "(1, 2)",
                "def make():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n      "
                "  return n\n    return inc\nc = make()"},
               {"(lambda a, b=2: a + b)(1)", "3"},
               {"list(g(3))", "[0, 1, 2]", "def g(n):\n    for i in range(n):\n        yield i"},
               {"f()",
                "'dec f'",
                "def dec(fn):\n    def w():\n        return 'dec ' + fn()\n    return w\n@dec\ndef "
                "f():\n    return 'f'"},
               {"f(b=1, a=2)", "(2, 1)", "def f(a, *, b):\n    return a, b"},
               {"f()",
                "raises TypeError: f() missing 1 required argument: 'a'",
                "def f(a):\n    pass"},
               {"n", "2", "n = 0\ndef f():\n    global n\n    n = 2\nf()"},
               {"[y := 3, y + 1]", "[3, 4]"}});
    }

    void runsClasses()
    {
        check({{"B(1).f(), B.k, B(2).p",
                "((1, 'A'), 7, 20)",
                "class A:\n    k = 7\n    def __init__(self, x):\n        self.x = x\n    def "
                "f(self):\n        return 'A'\n"
                "class B(A):\n    def __init__(self, x):\n        super().__init__(x)\n    def "
                "f(self):\n        return self.x, super().f()\n"
                "    @property\n    def p(self):\n        return self.x * 10"},
               {"S.A.value, S('b').name, [m.value for m in S], S['A'] is S.A",
                "('a', 'B', ['a', 'b'], True)",
                "import enum\nclass S(str, enum.Enum):\n    A = 'a'\n    B = 'b'"},
               {"[(m.name, m.value) for m in E]",
                "[('A', 1), ('B', 2)]",
                "from enum import Enum, auto\nclass E(Enum):\n    A = auto()\n    B = auto()"},
               {"[m.name for m in E], str(E.A)",
                "(['A', 'B'], 'E.A')",
                "from enum import Enum\nE = Enum('E', 'A B')"},
               {"P(1).y, P(1, y=3) == P(1, 3)",
                "(2, True)",
                "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: int = "
                "2"},
               {"C.make().v, C.s(2)",
                "(5, 3)",
                "class C:\n    v = 5\n    @classmethod\n    def make(cls):\n        return cls()\n "
                "   @staticmethod\n    def s(x):\n        return x + 1"},
               {"C()(2), C() + 1, len(C()), list(C())",
                "(4, 'added', 3, [1, 2])",
                "class C:\n    def __call__(self, x):\n        return x * 2\n    def __add__(self, "
                "o):\n        return 'added'\n"
                "    def __len__(self):\n        return 3\n    def __iter__(self):\n        return "
                "iter([1, 2])"},
               {"isinstance(1, (str, int)), isinstance('a', int), issubclass(bool, int), type('a') "
                "is str",
                "(True, False, True, True)"},
               {"t.x, t[1], t._fields",
                "(1, 2, ('x', 'y'))",
                "from typing import NamedTuple\nclass T(NamedTuple):\n    x: int\n    y: int = "
                "2\nt = T(1)\nt = t"}});
    }

    void handlesExceptions()
    {
        const std::string program = "try:\n    {}['a']\nexcept KeyError as e:\n    note('caught', "
                                    "str(e))\nelse:\n    note('no')\nfinally:\n    note('end')\n"
                                    "try:\n    fail()\nexcept Exception as e:\n    note(str(e))\n"
                                    "class Own(ValueError):\n    pass\n"
                                    "try:\n    raise Own('x')\nexcept (TypeError, ValueError) as "
                                    "e:\n    note(isinstance(e, Own), str(e))\n"
                                    "raise NotImplementedError('no way')\n";
        QCOMPARE(
            outcomeOf(program),
            std::string("note 'caught' \"'a'\"\nnote 'end'\nnote 'no such table'\nnote True 'x'\n"
                        "raises NotImplementedError: no way\n"));
    }

    void runsContextManagersAroundTheirBlocks()
    {
        QCOMPARE(
            outcomeOf("from contextlib import contextmanager, suppress\n"
                      "@contextmanager\ndef c(x):\n    note('in')\n    try:\n        yield x + 1\n "
                      "   finally:\n        note('out')\n"
                      "with c(1) as v:\n    note(v)\n"
                      "with suppress(KeyError):\n    {}['a']\n"
                      "class M:\n    def __enter__(self):\n        note('enter')\n        return "
                      "self\n    def __exit__(self, *a):\n        note('exit')\n"
                      "with M():\n    note('body')\n"),
            std::string("note 'in'\nnote 2\nnote 'out'\nnote 'enter'\nnote 'body'\nnote 'exit'\n"));
    }

    void matchesPatterns()
    {
        QCOMPARE(
            outcomeOf("def f(x):\n    match x:\n        case 1 | 2:\n            return 'small'\n  "
                      "      case 'a':\n            return 'text'\n"
                      "        case [a, *rest]:\n            return a, rest\n        case str():\n "
                      "           return 'str'\n        case _:\n            return 'other'\n"
                      "note(f(2), f('a'), f([1, 2, 3]), f('zz'), f(None))\n"),
            std::string("note 'small' 'text' (1, [2, 3]) 'str' 'other'\n"));
    }

    void saysWhereACallStands()
    {
        // What stands before the program has 47 bytes.
        QCOMPARE(outcomeOf("note(here())\n"), std::string("note '52-58'\n"));
    }
};

int values_test(int argc, char** argv)
{
    ValuesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "values_test.moc"
