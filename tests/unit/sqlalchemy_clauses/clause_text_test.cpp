// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/sqlalchemy_clauses/clause_reading.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace sightglass;

namespace {

QString data(const char* name)
{
    QFile file(QStringLiteral(SIGHTGLASS_TEST_DATA "/sqlalchemy/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// White space is SQLAlchemy's taste.
QString normal(QString text)
{
    return text.replace(QRegularExpression(QStringLiteral("\\s+")), QStringLiteral(" "))
        .replace(QStringLiteral("( "), QStringLiteral("("))
        .replace(QStringLiteral(" )"), QStringLiteral(")"))
        .trimmed();
}

struct Row
{
    QString python;
    QString sql;
    QString error;
};

std::vector<Row> rows()
{
    std::vector<Row> made;
    const auto document = QJsonDocument::fromJson(data("expressions.json").toUtf8());
    for (const auto& each : document.object().value(QStringLiteral("rows")).toArray()) {
        const QJsonObject row = each.toObject();
        made.push_back({.python = row.value(QStringLiteral("python")).toString(),
                        .sql = row.value(QStringLiteral("sql")).toString(),
                        .error = row.value(QStringLiteral("error")).toString()});
    }
    return made;
}

std::string moduleText(const std::vector<Row>& rows)
{
    std::string text = data("prelude.py").toStdString();
    for (std::size_t i = 0; i < rows.size(); ++i)
        text += "\ndef e" + std::to_string(i) + "():\n    return " + rows[i].python.toStdString() +
                "\n";
    return text;
}

} // namespace

class ClauseTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void writesWhatSqlalchemyWrites_data()
    {
        m_rows = rows();
        m_reading = std::make_unique<ClauseReading>(moduleText(m_rows));
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_rows[i].error.isEmpty())
                QTest::addRow("%s", qPrintable(m_rows[i].python)) << static_cast<int>(i);
        }
    }

    void writesWhatSqlalchemyWrites()
    {
        QCOMPARE(QString::fromStdString(m_reading->error()), QString());
        QFETCH(int, index);
        const Row& row = m_rows[static_cast<std::size_t>(index)];
        const std::string text = m_reading->textOf("e" + std::to_string(index));
        QCOMPARE(normal(QString::fromStdString(text)), normal(row.sql));
    }

    void hasSeveralHundredExpressionsToCompare() { QVERIFY(rows().size() > 300); }

    void writesBareColumnsInDefinitions()
    {
        ClauseReading reading(data("prelude.py").toStdString() +
                              "\ndef made():\n    return sa.and_(t.c.id > 5, t.c.name != None)\n");
        const SqlText text = reading.clause("made")->compile({});
        QVERIFY(text.isKnown());
        QCOMPARE(QString::fromStdString(text.value()),
                 QStringLiteral("id > 5 AND name IS NOT NULL"));
    }

    void leavesBindParametersWithoutValueAsTheyAre()
    {
        ClauseReading reading(
            "import sqlalchemy as sa\n"
            "def made():\n    return sa.text(\"a = :x AND b = :y\").bindparams(x=1)\n");
        QCOMPARE(QString::fromStdString(reading.textOf("made")),
                 QStringLiteral("a = 1 AND b = :y"));
        QCOMPARE(reading.clause("made")->openParameters(), std::vector<std::string>{"y"});
    }

    void isUnknownWhereAValueIs()
    {
        ClauseReading reading("import sqlalchemy as sa, os\n"
                              "def made():\n    return sa.column('a') == os.environ['X']\n");
        QVERIFY(QString::fromStdString(reading.textOf("made")).startsWith(QLatin1String("? ")));
    }

    void stopsAtExpressionsThatAreTooLarge_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<int>("times");
        QTest::newRow("calls") << QStringLiteral("sa.func.f(x)") << 20000;
        QTest::newRow("sums that double") << QStringLiteral("x + x") << 60;
        QTest::newRow("labels") << QStringLiteral("x.label('y')") << 20000;
        QTest::newRow("subqueries") << QStringLiteral("sa.select(x).scalar_subquery()") << 5000;
        QTest::newRow("windows") << QStringLiteral("sa.func.f().over(order_by=x)") << 5000;
        QTest::newRow("filters") << QStringLiteral("sa.func.f().filter(x == x)") << 60;
        QTest::newRow("cases") << QStringLiteral("sa.case((x == 1, x), else_=x)") << 60;
    }

    void stopsAtExpressionsThatAreTooLarge()
    {
        QFETCH(QString, step);
        QFETCH(int, times);
        ClauseReading reading("import sqlalchemy as sa\n"
                              "def made():\n"
                              "    x = sa.column('a')\n"
                              "    for i in range(" +
                              std::to_string(times) + "):\n        x = " + step.toStdString() +
                              "\n    return sa.update(sa.table('t')).values(y=x).where(x == 1)\n");
        const std::string text = reading.textOf("made");
        QVERIFY2(text.starts_with("? "), text.substr(0, 200).c_str());
        QVERIFY2(text.find("nested too deeply") != std::string::npos, text.substr(0, 200).c_str());
    }

    void stopsAtTablesThatAreJoinedTooOften()
    {
        ClauseReading reading("import sqlalchemy as sa\n"
                              "def made():\n"
                              "    x = sa.table('t', sa.column('a'))\n"
                              "    y = x\n"
                              "    for i in range(5000):\n"
                              "        y = y.join(x, sa.text('true'))\n"
                              "    z = x\n"
                              "    for i in range(5000):\n"
                              "        z = z.alias('q')\n"
                              "    return sa.select(x.c.a, z.c.get).select_from(y).select_from(z)\n"
                              "def other():\n"
                              "    x = sa.select(sa.column('a'))\n"
                              "    for i in range(5000):\n"
                              "        x = sa.select(x.subquery('q'))\n"
                              "    return x\n");
        QVERIFY(!reading.textOf("made").starts_with("SELECT"));
        QVERIFY(reading.textOf("other").starts_with("? "));
    }

private:
    std::vector<Row> m_rows;
    std::unique_ptr<ClauseReading> m_reading;
};

int clause_text_test(int argc, char** argv)
{
    ClauseTextTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "clause_text_test.moc"
