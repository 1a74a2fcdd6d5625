// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_constant.h"

#include <QTest>

#include <string>

using namespace sightglass;
using namespace sightglass::canonical;

namespace {

std::string shown(const std::optional<std::string>& text)
{
    return text.value_or("none");
}

} // namespace

class ConstantsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void jsonbSortsKeysByLengthAndKeepsTheLast()
    {
        QCOMPARE(shown(jsonbText(R"( {"bb":1,"a":2,"a":3,"c":{}} )")),
                 std::string(R"({"a": 3, "c": {}, "bb": 1})"));
        QCOMPARE(shown(jsonbText(R"([1.50, 1e2, -0, "\u00e9\n/\/", true, null])")),
                 std::string("[1.50, 100, 0, \"é\\n//\", true, null]"));
        QCOMPARE(shown(jsonbText(R"("\ud83d\ude00")")), std::string("\"😀\""));
    }

    void badJsonIsNone_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* const text : {"",
                                       "{",
                                       "[1,]",
                                       "{\"a\"}",
                                       "{a: 1}",
                                       "'a'",
                                       "01",
                                       "1.",
                                       "\"\\x\"",
                                       "\"\\u12\"",
                                       "\"\\ud800\"",
                                       "\"a",
                                       "nul",
                                       "1 2"})
            QTest::addRow("%s", text) << QString::fromUtf8(text);
    }

    void badJsonIsNone()
    {
        QFETCH(const QString, text);
        QVERIFY(!jsonbText(text.toStdString()));
        QVERIFY(!isJson(text.toStdString()));
    }

    void deepJsonIsNotRead()
    {
        const std::size_t depth = 100'000;
        QVERIFY(!jsonbText(std::string(depth, '[') + std::string(depth, ']')));
    }

    void numbersKeepTheirScale()
    {
        QCOMPARE(shown(numericText("1.50")), std::string("1.50"));
        QCOMPARE(shown(numericText("-.5")), std::string("-0.5"));
        QCOMPARE(shown(numericText("0012")), std::string("12"));
        QCOMPARE(shown(numericText("1.5e3")), std::string("1500"));
        QCOMPARE(shown(numericText("15e-4")), std::string("0.0015"));
        QCOMPARE(shown(numericText("-0.00")), std::string("0.00"));
        QVERIFY(!numericText("1e99999999999"));
        QVERIFY(!numericText("1x"));
        QVERIFY(!numericText(""));
    }

    void spansAreAddedUp()
    {
        QCOMPARE(shown(intervalText("1 day", -1)), std::string("1 day"));
        QCOMPARE(shown(intervalText("90 minutes", -1)), std::string("01:30:00"));
        QCOMPARE(shown(intervalText("14 months 2 weeks", -1)),
                 std::string("1 year 2 mons 14 days"));
        QCOMPARE(shown(intervalText("-1 day 02:03:04.5", -1)), std::string("-1 days +02:03:04.5"));
        QCOMPARE(shown(intervalText("1 hour ago", -1)), std::string("-01:00:00"));
        QCOMPARE(shown(intervalText("1 day, 0:00:00", -1)), std::string("none"));
        QCOMPARE(shown(intervalText("0", -1)), std::string("00:00:00"));
        QCOMPARE(shown(intervalText("99999999999999999999 days", -1)), std::string("none"));
        QCOMPARE(shown(intervalText("", -1)), std::string("none"));
    }

    void onlyIsoDatesAreRead()
    {
        QCOMPARE(shown(dateText("2024-02-29")), std::string("2024-02-29"));
        QCOMPARE(shown(dateText("2023-02-29")), std::string("none"));
        QCOMPARE(shown(dateText("01/02/2023")), std::string("none"));
        QCOMPARE(shown(timestampText("2023-01-02t03:04:05.600", 6)),
                 std::string("2023-01-02 03:04:05.6"));
        QCOMPARE(shown(timestampText("2023-01-02 03:04:05+01", 6)), std::string("none"));
        QCOMPARE(shown(timeText("7:05", 6)), std::string("07:05:00"));
        QVERIFY(isMoment("now()"));
        QVERIFY(!isMoment("noon"));
    }
};

int constants_test(int argc, char** argv)
{
    ConstantsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "constants_test.moc"
