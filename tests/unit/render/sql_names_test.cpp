// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/render.h"
#include "core/render/sql_names.h"

#include <QTest>

using namespace sightglass;

class SqlNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void quotesWhatSqlalchemyQuotes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("sql");
        const auto row = [](const char* name, const char* sql) {
            QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(sql);
        };
        row("jobs", "jobs");
        row("a_1$", "a_1$");
        row("Jobs", "\"Jobs\"");
        row("order", "\"order\"");
        row("user", "\"user\"");
        row("type", "type");
        row("name", "name");
        row("value", "value");
        row("new", "\"new\"");
        row("old", "\"old\"");
        row("off", "\"off\"");
        row("1st", "\"1st\"");
        row("$x", "\"$x\"");
        row("_x", "_x");
        row("a b", "\"a b\"");
        row("a.b", "\"a.b\"");
        row("a\"b", "\"a\"\"b\"");
        row("é", "\"é\"");
        row("", "\"\"");
    }

    void quotesWhatSqlalchemyQuotes()
    {
        QFETCH(QString, name);
        QFETCH(QString, sql);
        QCOMPARE(QString::fromStdString(sqlName(name.toStdString())), sql);
    }

    void writesASchemaBeforeTheName()
    {
        QCOMPARE(sqlName(QualifiedName{.schema = "app", .name = "Jobs"}),
                 std::string("app.\"Jobs\""));
        QCOMPARE(sqlName(QualifiedName{.schema = "a.b", .name = "t"}), std::string("\"a.b\".t"));
    }

    void doublesQuotesInLiterals()
    {
        QCOMPARE(sqlLiteral("it's 5% \\ x"), std::string("'it''s 5% \\ x'"));
    }
};

int sql_names_test(int argc, char** argv)
{
    SqlNamesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sql_names_test.moc"
