// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/revision_graph.h"
#include "tests/support/graph_text.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

QString problemsOf(const QString& text)
{
    const RevisionGraph graph = RevisionGraph::build(revisionsFromText(text.toStdString()));
    QStringList lines;
    for (const GraphProblem& problem : graph.problems())
        lines.append(QString::fromStdString(textOf(problem)));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class GraphProblemsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void listsWhatIsWrong_data()
    {
        QTest::addColumn<QString>("graph");
        QTest::addColumn<QString>("problems");
        const auto row = [](const char* graph, const char* problems) {
            QTest::newRow(graph) << QString::fromUtf8(graph) << QString::fromUtf8(problems);
        };
        row("a; b <- a; c <- b", "");
        row("a; b <- gone; c <- b, a", "missing down revision: gone b | KeyError: 'gone'");
        row("a; b <- a + gone", "missing dependency: gone b | KeyError: 'gone'");
        row("a; b <- a, late; c <- b + early",
            "missing dependency: early c | KeyError: 'early'\n"
            "missing down revision: late b | KeyError: 'late'");
        row("a [lab]; b <- a, lab", "missing down revision: lab b [lab] | KeyError: 'lab'");
        row("a [lab]; b <- a, lab; c <- b + a",
            "missing down revision: lab b [lab] | RevisionError: Dependency resolution failed; "
            "broken map");
        row("a; b <- a; b <- a; c <- b",
            "duplicate id: b | RevisionError: Requested revision c overlaps with other requested "
            "revisions b\n"
            "several heads: b c");
        row("a; b <- a; b <- a", "duplicate id: b\nseveral heads: b b");
        row("a; b <- b, a",
            "self reference: b | LoopDetected: Self-loop is detected in revisions (b)");
        row("a; b <- a + b",
            "self reference through dependencies: b | DependencyLoopDetected: Dependency self-loop "
            "is "
            "detected in revisions (b)");
        row("a; b <- a, d; c <- b; d <- c; e <- d", "cycle: d c b d");
        row("a <- c; b <- a; c <- b",
            "cycle: a c b a | CycleDetected: Cycle is detected in revisions (a, b, c)\n"
            "no head: a b c | CycleDetected: Cycle is detected in revisions (a, b, c)\n"
            "no base: a b c | CycleDetected: Cycle is detected in revisions (a, b, c)");
        row("a; b <- a + d; c + b; d <- c",
            "cycle through dependencies: b d c b | DependencyCycleDetected: Dependency cycle is "
            "detected in "
            "revisions (a, b, c, d)\n"
            "several heads: b d\nseveral bases: a c");
        row("a [x]; b <- a [x]",
            "duplicate label: b a [x] | RevisionError: Branch name 'x' in revision b already used "
            "by "
            "revision a");
        row("a; b <- a [a]",
            "duplicate label: b a [a] | RevisionError: Branch name 'a' in revision b already used "
            "by "
            "revision a");
        row("a [x, x]",
            "duplicate label: a a [x] | RevisionError: Branch name 'x' in revision a already used "
            "by "
            "revision a");
        row("a; b <- a, a, a", "repeated reference: b a");
        row("a; b <- a; c <- a", "several heads: b c");
        row("a; b; c <- a, b", "several bases: a b");
        row("a; b <- a; y; z", "several heads: b y z\nseveral bases: a y z\nisland: y z");
        row("a; b", "several heads: a b\nseveral bases: a b");
        row("a-b@c; d <- a-b@c",
            "invalid id: a-b@c [-, @] | RevisionError: Character(s) '-, @' not allowed in revision "
            "identifier 'a-b@c'");
    }

    void listsWhatIsWrong()
    {
        QFETCH(QString, graph);
        QFETCH(QString, problems);
        QCOMPARE(problemsOf(graph), problems);
    }

    void stopsAtACycleThatAlembicDoesNotNotice()
    {
        const auto graph =
            RevisionGraph::build(revisionsFromText("a; b <- a, d; c <- b; d <- c; e <- d"));
        QVERIFY(graph.problems()[0].alembic.empty());
        QVERIFY(graph.stopsAlembic());
    }

    void goesOnWithSeveralHeads()
    {
        QVERIFY(!RevisionGraph::build(revisionsFromText("a; b <- a; c <- a")).stopsAlembic());
    }

    void namesThePlaceOfEachReference()
    {
        auto revisions = revisionsFromText("b <- gone; c <- b, gone");
        revisions[1].down[1].span = {
            .file = "c.py", .begin = 40, .end = 46, .line = 9, .column = 5};
        const auto graph = RevisionGraph::build(revisions);
        const GraphProblem& problem = graph.problems()[0];
        QCOMPARE(problem.spans.size(), std::size_t(2));
        QCOMPARE(problem.spans[0].file, std::string("b.py"));
        QCOMPARE(problem.spans[1].line, 9);
    }

    void quotesIdsAsPythonDoes()
    {
        auto revisions = revisionsFromText("a; b <- a");
        revisions[1].down[0].id = "it's\n";
        const auto graph = RevisionGraph::build(revisions);
        QCOMPARE(graph.problems()[0].alembic, std::string("KeyError: \"it's\\n\""));
    }
};

int graph_problems_test(int argc, char** argv)
{
    GraphProblemsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "graph_problems_test.moc"
