// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/revisions/revision_range.h"
#include "tests/support/graph_text.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const char* const line = "ae1027a6; ae1036b7 <- ae1027a6; b0000001 <- ae1036b7; c <- b0000001";
const char* const branches = "base0; a1 <- base0 [left]; b1 <- base0 [right]; a2 <- a1; b2 <- b1";
const char* const merged =
    "base0; a1 <- base0 [left]; b1 <- base0 [right]; a2 <- a1; b2 <- b1; m <- a2, b2";
const char* const depends = "a1 [expand]; a2 <- a1; b1 [contract]; b2 <- b1 + a2";

QString shown(const RevisionGraph& graph, const Result<std::vector<RevisionIndex>>& result)
{
    if (result)
        return QString::fromStdString(textOf(graph, *result));
    const Error& error = result.error();
    const std::string words = error.context.empty() ? std::string() : error.context.front();
    return QString::fromStdString(std::string(toText(error.code)) + " | " + error.message + " | " +
                                  words);
}

std::vector<RevisionId> rowsOf(const QString& text)
{
    std::vector<RevisionId> rows;
    for (const QString& row : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        rows.push_back(row.toStdString());
    return rows;
}

RevisionGraph graphOf(const QString& text)
{
    return RevisionGraph::build(revisionsFromText(text.toStdString()));
}

} // namespace

class RevisionRangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void resolvesNames_data()
    {
        QTest::addColumn<QString>("graph");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* graph, const char* text, const char* expected) {
            QTest::addRow("%s", text) << QString::fromUtf8(graph) << QString::fromUtf8(text)
                                      << QString::fromUtf8(expected);
        };
        row(line, "c", "c");
        row(line, "b", "b0000001");
        row(line, "head", "c");
        row(line, "heads", "c");
        row(line, "base", "");
        row(line, "-1", "b0000001");
        row(line, "-4", "");
        row(line, "-5", "not found | '-5' leads past the end of the chain. | ");
        row(line, "+2", "ae1036b7");
        row(line, "ae1027+1", "ae1036b7");
        row(line, "head-2", "ae1036b7");
        row(line, "c+1", "not found | 'c+1' leads past the end of the chain. | ");
        row(line,
            "ae10",
            "ambiguous | Can't locate revision identified by 'ae10' | ResolutionError: Multiple "
            "revisions "
            "start with 'ae10': 'ae1027a6', 'ae1036b7'...");
        row(line,
            "zz",
            "not found | Can't locate revision identified by 'zz' | ResolutionError: No such "
            "revision or "
            "branch 'zz'; please ensure at least four characters are present for partial revision "
            "identifier matches");
        row(line,
            "zzzz",
            "not found | Can't locate revision identified by 'zzzz' | ResolutionError: No such "
            "revision or "
            "branch 'zzzz'");
        row(branches, "left", "a1");
        row(branches, "rig", "b1");
        row(branches, "left@head", "a2");
        row(branches, "right@heads", "b2");
        row(branches, "a1@head", "a2");
        row(branches, "left@base", "");
        row(branches, "left@-1", "a1");
        row(branches, "left@a2", "a2");
        row(branches, "left@+2", "a1");
        row(branches,
            "left@b2",
            "not found | Can't locate revision identified by 'b2' | ResolutionError: Revision b2 "
            "is not a "
            "member of branch 'left'");
        row(branches,
            "nowhere@a1",
            "not found | Can't locate revision identified by 'nowhere' | ResolutionError: No such "
            "branch: "
            "'nowhere'");
        row(branches,
            "head",
            "ambiguous | Multiple head revisions are present for given argument 'head'; please "
            "specify a "
            "specific target revision, '<branchname>@head' to narrow to a specific head, or "
            "'heads' for all "
            "heads | MultipleHeads: Multiple heads are present for given argument 'head'; a2, b2");
        row(branches, "base0+1", "usage | Ambiguous walk | RevisionError: Ambiguous walk");
        row(depends, "heads", "b2");
    }

    void resolvesNames()
    {
        QFETCH(QString, graph);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const RevisionGraph built = graphOf(graph);
        QCOMPARE(shown(built, resolveRevisions(built, text.toStdString())), expected);
    }

    void wantsOneWhereOneIsWanted()
    {
        const RevisionGraph graph = graphOf(QString::fromUtf8(branches));
        QCOMPARE(resolveRevision(graph, "a2").value(), std::optional<RevisionIndex>(3));
        QCOMPARE(resolveRevision(graph, "base").value(), std::optional<RevisionIndex>());
        QCOMPARE(resolveRevision(graph, "left@-1").value(), std::optional<RevisionIndex>(1));
        QVERIFY(
            resolveRevision(graph, "heads").error().context.front().starts_with("MultipleHeads: "));
        QVERIFY(
            resolveRevision(graph, "-1").error().context.front().starts_with("MultipleHeads: "));
    }

    void asksForANameWhereThereIsNone()
    {
        const RevisionGraph graph = graphOf(QString::fromUtf8(line));
        const auto result = resolveRevisions(graph, "");
        QCOMPARE(result.error().code, ErrorCode::Usage);
        QCOMPARE(result.error().message, std::string("A revision is named by an empty text."));
        QVERIFY(!result.error().nextStep.empty());
    }

    void walksUpAndDown_data()
    {
        QTest::addColumn<QString>("graph");
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* graph,
                            const char* command,
                            const char* rows,
                            const char* target,
                            const char* expected) {
            QTest::addRow("%s %s from %s of %.20s", command, target, rows, graph)
                << QString::fromUtf8(graph) << QString::fromUtf8(command) << QString::fromUtf8(rows)
                << QString::fromUtf8(target) << QString::fromUtf8(expected);
        };
        row(line, "upgrade", "", "head", "ae1027a6 ae1036b7 b0000001 c");
        row(line, "upgrade", "ae1036b7", "head", "b0000001 c");
        row(line, "upgrade", "ae1036", "head", "b0000001 c");
        row(line, "upgrade", "c", "head", "");
        row(line, "upgrade", "c", "ae1027a6", "");
        row(line, "upgrade", "c", "base", "");
        row(line, "upgrade", "ae1027a6", "+2", "ae1036b7 b0000001");
        row(line,
            "upgrade",
            "c",
            "-1",
            "usage | Relative revision -1 didn't produce 1 migrations | RevisionError: Relative "
            "revision -1 "
            "didn't produce 1 migrations");
        row(line,
            "upgrade",
            "gone",
            "head",
            "not found | Can't locate revision identified by 'gone' | ResolutionError: No such "
            "revision or "
            "branch 'gone'");
        row(line,
            "upgrade",
            "c b0000001",
            "head",
            "usage | Requested revision c overlaps with other requested revisions b0000001 | "
            "RevisionError: "
            "Requested revision c overlaps with other requested revisions b0000001");
        row(branches, "upgrade", "", "heads", "base0 b1 b2 a1 a2");
        row(branches, "upgrade", "a1", "left@head", "a2");
        row(branches, "upgrade", "a1", "right@+1", "b1");
        row(branches,
            "upgrade",
            "a1 b1",
            "+1",
            "usage | Ambiguous upgrade from multiple current revisions | RevisionError: Ambiguous "
            "upgrade "
            "from multiple current revisions");
        row(depends, "upgrade", "", "contract@head", "a1 a2 b1 b2");
        row(line, "downgrade", "c", "-1", "c");
        row(line, "downgrade", "c", "base", "c b0000001 ae1036b7 ae1027a6");
        row(line, "downgrade", "c", "ae1036b7", "c b0000001");
        row(line, "downgrade", "c", "c", "");
        row(line,
            "downgrade",
            "ae1036b7",
            "c",
            "usage | Destination c is not a valid downgrade target from current head(s) | "
            "RangeNotAncestorError: Revision Nothing to drop is not an ancestor of revision "
            "('ae1036b7',)");
        row(line,
            "downgrade",
            "c",
            "+1",
            "usage | Relative revision +1 didn't produce 1 migrations | RevisionError: Relative "
            "revision +1 "
            "didn't produce 1 migrations");
        row(branches, "downgrade", "a2 b2", "left@base0", "a2 a1");
        row(branches, "downgrade", "a2 b2", "left@-1", "a2");
        row(branches, "downgrade", "a2 b2", "left@base", "a2 a1 b2 b1 base0");
        row(merged,
            "downgrade",
            "m",
            "-1",
            "usage | Ambiguous walk | RevisionError: Ambiguous walk");
        row(depends, "downgrade", "b2", "expand@a1", "b2 a2");
    }

    void walksUpAndDown()
    {
        QFETCH(QString, graph);
        QFETCH(QString, command);
        QFETCH(QString, rows);
        QFETCH(QString, target);
        QFETCH(QString, expected);
        const RevisionGraph built = graphOf(graph);
        const auto current = rowsOf(rows);
        const auto path = command == QStringLiteral("upgrade")
                              ? upgradePath(built, current, target.toStdString())
                              : downgradePath(built, current, target.toStdString());
        QCOMPARE(shown(built, path), expected);
    }

    void listsRanges_data()
    {
        QTest::addColumn<QString>("graph");
        QTest::addColumn<QString>("range");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* graph, const char* range, const char* expected) {
            QTest::addRow("%s", range) << QString::fromUtf8(graph) << QString::fromUtf8(range)
                                       << QString::fromUtf8(expected);
        };
        row(line, ":", "c b0000001 ae1036b7 ae1027a6");
        row(line, "ae1036b7:c", "c b0000001 ae1036b7");
        row(line, " :b0 ", "b0000001 ae1036b7 ae1027a6");
        row(line, "b0000001:", "c b0000001");
        row(line, "-2:", "c b0000001 ae1036b7");
        row(line, "c", "c");
        row(line, "a:b:c", "usage | A range has one colon, and 'a:b:c' has more. | ");
        row(branches,
            "a1:b2",
            "usage | Requested range a1:b2 does not refer to ancestor/descendant revisions along "
            "the same "
            "branch | RangeNotAncestorError: Revision a1 is not an ancestor of revision b2");
    }

    void listsRanges()
    {
        QFETCH(QString, graph);
        QFETCH(QString, range);
        QFETCH(QString, expected);
        const RevisionGraph built = graphOf(graph);
        QCOMPARE(shown(built, resolveRange(built, range.toStdString())), expected);
    }

    void answersOnABrokenGraphToo()
    {
        const RevisionGraph graph =
            graphOf(QStringLiteral("b <- gone; c <- b; x <- y; y <- x; z <- y"));
        QCOMPARE(shown(graph, resolveRevisions(graph, "c")), QStringLiteral("c"));
        QCOMPARE(shown(graph, upgradePath(graph, {}, "c")), QStringLiteral("b c"));
        QCOMPARE(shown(graph, upgradePath(graph, {}, "z")), QStringLiteral("x y z"));
        QCOMPARE(shown(graph, resolveRange(graph, "y:z")), QStringLiteral("z y"));
        QCOMPARE(
            shown(graph, resolveRevisions(graph, "z-999999999999999999999999")),
            QStringLiteral("not found | 'z-999999999999999999999999' leads past the end of the "
                           "chain. | "));
    }
};

int revision_range_test(int argc, char** argv)
{
    RevisionRangeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "revision_range_test.moc"
