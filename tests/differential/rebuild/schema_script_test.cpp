// SPDX-License-Identifier: GPL-3.0-or-later
// What a file that is written from a schema makes of an empty database, and takes away again, by
// real Alembic: for the schema that every case of tests/data/operations ends with.
#include "core/differences/differences.h"
#include "tests/differential/rebuild/rebuild_bench.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

class SchemaScriptTest : public QObject
{
    Q_OBJECT

private:
    RebuildBench m_bench;
    std::vector<MigrationCase> m_cases;
    int m_ran = 0;
    int m_noted = 0;

private Q_SLOTS:

    void initTestCase()
    {
        QString error;
        QVERIFY2(m_bench.start(error), qPrintable(error));
        m_cases = operationCases();
        QVERIFY(m_cases.size() > 100);
    }

    void aFileWrittenFromASchemaMakesItAgain_data()
    {
        QTest::addColumn<int>("number");
        // SIGHTGLASS_CASE=words runs the cases whose name or place has them.
        const QString wanted = qEnvironmentVariable("SIGHTGLASS_CASE");
        for (std::size_t i = 0; i < m_cases.size(); ++i) {
            const QString name = QString::fromStdString(m_cases[i].place + " " + m_cases[i].name);
            if (name.contains(wanted) && m_cases[i].fails.empty())
                QTest::newRow(qPrintable(name)) << static_cast<int>(i);
        }
    }

    void aFileWrittenFromASchemaMakesItAgain()
    {
        QFETCH(int, number);
        const MigrationCase& each = m_cases[static_cast<std::size_t>(number)];
        QTemporaryDir folder;
        writeProject(each, folder.path().toStdString());
        QCOMPARE(m_bench.upgrade(folder.path().toStdString()), QString());
        const Schema schema = m_bench.schema();
        const Schema nothing{.namespaces = {"public"}};
        const SchemaScript script = scriptBetween({nothing, {}}, {schema, m_bench.functions()});
        if (!script.notes.empty()) {
            ++m_noted;
            return; // it says what it can't write
        }
        ++m_ran;
        QTemporaryDir again;
        writeRevision(script, again.path());
        const QString error = m_bench.upgrade(again.path().toStdString());
        QVERIFY2(error.isEmpty(), (error.toStdString() + "\n" + script.upgrade).c_str());
        compare(schema, script.upgrade);
        const QString back = m_bench.downgrade(again.path().toStdString(), "base");
        QVERIFY2(back.isEmpty(), (back.toStdString() + "\n" + script.downgrade).c_str());
        compare(nothing, script.downgrade);
    }

    void cleanupTestCase()
    {
        qInfo("%d schemas written and made again, %d that say what they leave out", m_ran, m_noted);
    }

private:
    /// A chain of one revision with these bodies, lines as they are.
    static void writeRevision(const SchemaScript& script, const QString& folder)
    {
        MigrationCase chain;
        chain.revisions.push_back({.id = "r1"});
        writeProject(chain, folder.toStdString());
        const auto orPass = [](const std::string& body) {
            return body.empty() ? std::string("    pass\n") : body;
        };
        QFile file(folder + QStringLiteral("/versions/r1.py"));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("from alembic import op\nimport sqlalchemy as sa\n");
        file.write((importsOf(script) + "\nrevision = 'r1'\ndown_revision = None\n\n").c_str());
        file.write(("def upgrade():\n" + orPass(script.upgrade)).c_str());
        file.write(("\ndef downgrade():\n" + orPass(script.downgrade)).c_str());
    }

    void compare(const Schema& expected, const std::string& body)
    {
        std::string text;
        for (const Difference& each : differencesBetween(expected, m_bench.schema()))
            text += each.kind + " " + toText(each.object) + " " + each.part +
                    "\n  wanted: " + each.left + "\n  made:   " + each.right + "\n";
        QVERIFY2(text.empty(), (text + body).c_str());
    }
};

int schema_script_test(int argc, char** argv)
{
    SchemaScriptTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "schema_script_test.moc"
