// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/execute_text.h"

#include <QStringList>
#include <QTest>

using namespace sightglass;

namespace {

QString marksOf(std::string_view text)
{
    QStringList names;
    for (const BindMark& mark : bindMarks(text))
        names.append(QString::fromStdString(mark.name));
    return names.join(QLatin1Char(' '));
}

} // namespace

class SqlTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void findsTheBindParametersThatTextFinds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("names");
        const auto row = [](const char* text, const char* names) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(names);
        };
        row("SELECT :a, :b_2", "a b_2");
        row("SELECT '12:30'", "");
        row("SELECT x::int", "");
        row("SELECT ':x'", "x");
        row("SELECT ' :foo'", "foo");
        row("SELECT '\\:x'", "");
        row("SELECT :a::int", "");
        row("x:y :z", "z");
        row("SELECT :ab:c", "");
        row("SELECT :", "");
        row("é:x", "");
        row("(:x)", "x");
    }

    void findsTheBindParametersThatTextFinds()
    {
        QFETCH(QString, text);
        QFETCH(QString, names);
        QCOMPARE(marksOf(text.toStdString()), names);
    }

    void takesTheBackslashOffAColon()
    {
        QCOMPARE(withoutColonEscapes("a \\:b \\:\\: c"), std::string("a :b :: c"));
        QCOMPARE(withoutColonEscapes("\\:a:b"), std::string("\\:a:b"));
        QCOMPARE(withoutColonEscapes("a \\n"), std::string("a \\n"));
    }

    void findsTheDriversParameters()
    {
        const auto marks = driverMarks("a %s b %% %(name)s 'x%'");
        QCOMPARE(marks.size(), std::size_t{2});
        QCOMPARE(marks[0].name, std::string());
        QCOMPARE(marks[1].name, std::string("name"));
        QCOMPARE(withoutPercentEscapes("a %% b 'x%'"), std::string("a % b 'x%'"));
    }
};

int sql_text_test(int argc, char** argv)
{
    SqlTextTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sql_text_test.moc"
