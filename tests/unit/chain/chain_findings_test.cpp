// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/chain_findings.h"
#include "tests/support/graph_text.h"

#include <QTest>

#include <algorithm>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

std::vector<Finding> findingsOf(std::vector<Revision> revisions,
                                std::vector<FileProblem> problems = {},
                                std::optional<int> width = 32)
{
    Scripts scripts;
    scripts.revisions = revisions;
    scripts.problems = std::move(problems);
    return chainFindings(scripts, RevisionGraph::build(std::move(revisions)), width);
}

std::vector<Finding> findingsOf(const char* text)
{
    return findingsOf(revisionsFromText(text));
}

/// "critical missing-revision: Missing revision x, named by b" for each, in order.
QString shown(const std::vector<Finding>& findings)
{
    QStringList lines;
    for (const Finding& finding : findings) {
        lines.append(QString::fromStdString(std::string(toText(finding.severity)) + " " +
                                            finding.rule + ": " + finding.title));
    }
    return lines.join(QLatin1Char('\n'));
}

const Finding& onlyOf(const std::vector<Finding>& findings, std::string_view rule)
{
    const auto it = std::ranges::find(findings, rule, &Finding::rule);
    static const Finding none;
    return it == findings.end() ? none : *it;
}

Revision file(Revision revision, const std::string& name)
{
    revision.span.file = name;
    revision.downSpan.file = name;
    for (auto* list : {&revision.down, &revision.dependsOn, &revision.labels}) {
        for (RevisionReference& reference : *list)
            reference.span.file = name;
    }
    return revision;
}

} // namespace

class ChainFindingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void findsNothingInAPlainChain()
    {
        QCOMPARE(shown(findingsOf("a; b <- a; c <- b")), QString());
        QCOMPARE(shown(findingsOf("")), QString());
    }

    void connectsAMissingRevisionWithTheFileNamedAfterIt()
    {
        auto revisions =
            revisionsFromText("2a3f4c9d1cde <- 189b1231afd4; 3b7a1d2e4f56 <- 2a3f4c9d1cde");
        revisions[0] = file(revisions[0], "versions/189b1231afd4_bootstrap_tables.py");
        revisions[1] = file(revisions[1], "versions/3b7a1d2e4f56_soft_delete_program_templates.py");
        const auto findings = findingsOf(revisions);
        QCOMPARE(
            shown(findings),
            QStringLiteral("critical missing-revision: Missing revision 189b1231afd4, named by "
                           "2a3f4c9d1cde\n"
                           "medium file-name-mismatch: File named after 189b1231afd4 defines "
                           "2a3f4c9d1cde"));
        const Finding& missing = findings.front();
        QCOMPARE(missing.object, std::string("189b1231afd4"));
        QCOMPARE(missing.revision, std::string("2a3f4c9d1cde"));
        QVERIFY(
            missing.detail.find("189b1231afd4_bootstrap_tables.py is named after 189b1231afd4 but "
                                "defines 2a3f4c9d1cde") != std::string::npos);
        QVERIFY(missing.detail.find("KeyError: '189b1231afd4'") != std::string::npos);
        std::vector<std::string> fixes;
        for (const Fix& fix : missing.fixes)
            fixes.push_back(fix.id);
        QCOMPARE(
            fixes,
            (std::vector<std::string>{
                "restore-from-git", "rebuild-revision", "repoint-down-revision", "rename-file"}));
    }

    void namesEveryFileThatNamesAMissingRevision()
    {
        const auto findings = findingsOf("a; b <- a, gone; c <- gone; d <- gone; e <- b, c, d");
        const Finding& finding = onlyOf(findings, "missing-revision");
        QCOMPARE(finding.title, std::string("Missing revision gone, named by b, c and 1 other"));
        QCOMPARE(finding.span.file, std::string("b.py"));
        QCOMPARE(finding.related.size(), std::size_t(2));
    }

    void namesBothFilesAndLinesOfADuplicate()
    {
        auto revisions = revisionsFromText("a; b <- a; b <- a; c <- b");
        revisions[1] = file(revisions[1], "b_one.py");
        revisions[2] = file(revisions[2], "b_two.py");
        const auto findings = findingsOf(revisions);
        const Finding& finding = onlyOf(findings, "duplicate-revision-id");
        QCOMPARE(finding.title, std::string("Revision id b is defined by 2 files"));
        QCOMPARE(finding.severity, Severity::Critical);
        QCOMPARE(finding.span.file, std::string("b_one.py"));
        QCOMPARE(finding.related.size(), std::size_t(1));
        QCOMPARE(finding.related[0].file, std::string("b_two.py"));
        QCOMPARE(finding.related[0].line, 1);
    }

    void tellsTheWayOfACycle()
    {
        const auto findings = findingsOf("a <- c; b <- a; c <- b; d <- c");
        const Finding& finding = onlyOf(findings, "revision-cycle");
        QCOMPARE(finding.title, std::string("Cycle: c → b → a → c"));
        QVERIFY(finding.detail.find("CycleDetected: Cycle is detected in revisions (a, b, c, d)") !=
                std::string::npos);
        QCOMPARE(finding.related.size(), std::size_t(2));
    }

    void gradesByWhatPeopleLose_data()
    {
        QTest::addColumn<QString>("graph");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* graph, const char* expected) {
            QTest::newRow(graph) << QString::fromUtf8(graph) << QString::fromUtf8(expected);
        };
        row("a; b <- a, b", "critical self-reference: Revision b names itself in down_revision");
        row("a; b <- a + b", "critical self-reference: Revision b names itself in depends_on");
        row("a [x]; b <- a [x]",
            "critical duplicate-branch-label: Branch label x is used by b and a");
        row("a; b <- a [a]",
            "critical duplicate-branch-label: Branch label a of b is a revision id");
        row("a; b <- a, a",
            "medium repeated-down-revision: Revision b names a twice in down_revision");
        row("a; b <- a; c <- a", "high multiple-heads: 2 heads: b and c");
        row("a; b <- a [x]; c <- a [y]", "low multiple-heads: 2 heads: b and c");
        row("a; b; c <- a, b", "low multiple-bases: 2 bases: a and b");
        row("a@b; c <- a@b",
            "critical invalid-revision-id: Revision id a@b has a character that Alembic refuses");
        row("a:b; c <- a:b",
            "high invalid-revision-id: Revision id a:b has a character that Alembic refuses");
        row("a; b <- a; z",
            "high multiple-heads: 2 heads: b and z\n"
            "medium unconnected-revisions: Unconnected revision z\n"
            "low multiple-bases: 2 bases: a and z");
        row("a; b <- a; b2 <- a, gone",
            "critical missing-revision: Missing revision gone, named by b2\n"
            "medium multiple-heads: 2 heads: b and b2");
        row("a; a1b2c3d4e5f6 <- a",
            "info hand-made-revision-id: Revision id a1b2c3d4e5f6 looks made up by hand");
    }

    void gradesByWhatPeopleLose()
    {
        QFETCH(QString, graph);
        QFETCH(QString, expected);
        QCOMPARE(shown(findingsOf(graph.toUtf8().constData())), expected);
    }

    void asksForMergeWhereHeadsAreSeveral()
    {
        const auto findings = findingsOf("a; b <- a; c <- a");
        QCOMPARE(findings.at(0).fixes.at(0), (Fix{"merge-heads", "Merge the heads"}));
        QCOMPARE(findings.at(0).category, std::string("chain"));
        QCOMPARE(findings.at(0).span.file, std::string("b.py"));
        QCOMPARE(findings.at(0).related.at(0).file, std::string("c.py"));
    }

    void saysThatAnIdDoesNotFitBeforeTheUpgradeFails()
    {
        const std::string longId(33, 'x');
        const auto revisions = revisionsFromText(longId);
        QCOMPARE(onlyOf(findingsOf(revisions), "revision-id-too-long").severity, Severity::High);
        QVERIFY(onlyOf(findingsOf(revisions, {}, 33), "revision-id-too-long").rule.empty());
        QVERIFY(
            onlyOf(findingsOf(revisions, {}, std::nullopt), "revision-id-too-long").rule.empty());
        // Characters count, not bytes.
        std::string umlauts;
        for (int i = 0; i < 32; ++i)
            umlauts += "ü";
        QVERIFY(
            onlyOf(findingsOf(revisionsFromText(umlauts)), "revision-id-too-long").rule.empty());
    }

    void comparesTheDocstringWithTheCode()
    {
        auto revisions = revisionsFromText("a; b <- a");
        revisions[1].docRevises = std::vector<RevisionId>{"z"};
        revisions[1].docRevisesSpan = {.file = "b.py", .line = 4};
        revisions[1].docRevisionId =
            RevisionReference{.id = "bb", .span = {.file = "b.py", .line = 3}};
        const auto findings = findingsOf(revisions);
        QCOMPARE(shown(findings),
                 QStringLiteral(
                     "low revises-line-mismatch: Revises line of b disagrees with down_revision\n"
                     "low revision-id-line-mismatch: Revision ID line of b says bb"));
        QCOMPARE(findings[0].span.line, 4);
        QCOMPARE(findings[0].related.at(0).line, 2);
        QCOMPARE(findings[1].span.line, 3);

        revisions[1].docRevises = std::vector<RevisionId>{"a"};
        revisions[1].docRevisionId->id = "b";
        revisions[0].docRevises = std::vector<RevisionId>();
        QCOMPARE(shown(findingsOf(revisions)), QString());
    }

    void comparesMergesWithoutRegardToOrder()
    {
        auto revisions = revisionsFromText("a; b <- a; c <- a; d <- b, c");
        revisions[3].docRevises = std::vector<RevisionId>{"c", "b"};
        QCOMPARE(shown(findingsOf(revisions)), QString());
    }

    void mindsANameWithoutIdOnlyWhereTheOthersCarryTheirs()
    {
        auto revisions =
            revisionsFromText("a001; a002 <- a001; a003 <- a002; a004 <- a003; a005 <- a004");
        revisions[2] = file(revisions[2], "add_users.py");
        QCOMPARE(
            shown(findingsOf(revisions)),
            QStringLiteral("info file-name-mismatch: File name of a003 does not carry its id"));
        revisions[3] = file(revisions[3], "add_orders.py");
        QCOMPARE(shown(findingsOf(revisions)), QString());
    }

    void seesAFileNamedAfterAnotherFilesRevision()
    {
        auto revisions = revisionsFromText("a001; a002 <- a001; b003 <- a002");
        revisions[2] = file(revisions[2], "a002_again.py");
        const auto findings = findingsOf(revisions);
        const Finding& finding = onlyOf(findings, "file-name-mismatch");
        QCOMPARE(finding.title, std::string("File named after a002 defines b003"));
        QCOMPARE(finding.related.at(0).file, std::string("a002.py"));
    }

    void acceptsDatesAndOtherTextsBeforeTheId()
    {
        auto revisions = revisionsFromText("ae1027a6acf0; 0001; add_users");
        revisions[0] = file(revisions[0], "v/2024_01_02_1200-ae1027a6acf0_first.py");
        revisions[1] = file(revisions[1], "v/0001.py");
        revisions[2] = file(revisions[2], "v/add_users.py");
        QVERIFY(onlyOf(findingsOf(revisions), "file-name-mismatch").rule.empty());
    }

    void hasAFindingForEveryKindOfFileProblem()
    {
        using Kind = FileProblem::Kind;
        const std::vector<std::pair<Kind, std::string>> rules{
            {Kind::Unreadable, "unreadable-file"},
            {Kind::NotUtf8, "not-utf8"},
            {Kind::SyntaxError, "syntax-error"},
            {Kind::NotARevision, "not-a-revision"},
            {Kind::NoDownRevision, "no-down-revision"},
            {Kind::ComputedIdentifier, "computed-identifier"},
            {Kind::InvalidIdentifier, "invalid-identifier"},
            {Kind::CompiledOnly, "compiled-only"},
            {Kind::TooLarge, "file-too-large"},
            {Kind::CaseCollision, "case-collision"},
            {Kind::LoadedTwice, "loaded-twice"}};
        for (const auto& [kind, rule] : rules) {
            const FileProblem problem{.kind = kind,
                                      .detail = "Fact; next step.",
                                      .span = {.file = "versions/x\ny.py", .line = 7},
                                      .revision = "r",
                                      .alembic = {}};
            const auto findings = findingsOf({}, {problem});
            QCOMPARE(findings.size(), std::size_t(1));
            QCOMPARE(findings[0].rule, rule);
            QVERIFY(findings[0].title.ends_with("x\\ny.py"));
            QCOMPARE(findings[0].span.line, 7);
            QCOMPARE(findings[0].revision, std::string("r"));
        }
    }

    void namesAFolderWhoseRevisionsAreNotRead()
    {
        Scripts scripts;
        scripts.project.root = "/p";
        scripts.project.config = "/p/alembic.ini";
        scripts.project.unreadFolders = {"/p/versions/old"};
        const auto findings = chainFindings(scripts, RevisionGraph::build({}), {});
        QCOMPARE(
            shown(findings),
            QStringLiteral("medium unread-folder: Revision files in versions/old are not read"));
        QCOMPARE(findings[0].span.file, std::string("/p/alembic.ini"));
        QVERIFY(findings[0].detail.find("recursive_version_locations") != std::string::npos);
    }

    void gradesAFileThatStopsAlembicAsCritical()
    {
        const FileProblem problem{.kind = FileProblem::Kind::SyntaxError,
                                  .detail = "Python can't read it; mend it.",
                                  .span = {.file = "x.py", .line = 3},
                                  .revision = {},
                                  .alembic = "SyntaxError"};
        const auto findings = findingsOf({}, {problem});
        QCOMPARE(findings[0].severity, Severity::Critical);
        QCOMPARE(findings[0].detail,
                 std::string("Python can't read it; mend it. Alembic stops with: SyntaxError."));
    }

    void keepsTitlesShortAndOnOneLine()
    {
        const std::string wild = std::string(300, 'x') + "\n\x1b[31m";
        auto revisions = revisionsFromText("a; b <- a");
        revisions[1].down[0].id = wild;
        revisions[1].labels = {{.id = wild, .span = {}}, {.id = wild, .span = {}}};
        revisions[0].id = std::string(200, '\x01');
        const auto findings = findingsOf(revisions);
        QVERIFY(findings.size() >= 3);
        for (const Finding& finding : findings) {
            QVERIFY2(QString::fromStdString(finding.title).size() < 90, finding.title.c_str());
            QVERIFY(finding.title.find('\n') == std::string::npos);
            QVERIFY(finding.detail.find('\x1b') == std::string::npos);
            QVERIFY(!finding.detail.empty());
        }
    }
};

int chain_findings_test(int argc, char** argv)
{
    ChainFindingsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "chain_findings_test.moc"
