// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/hand_made_id.h"

#include <QTest>

using namespace sightglass;

class HandMadeIdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void seesIdsTypedAlongThePattern_data()
    {
        QTest::addColumn<QByteArray>("id");
        for (const char* id : {"a1b2c3d4e5f6",
                               "1a2b3c4d5e6f",
                               "b2c3d4e5f6a7",
                               "f1a2b3c4d5e6",
                               "123456789abc",
                               "abcdef123456",
                               "abcdef012345",
                               "aaaa1111bbbb",
                               "111122223333",
                               "abcabcabcabc",
                               "a1a1a1a1a1a1"})
            QTest::newRow(id) << QByteArray(id);
    }

    void seesIdsTypedAlongThePattern()
    {
        QFETCH(QByteArray, id);
        QVERIFY(looksHandMade(id.toStdString()));
    }

    void leavesRandomIdsWordsDatesAndNumbersAlone_data()
    {
        QTest::addColumn<QByteArray>("id");
        for (const char* id : {"ae1027a6acf0",
                               "189b1231afd4",
                               "2a3f4c9d1cde",
                               "3b7a1d2e4f56",
                               "0001",
                               "00000012",
                               "20240101",
                               "202401010930",
                               "add_users",
                               "initial",
                               "deadbeefcafe",
                               "abcdefghijkl",
                               "v1",
                               "",
                               "000000000001",
                               "7645189f3479",
                               "d3add3add3ae"})
            QTest::newRow(*id == '\0' ? "empty" : id) << QByteArray(id);
    }

    void leavesRandomIdsWordsDatesAndNumbersAlone()
    {
        QFETCH(QByteArray, id);
        QVERIFY(!looksHandMade(id.toStdString()));
    }
};

int hand_made_id_test(int argc, char** argv)
{
    HandMadeIdTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "hand_made_id_test.moc"
