// SPDX-License-Identifier: GPL-3.0-or-later
// Every directive and construct: the replayed schema after each revision against the catalog that
// real Alembic leaves, and the SQL against what it prints. Cases stand in tests/data/operations.
#include "tests/differential/operations/case_runner.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

class CasesDifferentialTest : public QObject
{
    Q_OBJECT

private:
    CaseRunner m_runner;
    std::vector<MigrationCase> m_cases;
    std::size_t m_ran = 0;
    CaseResult m_total;
    std::vector<std::string> m_notKnown;

private Q_SLOTS:

    void initTestCase()
    {
        QString error;
        QVERIFY2(m_runner.start(error), qPrintable(error));
        const QDir folder(QStringLiteral(SIGHTGLASS_TEST_DATA "/operations"));
        for (const QString& name : folder.entryList({QStringLiteral("*.cases")}, QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QFile::ReadOnly));
            for (MigrationCase& each :
                 casesFromText(file.readAll().toStdString(), name.toStdString()))
                m_cases.push_back(std::move(each));
        }
        QVERIFY(!m_cases.empty());
    }

    void theReplayedSchemaAndTheSqlAreThoseOfRealAlembic_data()
    {
        QTest::addColumn<int>("number");
        // SIGHTGLASS_CASE=words runs the cases whose name or place has them.
        const QString wanted = qEnvironmentVariable("SIGHTGLASS_CASE");
        for (std::size_t i = 0; i < m_cases.size(); ++i) {
            const QString name = QString::fromStdString(m_cases[i].place + " " + m_cases[i].name);
            if (name.contains(wanted))
                QTest::newRow(qPrintable(name)) << static_cast<int>(i);
        }
    }

    void theReplayedSchemaAndTheSqlAreThoseOfRealAlembic()
    {
        QFETCH(int, number);
        const MigrationCase& each = m_cases[static_cast<std::size_t>(number)];
        const CaseResult result = m_runner.run(each);
        count(each, result);
        if (!each.open.empty())
            QEXPECT_FAIL("", each.open.c_str(), Continue);
        QVERIFY2(result.disagreements.empty(), describe(each, result).c_str());
    }

    void cleanupTestCase()
    {
        qInfo("%zu cases, %zu revisions, %zu downgrades and %zu statements compared, %zu doubted",
              m_ran,
              m_total.revisionsCompared,
              m_total.downgradesCompared,
              m_total.statementsCompared,
              m_total.doubted);
        // Right but timid: what was read well, and reading does not trust it.
        for (const std::string& line : m_notKnown)
            qInfo("%s", line.c_str());
    }

private:
    void count(const MigrationCase& each, const CaseResult& result)
    {
        ++m_ran;
        m_total.revisionsCompared += result.revisionsCompared;
        m_total.downgradesCompared += result.downgradesCompared;
        m_total.statementsCompared += result.statementsCompared;
        m_total.doubted += result.doubted;
        const std::string where = each.place + " " + each.name;
        if (result.verdictNotKnown)
            m_notKnown.push_back("verdict not known: " + where);
        if (each.doubts.empty()) {
            for (const std::string& doubt : result.doubts)
                m_notKnown.push_back("doubt: " + where + ": " + doubt);
        }
    }
};

int cases_differential_test(int argc, char** argv)
{
    CasesDifferentialTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "cases_differential_test.moc"
