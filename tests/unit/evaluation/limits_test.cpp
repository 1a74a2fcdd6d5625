// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "program_text.h"

using namespace sightglass;

class LimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void endsWhatDoesNotEnd_data()
    {
        QTest::addColumn<QString>("program");
        QTest::newRow("loop") << QStringLiteral("while True:\n    pass\n");
        QTest::newRow("recursion") << QStringLiteral("def f():\n    return f()\nf()\n");
        QTest::newRow("generator")
            << QStringLiteral("def g():\n    while True:\n        yield 1\nlist(g())\n");
        QTest::newRow("text") << QStringLiteral("x = 'a' * 10 ** 12\n");
        QTest::newRow("doubling") << QStringLiteral("x = 'ab'\nwhile True:\n    x = x + x\n");
        QTest::newRow("list") << QStringLiteral("x = [0]\nwhile True:\n    x += x\n");
        QTest::newRow("range") << QStringLiteral("list(range(10 ** 15))\n");
        QTest::newRow("nested") << QString(QLatin1String("x = ")) +
                                       QString(5000, QLatin1Char('(')) + QLatin1Char('1') +
                                       QString(5000, QLatin1Char(')')) + QLatin1Char('\n');
        QTest::newRow("caught") << QStringLiteral(
            "while True:\n    try:\n        f()\n    except BaseException:\n        pass\n");
    }

    void endsWhatDoesNotEnd()
    {
        QFETCH(QString, program);
        TextModules modules;
        const std::string outcome = outcomeOf(program.toStdString(), modules, {.steps = 20'000});
        QVERIFY2(outcome.starts_with("stops Limit: "), outcome.c_str());
    }

    void addsLongSumsWithoutDepth()
    {
        std::string sum = "x = 'a'";
        for (int n = 0; n < 3000; ++n)
            sum += " + 'b'";
        QCOMPARE(outcomeOf(sum + "\nnote(len(x))\n"), std::string("note 3001\n"));
    }

    void stopsWhenItIsAskedTo()
    {
        std::stop_source source;
        source.request_stop();
        TextModules modules;
        QCOMPARE(outcomeOf("for i in range(1000):\n    x = i\n", modules, {}, source.get_token()),
                 std::string("stops Limit: reading was stopped\n"));
    }

    void leavesRoomForTheRevisionAfterAnImportWithoutEnd()
    {
        TextModules modules;
        modules.put("app", "A = 1\nwhile True:\n    pass\n");
        QVERIFY(outcomeOf("from app import A\nnote(A)\n", modules, {.steps = 5'000})
                    .starts_with("note 1"));
    }
};

int limits_test(int argc, char** argv)
{
    LimitsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "limits_test.moc"
