// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "program_text.h"

using namespace sightglass;

class BranchesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void runsBothBranchesOfAnUnknownCondition()
    {
        QCOMPARE(outcomeOf("x = third.ready\nif x:\n    note(1)\n    y = 1\n    z = 5\nelse:\n    "
                           "note(2)\n    y = 2\n    z = 5\nnote(y, z)\n"),
                 std::string(
                     "note 1 | x\nnote 2 | not x (alternative)\nnote Unknown(y depends on x) 5\n"));
    }

    void makesWhatFollowsAnEarlyReturnConditional()
    {
        QCOMPARE(outcomeOf("def f(x):\n    note(1)\n    if x:\n        note(2)\n        return\n   "
                           " note(3)\nf(third.x)\nnote(4)\n"),
                 std::string("note 1\nnote 2 | x (alternative)\nnote 3 | not x\nnote 4\n"));
    }

    void joinsConditionsOfReturnsInsideBranches()
    {
        QCOMPARE(outcomeOf("def f(a, b):\n    if a:\n        if b:\n            return\n        "
                           "note(1)\n    note(2)\nf(third.a, third.b)\n"),
                 std::string("note 1 | a & not b\nnote 2 | not (a and b)\n"));
    }

    void keepsNoConditionBehindARaiseThatNothingCatches()
    {
        QCOMPARE(
            outcomeOf("def f(a):\n    if a:\n        raise ValueError('x')\nf(third.a)\nnote(1)\n"),
            std::string("may raise ValueError: x | a (alternative)\nnote 1\n"));
        QCOMPARE(
            outcomeOf("for row in third.rows():\n    if row.a:\n        raise ValueError('x')\n"
                      "    note(1)\nnote(2)\n"),
            std::string(
                "unknown third.rows =\n"
                "may raise ValueError: x | for each row of third.rows() & row.a (alternative)\n"
                "note 1 | for each row of third.rows()\nnote 2\n"));
    }

    void isSureOfTheOnlyBranchThatDoesNotRaise()
    {
        QCOMPARE(outcomeOf("if third.a:\n    raise ValueError('x')\nelse:\n    note(1)\n"),
                 std::string("may raise ValueError: x | third.a (alternative)\nnote 1\n"));
        QCOMPARE(
            outcomeOf("if third.a:\n    note(1)\n    y = 1\nelse:\n    raise ValueError('x')\n"
                      "note(y)\n"),
            std::string("may raise ValueError: x | not third.a (alternative)\nnote 1\nnote 1\n"));
        QCOMPARE(outcomeOf("if third.a:\n    note(1)\nelif third.b:\n    note(2)\nelse:\n    raise "
                           "ValueError('x')\nnote(3)\n"),
                 std::string("note 1 | third.a\n"
                             "may raise ValueError: x | not third.a & not third.b (alternative)\n"
                             "note 2 | not third.a (alternative)\nnote 3\n"));
    }

    void keepsTheConditionOfARaiseThatMayBeCaught()
    {
        QCOMPARE(
            outcomeOf("def f(a):\n    if a:\n        raise ValueError('x')\n"
                      "try:\n    f(third.a)\n    note(1)\nexcept KeyError:\n    note(2)\n"
                      "note(3)\n"),
            std::string("note 1 | not a\nmay raise ValueError: x | a (alternative)\nnote 3\n"));
    }

    void runsALoopOverSomethingUnknownOnce()
    {
        QCOMPARE(outcomeOf("n = 0\nl = []\nfor row in third.rows():\n    note(row, n)\n    n += "
                           "1\n    l.append(n)\nnote(n, l)\n"),
                 std::string("unknown third.rows =\n"
                             "note Unknown(row: from third.rows(), line 5) Unknown(n: changed in a "
                             "loop over third.rows()) | for each row of third.rows()\n"
                             "note Unknown(n depends on for each row of third.rows()) Doubtful(it "
                             "depends on for each row of third.rows())\n"));
    }

    void putsContainersBack()
    {
        QCOMPARE(
            outcomeOf("l = [1]\nif third.a:\n    l.append(2)\nnote(l)\nm = [1]\nif third.b:\n    "
                      "m.append(2)\nelse:\n    note(m)\n"),
            std::string(
                "note Doubtful(it depends on third.a)\nnote [1] | not third.b (alternative)\n"));
    }

    void decidesWhatTheKnownPartDecides()
    {
        QCOMPARE(outcomeOf("if third.a and False:\n    note(1)\nif third.a or True:\n    "
                           "note(2)\nif not (third.a and 0):\n    note(3)\n"),
                 std::string("note 2\nnote 3\n"));
    }

    void leavesWhatBothBranchesReturnKnown()
    {
        QCOMPARE(outcomeOf("def f(x):\n    if x:\n        return 1\n    return 1\ndef g(x):\n    "
                           "if x:\n        return 1\n    return 2\nnote(f(third.x), g(third.x))\n"),
                 std::string("note 1 Unknown(a result that depends on what is not known)\n"));
    }

    void runsHandlersOfWhatMayBeRaisedAsAlternatives()
    {
        QCOMPARE(
            outcomeOf("try:\n    if third.a:\n        raise ValueError('x')\n    note(1)\nexcept "
                      "ValueError:\n    note(2)\nnote(3)\n"),
            std::string("note 1 | not third.a\nnote 2 | third.a (alternative)\nnote 3\n"));
    }

    void keepsTheReasonOfWhatIsUnknown()
    {
        const std::string unknown = "Unknown(third is not part of the project)";
        QCOMPARE(valueOf("third.a.b[1] + 'x'"), unknown);
        QCOMPARE(valueOf("third.c == 1"), unknown);
        QCOMPARE(valueOf("[third.d][0]"), unknown);
        QCOMPARE(valueOf("f'{third.e}'"), unknown);
        QCOMPARE(valueOf("isinstance(third.e, str)"), unknown);
    }

    void endsRecursionThatSomethingUnknownDecides()
    {
        QCOMPARE(outcomeOf("def f(x):\n    if x:\n        f(x.next)\nf(third.x)\nnote(1)\n"),
                 std::string("note 1\n"));
        QCOMPARE(outcomeOf("def f(n):\n    return 0 if n == 0 else f(n - 1)\nnote(f(60))\n"),
                 std::string("note 0\n"));
    }

    void entersContextManagersInParentheses()
    {
        QCOMPARE(
            outcomeOf("from contextlib import nullcontext as n\nwith (n(1) as a):\n    note(a)\n"
                      "with (n(2) as a, n(3) as b):\n    note(a, b)\n"),
            std::string("note 1\nnote 2 3\n"));
    }

    void doubtsContainersThatSomethingUnknownWasGiven()
    {
        QCOMPARE(outcomeOf("d = {}\nthird.fill(d)\nnote(d['a'])\n"),
                 std::string("unknown third.fill\nnote Unknown(it was given to third.fill(), which "
                             "is not known)\n"));
    }

    void tellsWhetherDatabaseErrorsAreCaught()
    {
        QCOMPARE(outcomeOf("try:\n    note(1)\nexcept KeyError:\n    pass\ntry:\n    "
                           "note(2)\nexcept third.exc.ProgrammingError:\n    note(3)\ntry:\n    "
                           "note(4)\nfinally:\n    pass\n"),
                 std::string("note 1\nnote 2 (caught)\nnote 4\n"));
    }
};

int branches_test(int argc, char** argv)
{
    BranchesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "branches_test.moc"
