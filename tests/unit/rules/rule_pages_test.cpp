// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/pages.h"
#include "core/rules/rule.h"

#include <QRegularExpression>
#include <QTest>

#include "corpus_row.h"
#include "python_review.h"

using namespace sightglass;

namespace {

constexpr std::array headings{"## What happens",
                              "## Why it hurts",
                              "## Bad",
                              "## Good",
                              "## Safe steps",
                              "## PostgreSQL versions",
                              "## Lock"};

/// An example of a page: its language, its text, and what is known around it.
struct Example
{
    QString language;
    QString text;
    QString context;
};

std::optional<Example> exampleUnder(const QString& page, const QString& heading)
{
    const auto begin = page.indexOf(heading + QLatin1Char('\n'));
    if (begin < 0)
        return std::nullopt;
    const auto end = page.indexOf(QStringLiteral("\n## "), begin + heading.size());
    const QString section = page.mid(begin, end < 0 ? -1 : end - begin);
    static const QRegularExpression block(QStringLiteral("```(python|sql)\\n(.*?)```"),
                                          QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression comment(QStringLiteral("<!-- context: (.*?) -->"),
                                            QRegularExpression::DotMatchesEverythingOption);
    const auto found = block.match(section);
    if (!found.hasMatch())
        return std::nullopt;
    return Example{.language = found.captured(1),
                   .text = found.captured(2),
                   .context = comment.match(section).captured(1)};
}

ReviewResult reviewed(const Example& example, const Rule& rule)
{
    test::CorpusRow row = test::rowWith(example.context);
    row.input.rules.enabled.insert(std::string(rule.id));
    if (example.language == QLatin1String("sql")) {
        row.input.text = example.text.toStdString();
        row.input.file = "example.sql";
        return reviewSql(row.input, {});
    }
    test::PythonReviewInput input;
    input.upgrade = example.text.trimmed().toStdString();
    input.prior = row.input.prior;
    input.priorIsComplete = row.input.priorIsComplete;
    input.live = row.input.live;
    input.graph = row.graph;
    input.alembicVersion = row.alembicVersion;
    input.transactionPerMigration = row.input.transactionPerMigration;
    input.facts = row.input.facts;
    input.rules = row.input.rules;
    input.protectedTables = row.input.protectedTables;
    return test::reviewPython(input);
}

bool reports(const ReviewResult& result, std::string_view rule)
{
    const auto isIt = [&](const Finding& finding) { return finding.rule == rule; };
    if (std::ranges::any_of(result.findings, isIt))
        return true;
    return std::ranges::any_of(result.revisions, [&](const ReviewedRevision& revision) {
        return std::ranges::any_of(revision.findings, isIt);
    });
}

QString pageOf(const Rule& rule)
{
    return QString::fromUtf8(rulePage(rule.id).data(),
                             static_cast<qsizetype>(rulePage(rule.id).size()));
}

} // namespace

class RulePagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyRuleHasAWholePage_data() { rules(); }

    void everyRuleHasAWholePage()
    {
        QFETCH(QString, id);
        const Rule& rule = *findRule(id.toStdString());
        const QString page = pageOf(rule);
        QVERIFY2(!page.isEmpty(), "there is no page");
        QVERIFY2(page.contains(
                     QStringLiteral("`%1` · %2 · %3 · %4 by default")
                         .arg(id,
                              text(toText(rule.category)),
                              text(toText(rule.severity)),
                              rule.onByDefault ? QStringLiteral("on") : QStringLiteral("off"))),
                 "its second line says something else than the rule");
        for (const char* const heading : headings)
            QVERIFY2(page.contains(QLatin1String(heading)), heading);
    }

    void theBadExampleIsReportedAndTheGoodOneIsNot_data() { rules(); }

    void theBadExampleIsReportedAndTheGoodOneIsNot()
    {
        QFETCH(QString, id);
        const Rule& rule = *findRule(id.toStdString());
        const QString page = pageOf(rule);
        const auto bad = exampleUnder(page, QStringLiteral("## Bad"));
        const auto good = exampleUnder(page, QStringLiteral("## Good"));
        QVERIFY2(bad, "no bad example");
        QVERIFY2(good, "no good example");
        QVERIFY2(reports(reviewed(*bad, rule), rule.id), "the bad example is not reported");
        QVERIFY2(!reports(reviewed(*good, rule), rule.id), "the good example is reported");
    }

private:
    static QString text(std::string_view view)
    {
        return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
    }

    static void rules()
    {
        QTest::addColumn<QString>("id");
        for (const Rule* const rule : ruleTable())
            QTest::newRow(rule->id.data()) << text(rule->id);
    }
};

int rule_pages_test(int argc, char** argv)
{
    RulePagesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "rule_pages_test.moc"
