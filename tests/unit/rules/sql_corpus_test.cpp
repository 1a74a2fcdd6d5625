// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "corpus_row.h"

using namespace sightglass;

namespace {

std::string joined(const std::set<std::string>& rules)
{
    std::string text;
    for (const std::string& rule : rules)
        text += (text.empty() ? "" : ",") + rule;
    return text.empty() ? "none" : text;
}

/// What a peer says of style and time-outs is no alarm.
bool isSafetyRule(const std::string& rule)
{
    static const std::set<std::string> others{"prefer-robust-stmts",
                                              "require-lock-timeout",
                                              "require-statement-timeout",
                                              "prefer-text-field",
                                              "prefer-bigint-over-int",
                                              "prefer-bigint-over-smallint",
                                              "prefer-identity",
                                              "prefer-timestamp-tz",
                                              "ban-char-field",
                                              "require-table-schema",
                                              "missing-application-name",
                                              "missing-idle-timeout",
                                              "missing-lock-timeout",
                                              "missing-statement-timeout",
                                              "prefer-timestamptz",
                                              "add-column-json",
                                              "require-enum-value-ordering"};
    return !others.contains(rule) && !rule.ends_with("~") && !rule.starts_with("prefer-robust");
}

} // namespace

class SqlCorpusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// SIGHTGLASS_ROW=R001 runs one line; SIGHTGLASS_RULE=drop-table those that name a rule.
    void exactlyTheExpectedRulesAreReported()
    {
        const QByteArray onlyRow = qgetenv("SIGHTGLASS_ROW");
        const QByteArray onlyRule = qgetenv("SIGHTGLASS_RULE");
        int total = 0;
        int exact = 0;
        int harmless = 0;
        int alarms = 0;
        int silent = 0;
        for (const test::CorpusRow& row : test::readCorpus()) {
            if (!onlyRow.isEmpty() && onlyRow.toStdString() != row.id)
                continue;
            const std::set<std::string> reported = test::reportedRules(row);
            const std::string rule = onlyRule.toStdString();
            if (!rule.empty() && !row.expected.contains(rule) && !reported.contains(rule))
                continue;
            ++total;
            harmless += row.expected.empty() ? 1 : 0;
            alarms += row.expected.empty() && !reported.empty() ? 1 : 0;
            const bool peerFires = std::ranges::any_of(row.squawk, isSafetyRule) ||
                                   std::ranges::any_of(row.pgfence, isSafetyRule);
            if (reported.empty() && !row.expected.empty() && peerFires) {
                ++silent;
                qInfo("%s is silent where another linter is not", row.id.c_str());
            }
            if (reported == row.expected) {
                ++exact;
                continue;
            }
            qInfo("%s\n  %s\n  expected %s\n  reported %s\n  %s",
                  row.id.c_str(),
                  row.sql.c_str(),
                  joined(row.expected).c_str(),
                  joined(reported).c_str(),
                  row.note.c_str());
        }
        qInfo(
            "%d of %d lines exact; %d alarms on %d harmless lines; %d silent where others are not",
            exact,
            total,
            alarms,
            harmless,
            silent);
        QVERIFY(total > 0);
        if (!onlyRow.isEmpty() || !onlyRule.isEmpty()) {
            QCOMPARE(exact, total);
            return;
        }
        QVERIFY(exact * 100 >= total * 98);
        QVERIFY(alarms * 100 <= harmless);
        QCOMPARE(silent, 0);
    }
};

int sql_corpus_test(int argc, char** argv)
{
    SqlCorpusTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sql_corpus_test.moc"
