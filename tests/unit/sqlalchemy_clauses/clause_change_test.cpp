// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/sqlalchemy_clauses/clause_reading.h"

#include <QTest>

using namespace sightglass;

namespace {

const char* const prelude =
    "import sqlalchemy as sa\n"
    "from sqlalchemy.dialects import postgresql as pg\n"
    "t = sa.table('t', sa.column('id', sa.Integer), sa.column('name', sa.String), schema='app')\n"
    "u = sa.table('u', sa.column('id'))\n";

QString changeText(const Change& change)
{
    if (const auto* query = std::get_if<change::Query>(&change))
        return QStringLiteral("query ") + QString::fromStdString(query->text);
    if (const auto* opaque = std::get_if<change::Opaque>(&change))
        return QStringLiteral("opaque ") + QString::fromStdString(opaque->what);
    const auto* data = std::get_if<change::ChangeData>(&change);
    if (data == nullptr)
        return QStringLiteral("another change");
    QString text = QString::fromStdString(data->command + " " + toText(data->table));
    for (const std::string& column : data->columns)
        text += QLatin1Char(' ') + QString::fromStdString(column);
    if (data->filtered)
        text += QStringLiteral(" filtered");
    if (data->rows)
        text += QStringLiteral(" rows %1").arg(*data->rows);
    return text;
}

} // namespace

class ClauseChangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void tellsWhatAStatementChanges_data()
    {
        QTest::addColumn<QString>("python");
        QTest::addColumn<QString>("change");
        const auto row = [](const char* python, const char* change) {
            QTest::newRow(python) << QString::fromUtf8(python) << QString::fromUtf8(change);
        };
        row("t.update().values(name='x')", "UPDATE app.t name");
        row("t.update().where(t.c.id == 1).values(name='x')", "UPDATE app.t name filtered");
        row("t.update(t.c.id == 1, {'name': 'x'})", "UPDATE app.t name filtered");
        row("t.delete()", "DELETE app.t");
        row("sa.delete(t).where(t.c.id == 1)", "DELETE app.t filtered");
        row("t.insert().values([{'id': 1, 'name': 'x'}, {'id': 2, 'name': 'y'}])",
            "INSERT app.t id name filtered rows 2");
        row("sa.insert(t).values(name='x')", "INSERT app.t name filtered rows 1");
        row("t.insert()", "INSERT app.t");
        row("t.insert().from_select(['id'], sa.select(u.c.id))", "INSERT app.t id");
        row("sa.select(u.c.id)", "query SELECT u.id \nFROM u");
        row("sa.text('SELECT 1')", "query SELECT 1");
        row("sa.update(t).values(**unknown_thing())", "UPDATE app.t");
    }

    void tellsWhatAStatementChanges()
    {
        QFETCH(QString, python);
        QFETCH(QString, change);
        ClauseReading reading(std::string(prelude) + "import unknown_module\n" +
                              "unknown_thing = unknown_module.thing\n" +
                              "def made():\n    return " + python.toStdString() + "\n");
        QCOMPARE(QString::fromStdString(reading.error()), QString());
        const Clause* clause = reading.clause("made");
        QVERIFY(clause != nullptr);
        QCOMPARE(changeText(clause->asChange()), change);
    }

    void knowsTheTableOfAStatementWhoseValuesAreUnknown()
    {
        ClauseReading reading(std::string(prelude) +
                              "import os\n"
                              "def made():\n"
                              "    return t.update().values(name=os.environ['X'])\n");
        const Clause* clause = reading.clause("made");
        QVERIFY(clause != nullptr);
        QCOMPARE(changeText(clause->asChange()), QStringLiteral("UPDATE app.t name"));
        QVERIFY(!clause->compile({}).isKnown());
    }
};

int clause_change_test(int argc, char** argv)
{
    ClauseChangeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "clause_change_test.moc"
