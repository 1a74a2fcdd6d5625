// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include <algorithm>
#include <set>

#include "python_review.h"

using namespace sightglass;

namespace {

struct AlembicRow
{
    std::string id;
    std::set<std::string> expected;
    std::string note;
    test::PythonReviewInput input;
};

std::set<std::string> names(const QString& text)
{
    std::set<std::string> result;
    for (const QString& each : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (each.trimmed() != QLatin1String("none"))
            result.insert(each.trimmed().toStdString());
    }
    return result;
}

std::string body(QString text)
{
    return text.replace(QStringLiteral("\\n"), QStringLiteral("\n")).toStdString();
}

void takeContext(AlembicRow& row, const QString& key, const QString& value)
{
    const std::string text = value.toStdString();
    if (key == QLatin1String("prior"))
        row.input.prior = text;
    else if (key == QLatin1String("chain"))
        row.input.priorIsComplete = value == QLatin1String("complete");
    else if (key == QLatin1String("live"))
        row.input.live = text;
    else if (key == QLatin1String("graph"))
        row.input.graph = text;
    else if (key == QLatin1String("alembic"))
        row.input.alembicVersion = text;
    else
        qFatal("%s: no such context: %s", row.id.c_str(), qPrintable(key));
}

AlembicRow rowOf(const QStringList& cells)
{
    AlembicRow row;
    row.id = cells.value(0).toStdString();
    row.input.upgrade = body(cells.value(1));
    row.input.downgrade = body(cells.value(2));
    row.expected = names(cells.value(4));
    row.note = cells.value(5).toStdString();
    for (const QString& entry : cells.value(6).split(QStringLiteral(" || "), Qt::SkipEmptyParts)) {
        const auto equals = entry.indexOf(QLatin1Char('='));
        takeContext(row, entry.left(equals).trimmed(), entry.mid(equals + 1).trimmed());
    }
    return row;
}

std::set<std::string> reported(const AlembicRow& row)
{
    const ReviewResult result = test::reviewPython(row.input);
    std::set<std::string> rules;
    for (const ReviewedRevision& revision : result.revisions) {
        for (const Finding& finding : revision.findings)
            rules.insert(finding.rule);
    }
    for (const Finding& finding : result.findings)
        rules.insert(finding.rule);
    return rules;
}

std::string joined(const std::set<std::string>& rules)
{
    std::string text;
    for (const std::string& rule : rules)
        text += (text.empty() ? "" : ",") + rule;
    return text.empty() ? "none" : text;
}

} // namespace

class AlembicCorpusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// SIGHTGLASS_ROW=A001 runs one line.
    void exactlyTheExpectedRulesAreReported()
    {
        QFile file(QStringLiteral(SIGHTGLASS_TEST_DATA "/rules/rules-corpus-alembic.tsv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray only = qgetenv("SIGHTGLASS_ROW");
        int total = 0;
        int exact = 0;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        for (const QString& line : lines.mid(1)) {
            if (line.isEmpty())
                continue;
            const AlembicRow row = rowOf(line.split(QLatin1Char('\t')));
            if (!only.isEmpty() && only.toStdString() != row.id)
                continue;
            ++total;
            const std::set<std::string> found = reported(row);
            if (found == row.expected) {
                ++exact;
                continue;
            }
            qInfo("%s\n  %s\n  expected %s\n  reported %s\n  %s",
                  row.id.c_str(),
                  row.input.upgrade.c_str(),
                  joined(row.expected).c_str(),
                  joined(found).c_str(),
                  row.note.c_str());
        }
        qInfo("%d of %d lines exact", exact, total);
        QVERIFY(total > 0);
        QVERIFY(exact * 100 >= total * 98);
    }
};

int alembic_corpus_test(int argc, char** argv)
{
    AlembicCorpusTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "alembic_corpus_test.moc"
