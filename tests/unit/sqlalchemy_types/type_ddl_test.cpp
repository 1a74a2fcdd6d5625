// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/sqlalchemy_types/type_reading.h"

#include <QFile>
#include <QTest>

#include <string>
#include <vector>

using namespace sightglass;

namespace {

struct Case
{
    QString expression;
    QStringList expected; ///< of 2.0, then of 1.4 where that differs
};

std::vector<Case> readCases()
{
    std::vector<Case> cases;
    QFile file(QStringLiteral(SIGHTGLASS_TEST_DATA "/sqlalchemy/types.tsv"));
    if (!file.open(QIODevice::ReadOnly))
        return cases;
    const QStringList lines =
        QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        if (line.startsWith(QLatin1Char('#')))
            continue;
        QStringList fields = line.split(QLatin1Char('\t'));
        const QString expression = fields.takeFirst();
        cases.push_back({expression, fields});
    }
    return cases;
}

std::string readText(const char* path)
{
    QFile file(QString::fromUtf8(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

class TypeDdlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void typesCompileAsSqlalchemyWritesThem_data();
    void typesCompileAsSqlalchemyWritesThem();

private:
    TypeReading m_reading;
    std::vector<Case> m_cases;
};

void TypeDdlTest::initTestCase()
{
    m_cases = readCases();
    QVERIFY(m_cases.size() > 600);
    std::string text = readText(SIGHTGLASS_TEST_DATA "/sqlalchemy/application_types.py");
    QVERIFY(!text.empty());
    for (std::size_t index = 0; index < m_cases.size(); ++index)
        text += "\n\ndef case_" + std::to_string(index) + "():\n    return " +
                m_cases[index].expression.toStdString() + "\n";
    m_reading.run(text);
}

void TypeDdlTest::typesCompileAsSqlalchemyWritesThem_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t index = 0; index < m_cases.size(); ++index)
        QTest::newRow(m_cases[index].expression.toUtf8().constData()) << static_cast<int>(index);
}

void TypeDdlTest::typesCompileAsSqlalchemyWritesThem()
{
    QFETCH(int, index);
    const Case& current = m_cases[static_cast<std::size_t>(index)];
    const QString written =
        QString::fromStdString(m_reading.ddlOf("case_" + std::to_string(index)));
    QVERIFY2(current.expected.contains(written),
             qPrintable(written + QLatin1String(" instead of ") +
                        current.expected.join(QLatin1String(" or "))));
}

int type_ddl_test(int argc, char** argv)
{
    TypeDdlTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "type_ddl_test.moc"
