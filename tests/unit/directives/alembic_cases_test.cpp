// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include "directive_reading.h"

namespace sightglass::tests {
namespace {

struct Case
{
    QString name;
    QString body;
    QString expected;
};

/// Bodies of upgrade() with what Alembic 1.8.1 and SQLAlchemy 1.4.46 printed for them offline.
QList<Case> readCases()
{
    QFile file(QStringLiteral(SIGHTGLASS_TEST_DATA "/directives/alembic.cases"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<Case> cases;
    for (const QString& block : (QStringLiteral("\n") + QString::fromUtf8(file.readAll()))
                                    .split(QStringLiteral("\n=== "), Qt::SkipEmptyParts)) {
        const qsizetype line = block.indexOf(QLatin1Char('\n'));
        const qsizetype rule = block.indexOf(QStringLiteral("\n---\n"));
        cases.append({block.left(line), block.mid(line + 1, rule - line - 1), block.mid(rule + 5)});
    }
    return cases;
}

/// The first line of a case may be `#convention {'uq': '…', …}`.
NamingConvention conventionOf(const QString& body)
{
    const QString mark = QStringLiteral("#convention {");
    if (!body.startsWith(mark))
        return defaultNamingConvention();
    NamingConvention convention;
    const QString line = body.section(QLatin1Char('\n'), 0, 0);
    const QStringList quoted = line.split(QLatin1Char('\''));
    for (qsizetype i = 1; i + 2 < quoted.size(); i += 4)
        convention.insert_or_assign(quoted[i].toStdString(), quoted[i + 2].toStdString());
    return convention;
}

} // namespace

class AlembicCasesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void directivesSendWhatAlembicSends_data();
    void directivesSendWhatAlembicSends();
};

void AlembicCasesTest::directivesSendWhatAlembicSends_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("expected");
    const QList<Case> cases = readCases();
    QVERIFY2(cases.size() >= 60, "the file of cases is missing");
    for (const Case& each : cases)
        QTest::newRow(qPrintable(each.name)) << each.body << each.expected;
}

void AlembicCasesTest::directivesSendWhatAlembicSends()
{
    QFETCH(const QString, body);
    QFETCH(const QString, expected);
    Surroundings surroundings;
    surroundings.convention = conventionOf(body);
    surroundings.offline = true;
    const RevisionReading reading = readText(revisionOf(body.toStdString()), surroundings);
    QCOMPARE(statementsOf(reading).join(QStringLiteral("\n")),
             statementsOf(expected.toStdString()).join(QStringLiteral("\n")));
}

} // namespace sightglass::tests

int alembic_cases_test(int argc, char** argv)
{
    sightglass::tests::AlembicCasesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "alembic_cases_test.moc"
