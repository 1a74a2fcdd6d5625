// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/review_report.h"
#include "core/review/sql_review.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sightglass;

namespace {

ReviewReport report()
{
    SqlReviewInput input;
    input.file = "a & b,50%.sql";
    input.text = "DROP TABLE \"odd|name\";\nDROP TABLE orders;\n";
    ReviewReport result{.range = input.file, .root = {}};
    result.result = reviewSql(std::move(input), {});
    result.result.revisions.front().findings.front().suppressed = "moved to `b`";
    return result;
}

QJsonObject sarif()
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(reviewSarif(report()))).object();
}

} // namespace

class ReviewReportsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sarifHasWhatItsReadersNeed()
    {
        const QJsonObject document = sarif();
        QCOMPARE(document[QStringLiteral("version")].toString(), QStringLiteral("2.1.0"));
        const QJsonObject run = document[QStringLiteral("runs")].toArray().first().toObject();
        const QJsonArray rules = run[QStringLiteral("tool")]
                                     .toObject()[QStringLiteral("driver")]
                                     .toObject()[QStringLiteral("rules")]
                                     .toArray();
        const QJsonArray results = run[QStringLiteral("results")].toArray();
        QVERIFY(results.size() >= 2);
        for (const QJsonValue& each : results) {
            const QJsonObject result = each.toObject();
            const int index = result[QStringLiteral("ruleIndex")].toInt(-1);
            QVERIFY(index >= 0 && index < rules.size());
            QCOMPARE(rules[index].toObject()[QStringLiteral("id")], result[QStringLiteral("ruleId")]);
            QVERIFY(!result[QStringLiteral("message")].toObject()[QStringLiteral("text")].toString().isEmpty());
            const QJsonObject region = result[QStringLiteral("locations")]
                                           .toArray()
                                           .first()
                                           .toObject()[QStringLiteral("physicalLocation")]
                                           .toObject()[QStringLiteral("region")]
                                           .toObject();
            QVERIFY(region[QStringLiteral("startLine")].toInt() >= 1);
        }
    }

    void sarifMarksWhatWasTakenBack()
    {
        const QJsonObject run = sarif()[QStringLiteral("runs")].toArray().first().toObject();
        int marked = 0;
        for (const QJsonValue& each : run[QStringLiteral("results")].toArray())
            marked += each.toObject().contains(QStringLiteral("suppressions")) ? 1 : 0;
        QCOMPARE(marked, 1);
    }

    void filesOfSarifAreReferencesThatABrowserTakes()
    {
        QVERIFY(reviewSarif(report()).find("a%20%26%20b%2C50%25.sql") != std::string::npos);
    }

    void annotationsEscapeWhatWouldEndThem()
    {
        const std::string text = reviewGithub(report());
        QVERIFY2(text.find("file=a & b%2C50%25.sql,line=2") != std::string::npos, text.c_str());
        QVERIFY2(text.find("odd|name") == std::string::npos, "what was taken back is no annotation");
    }

    void markdownShowsNamesAsTheyAre()
    {
        const std::string text = reviewMarkdown(report());
        QVERIFY2(text.find("`drop-table`") != std::string::npos, text.c_str());
        QVERIFY2(text.find("Taken back") != std::string::npos, text.c_str());
    }

    void theTextCountsBySeverity()
    {
        const std::string text = reviewText(report());
        QVERIFY2(text.starts_with("1 revision reviewed: 1 critical"), text.c_str());
        QVERIFY2(text.find("1 taken back with a reason") != std::string::npos, text.c_str());
    }
};

int review_reports_test(int argc, char** argv)
{
    ReviewReportsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "review_reports_test.moc"
