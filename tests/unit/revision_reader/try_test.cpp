// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "reading_support.h"

using namespace sightglass;
using namespace sightglass::tests;

namespace {

FixedTarget refusing()
{
    FixedTarget target;
    target.refusals[summaryOf(change::DropTable{.table = {"", "gone"}})] =
        Refusal{"42P01", "table \"gone\" does not exist", "table gone"};
    return target;
}

} // namespace

class TryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void goesOnBehindARefusalThatNobodyCatches()
    {
        FixedTarget target = refusing();
        const RevisionReading reading =
            read(upgradeOf("op.drop_table('gone')\nop.drop_table('b')"), target);
        QCOMPARE(linesOf(reading),
                 QStringLiteral("resolved drop_table gone\nresolved drop_table b"));
        QCOMPARE(reading.end, RevisionReading::End::Done);
        QVERIFY(!reading.asksSchema);
        QVERIFY(reading.transactionAborted.empty());
    }

    void raisesWhatTheOwnTryCatches_data()
    {
        QTest::addColumn<QString>("handler");
        QTest::addColumn<bool>("caught");
        const auto row = [](const char* handler, bool caught) {
            QTest::newRow(handler) << QString::fromUtf8(handler) << caught;
        };
        row("except Exception:", true);
        row("except:", true);
        row("except sa.exc.ProgrammingError:", true);
        row("except sa.exc.DBAPIError:", true);
        row("except (sa.exc.SQLAlchemyError, ValueError):", true);
        row("except KeyError:", false);
    }

    void raisesWhatTheOwnTryCatches()
    {
        QFETCH(QString, handler);
        QFETCH(bool, caught);
        FixedTarget target = refusing();
        const RevisionReading reading =
            read(upgradeOf("try:\n    op.drop_table('gone')\n    op.drop_table('b')\n" +
                           handler.toStdString() + "\n    op.drop_table('c')"),
                 target);
        QCOMPARE(QString::fromStdString(reading.raised), QString());
        QCOMPARE(linesOf(reading).section(QLatin1Char('\n'), -1),
                 caught ? QStringLiteral("resolved drop_table c")
                        : QStringLiteral("resolved drop_table b"));
        QCOMPARE(!reading.transactionAborted.empty(), caught);
    }

    void savepointsKeepTheTransactionUsable()
    {
        FixedTarget target = refusing();
        const RevisionReading reading =
            read(upgradeOf("try:\n    with op.get_bind().begin_nested():\n"
                           "        op.drop_table('gone')\nexcept Exception as e:\n"
                           "    if 'does not exist' in str(e):\n        op.drop_table('c')"),
                 target);
        QCOMPARE(linesOf(reading),
                 QStringLiteral("resolved transaction | tolerated\n"
                                "resolved drop_table gone | tolerated\n"
                                "resolved transaction | tolerated\nresolved drop_table c"));
        QVERIFY(reading.transactionAborted.empty());
        const auto* word = std::get_if<change::Transaction>(&reading.operations[2].change);
        QCOMPARE(word->word, std::string("ROLLBACK TO SAVEPOINT sa_savepoint_1"));
    }

    void asksForTheSchemaBeforeItJudgesATry()
    {
        const RevisionReading reading =
            read(upgradeOf("try:\n    op.drop_table('a')\nexcept Exception:\n    pass"));
        QCOMPARE(reading.end, RevisionReading::End::NeedsSchema);
    }

    void aRawCommitMakesTheTransactionUsable()
    {
        FixedTarget target = refusing();
        const RevisionReading reading = read(
            upgradeOf(
                "try:\n    op.drop_table('gone')\nexcept Exception:\n    op.execute('ROLLBACK')"),
            target);
        QVERIFY(reading.transactionAborted.empty());
    }
};

int try_test(int argc, char** argv)
{
    TryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "try_test.moc"
