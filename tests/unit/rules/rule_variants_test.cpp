// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include "corpus_row.h"

using namespace sightglass;

/// Guards, versions and what is not known: each line of rule-variants.tsv names one rule and
/// whether it is reported.
class RuleVariantsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theRuleIsReportedWhereItShouldBe_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<bool>("reported");
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("context");
        QFile file(QStringLiteral(SIGHTGLASS_TEST_DATA "/rules/rule-variants.tsv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        int number = 1;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        for (const QString& line : lines.mid(1)) {
            ++number;
            const QStringList cells = line.split(QLatin1Char('\t'));
            if (cells.size() < 4)
                continue;
            const QString name = QStringLiteral("%1 %2").arg(number).arg(cells[0]);
            QTest::newRow(qPrintable(name))
                << cells[0] << (cells[1] == QLatin1String("yes")) << cells[2] << cells[3];
        }
    }

    void theRuleIsReportedWhereItShouldBe()
    {
        QFETCH(QString, rule);
        QFETCH(bool, reported);
        QFETCH(QString, sql);
        QFETCH(QString, context);
        test::CorpusRow row = test::rowWith(context);
        row.input.text = sql.toStdString();
        row.input.file = "variant.sql";
        const auto rules = test::reportedRules(row);
        const std::string words = sql.toStdString() + " | " + context.toStdString();
        QVERIFY2(rules.contains(rule.toStdString()) == reported, words.c_str());
    }
};

int rule_variants_test(int argc, char** argv)
{
    RuleVariantsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "rule_variants_test.moc"
