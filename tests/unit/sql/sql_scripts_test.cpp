// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/operation.h"
#include "tests/unit/sql/change_lines.h"

#include <QFile>
#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

class SqlScriptsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void skipsDataAndCommandsOfPsql()
    {
        const char* script = "\\restrict abc\n\\set ON_ERROR_STOP 1\n"
                             "COPY a (b) FROM stdin;\n1\nDROP TABLE x;\n\\.\n\n"
                             "DROP TABLE c;\n\\unrestrict abc\n";
        QCOMPARE(changeLines(script, {.script = true}),
                 QString::fromUtf8("Copies rows into a\nDrops table c\n"));
    }

    void saysWhatCommandsOfPsqlBringIn()
    {
        QCOMPARE(changeLines("\\i more.sql\n\\copy s.t from 'x.csv'\n\\connect other\n",
                             {.script = true}),
                 QString::fromUtf8("Includes a file: \\i more.sql\nCopies rows into s.t\n"
                                   "Runs \\connect\n"));
    }

    void endsOpenDataAtTheEndOfTheText()
    {
        QCOMPARE(changeLines("COPY a FROM stdin;\n1\n2", {.script = true}),
                 QString::fromUtf8("Copies rows into a\n"));
    }

    void readsADumpWithoutDoubt()
    {
        QFile file(QStringLiteral(SIGHTGLASS_TEST_DATA "/sql/pg_dump_15.sql"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string text = file.readAll().toStdString();
        std::map<std::string, int> kinds;
        for (const SqlStatement& statement : readSql(text, {.script = true})) {
            QCOMPARE(QString::fromStdString(statement.error), QString());
            QCOMPARE(text.substr(statement.begin, statement.end - statement.begin), statement.text);
            for (const SqlChange& change : statement.changes) {
                QCOMPARE(QString::fromStdString(change.reason), QString());
                ++kinds[std::string(kindOf(change.change))];
            }
        }
        QCOMPARE(kinds["create_table"], 5);
        QCOMPARE(kinds["create_index"], 4);
        QCOMPARE(kinds["attach_partition"], 2);
        QCOMPARE(kinds["add_constraint"], 6);
        QCOMPARE(kinds["create_function"], 3);
        QCOMPARE(kinds["change_data"], 7);
        QCOMPARE(kinds["add_identity"], 1);
    }
};

int sql_scripts_test(int argc, char** argv)
{
    SqlScriptsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sql_scripts_test.moc"
