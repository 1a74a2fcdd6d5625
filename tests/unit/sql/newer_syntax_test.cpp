// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/render.h"
#include "core/sql/newer_syntax.h"
#include "tests/unit/sql/change_lines.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

class NewerSyntaxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// What newer versions added is read as what it does, and written back.
    void readsAndWritesBack_data()
    {
        QTest::addColumn<QString>("sql");
        const auto add = [](const char* sql) { QTest::newRow(sql) << QString::fromUtf8(sql); };
        add("ALTER TABLE t ALTER COLUMN c SET EXPRESSION AS (a * b)");
        add("ALTER TABLE t ADD COLUMN c INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL");
        add("ALTER TABLE t ADD COLUMN c INTEGER GENERATED ALWAYS AS (a * 2) STORED");
        add("ALTER TABLE t ADD CONSTRAINT n CHECK (a > 0) NOT ENFORCED");
        add("ALTER TABLE t ADD CONSTRAINT n FOREIGN KEY(a) REFERENCES u (id) NOT ENFORCED");
        add("ALTER TABLE t ADD CONSTRAINT n NOT NULL a");
        add("ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID");
        add("ALTER TABLE t ADD NOT NULL a");
        add("ALTER TABLE t ALTER CONSTRAINT n NOT ENFORCED");
        add("ALTER TABLE t ALTER CONSTRAINT n ENFORCED");
        add("ALTER TABLE t ALTER CONSTRAINT n NO INHERIT");
        add("ALTER TABLE t ADD CONSTRAINT n PRIMARY KEY (id, at WITHOUT OVERLAPS)");
        add("ALTER TABLE t ADD CONSTRAINT n FOREIGN KEY(id, PERIOD at) REFERENCES u (id, PERIOD "
            "at)");
    }

    void readsAndWritesBack()
    {
        QFETCH(QString, sql);
        const auto statements = readSql(sql.toStdString());
        QCOMPARE(statements.size(), std::size_t{1});
        QCOMPARE(statements[0].error, std::string());
        QCOMPARE(statements[0].changes.size(), std::size_t{1});
        const Known<std::string> written = toSql(statements[0].changes[0].change);
        QVERIFY(written.isKnown());
        QCOMPARE(QString::fromStdString(written.value()), sql);
    }

    void readsInsideOtherText()
    {
        const auto table = only<change::CreateTable>(
            "CREATE TABLE t (a int, enforced boolean, period int, b int GENERATED ALWAYS AS (a), c "
            "text CHECK (c <> '') NOT ENFORCED DEFAULT 'x', CONSTRAINT n NOT NULL a, CHECK (a > "
            "1))");
        QCOMPARE(table.columns.size(), std::size_t{5});
        QVERIFY(table.columns[0].notNull);
        QCOMPARE(table.columns[1].name, std::string("enforced"));
        QVERIFY(table.columns[3].generatedVirtual);
        QVERIFY(table.columns[4].constraints.at(0).notEnforced);
        QVERIFY(table.columns[4].defaultExpression.has_value());
        QCOMPARE(table.constraints.size(), std::size_t{1});
        QVERIFY(!table.constraints[0].notEnforced);

        const auto several =
            readSql("ALTER TABLE t ADD CONSTRAINT n CHECK (a > 0) NOT ENFORCED, ADD "
                    "CONSTRAINT m CHECK (a > 1), ADD COLUMN x int");
        QCOMPARE(several[0].changes.size(), std::size_t{3});
        const auto second = std::get<change::AddConstraint>(several[0].changes[1].change);
        QVERIFY(!second.constraint.notEnforced);

        QVERIFY(
            readSql("MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED BY SOURCE THEN DELETE "
                    "RETURNING t.id")[0]
                .error.empty());
        QVERIFY(readSql("ALTER TABLE t SET ACCESS METHOD DEFAULT")[0].error.empty());
    }

    void leavesMistakesAlone()
    {
        QVERIFY(!readSql("ALTER TABLE t ADD COLUM c int NOT ENFORCED")[0].error.empty());
        QVERIFY(!readSql("ALTER TABLE t ADD NOT ENFORCED")[0].error.empty());
        QVERIFY(!readSql("SELECT 1 NOT ENFORCED")[0].error.empty());
        QVERIFY(!inOlderGrammar("ALTER TABLE t ADD COLUMN enforced boolean"));
    }
};

int newer_syntax_test(int argc, char** argv)
{
    NewerSyntaxTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "newer_syntax_test.moc"
