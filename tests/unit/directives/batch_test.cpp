// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "directive_reading.h"

namespace sightglass::tests {

class BatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anExceptionInsideTheBlockDropsWhatItQueued();
    void operationsKeepTheGuardsOfTheirCalls();
    void operationsKeepTheirOwnPlaces();
    void theDirectiveIsNamedAsWritten();
};

void BatchTest::anExceptionInsideTheBlockDropsWhatItQueued()
{
    const auto reading = readText(revisionOf("with op.batch_alter_table('t') as batch_op:\n"
                                             "    batch_op.drop_column('a')\n"
                                             "    raise ValueError('no')"));
    QVERIFY(reading.operations.empty());
    QVERIFY(reading.end == RevisionReading::End::Raises);
}

void BatchTest::operationsKeepTheGuardsOfTheirCalls()
{
    const auto reading = readText(revisionOf("import ours\n"
                                             "with op.batch_alter_table('t') as batch_op:\n"
                                             "    if ours.FLAG:\n"
                                             "        batch_op.drop_column('a')\n"
                                             "    batch_op.drop_column('b')"));
    QCOMPARE(reading.operations.size(), 2U);
    QCOMPARE(reading.operations[0].guards.size(), 1U);
    QVERIFY(reading.operations[0].resolution == Resolution::Conditional);
    QVERIFY(reading.operations[1].guards.empty());
}

void BatchTest::operationsKeepTheirOwnPlaces()
{
    const auto reading = readText(revisionOf("with op.batch_alter_table('t') as batch_op:\n"
                                             "    batch_op.drop_column('a')\n"
                                             "    batch_op.drop_column('b')"));
    QCOMPARE(reading.operations.size(), 2U);
    QCOMPARE(reading.operations[0].span.line + 1, reading.operations[1].span.line);
    QVERIFY(reading.operations[0].call != reading.operations[1].call);
}

void BatchTest::theDirectiveIsNamedAsWritten()
{
    const auto reading = readText(revisionOf("with op.batch_alter_table('t') as b:\n"
                                             "    b.drop_column('a')"));
    QCOMPARE(reading.operations.size(), 1U);
    QCOMPARE(QString::fromStdString(reading.operations[0].directive),
             QStringLiteral("batch_op.drop_column"));
}

} // namespace sightglass::tests

int batch_test(int argc, char** argv)
{
    sightglass::tests::BatchTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "batch_test.moc"
