// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/suppressions.h"

#include <QTest>

using namespace sightglass;

namespace {

Finding findingAt(const std::string& rule, int line, int endLine = 0)
{
    Finding finding;
    finding.rule = rule;
    finding.title = "Something";
    finding.span = {.file = "a.py", .line = line, .endLine = endLine == 0 ? line : endLine};
    return finding;
}

std::vector<Finding> applied(std::string_view text, std::vector<Finding> findings)
{
    applySuppressions(readSuppressions(text, "a.py"), true, findings);
    return findings;
}

} // namespace

class SuppressionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCommentOnTheLineTakesItsFindingBack()
    {
        const auto findings = applied("x\nop.drop_table('a')  # danger-ok: drop-table moved to b\n",
                                      {findingAt("drop-table", 2)});
        QCOMPARE(findings.size(), std::size_t(1));
        QCOMPARE(findings[0].suppressed, std::string("moved to b"));
    }

    void aCommentAboveHoldsForTheStatementBelow()
    {
        const auto findings =
            applied("# danger-ok: drop-table, drop-cascade moved to b\n# more words\nop.drop_table(\n  'a')\n",
                    {findingAt("drop-table", 3, 4), findingAt("drop-cascade", 3, 4)});
        QCOMPARE(findings.size(), std::size_t(2));
        QCOMPARE(findings[0].suppressed, std::string("moved to b"));
        QCOMPARE(findings[1].suppressed, std::string("moved to b"));
    }

    void otherRulesAndOtherLinesStay()
    {
        const auto findings = applied("# danger-ok: drop-table moved\nop.drop_table('a')\n\nop.drop_table('b')\n",
                                      {findingAt("drop-table", 2),
                                       findingAt("drop-column", 2),
                                       findingAt("drop-table", 4)});
        QVERIFY(!findings[0].suppressed.empty());
        QVERIFY(findings[1].suppressed.empty());
        QVERIFY(findings[2].suppressed.empty());
    }

    void theWholeFileCanBeNamed()
    {
        const auto findings = applied("# danger-ok-file: drop-table old module\n\n\nop.drop_table('a')\n",
                                      {findingAt("drop-table", 4)});
        QCOMPARE(findings[0].suppressed, std::string("old module"));
    }

    void withoutReasonItDoesNothingAndIsReported()
    {
        const auto findings =
            applied("op.drop_table('a')  # danger-ok: drop-table\n", {findingAt("drop-table", 1)});
        QCOMPARE(findings.size(), std::size_t(2));
        QVERIFY(findings[0].suppressed.empty());
        QCOMPARE(findings[1].rule, std::string("unused-suppression"));
    }

    void withoutEffectItIsReported()
    {
        const auto findings = applied("# danger-ok: drop-table was here once\npass\n", {});
        QCOMPARE(findings.size(), std::size_t(1));
        QCOMPARE(findings[0].span.line, 1);
    }

    void anUnknownRuleIsReported()
    {
        const auto findings = applied("# danger-ok: drop-tabel a typo\nop.drop_table('a')\n",
                                      {findingAt("drop-table", 2)});
        QCOMPARE(findings.size(), std::size_t(2));
        QVERIFY(findings[0].suppressed.empty());
        QVERIFY(findings[1].title.find("drop-tabel") != std::string::npos);
    }

    void textInQuotesIsNoComment()
    {
        QVERIFY(readSuppressions("x = '# danger-ok: drop-table no comment'\n", "a.py").empty());
    }

    void sqlCommentsCount()
    {
        const auto found = readSuppressions("DROP TABLE a; -- danger-ok: drop-table moved\n", "a.sql");
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].reason, std::string("moved"));
    }
};

int suppressions_test(int argc, char** argv)
{
    SuppressionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "suppressions_test.moc"
